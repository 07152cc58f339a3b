using MiniTrader.Books;
using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Risk;
using MiniTrader.Strategies;
using Xunit;
using static MiniTrader.Tests.Books.Deltas;

namespace MiniTrader.Tests.Engine;

/// <summary>What a strategy sees of books, and when.</summary>
public sealed class BookEngineTests
{
    private const long Cent = 10_000_000;

    [Fact]
    public void The_book_is_up_to_date_in_every_hook_and_whole_at_the_end_of_a_packet()
    {
        Watcher strategy = new();
        Harness harness = new(VenueOptions.Instant, new RiskLimits(), strategy);
        harness.Engine.Process([Event(1, OrderSide.Buy, 1000, 5, isPartial: true), Event(1, OrderSide.Sell, 1002, 7), Event(2, OrderSide.Sell, 1001, 3)]);
        Assert.Equal(
            ["delta 10/none", "delta 10/10.02", "book 10/10.02", "delta 10/10.01", "book 10/10.01"],
            strategy.Log);
        Assert.Equal(new Price(1001 * Cent), harness.Ledger.Marks[new(0)].Ask);
        Assert.Equal(Quantity.FromUnits(3), harness.Ledger.Marks[new(0)].AskSize);
    }

    [Fact]
    public void Equity_and_market_orders_need_nothing_but_the_book()
    {
        Watcher strategy = new() { BuyAtBook = 1 };
        Harness harness = new(VenueOptions.Instant, RiskLimits.Parse("collar-bps=100"), strategy);
        harness.Engine.Process([Event(1, OrderSide.Buy, 1000, 50, isPartial: true), Event(1, OrderSide.Sell, 1002, 7, isPartial: true), Event(1, OrderSide.Sell, 1004, 50)]);
        harness.Engine.Process([Event(2, OrderSide.Buy, 1010, 50)]);
        Assert.Equal(["7 @ 10.02", "3 @ 10.04"], strategy.Fills);

        // 100,000 − 7 × 10.02 − 3 × 10.04, and 10 shares worth the mid of 10.10 and 10.02.
        harness.Engine.Process([Event(3, OrderSide.Sell, 1012, 50, isPartial: true), Event(3, OrderSide.Sell, 1002, 0, isPartial: true), Event(3, OrderSide.Sell, 1004, 0)]);
        Assert.Equal(100_000m - 70.14m - 30.12m + (10 * 10.11m), harness.Ledger.Account.Snapshot().Equity);
    }

    [Fact]
    public void An_order_meets_a_book_that_its_strategy_has_not_seen()
    {
        // The feed is 10 ms late, an order needs 1 ms. At 0 ms the venue offers 7 at 10.02, at 10.5 ms only 7 at 10.05. The strategy sees the
        // first at 10 ms and buys; its order arrives at 11 ms, where the best offer is 10.05.
        Watcher strategy = new() { BuyAtBook = 1 };
        VenueOptions options = VenueOptions.Instant with { NewLatency = LatencyModel.Constant(Timestamp.NanosecondsPerMillisecond) };
        Harness harness = new(options, new RiskLimits(), strategy);
        harness.Engine.Process(
        [
            Late(0, EventFlags.ForVenue, OrderSide.Sell, 1002, 7),
            Late(0, EventFlags.ForStrategy, OrderSide.Sell, 1002, 7),
            Late(10.5, EventFlags.ForVenue, OrderSide.Sell, 1005, 50, isPartial: true),
            Late(10.5, EventFlags.ForVenue, OrderSide.Sell, 1002, 0),
            Late(10.5, EventFlags.ForStrategy, OrderSide.Sell, 1005, 50, isPartial: true),
            Late(10.5, EventFlags.ForStrategy, OrderSide.Sell, 1002, 0),
        ]);
        Assert.Equal(["10 @ 10.05"], strategy.Fills);
        Assert.Equal(["delta none/10.02", "book none/10.02", "fill seeing 10.02"], strategy.Log.Take(3));
    }

    [Fact]
    public void A_run_with_books_and_orders_allocates_nothing()
    {
        InstrumentTable instruments = Harness.TwoShares();
        Harness harness = new(instruments, new VenueOptions(), RiskLimits.Parse("max-messages-per-second=off,max-position=off"), new Maker());
        SeededRandom random = new(9);
        MarketEvent[] events = new MarketEvent[256];
        long time = 0;
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int batch = 0; batch < 40; batch++)
            {
                for (int i = 0; i < events.Length; i++)
                {
                    int instrument = (int)random.NextInt64(2);
                    OrderSide side = random.NextInt64(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
                    long price = 1000 + (side == OrderSide.Buy ? -random.NextInt64(6) : 1 + random.NextInt64(6)), size = random.NextInt64(9);
                    events[i] = Event(time++ / 10.0, side, price, size, isPartial: i % 3 == 0);
                    events[i].Header.Instrument = new(instrument);
                    if (instrument == 0) continue;
                    events[i].BookDelta.OrderId = 1 + random.NextInt64(200);
                    events[i].BookDelta.Action = (BookAction)(1 + random.NextInt64(4));
                }

                harness.Engine.Process(events);
            }
        }));
        Assert.True(harness.Engine.Counters.Orders > 1_000, $"Only {harness.Engine.Counters.Orders} orders were written.");
        Assert.True(harness.Engine.Counters.Fills > 100, $"Only {harness.Engine.Counters.Fills} fills were made.");
        Assert.True(harness.Engine.Books.CountOf(BookResult.UnknownOrder) > 0);
    }

    private static MarketEvent Event(double milliseconds, OrderSide side, long cents, long size, bool isPartial = false)
    {
        MarketEvent e = default;
        e.BookDelta = Level(side, cents * Cent, Quantity.FromUnits(size).Raw);
        e.Header.VenueTime = e.Header.ReceivedTime = Tape.At(milliseconds);
        if (isPartial) e.Header.Flags |= EventFlags.Partial;
        return e;
    }

    private static MarketEvent Late(double milliseconds, EventFlags reader, OrderSide side, long cents, long size, bool isPartial = false)
    {
        MarketEvent e = Event(milliseconds, side, cents, size);
        e.Header.ReceivedTime = Tape.At(milliseconds + 10);
        e.Header.Flags = reader | (isPartial ? EventFlags.Partial : EventFlags.None);
        return e;
    }

    private sealed class Watcher : Strategy
    {
        private int _books;

        public int BuyAtBook { get; init; }

        public List<string> Log { get; } = [];

        public List<string> Fills { get; } = [];

        public override void OnBookDelta(in BookDelta delta) => Log.Add($"delta {Best(Books[delta.Instrument]!)}");

        public override void OnBook(DepthBook book, in BookDelta last)
        {
            Log.Add($"book {Best(book)}");
            if (++_books == BuyAtBook) Orders.Buy(last.Instrument, Quantity.FromUnits(10));
        }

        public override void OnFill(in ExecutionReport fill)
        {
            Fills.Add($"{fill.LastQuantity} @ {fill.LastPrice}");
            Log.Add($"fill seeing {Books[fill.Instrument]!.BestAsk}");
        }

        private static string Best(DepthBook book) => $"{(book.HasBid ? book.BestBid.ToString() : "none")}/{(book.HasAsk ? book.BestAsk.ToString() : "none")}";
    }

    private sealed class Maker : Strategy
    {
        private ClientOrderId _bid;
        private int _count;

        public override void OnBook(DepthBook book, in BookDelta last)
        {
            if (++_count % 3 != 0 || !book.HasBid || !book.HasAsk || book.Imbalance(3) > 0.99) return;
            if (_count % 2 == 0) Orders.Cancel(_bid);
            else _bid = Orders.BuyLimit(last.Instrument, Quantity.FromUnits(1), book.BestBid);
            if (_count % 9 == 0) Orders.Sell(last.Instrument, Quantity.FromUnits(1));
        }
    }
}
