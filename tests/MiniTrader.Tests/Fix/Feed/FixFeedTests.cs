using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>Requests for market data and what snapshots and increments become, over two real sessions; every event by hand.</summary>
public sealed class FixFeedTests : IDisposable
{
    private static readonly InstrumentTable _instruments = new([new Instrument { Symbol = "SPY", Venue = "X" }, new Instrument { Symbol = "QQQ", Venue = "X" }]);
    private static readonly FixDialect _levels = FixDialects.Fix44 with { MarketData = new() { HasRptSeq = true, EntryTypes = "012" } };
    private readonly List<IDisposable> _owned = [];
    private FixMarketData _data = null!;
    private FakeVenue _venue = null!;

    public FixFeedTests() => Begin(_levels);

    public void Dispose()
    {
        foreach (IDisposable owned in _owned) owned.Dispose();
    }

    [Fact]
    public void Each_instrument_is_asked_for_after_the_logon()
    {
        Assert.Equal("35=V|146=1|55=SPY|262=1|263=1|264=0|265=1|267=3|269=0|269=1|269=2|", _venue.TakeAsked());
        Assert.Equal("35=V|146=1|55=QQQ|262=2|263=1|264=0|265=1|267=3|269=0|269=1|269=2|", _venue.TakeAsked());
        Assert.Empty(_venue.Asked);
    }

    [Fact]
    public void A_snapshot_clears_and_adds_and_its_last_event_ends_the_packet()
    {
        Say("35=W|55=QQQ|60=20261122-10:00:00.25|83=7|268=3|269=0|270=400.1|271=5|269=1|270=400.2|271=6|269=1|270=400.3|271=7|");
        MarketEvent[] events = Take(4);
        Assert.Equal((BookAction.Clear, OrderSide.None), (events[0].BookDelta.Action, events[0].BookDelta.Side));
        Delta(events[1], BookAction.Add, OrderSide.Buy, "400.1", "5");
        Delta(events[2], BookAction.Add, OrderSide.Sell, "400.2", "6");
        Delta(events[3], BookAction.Add, OrderSide.Sell, "400.3", "7");
        Assert.All(events, e => Assert.True((e.Header.Flags & EventFlags.Snapshot) != 0 && e.Header.Instrument.Index == 1));
        Assert.Equal([true, true, true, false], events.Select(e => (e.Header.Flags & EventFlags.Partial) != 0));
        Assert.Equal(Timestamp.Parse("2026-11-22T10:00:00.25Z"), events[0].Header.VenueTime);
        Assert.True(events[0].Header.ReceivedTime >= events[0].Header.VenueTime);
    }

    [Fact]
    public void Increments_add_change_delete_and_trade_and_inherit_the_instrument()
    {
        Snapshot("SPY", 10);
        Say(
            "35=X|268=4|279=0|269=0|55=SPY|270=449.9|271=3|83=11|272=20261122|273=10:00:00.5|279=1|269=1|270=450.1|271=9|83=12|"
            + "279=2|269=0|270=449.9|83=13|279=0|269=2|270=450|271=2|278=T77|2446=1|83=14|");
        MarketEvent[] events = Take(4);
        Delta(events[0], BookAction.Add, OrderSide.Buy, "449.9", "3");
        Delta(events[1], BookAction.Modify, OrderSide.Sell, "450.1", "9");
        Delta(events[2], BookAction.Delete, OrderSide.Buy, "449.9", "0");
        Assert.Equal(
            (EventKind.Trade, Price.Parse("450"), Quantity.FromUnits(2), AggressorSide.Buyer),
            (events[3].Header.Kind, events[3].Trade.Price, events[3].Trade.Size, events[3].Trade.Aggressor));
        Assert.Equal(Timestamp.Parse("2026-11-22T10:00:00.5Z"), events[0].Header.VenueTime);
        Assert.Equal([true, true, true, false], events.Select(e => (e.Header.Flags & EventFlags.Partial) != 0));
    }

    [Fact]
    public void A_gap_empties_the_book_and_asks_for_a_new_snapshot()
    {
        Snapshot("SPY", 10);
        _venue.Asked.Clear();
        Say("35=X|268=1|279=0|269=0|55=SPY|270=449.9|271=3|83=12|");
        MarketEvent clear = Take(1)[0];
        Assert.Equal((BookAction.Clear, EventFlags.Snapshot), (clear.BookDelta.Action, clear.Header.Flags & (EventFlags.Snapshot | EventFlags.Partial)));
        Assert.Contains("|262=1|263=2|", _venue.TakeAsked(), StringComparison.Ordinal);
        Assert.Contains("|262=3|263=1|", _venue.TakeAsked(), StringComparison.Ordinal);
        Say("35=X|268=1|279=0|269=0|55=SPY|270=449.9|271=3|83=13|");
        Take(0);
        Assert.Equal((1, 1), (_data.Counts.Gaps, _data.Counts.Stale));

        Snapshot("SPY", 20);
        Say("35=X|268=2|279=0|269=0|55=SPY|270=449.9|271=3|83=20|279=0|269=0|55=SPY|270=449.8|271=4|83=21|");
        Delta(Take(1)[0], BookAction.Add, OrderSide.Buy, "449.8", "4");
    }

    [Fact]
    public void The_end_of_the_session_empties_every_book()
    {
        Snapshot("SPY", 10);
        _venue.Disconnect();
        MarketEvent[] events = Take(2);
        Assert.All(events, e => Assert.Equal((BookAction.Clear, EventFlags.Snapshot), (e.BookDelta.Action, e.Header.Flags & (EventFlags.Snapshot | EventFlags.Partial))));
        _venue.Asked.Clear();
        _venue.Connect();
        Assert.Equal(2, _venue.Asked.Count);
        Say("35=X|268=1|279=0|269=0|55=SPY|270=449.9|271=3|83=11|");
        Take(0);
    }

    [Fact]
    public void The_best_alone_comes_as_quotes()
    {
        Begin(_levels with { MarketData = new() { Depth = 1 } });
        Say("35=W|55=SPY|268=2|269=0|270=450.1|271=5|269=1|270=450.2|271=6|");
        Quote(Take(1)[0], "450.1", "5", "450.2", "6");
        Say("35=X|268=1|279=1|269=1|55=SPY|270=450.3|271=8|");
        Quote(Take(1)[0], "450.1", "5", "450.3", "8");
        Say("35=X|268=2|279=2|269=0|55=SPY|279=1|269=1|270=450.4|271=1|");
        Quote(Take(1)[0], "0", "0", "450.4", "1");
    }

    [Fact]
    public void Entries_with_names_are_orders_of_the_book()
    {
        Begin(_levels with { MarketData = new() { HasEntryIds = true } });
        Say("35=W|55=SPY|268=1|269=0|270=450.1|271=5|278=101|");
        Assert.Equal(101, Take(2)[1].BookDelta.OrderId);
        Say("35=X|268=2|279=0|269=1|278=102|55=SPY|270=450.2|271=6|279=2|278=101|55=SPY|");
        MarketEvent[] events = Take(2);
        Delta(events[0], BookAction.Add, OrderSide.Sell, "450.2", "6");
        Assert.Equal((BookAction.Delete, 101L), (events[1].BookDelta.Action, events[1].BookDelta.OrderId));
    }

    [Fact]
    public void States_of_trading_reach_one_instrument_or_all()
    {
        Say("35=h|335=1|336=DAY|340=2|");
        Assert.Equal([MarketStatus.Open, MarketStatus.Open], Take(2).Select(e => e.Status.Status));
        Say("35=f|55=QQQ|326=2|");
        MarketEvent halt = Take(1)[0];
        Assert.Equal((MarketStatus.Halted, 1), (halt.Status.Status, halt.Header.Instrument.Index));
    }

    [Fact]
    public void Lists_of_instruments_come_in_fragments()
    {
        Say("35=y|320=1|322=1|560=0|893=N|146=1|55=EURUSD|15=USD|969=0.00001|561=1000|");
        Assert.Empty(_data.Securities);
        Say("35=y|320=1|322=2|560=0|893=Y|146=2|55=GBPUSD|107=Cable|55=USDJPY|562=0.1|");
        Assert.Equal(["EURUSD", "GBPUSD", "USDJPY"], _data.Securities.Select(security => security.Symbol));
        Assert.Equal((Price.Parse("0.00001"), Quantity.FromUnits(1000), "USD"), (_data.Securities[0].TickSize, _data.Securities[0].LotSize, _data.Securities[0].Currency));
        Assert.Equal(("Cable", Quantity.Parse("0.1")), (_data.Securities[1].Description, _data.Securities[2].MinQuantity));
        Say("35=d|320=2|322=3|323=2|55=EURGBP|");
        Assert.Equal(4, _data.Securities.Count);
    }

    [Fact]
    public void Lists_and_states_are_asked_for_when_wanted()
    {
        Begin(_levels, asks: true);
        _venue.Asked.RemoveRange(0, 2);
        Assert.Equal("35=x|320=3|559=4|", _venue.TakeAsked());
        Assert.Equal("35=g|263=1|335=4|", _venue.TakeAsked());
    }

    [Fact]
    public void What_cannot_be_understood_is_counted_and_changes_nothing()
    {
        Snapshot("SPY", 10);
        Say("35=X|268=3|279=0|269=0|55=SPY|271=3|83=11|279=0|269=0|55=SPY|270=1.2.3|271=3|83=12|269=0|55=SPY|270=1|271=1|");
        Say("35=W|55=OTHER|268=1|269=0|270=1|271=1|");
        Say("35=Y|262=1|281=0|");
        Take(0);
        Assert.Equal((3, 1), (_data.Counts.Ignored, _data.Counts.Refused));
    }

    [Fact]
    public void A_full_ring_holds_the_session_back_and_loses_nothing()
    {
        Snapshot("SPY", 0);
        for (int i = 1; i <= 1_000; i++) _venue.Say($"35=X|268=1|279=1|269=0|55=SPY|270=449.9|271={i}|83={i}|");
        List<long> sizes = [];
        MarketEvent[] slots = new MarketEvent[64];
        while (sizes.Count < 1_000)
        {
            int count = _data.Feed.Fill(slots);
            foreach (MarketEvent e in slots.AsSpan(0, count)) sizes.Add(e.BookDelta.Size.Raw / FixedPoint.One);
            _venue.Run();
        }

        Assert.Equal(Enumerable.Range(1, 1_000).Select(i => (long)i), sizes);
    }

    private void Begin(FixDialect dialect, bool asks = false)
    {
        _data = new FixMarketData(new FixFeedOptions
        {
            Dialect = dialect,
            Instruments = new WireInstruments(_instruments),
            Subscribed = [new InstrumentId(0), new InstrumentId(1)],
            RingSlots = 128,
            AsksSecurityList = asks,
            AsksTradingStatus = asks,
        });
        _owned.Add(_data);
        _venue = new FakeVenue(_data, dialect);
        _venue.Connect();
    }

    private void Say(string body) => _venue.Say(body);

    private void Snapshot(string symbol, int sequence)
    {
        Say($"35=W|55={symbol}|83={sequence}|268=2|269=0|270=449|271=5|269=1|270=451|271=6|");
        Take(3);
    }

    private MarketEvent[] Take(int count)
    {
        MarketEvent[] slots = new MarketEvent[64];
        Assert.Equal(count, _data.Feed.Fill(slots));
        return slots[..count];
    }

    private static void Delta(MarketEvent e, BookAction action, OrderSide side, string price, string size) => Assert.Equal(
        (EventKind.BookDelta, action, side, Price.Parse(price), Quantity.Parse(size)),
        (e.Header.Kind, e.BookDelta.Action, e.BookDelta.Side, e.BookDelta.Price, e.BookDelta.Size));

    private static void Quote(MarketEvent e, string bid, string bidSize, string ask, string askSize) => Assert.Equal(
        (EventKind.Quote, Price.Parse(bid), Quantity.Parse(bidSize), Price.Parse(ask), Quantity.Parse(askSize)),
        (e.Header.Kind, e.Quote.Bid, e.Quote.BidSize, e.Quote.Ask, e.Quote.AskSize));
}
