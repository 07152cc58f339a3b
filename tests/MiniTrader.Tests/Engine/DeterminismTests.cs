using CsCheck;
using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Engine;

/// <summary>The result depends on the events and the options, never on how the events were handed over or how often equity was sampled.</summary>
public sealed class DeterminismTests
{
    private static readonly InstrumentId _share = new(0);

    [Fact]
    public void Batches_of_any_size_give_the_same_hash_with_denials_timers_latency_and_a_loss_that_kills()
    {
        Gen.Select(Gen.ULong, Gen.Int[1, 300]).Sample(
            (seed, batch) =>
            {
                MarketEvent[] events = Market(seed, 1_500);
                (ulong Hash, EngineCounters Counters) whole = Run(events, events.Length, 60);
                (ulong Hash, EngineCounters Counters) cut = Run(events, batch, 60);
                Assert.Equal(whole.Counters, cut.Counters);
                Assert.Equal(whole.Hash, cut.Hash);
            },
            iter: 60);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(86_400)]
    public void The_equity_interval_changes_nothing(int seconds)
    {
        MarketEvent[] events = Market(99, 5_000);
        Assert.Equal(Run(events, 256, 60).Hash, Run(events, 256, seconds).Hash);
    }

    [Fact]
    public void A_loss_that_kills_cancels_at_its_own_instant_though_the_strategy_is_silent()
    {
        ScriptedStrategy strategy = new ScriptedStrategy()
            .AtQuote(1, s => s.Desk.Buy(_share, Quantity.FromUnits(100)))
            .AtQuote(2, s => s.Desk.BuyLimit(_share, Quantity.FromUnits(5), Price.Parse("5.00")));
        Harness harness = new(new VenueOptions(), RiskLimits.Parse("max-daily-loss=50,daily-loss-action=kill,collar-bps=off"), strategy);

        // Bought 100 at 10.01; at 9.00 the loss is 101. It is looked at when the next minute begins, at 14:31:00.
        harness.Run(new Tape().Quote(0, "10.00", "10.01").Quote(10, "10.00", "10.01").Quote(20_000, "9.00", "9.01").Quote(90_000, "9.00", "9.01"));

        ExecutionReport cancelled = strategy.Reports.Single(r => r.Kind == ReportKind.Cancelled);
        Assert.Equal(Tape.At(60_001), cancelled.VenueTime);
        Assert.Equal(Tape.At(60_002), cancelled.ReceivedTime);
        Assert.Equal(KillCause.DailyLoss, harness.Risk.KillSwitch.Cause);
        Assert.Equal(0, harness.Ledger.Total.WorkingOrders);
    }

    [Fact]
    public void An_interval_timer_fires_at_each_of_its_instants_through_a_long_silence()
    {
        List<Timestamp> fired = [];
        ScriptedStrategy strategy = new() { AtStart = s => s.Interval(TimeSpan.FromSeconds(1), 3), AtTimer = (s, _) => fired.Add(s.Time) };
        new Harness(new VenueOptions(), new RiskLimits(), strategy).Run(new Tape().Quote(0, "10", "10.01").Quote(5_500, "10", "10.01"));
        Assert.Equal([1_000, 2_000, 3_000, 4_000, 5_000], fired.Select(t => (t - Tape.Start) / Timestamp.NanosecondsPerMillisecond));
    }

    [Fact]
    public void The_end_is_the_last_event_and_what_was_in_flight_is_counted()
    {
        ScriptedStrategy strategy = new ScriptedStrategy().AtQuote(2, s => s.Desk.BuyLimit(_share, Quantity.FromUnits(5), Price.Parse("9.90")));
        Harness harness = new Harness(new VenueOptions(), new RiskLimits(), strategy).Run(new Tape().Quote(0, "10", "10.01").Quote(7, "10", "10.01"));
        Assert.Equal(Tape.At(7), harness.Engine.EndTime);
        Assert.Equal(1, harness.Engine.InFlightAtEnd);
        Assert.Equal(0, harness.Ledger.Total.WorkingOrders);
    }

    private static (ulong Hash, EngineCounters Counters) Run(MarketEvent[] events, int batch, int equitySeconds)
    {
        InstrumentTable instruments = Harness.TwoShares();
        Ledger ledger = new(instruments, 2, new AccountOptions { InitialCash = 100_000m });
        RiskGate risk = new(ledger, RiskLimits.Parse("max-position=120,max-daily-loss=60,daily-loss-action=kill,max-messages-per-second=200"));
        VenueOptions venue = new VenueOptions().With("latency", "100us..5ms");
        TradingEngine<SimulatedVenuePort, NoRecorder> engine = new(
            new EngineOptions { EquityInterval = equitySeconds * Timestamp.NanosecondsPerSecond },
            ledger,
            risk,
            [new StrategySeat(new Nervous(5), []), new StrategySeat(new Nervous(8), [])],
            new SimulatedVenuePort(new SimulatedVenue(instruments, venue)),
            default);
        for (int i = 0; i < events.Length; i += batch) engine.Process(events.AsSpan(i, Math.Min(batch, events.Length - i)));
        engine.Finish();
        return (engine.Hash, engine.Counters);
    }

    /// <summary>Quotes and trades of two shares that wander, up to a second apart.</summary>
    private static MarketEvent[] Market(ulong seed, int count)
    {
        SeededRandom random = new(seed);
        Tape tape = new();
        long[] mids = [1_000, 2_000];
        double time = 0;
        for (int i = 0; i < count; i++)
        {
            time += random.NextInt64(10) == 0 ? random.NextInt64(1_000) : random.NextInt64(3);
            int instrument = (int)random.NextInt64(2);
            mids[instrument] += random.NextInt64(5) - 2;
            string bid = FixedPoint.Format((mids[instrument] - 1) * 10_000_000), ask = FixedPoint.Format((mids[instrument] + 1) * 10_000_000);
            if (random.NextInt64(4) == 0) tape.Trade(time, random.NextInt64(2) == 0 ? bid : ask, 1 + random.NextInt64(40), instrument: instrument);
            else tape.Quote(time, bid, ask, 1 + random.NextInt64(60), 1 + random.NextInt64(60), instrument);
        }

        return tape.Events;
    }

    /// <summary>Trades, quotes, amends, cancels and sets timers, all by counting.</summary>
    private sealed class Nervous(int stride) : Strategy
    {
        private ClientOrderId _resting;
        private int _count;

        public override void OnStart() => SetInterval(TimeSpan.FromMilliseconds(700), 1);

        public override void OnQuote(in QuoteTick quote)
        {
            int step = _count++ % (4 * stride);
            if (step == 0) Orders.Buy(quote.Instrument, Quantity.FromUnits(30));
            else if (step == stride) _resting = Orders.SellLimit(quote.Instrument, Quantity.FromUnits(20), quote.Ask);
            else if (step == 2 * stride) Orders.Replace(_resting, Quantity.FromUnits(10), quote.Ask);
            else if (step == 3 * stride) Orders.Cancel(_resting);
        }

        public override void OnTimer(in TimerTick timer) => Orders.Sell(_share, Quantity.FromUnits(10));
    }
}
