using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>What every importer asks of a quote, so that one word means one thing whatever the file.</summary>
internal static class QuoteCheck
{
    private const string Crossed = "quotes with the bid above the ask";

    /// <summary>What is wrong with a quote; null when nothing is. A side that is not there is not looked at.</summary>
    public static string? Wrong(bool hasBid, Price bid, Quantity bidSize, bool hasAsk, Price ask, Quantity askSize, bool mayBeNegative)
    {
        bool isImpossible = (hasBid && bid.Raw <= 0) || (hasAsk && ask.Raw <= 0);
        if (isImpossible && !mayBeNegative) return "a price is not above zero";
        return bidSize.Raw < 0 || askSize.Raw < 0 ? "a size is below zero" : null;
    }

    /// <summary>Counts a stored quote whose bid is above its ask; one whose sides meet is locked, which markets may be.</summary>
    public static void Note(FileAccount account, in QuoteTick quote)
    {
        if (quote.IsTwoSided && quote.Bid > quote.Ask) account.Note(Crossed);
    }
}
