using CsCheck;
using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Engine;

/// <summary>Quotes that the engine takes as a run, showing the venue only the last, end as they do when the venue is shown each.</summary>
public sealed class QuietRunTests
{
    private static readonly InstrumentId _share = new(0);

    internal static InstrumentTable OneShare() => new([new Instrument { Symbol = "AAA", Venue = "XTST" }]);

    [Fact]
    public void Quiet_runs_and_single_steps_give_the_same_reports_prices_and_times()
    {
        Gen.Select(Gen.ULong, Gen.Int[1, 300], Gen.OneOf(Gen.Const("0"), Gen.Const("1ms"), Gen.Const("100us..5ms"), Gen.Const("40ms"))).Sample(
            (seed, batch, latency) =>
            {
                MarketEvent[] events = Market(seed, 1_500);
                (ulong hash, EngineCounters counters, string seen) = Run(events, batch, latency, v => new SimulatedVenuePort(v));
                (ulong stepHash, EngineCounters stepCounters, string stepSeen) = Run(events, batch, latency, v => new RestlessVenue(new SimulatedVenuePort(v)));
                Assert.Equal(stepSeen, seen);
                Assert.Equal(stepCounters, counters);
                Assert.Equal(stepHash, hash);
            },
            iter: 80);
    }

    [Fact]
    public void Most_quotes_of_a_strategy_that_trades_seldom_are_quiet()
    {
        MarketEvent[] events = Market(5, 3_000);
        SimulatedVenue venue = new(OneShare(), new VenueOptions());
        Counted count = new();
        Run(events, 256, "1ms", _ => new CountingVenue(new SimulatedVenuePort(venue), count));
        Assert.InRange(count.Quiet, 400, count.Quotes);
    }

    private static (ulong Hash, EngineCounters Counters, string Seen) Run<TVenue>(MarketEvent[] events, int batch, string latency, Func<SimulatedVenue, TVenue> port)
        where TVenue : struct, IVenue
    {
        InstrumentTable instruments = OneShare();
        Ledger ledger = new(instruments, 1, new AccountOptions { InitialCash = 100_000m });
        Watcher strategy = new();
        TradingEngine<TVenue, NoRecorder> engine = new(
            new EngineOptions(), ledger, new RiskGate(ledger, new RiskLimits()), [new StrategySeat(strategy, [])],
            port(new SimulatedVenue(instruments, new VenueOptions().With("latency", latency))), default);
        for (int i = 0; i < events.Length; i += batch) engine.Process(events.AsSpan(i, Math.Min(batch, events.Length - i)));
        engine.Finish();
        return (engine.Hash, engine.Counters, strategy.Seen);
    }

    /// <summary>Mostly quotes of one share, some trades, some quotes that one side sees before the other.</summary>
    private static MarketEvent[] Market(ulong seed, int count)
    {
        SeededRandom random = new(seed);
        Tape tape = new();
        long mid = 1_000;
        double time = 0;
        for (int i = 0; i < count; i++)
        {
            time += random.NextInt64(4);
            mid += random.NextInt64(5) - 2;
            string bid = FixedPoint.Format((mid - 1) * 10_000_000), ask = FixedPoint.Format((mid + 1) * 10_000_000);
            if (random.NextInt64(60) == 0) tape.Trade(time, bid, 1 + random.NextInt64(40));
            else tape.Quote(time, bid, ask, 1 + random.NextInt64(60), random.NextInt64(40));
            if (random.NextInt64(90) == 0) tape.Only(random.NextInt64(2) == 0 ? EventFlags.ForVenue : EventFlags.ForStrategy);
        }

        return tape.Events;
    }

    /// <summary>Trades seldom, and writes down everything that it can see of prices, time and its account.</summary>
    private sealed class Watcher : Strategy
    {
        private readonly System.Text.StringBuilder _seen = new();
        private int _count;

        public string Seen => _seen.ToString();

        public override void OnStart() => SetInterval(TimeSpan.FromMilliseconds(300));

        public override void OnQuote(in QuoteTick quote)
        {
            See($"{quote.Bid} {Marks[_share].Bid} {Marks[_share].Time}");
            if (++_count % 37 == 0) Orders.Buy(_share, Quantity.FromUnits(3));
            else if (_count % 53 == 0) Orders.SellLimit(_share, Quantity.FromUnits(5), quote.Ask);
            if (_count % 71 == 0) SetTimer(Now + (7 * Timestamp.NanosecondsPerMillisecond), 1);
        }

        public override void OnTimer(in TimerTick timer) => See($"timer {timer.Id} {Marks[_share].Ask}");

        public override void OnReport(in ExecutionReport report) => See($"{report.Kind} {report.LastPrice} {report.VenueTime} {Account.Snapshot().Equity}");

        private void See(string what) => _seen.Append(Now).Append(' ').AppendLine(what);
    }

    private sealed class Counted
    {
        public int Quiet { get; set; }

        public int Quotes { get; set; }
    }

    /// <summary>Says that it is never idle, so that the engine shows it every quote.</summary>
    private readonly struct RestlessVenue(SimulatedVenuePort port) : IVenue
    {
        private readonly SimulatedVenuePort _port = port;

        public Timestamp NextDue => _port.NextDue;

        public bool Submit(in OrderCommand command) => _port.Submit(command);

        public bool TryTake(Timestamp now, out ExecutionReport report) => _port.TryTake(now, out report);

        public bool OnMarket(in MarketEvent marketEvent) => _port.OnMarket(marketEvent);

        public bool IsIdle(InstrumentId instrument) => false;

        public void OnQuietQuotes(in MarketEvent last, int count) => throw new InvalidOperationException("This venue is never idle.");

        public void OnEnd(Timestamp time) => _port.OnEnd(time);

        public bool TryGetQuantityAhead(ClientOrderId id, out Quantity ahead) => _port.TryGetQuantityAhead(id, out ahead);
    }

    private readonly struct CountingVenue(SimulatedVenuePort port, Counted count) : IVenue
    {
        private readonly SimulatedVenuePort _port = port;

        public Timestamp NextDue => _port.NextDue;

        public bool Submit(in OrderCommand command) => _port.Submit(command);

        public bool TryTake(Timestamp now, out ExecutionReport report) => _port.TryTake(now, out report);

        public bool OnMarket(in MarketEvent marketEvent)
        {
            count.Quotes++;
            return _port.OnMarket(marketEvent);
        }

        public bool IsIdle(InstrumentId instrument) => _port.IsIdle(instrument);

        public void OnQuietQuotes(in MarketEvent last, int quotes)
        {
            count.Quiet += quotes;
            count.Quotes += quotes;
            _port.OnQuietQuotes(last, quotes);
        }

        public void OnEnd(Timestamp time) => _port.OnEnd(time);

        public bool TryGetQuantityAhead(ClientOrderId id, out Quantity ahead) => _port.TryGetQuantityAhead(id, out ahead);
    }
}
