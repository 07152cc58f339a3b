using MiniTrader.Model;

namespace MiniTrader.Tests.Engine;

/// <summary>Writes market events down by hand: times in milliseconds from a fixed start, prices and sizes as text.</summary>
internal sealed class Tape
{
    public static readonly Timestamp Start = Timestamp.Parse("2024-01-02T14:30:00Z");

    private readonly List<MarketEvent> _events = [];

    public MarketEvent[] Events => [.. _events];

    public static Timestamp At(double milliseconds) => Start + (long)(milliseconds * Timestamp.NanosecondsPerMillisecond);

    public Tape Quote(double milliseconds, string bid, string ask, long bidSize = 100, long askSize = 100, int instrument = 0)
    {
        MarketEvent e = Head(milliseconds, EventKind.Quote, instrument);
        e.Quote.Bid = Price.Parse(bid);
        e.Quote.Ask = Price.Parse(ask);
        e.Quote.BidSize = Quantity.FromUnits(bidSize);
        e.Quote.AskSize = Quantity.FromUnits(askSize);
        _events.Add(e);
        return this;
    }

    public Tape Trade(double milliseconds, string price, long size, AggressorSide aggressor = AggressorSide.Unknown, int instrument = 0)
    {
        MarketEvent e = Head(milliseconds, EventKind.Trade, instrument);
        e.Trade.Price = Price.Parse(price);
        e.Trade.Size = Quantity.FromUnits(size);
        e.Trade.Aggressor = aggressor;
        _events.Add(e);
        return this;
    }

    /// <summary>The best prices of a book of levels, as one packet: a level that is no longer best is taken away.</summary>
    public Tape Top(double milliseconds, string bid, string ask, long bidSize = 100, long askSize = 100, int instrument = 0)
    {
        MarketEvent clear = Head(milliseconds, EventKind.BookDelta, instrument);
        clear.BookDelta.Action = BookAction.Clear;
        clear.Header.Flags |= EventFlags.Partial;
        _events.Add(clear);
        Level(milliseconds, OrderSide.Buy, bid, bidSize, instrument);
        MarketEvent first = _events[^1];
        first.Header.Flags |= EventFlags.Partial;
        _events[^1] = first;
        return Level(milliseconds, OrderSide.Sell, ask, askSize, instrument);
    }

    /// <summary>What a level of a book shows now.</summary>
    public Tape Level(double milliseconds, OrderSide side, string price, long size, int instrument = 0)
    {
        MarketEvent e = Head(milliseconds, EventKind.BookDelta, instrument);
        (e.BookDelta.Action, e.BookDelta.Side, e.BookDelta.Price, e.BookDelta.Size) = (BookAction.Modify, side, Price.Parse(price), Quantity.FromUnits(size));
        _events.Add(e);
        return this;
    }

    public Tape Action(double milliseconds, CorporateActionKind kind, string price = "0", long newUnits = 0, long oldUnits = 0, int instrument = 0)
    {
        MarketEvent e = Head(milliseconds, EventKind.CorporateAction, instrument);
        (e.Action.Kind, e.Action.Price, e.Action.NewUnits, e.Action.OldUnits) = (kind, Price.Parse(price), newUnits, oldUnits);
        _events.Add(e);
        return this;
    }

    /// <summary>Shows the last event to the venue only, or to the strategy only.</summary>
    public Tape Only(EventFlags flags)
    {
        MarketEvent e = _events[^1];
        e.Header.Flags = flags;
        _events[^1] = e;
        return this;
    }

    private static MarketEvent Head(double milliseconds, EventKind kind, int instrument)
    {
        MarketEvent e = default;
        e.Header.VenueTime = e.Header.ReceivedTime = At(milliseconds);
        e.Header.Kind = kind;
        e.Header.Flags = EventFlags.ForBoth;
        e.Header.Instrument = new(instrument);
        return e;
    }
}
