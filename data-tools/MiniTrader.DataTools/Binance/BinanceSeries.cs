using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>The quotes, trades and book of one symbol of a capture.</summary>
public sealed class BinanceSeries(IEventSink sink, Instrument instrument, FileAccount account, BinanceDepth depth)
{
    private const int QuoteFields = 0b001111;
    private const int TradeFields = 0b110000;

    private readonly SeriesBuffer _quotes = new(sink, instrument, account);
    private readonly SeriesBuffer _trades = new(sink, instrument, account);

    public RowOutcome Store(BinanceMessage message, long received)
    {
        ArgumentNullException.ThrowIfNull(message);
        Timestamp receivedTime = new(received), venueTime = receivedTime;
        if (message.VenueMilliseconds >= 0)
        {
            if (message.VenueMilliseconds >= BinanceImporter.MaxTime / Timestamp.NanosecondsPerMillisecond) return RowOutcome.Refused("the exchange's time is beyond the year 2200");
            venueTime = Timestamp.FromMilliseconds(message.VenueMilliseconds);
        }

        if (message.Kind == "snapshot") return depth.Snapshot(message, Timestamp.Min(venueTime, receivedTime), receivedTime);
        if (receivedTime < venueTime) return RowOutcome.Refused("it was received before it happened; leave --clock-offset to be measured");
        if (message.Kind == "depthUpdate") return depth.Update(message, venueTime, receivedTime);
        return message.Kind == "trade" ? StoreTrade(message, venueTime, receivedTime) : StoreQuote(message, venueTime, receivedTime);
    }

    public void Flush()
    {
        _quotes.Flush();
        _trades.Flush();
        depth.Flush();
    }

    private RowOutcome StoreQuote(BinanceMessage message, Timestamp venueTime, Timestamp receivedTime)
    {
        if ((message.Seen & QuoteFields) != QuoteFields) return RowOutcome.Refused("the bookTicker lacks one of b, B, a, A");

        // A side that nobody quotes is sent as a price and a size of zero.
        bool hasBid = message.Bid != 0 || message.BidSize != 0, hasAsk = message.Ask != 0 || message.AskSize != 0;
        string? wrong = QuoteCheck.Wrong(hasBid, new(message.Bid), new(message.BidSize), hasAsk, new(message.Ask), new(message.AskSize), mayBeNegative: false);
        if (wrong is not null) return RowOutcome.Refused(wrong);
        if (_quotes.IsBefore(receivedTime)) return RowOutcome.Refused("it was received before the row above");
        ref QuoteTick quote = ref _quotes.Next(receivedTime.Date, EventKind.Quote, venueTime, receivedTime).Quote;
        quote.Bid = new(message.Bid);
        quote.BidSize = new(message.BidSize);
        quote.Ask = new(message.Ask);
        quote.AskSize = new(message.AskSize);
        quote.Sequence = message.Id;
        QuoteCheck.Note(_quotes.Account, quote);
        return RowOutcome.Stored;
    }

    private RowOutcome StoreTrade(BinanceMessage message, Timestamp venueTime, Timestamp receivedTime)
    {
        if ((message.Seen & TradeFields) != TradeFields) return RowOutcome.Refused("the trade lacks p or q");
        if (message.TradeType is not ("" or "MARKET")) return RowOutcome.LeftOut($"not imported: trade of type {message.TradeType}");
        if (message.Price <= 0 || message.Size <= 0) return RowOutcome.Refused("a trade's price and size must be above zero");
        if (_trades.IsBefore(receivedTime)) return RowOutcome.Refused("it was received before the row above");
        ref TradeTick trade = ref _trades.Next(receivedTime.Date, EventKind.Trade, venueTime, receivedTime).Trade;
        trade.Price = new(message.Price);
        trade.Size = new(message.Size);
        trade.TradeId = message.Id;
        trade.Aggressor = message.IsBuyerMaker ? AggressorSide.Seller : AggressorSide.Buyer;
        return RowOutcome.Stored;
    }
}
