using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Samples;

/// <summary>
/// Takes from a book what a feed of quotes would tell: the best prices and their sizes, when one of them has changed. What changes behind them
/// is no news, nor is a book that shows one side only or is crossed, as before an auction. Part of a strategy; engine thread only.
/// </summary>
internal struct BestPrices
{
    private TopOfBook _seen;

    /// <summary>True with the best prices of a book that shows others, or other sizes there, than the last time.</summary>
    public bool TryTake(DepthBook book, out TopOfBook top)
    {
        top = book.Top;
        if (!book.HasBid || !book.HasAsk || book.IsCrossed || IsSeen(in top)) return false;
        _seen = top;
        return true;
    }

    private readonly bool IsSeen(in TopOfBook top) =>
        top.Bid == _seen.Bid && top.Ask == _seen.Ask && top.BidSize == _seen.BidSize && top.AskSize == _seen.AskSize;
}
