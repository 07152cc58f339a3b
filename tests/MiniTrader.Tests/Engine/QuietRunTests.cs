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
    private static readonly Gen<string> _latency = Gen.OneOf(Gen.Const("0"), Gen.Const("1ms"), Gen.Const("100us..5ms"), Gen.Const("40ms"));

    internal static InstrumentTable OneShare() => new([new Instrument { Symbol = "AAA", Venue = "XTST" }]);

    [Fact]
    public void Quiet_runs_and_single_steps_give_the_same_reports_prices_and_times()
    {
        Gen.Select(Gen.ULong, Gen.Int[1, 300], _latency).Sample((seed, batch, latency) => Compare(seed, batch, latency, 1, _ => [new(new Watcher(), [])]), iter: 80);
    }

    [Fact]
    public void So_they_do_for_many_instruments_with_one_strategy_each_and_with_none_or_two()
    {
        // The last instrument has none, the one before it has two, one of which watches the first as well.
        Gen.Select(Gen.ULong, Gen.Int[1, 300], _latency, Gen.Int[3, 7]).Sample(
            (seed, batch, latency, instruments) => Compare(seed, batch, latency, instruments, count =>
            [
                .. Enumerable.Range(1, count - 2).Select(i => new StrategySeat(new Watcher(i), [new(i)])),
                new StrategySeat(new Watcher(), [new(0), new(count - 2)]),
            ]),
            iter: 80);
    }

    private static void Compare(ulong seed, int batch, string latency, int instruments, Func<int, StrategySeat[]> seats)
    {
        MarketEvent[] events = Market(seed, 1_500, instruments);
        (ulong hash, EngineCounters counters, string seen) = Run(events, batch, latency, instruments, seats(instruments), v => new SimulatedVenuePort(v));
        (ulong stepHash, EngineCounters stepCounters, string stepSeen) =
            Run(events, batch, latency, instruments, seats(instruments), v => new RestlessVenue(new SimulatedVenuePort(v)));
        Assert.Equal(stepSeen, seen);
        Assert.Equal(stepCounters, counters);
        Assert.Equal(stepHash, hash);
    }

    [Fact]
    public void Most_quotes_of_a_strategy_that_trades_seldom_are_quiet()
    {
        Counted count = new();
        Run(Market(5, 3_000), 256, "1ms", 1, [new(new Watcher(), [])], v => new CountingVenue(new SimulatedVenuePort(v), count));
        Assert.InRange(count.Quiet, 400, count.Quotes);
    }

    [Fact]
    public void So_are_those_of_two_strategies_with_an_instrument_each()
    {
        Counted count = new();
        Run(Market(5, 3_000, 2), 256, "1ms", 2, [new(new Watcher(0), [new(0)]), new(new Watcher(1), [new(1)])], v => new CountingVenue(new SimulatedVenuePort(v), count));
        Assert.InRange(count.Quiet, 400, count.Quotes);
    }

    private static (ulong Hash, EngineCounters Counters, string Seen) Run<TVenue>(
        MarketEvent[] events, int batch, string latency, int count, StrategySeat[] seats, Func<SimulatedVenue, TVenue> port)
        where TVenue : struct, IVenue
    {
        InstrumentTable instruments = new([.. Enumerable.Range(0, count).Select(i => new Instrument { Symbol = $"S{i}", Venue = "XTST" })]);
        Ledger ledger = new(instruments, seats.Length, new AccountOptions { InitialCash = 100_000m });
        TradingEngine<TVenue, NoRecorder> engine = new(
            new EngineOptions(), ledger, new RiskGate(ledger, new RiskLimits()), seats,
            port(new SimulatedVenue(instruments, new VenueOptions().With("latency", latency))), default);
        for (int i = 0; i < events.Length; i += batch) engine.Process(events.AsSpan(i, Math.Min(batch, events.Length - i)));
        engine.Finish();
        return (engine.Hash, engine.Counters, string.Concat(seats.Select(s => ((Watcher)s.Strategy).Seen)));
    }

    /// <summary>Mostly quotes, some trades, some quotes that one side sees before the other; any of the instruments may be next.</summary>
    private static MarketEvent[] Market(ulong seed, int count, int instruments = 1)
    {
        SeededRandom random = new(seed);
        Tape tape = new();
        long mid = 1_000;
        double time = 0;
        for (int i = 0; i < count; i++)
        {
            time += random.NextInt64(4);
            mid += random.NextInt64(5) - 2;
            int instrument = instruments == 1 ? 0 : (int)random.NextInt64(instruments);
            string bid = FixedPoint.Format((mid - 1) * 10_000_000), ask = FixedPoint.Format((mid + 1) * 10_000_000);
            if (random.NextInt64(60) == 0) tape.Trade(time, bid, 1 + random.NextInt64(40), instrument: instrument);
            else tape.Quote(time, bid, ask, 1 + random.NextInt64(60), random.NextInt64(40), instrument);
            if (random.NextInt64(90) == 0) tape.Only(random.NextInt64(2) == 0 ? EventFlags.ForVenue : EventFlags.ForStrategy);
        }

        return tape.Events;
    }

    /// <summary>Trades seldom, and writes down everything that it can see of prices, time and its account.</summary>
    private sealed class Watcher(int instrument = 0) : Strategy
    {
        private readonly InstrumentId _share = new(instrument);
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

        public bool TryQuietQuote(in MarketEvent quote) => false;

        public bool IsQuietBook(InstrumentId instrument) => false;

        public bool TryQuietBook(in BookDelta delta) => false;

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

        public bool TryQuietQuote(in MarketEvent quote)
        {
            if (!_port.TryQuietQuote(quote)) return false;
            count.Quiet++;
            count.Quotes++;
            return true;
        }

        public bool IsQuietBook(InstrumentId instrument) => _port.IsQuietBook(instrument);

        public bool TryQuietBook(in BookDelta delta) => _port.TryQuietBook(delta);

        public void OnEnd(Timestamp time) => _port.OnEnd(time);

        public bool TryGetQuantityAhead(ClientOrderId id, out Quantity ahead) => _port.TryGetQuantityAhead(id, out ahead);
    }
}
