using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Ring;
using MiniTrader.Risk;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Engine;

/// <summary>
/// The engine thread allocates nothing, orders, cancels, fills and denials included. Measured inside a no-GC region, because a
/// collection that retires the thread's allocation context moves the counter by itself.
/// </summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class ZeroAllocationTests
{
    private const int Events = 60_000;

    [Fact]
    public void A_run_with_an_order_every_few_events_allocates_nothing()
    {
        MarketEvent[] events = Market();
        Harness harness = new(new VenueOptions { Fees = FeeModel.Parse("maker=-0.0001,taker=0.0005") }, RiskLimits.Parse("max-messages-per-second=off,max-position=150"), new Busy());
        Play(events.AsSpan(0, Events / 2));
        Assert.Equal(0, Allocations.OnceOf(() => Play(events.AsSpan(Events / 2))));
        Assert.True(harness.Engine.Counters.Orders > Events / 10, $"Only {harness.Engine.Counters.Orders} orders were written.");
        Assert.True(harness.Engine.Counters.Fills > Events / 50, $"Only {harness.Engine.Counters.Fills} fills were made.");
        Assert.True(harness.Engine.Counters.Denied > 0, "Nothing was denied.");
        Assert.True(harness.Engine.Counters.Changes > 0, "Nothing was cancelled or replaced.");
        Assert.True(harness.Engine.Counters.Timers > 0, "No timer fired.");

        void Play(ReadOnlySpan<MarketEvent> part)
        {
            for (int i = 0; i < part.Length; i += 256) harness.Engine.Process(part.Slice(i, Math.Min(256, part.Length - i)));
        }
    }

    [Fact]
    public void The_loop_with_recorder_daily_loss_and_full_journal_allocates_nothing()
    {
        MarketEvent[] events = Market();
        InstrumentTable instruments = Harness.TwoShares();
        Ledger ledger = new(instruments, 1, new AccountOptions());
        using RingBuffer<JournalSlot> journal = new(1 << 16, WaitStrategy.BusySpin());
        RingConsumer<JournalSlot> reader = journal.AddConsumer();
        TradingEngine<SimulatedVenuePort, RingRecorder> engine = new(
            new EngineOptions { EquityInterval = Timestamp.NanosecondsPerSecond },
            ledger,
            new RiskGate(ledger, RiskLimits.Parse("max-messages-per-second=off,max-daily-loss=1000000")),
            [new StrategySeat(new Busy(), [])],
            new SimulatedVenuePort(new SimulatedVenue(instruments, new VenueOptions())),
            new RingRecorder(journal.CreateProducer(), recordsMarket: true));
        using RingBuffer<MarketEvent> ring = new(512, WaitStrategy.BusySpin());
        EngineLoop<SimulatedVenuePort, RingRecorder> loop = new(engine, ring, new ArrayFeed(events));
        long slots = 0;
        void Run(long until)
        {
            while (engine.Counters.Events < until)
            {
                loop.DoWork();
                for (Span<JournalSlot> polled = reader.Poll(1 << 16); !polled.IsEmpty; polled = reader.Poll(1 << 16))
                {
                    slots += polled.Length;
                    reader.Release(polled.Length);
                }
            }
        }

        Run(Events / 2);
        Assert.Equal(0, Allocations.OnceOf(() => Run(Events - 512)));
        Assert.True(slots > Events, $"Only {slots} slots were recorded.");
        Assert.True(engine.Counters.Fills > Events / 50, $"Only {engine.Counters.Fills} fills were made.");
    }

    /// <summary>Quotes that wander by a tick and trades at the touch, 200 µs apart.</summary>
    private static MarketEvent[] Market()
    {
        SeededRandom random = new(7);
        Tape tape = new();
        long mid = 10_000;
        for (int i = 0; i < Events; i++)
        {
            mid += random.NextInt64(3) - 1;
            string bid = FixedPoint.Format((mid - 1) * 10_000_000), ask = FixedPoint.Format((mid + 1) * 10_000_000);
            if (i % 4 == 3) tape.Trade(i * 0.2, i % 8 == 3 ? bid : ask, 1 + random.NextInt64(50), i % 8 == 3 ? AggressorSide.Seller : AggressorSide.Buyer);
            else tape.Quote(i * 0.2, bid, ask, 1 + random.NextInt64(100), 1 + random.NextInt64(100));
        }

        return tape.Events;
    }

    private sealed class Busy : Strategy
    {
        private readonly InstrumentId _share = new(0);
        private ClientOrderId _resting;
        private int _count;

        public override void OnStart() => SetInterval(TimeSpan.FromMilliseconds(50), 1);

        public override void OnQuote(in QuoteTick quote)
        {
            int step = _count++ % 12;
            if (step == 0) Orders.Buy(_share, Quantity.FromUnits(100));
            else if (step == 3) Orders.Sell(_share, Quantity.FromUnits(100));
            else if (step == 4) _resting = Orders.BuyLimit(_share, Quantity.FromUnits(10), quote.Bid);
            else if (step == 6) Orders.Replace(_resting, Quantity.FromUnits(5), quote.Bid);
            else if (step == 9) Orders.Cancel(_resting);
            else if (step == 10) Orders.BuyLimit(_share, Quantity.FromUnits(1_000), quote.Bid);
        }

        public override void OnTimer(in TimerTick timer) => Orders.CancelAll(_share);

        public override void OnFill(in ExecutionReport fill)
        {
            // A fill beyond the resting size turns the schedule by what is held, so that reading the position is part of what runs.
            if (Portfolio[_share].IsShort) _count++;
        }
    }
}
