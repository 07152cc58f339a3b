using System.Collections.Concurrent;
using MiniTrader.Model;
using MiniTrader.Sessions;

namespace MiniTrader.Tests.Sessions;

/// <summary>A market that shows what the test says, when it says it.</summary>
internal sealed class TestMarket : IFeed
{
    private readonly ConcurrentQueue<MarketEvent> _events = new();
    private volatile bool _isEnded;
    private long _time = Timestamp.Parse("2024-01-02T15:00").Nanoseconds;

    public bool IsFinished => _isEnded && _events.IsEmpty;

    public void End() => _isEnded = true;

    public void Quote(int instrument, string bid, int bidSize, string ask, int askSize)
    {
        MarketEvent e = New(instrument, EventKind.Quote);
        (e.Quote.Bid, e.Quote.BidSize) = (Price.Parse(bid), Quantity.FromUnits(bidSize));
        (e.Quote.Ask, e.Quote.AskSize) = (Price.Parse(ask), Quantity.FromUnits(askSize));
        _events.Enqueue(e);
    }

    public void Trade(int instrument, string price, int size)
    {
        MarketEvent e = New(instrument, EventKind.Trade);
        (e.Trade.Price, e.Trade.Size, e.Trade.TradeId) = (Price.Parse(price), Quantity.FromUnits(size), _time);
        _events.Enqueue(e);
    }

    /// <summary>One change of a book of levels, a packet of its own unless more of it comes.</summary>
    public void Level(int instrument, BookAction action, OrderSide side, string price, int size, bool isPartial = false)
    {
        MarketEvent e = New(instrument, EventKind.BookDelta);
        if (isPartial) e.Header.Flags |= EventFlags.Partial;
        (e.BookDelta.Action, e.BookDelta.Side) = (action, side);
        (e.BookDelta.Price, e.BookDelta.Size) = (Price.Parse(price), Quantity.FromUnits(size));
        _events.Enqueue(e);
    }

    public int Fill(Span<MarketEvent> slots)
    {
        int count = 0;
        while (count < slots.Length && _events.TryDequeue(out slots[count])) count++;
        return count;
    }

    public void Dispose()
    {
    }

    private MarketEvent New(int instrument, EventKind kind)
    {
        Timestamp now = new(_time += 1_000);
        MarketEvent e = default;
        e.Header = new() { VenueTime = now, ReceivedTime = now, Instrument = new(instrument), Kind = kind, Flags = EventFlags.ForBoth };
        return e;
    }
}

/// <summary>
/// An exchange on a free port with two instruments, AAA (99.90 / 100.10, 100 shares each) and BBB (49.95 / 50.05, 500 each). With a book AAA has levels
/// behind these: 200 at 99.80, 300 at 100.20 and 50 at 100.30.
/// </summary>
internal sealed class TestExchange : IDisposable
{
    public TestExchange(ExchangeOptions? options = null, bool hasQuotes = true, bool hasBook = false)
    {
        if (hasBook)
        {
            Market.Level(0, BookAction.Add, OrderSide.Buy, "99.90", 100);
            Market.Level(0, BookAction.Add, OrderSide.Buy, "99.80", 200);
            Market.Level(0, BookAction.Add, OrderSide.Sell, "100.10", 100);
            Market.Level(0, BookAction.Add, OrderSide.Sell, "100.20", 300);
            Market.Level(0, BookAction.Add, OrderSide.Sell, "100.30", 50);
        }

        if (hasQuotes)
        {
            if (!hasBook) Market.Quote(0, "99.90", 100, "100.10", 100);
            Market.Quote(1, "49.95", 500, "50.05", 500);
        }

        InstrumentTable instruments = new([new() { Symbol = "AAA", Venue = "TEST" }, new() { Symbol = "BBB", Venue = "TEST" }]);
        Session = new(instruments, Market, options ?? new(), hasBook ? [(new InstrumentId(0), false)] : null);
        Session.Start();
    }

    public TestMarket Market { get; } = new();

    public ExchangeSession Session { get; }

    public int Port => Session.Port;

    public void Dispose() => Session.Dispose();
}
