using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Ring;
using MiniTrader.Risk;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Engine;

/// <summary>A loop whose time passes on its own: a clock that a test sets, a venue whose reports come from outside, a feed that stamps as it likes.</summary>
public sealed class LiveLoopTests : IDisposable
{
    private static readonly InstrumentId _share = new(0);
    private readonly HandClock _clock = new();
    private readonly OutsideVenue _venue = new();
    private readonly LiveFeed _feed = new();

    public void Dispose() => _feed.Dispose();

    [Fact]
    public void An_event_behind_one_that_is_ahead_of_our_clock_is_received_with_it()
    {
        ScriptedStrategy strategy = new();
        using RingBuffer<MarketEvent> ring = Ring();
        EngineLoop<OutsidePort, NoRecorder> loop = Loop(ring, strategy, out _);
        _feed.Add(new Tape().Quote(50, "10", "10.01").Quote(1, "10", "10.02").Quote(2, "10", "10.03").Quote(51, "10", "10.04"));
        loop.DoWork();
        Assert.Equal(["quote 1", "quote 2", "quote 3", "quote 4"], strategy.Log);
        Assert.Equal(Tape.At(51), strategy.Time);
        Assert.Equal(2, loop.LateEvents);
        Assert.Equal([50, 50, 50, 51], _venue.Seen.Select(e => (e.Header.ReceivedTime - Tape.Start) / 1e6));
        Assert.Equal([50, 1, 2, 51], _venue.Seen.Select(e => (e.Header.VenueTime - Tape.Start) / 1e6));
    }

    [Fact]
    public void An_event_that_was_stamped_before_a_duty_and_published_after_it_is_received_after_it()
    {
        ScriptedStrategy strategy = new ScriptedStrategy { AtStart = s => s.Timer(Tape.At(60), 7) };
        using RingBuffer<MarketEvent> ring = Ring();
        EngineLoop<OutsidePort, NoRecorder> loop = Loop(ring, strategy, out _);
        _feed.Add(new Tape().Quote(0, "10", "10.01"));
        loop.DoWork();
        _clock.Now = Tape.At(70);
        loop.DoWork();
        _feed.Add(new Tape().Quote(59, "10", "10.02"));
        loop.DoWork();
        Assert.Equal(["quote 1", "timer 7", "quote 2"], strategy.Log);
        Assert.Equal(Tape.At(60), strategy.Time);
        Assert.Equal(1, loop.LateEvents);
    }

    [Fact]
    public void An_event_for_the_venue_alone_is_late_by_its_venue_time()
    {
        using RingBuffer<MarketEvent> ring = Ring();
        EngineLoop<OutsidePort, NoRecorder> loop = Loop(ring, new ScriptedStrategy(), out _);
        _feed.Add(new Tape().Quote(5, "10", "10.01").Quote(3, "10", "10.02").Only(EventFlags.ForVenue));
        loop.DoWork();
        Assert.Equal((Tape.At(5), Tape.At(5)), (_venue.Seen[1].Header.VenueTime, _venue.Seen[1].Header.ReceivedTime));
    }

    [Fact]
    public void Without_a_clock_an_event_out_of_order_ends_the_session()
    {
        using RingBuffer<MarketEvent> ring = Ring();
        EngineLoop<OutsidePort, NoRecorder> loop = new(Engine([new ScriptedStrategy()], out _), ring, _feed);
        _feed.Add(new Tape().Quote(5, "10", "10.01").Quote(3, "10", "10.02"));
        Assert.Throws<InvalidOperationException>(() => loop.DoWork());
    }

    [Fact]
    public void A_report_is_heard_between_two_batches_while_the_feed_is_never_silent()
    {
        ScriptedStrategy strategy = new ScriptedStrategy().AtQuote(1, s => s.Desk.Buy(_share, Quantity.FromUnits(1)));
        using RingBuffer<MarketEvent> ring = Ring();
        EngineLoop<OutsidePort, NoRecorder> loop = Loop(ring, strategy, out _);
        _feed.Add(new Tape().Quote(0, "10", "10.01"));
        loop.DoWork();
        _feed.Add(new Tape().Quote(1, "10", "10.02"));
        loop.DoWork();
        _venue.Answer(ReportKind.Accepted, Tape.At(1.5));
        _feed.Add(new Tape().Quote(2, "10", "10.03").Quote(3, "10", "10.04"));
        loop.DoWork();
        Assert.Equal(["quote 1", "quote 2", "Accepted", "quote 3", "quote 4"], strategy.Log);
        Assert.Equal(Tape.At(1.5), strategy.Reports[0].ReceivedTime);
    }

    [Fact]
    public void A_cancel_of_everything_that_is_refused_is_asked_for_again_a_little_later_and_only_what_was_refused()
    {
        using RingBuffer<MarketEvent> ring = Ring();
        EngineLoop<OutsidePort, NoRecorder> loop = Loop(ring, out RiskGate risk, new ScriptedStrategy(), new ScriptedStrategy(), new ScriptedStrategy());
        _feed.Add(new Tape().Quote(0, "10", "10.01"));
        loop.DoWork();
        risk.KillSwitch.Engage(KillCause.Operator);
        _venue.Room = 1;
        _clock.Now = Tape.At(10);
        for (int i = 0; i < 5; i++) loop.DoWork();
        Assert.Equal([0, 1], _venue.Asked);

        // No event and no report moves the session's time: the clock does.
        _venue.Room = int.MaxValue;
        _clock.Now = Tape.At(10.999);
        loop.DoWork();
        Assert.Equal([0, 1], _venue.Asked);
        _clock.Now = Tape.At(11);
        for (int i = 0; i < 5; i++) loop.DoWork();
        Assert.Equal([0, 1, 1, 2], _venue.Asked);
    }

    [Fact]
    public void A_kill_switch_that_is_released_asks_for_nothing_more()
    {
        using RingBuffer<MarketEvent> ring = Ring();
        EngineLoop<OutsidePort, NoRecorder> loop = Loop(ring, out RiskGate risk, new ScriptedStrategy(), new ScriptedStrategy());
        _feed.Add(new Tape().Quote(0, "10", "10.01"));
        loop.DoWork();
        risk.KillSwitch.Engage(KillCause.Operator);
        _venue.Room = 1;
        _clock.Now = Tape.At(10);
        loop.DoWork();
        risk.KillSwitch.Release();
        _venue.Room = int.MaxValue;
        _clock.Now = Tape.At(20);
        loop.DoWork();
        Assert.Equal([0, 1], _venue.Asked);
        risk.KillSwitch.Engage(KillCause.Operator);
        loop.DoWork();
        Assert.Equal([0, 1, 0, 1], _venue.Asked);
    }

    private static RingBuffer<MarketEvent> Ring() => new(EngineLoop<OutsidePort, NoRecorder>.InlineRingSize, WaitStrategy.Yielding());

    private EngineLoop<OutsidePort, NoRecorder> Loop(RingBuffer<MarketEvent> ring, Strategy strategy, out RiskGate risk) => Loop(ring, out risk, strategy);

    private EngineLoop<OutsidePort, NoRecorder> Loop(RingBuffer<MarketEvent> ring, out RiskGate risk, params Strategy[] strategies) =>
        new(Engine(strategies, out risk), ring, _feed, _clock);

    private TradingEngine<OutsidePort, NoRecorder> Engine(Strategy[] strategies, out RiskGate risk)
    {
        Ledger ledger = new(Harness.TwoShares(), strategies.Length, new AccountOptions { InitialCash = 100_000m });
        risk = new RiskGate(ledger, new RiskLimits());
        return new(new EngineOptions { EquityInterval = 0 }, ledger, risk, [.. strategies.Select(s => new StrategySeat(s, []))], new OutsidePort(_venue), default);
    }

    private sealed class HandClock : IClock
    {
        public Timestamp Now { get; set; } = Tape.Start;
    }

    /// <summary>Gives what a test added, and never ends.</summary>
    private sealed class LiveFeed : IFeed
    {
        private readonly Queue<MarketEvent> _events = new();

        public bool IsFinished => false;

        public void Add(Tape tape)
        {
            foreach (MarketEvent e in tape.Events) _events.Enqueue(e);
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
    }

    /// <summary>Keeps what it is shown and asked, and answers when a test says so.</summary>
    private sealed class OutsideVenue
    {
        private ClientOrderId _last;

        public List<MarketEvent> Seen { get; } = [];

        /// <summary>Strategies for which it was asked to cancel everything.</summary>
        public List<int> Asked { get; } = [];

        /// <summary>Requests that it will still take.</summary>
        public int Room { get; set; } = int.MaxValue;

        public Queue<ExecutionReport> Reports { get; } = new();

        public void Answer(ReportKind kind, Timestamp time) => Reports.Enqueue(new ExecutionReport { Kind = kind, ClientOrderId = _last, VenueTime = time, ReceivedTime = time });

        public bool Take(in OrderCommand command)
        {
            _last = command.ClientOrderId;
            if (command.Kind == CommandKind.CancelAll) Asked.Add(command.Strategy.Index);
            return Room-- > 0;
        }
    }

    private readonly struct OutsidePort(OutsideVenue venue) : IVenue
    {
        public Timestamp NextDue => venue.Reports.Count > 0 ? Timestamp.MinValue : Timestamp.MaxValue;

        public bool Submit(in OrderCommand command) => venue.Take(in command);

        public bool TryTake(Timestamp now, out ExecutionReport report) => venue.Reports.TryDequeue(out report);

        public bool OnMarket(in MarketEvent marketEvent)
        {
            venue.Seen.Add(marketEvent);
            return false;
        }

        public bool IsIdle(InstrumentId instrument) => false;

        public void OnQuietQuotes(in MarketEvent last, int count) => throw new InvalidOperationException("This venue is never idle.");

        public bool TryQuietQuote(in MarketEvent quote) => false;

        public bool IsQuietBook(InstrumentId instrument) => false;

        public bool TryQuietBook(in BookDelta delta) => false;

        public void OnEnd(Timestamp time)
        {
        }

        public bool TryGetQuantityAhead(ClientOrderId id, out Quantity ahead)
        {
            ahead = default;
            return false;
        }
    }
}
