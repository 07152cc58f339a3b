using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Strategies;

namespace MiniTrader.Engine;

/// <summary>
/// The single writer of all trading state. For each event, always in this order: <b>drain</b> what is due (reports, timers),
/// move the <b>time</b>, show the venue the <b>market</b>, let the strategy <b>decide</b>, <b>route</b> what it wrote. Only this
/// class calls across subsystems. One thread calls it; nothing here allocates after construction.
/// </summary>
/// <typeparam name="TVenue">A thin struct over the venue, so that calls to it are direct.</typeparam>
/// <typeparam name="TRecorder">Where inputs and outcomes are told.</typeparam>
public sealed partial class TradingEngine<TVenue, TRecorder>
    where TVenue : struct, IVenue
    where TRecorder : struct, IRecorder
{
    /// <summary>Reports and timers that may follow from one another at one instant; beyond, a strategy is running in circles.</summary>
    public const int MaxReactionsPerInstant = 1_000_000;

    /// <summary>Instruments, from the first, whose price is told at each equity sample.</summary>
    public const int MaxMarkedInstruments = 32;

    /// <summary>Orders of one step of a liquidation; what is still missing when they are done is the next step's.</summary>
    public const int MaxLiquidationOrders = 64;

    /// <summary>Nanoseconds of session time between two looks at the day's loss, besides those at each order and fill.</summary>
    public const long LossCheckInterval = Timestamp.NanosecondsPerMinute;

    private readonly Ledger _ledger;
    private readonly Marks _marks;
    private readonly RiskGate _risk;
    private readonly Strategy[] _strategies;
    private readonly SessionTime _time = new();
    private readonly StrategyHooks[] _hooks;
    private readonly OrderDesk[] _desks;
    private readonly TimerQueue _timers;
    private readonly DenialQueue _denials;
    private readonly Subscribers _onQuote;
    private readonly Subscribers _onTrade;
    private readonly Subscribers _onBar;
    private readonly Subscribers _onOther;
    private readonly Subscribers.Seat _soleSeat;
    private readonly bool _hasSoleSeat;
    private readonly BookDesk _books;
    private readonly long _equityInterval;
    private readonly CarryDesk _carry;
    private readonly MarginRule? _margin;
    private readonly OrderCommand[] _liquidation;
    private int _liquidating;
    private TVenue _venue;
    private TRecorder _recorder;
    private RollingHash _hash;
    private EngineCounters _counters;
    private Timestamp _nextSample = Timestamp.MaxValue;
    private Timestamp _nextLossCheck = Timestamp.MaxValue;
    private ExecutionReport _report;
    private Timestamp _lastDrain = Timestamp.MinValue;
    private int _reactions;
    private volatile bool _isStopRequested;
    private bool _isStarted;
    private bool _isFinishing;
    private bool _killHandled;

    /// <param name="options">Validated here.</param>
    /// <param name="ledger">The books of record.</param>
    /// <param name="risk">Judges what leaves.</param>
    /// <param name="seats">The strategies.</param>
    /// <param name="venue">Where orders go.</param>
    /// <param name="recorder">Who is told.</param>
    /// <param name="venueBooks">
    /// The order books that the venue keeps, for a session in which venue and strategies see each change of a book at one instant: the
    /// strategies then see these. Null where they may see a change later: the engine then keeps books of its own.
    /// </param>
    public TradingEngine(
        EngineOptions options, Ledger ledger, RiskGate risk, IReadOnlyList<StrategySeat> seats, TVenue venue, TRecorder recorder, MarketBooks? venueBooks = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(seats);
        if (seats.Count != ledger.StrategyCount)
            throw new ArgumentException($"The ledger has books for {ledger.StrategyCount} strategies, but {seats.Count} are seated.");
        _equityInterval = options.Validated().EquityInterval;
        _carry = ledger.Carry;
        _margin = options.Margin.IsOn ? new MarginRule(ledger, options.Margin) : null;
        _liquidation = new OrderCommand[_margin is null ? 0 : MaxLiquidationOrders];
        _timers = new TimerQueue(_time);
        _ledger = ledger;
        _marks = ledger.Marks;
        _risk = risk;
        _venue = venue;
        _recorder = recorder;
        _strategies = seats.Select(s => s.Strategy).ToArray();
        _hooks = _strategies.Select(s => s.OverriddenHooks()).ToArray();
        _desks = new OrderDesk[seats.Count];
        _books = new BookDesk(ledger, options.Books, venueBooks);
        EngineVenueView<TVenue> view = new(venue);
        for (int i = 0; i < seats.Count; i++)
        {
            _desks[i] = new OrderDesk(ledger, new((ushort)i), _time);
            _strategies[i].Attach(new StrategyContext
            {
                Id = new((ushort)i),
                Ledger = ledger,
                Orders = _desks[i],
                Timers = _timers,
                Time = _time,
                Books = _books.Books,
                Venue = view,
            });
        }

        _denials = new DenialQueue(2 * OrderDesk.Capacity * Math.Max(1, seats.Count));
        int instruments = ledger.Instruments.Count;
        _onQuote = new Subscribers(seats, _hooks, _desks, instruments, StrategyHooks.Quote);
        _onTrade = new Subscribers(seats, _hooks, _desks, instruments, StrategyHooks.Trade);
        _onBar = new Subscribers(seats, _hooks, _desks, instruments, StrategyHooks.Bar);
        _onOther = new Subscribers(seats, _hooks, _desks, instruments, StrategyHooks.Status | StrategyHooks.Signal | StrategyHooks.Action);
        _books.Seat(seats, _hooks, _desks);
        _hasSoleSeat = instruments == 1 && _onQuote.Of(new(0)).Length == 1 && !recorder.RecordsMarket;
        if (_hasSoleSeat) _soleSeat = _onQuote.Of(new(0))[0];
    }

    /// <summary>What was counted so far.</summary>
    public EngineCounters Counters => _counters;

    /// <summary>The books that strategies see, as of what was received.</summary>
    public MarketBooks Books => _books.Books;

    /// <summary>Hash of every command and report so far.</summary>
    public ulong Hash => _hash.Value;

    /// <summary>When the session began.</summary>
    public Timestamp StartTime { get; private set; }

    /// <summary>When the last event came; known after <see cref="Finish"/>. What it led to may have been heard later.</summary>
    public Timestamp EndTime { get; private set; }

    /// <summary>Orders that still worked, or were on their way, when the last event had come.</summary>
    public int InFlightAtEnd { get; private set; }

    /// <summary>The session's time.</summary>
    public Timestamp Now => _time.Now;

    public Ledger Ledger => _ledger;

    /// <summary>Commands that no desk or table had room for.</summary>
    public long Overflowed => _desks.Sum(d => d.Overflowed);

    /// <summary>Lets every strategy begin. Called with the time of the first event, or by a live session with the present.</summary>
    public void Start(Timestamp time)
    {
        if (_isStarted) throw new InvalidOperationException("The engine has been started already.");
        _isStarted = true;
        StartTime = time;
        _time.Now = time;
        if (_equityInterval > 0) _nextSample = NextMultiple(time, _equityInterval);
        _nextLossCheck = NextMultiple(time, LossCheckInterval);
        _risk.OnTime(time);
        _carry.Start(time);
        Sample(time);
        for (int i = 0; i < _strategies.Length; i++)
        {
            _strategies[i].OnStart();
            Route(i);
        }
    }

    /// <summary>Takes in events in the order of their due time. The span is only read, and only during the call.</summary>
    /// <exception cref="InvalidOperationException">An event is due before the one before it.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // A root of its own: inlined into its caller it would use up the compiler's inlining budget.
    public void Process(ReadOnlySpan<MarketEvent> events)
    {
        if (events.IsEmpty) return;
        if (!_isStarted) Start(events[0].Header.DueTime);
        FollowKillSwitch();

        ref MarketEvent e = ref MemoryMarshal.GetReference(events);
        ref MarketEvent end = ref Unsafe.Add(ref e, events.Length);
        while (Unsafe.IsAddressLessThan(ref e, ref end))
        {
            if (!e.Header.IsQuoteForBoth)
            {
                if (e.Header.IsBookForBoth)
                {
                    e = ref ProcessBooks(ref e, ref end);
                    continue;
                }

                ProcessOther(in e);
            }
            else if (_hasSoleSeat && e.Header.ReceivedTime < _time.NextDue && _venue.IsIdle(e.Header.Instrument))
            {
                e = ref ProcessQuiet(ref e, ref end);
                continue;
            }
            else
            {
                ProcessQuote(in e);
            }

            e = ref Unsafe.Add(ref e, 1);
        }
    }

    /// <summary>Does what is due when no event comes: for sessions whose time passes on its own. Answers the work done.</summary>
    public int Poll(Timestamp time)
    {
        if (!_isStarted) return 0;
        FollowKillSwitch();
        _time.Expect(_venue.NextDue);
        if (time < _time.NextDue) return 0;
        long before = _counters.Reports + _counters.Timers;
        Advance(time);
        return (int)(_counters.Reports + _counters.Timers - before);
    }

    /// <summary>Ends a drain that would go through very many timers. Any thread may call it; the caller then gives no further events.</summary>
    public void RequestStop() => _isStopRequested = true;

    /// <summary>
    /// After the last event: what still works expires, its reports are heard, every strategy stops. Orders written from here on
    /// are not sent.
    /// </summary>
    public void Finish()
    {
        if (!_isStarted || _isFinishing) return;
        _isFinishing = true;
        EndTime = Now;
        InFlightAtEnd = _ledger.Total.WorkingOrders;
        _venue.OnEnd(EndTime);
        while (_denials.Count > 0 || _venue.TryTake(Timestamp.MaxValue, out _report)) React(Timestamp.MaxValue);
        for (int i = 0; i < _strategies.Length; i++)
        {
            _strategies[i].OnStop();
            _desks[i].Clear();
        }

        Sample(Now);
    }

    private Timestamp NextOwnDue => Timestamp.Min(Timestamp.Min(_timers.NextDue, _carry.NextDue), Timestamp.Min(_nextLossCheck, _nextSample));

    private static Timestamp NextMultiple(Timestamp time, long interval) => time.FloorTo(interval) + interval;

    /// <summary>Time moves on inside a drain; what follows is at another instant.</summary>
    private void MoveTime(Timestamp time)
    {
        if (time <= _time.Now) return;
        _time.Now = time;
        _reactions = 0;
    }

    /// <summary>The five steps for a quote that everyone sees at one instant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ProcessQuote(in MarketEvent e)
    {
        DrainAndMoveTime(e.Header.ReceivedTime);
        if (_recorder.RecordsMarket) _recorder.OnMarket(in e);
        if (_venue.OnMarket(in e)) _time.Expect(_venue.NextDue);
        _marks.At(e.Header.Instrument).Take(in e.Quote, e.Header.ReceivedTime);
        foreach (ref readonly Subscribers.Seat seat in _onQuote.Of(e.Header.Instrument).AsSpan())
        {
            seat.Strategy.OnQuote(in e.Quote);
            if (seat.Desk.Count != 0) Route(seat.Index);
        }
    }

    /// <summary>
    /// The five steps for a run of quotes of the only instrument, for the only strategy, while nothing is due and the venue is idle. What
    /// cannot change within the run is found once, and the venue is shown the last quote only: it needs no earlier one, because
    /// nothing of it is drained before the run ends. A strategy that writes an order makes the session due, and that ends the run. Answers
    /// the first event that is not part of it.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref MarketEvent ProcessQuiet(ref MarketEvent first, ref MarketEvent end)
    {
        Strategy strategy = _soleSeat.Strategy;
        SessionTime time = _time;
        ref Mark mark = ref _marks.At(first.Header.Instrument);
        ref MarketEvent e = ref first;
        do
        {
            Timestamp due = e.Header.ReceivedTime;
            if (due >= time.NextDue || due < time.Now) break;
            time.Now = due;
            mark.Take(in e.Quote, due);
            strategy.OnQuote(in e.Quote);
            e = ref Unsafe.Add(ref e, 1);
        }
        while (Unsafe.IsAddressLessThan(ref e, ref end) && e.Header.IsQuoteForBoth);

        int count = (int)(Unsafe.ByteOffset(ref first, ref e) / MarketEvent.Size);
        if (count == 0) ThrowOutOfOrder(e.Header.ReceivedTime);
        _counters.Events += count;
        _venue.OnQuietQuotes(in Unsafe.Subtract(ref e, 1), count);
        if (_soleSeat.Desk.Count != 0) Route(_soleSeat.Index);
        return ref e;
    }

    /// <summary>The five steps for any other event, and for a quote that only one side sees now.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ProcessOther(in MarketEvent e)
    {
        if (e.Header.Kind == EventKind.BookDelta && _books.AreTheVenues) ThrowApart(in e);
        DrainAndMoveTime(e.Header.DueTime);
        if (_recorder.RecordsMarket) _recorder.OnMarket(in e);
        if ((e.Header.Flags & EventFlags.ForVenue) != 0 && _venue.OnMarket(in e)) _time.Expect(_venue.NextDue);
        if ((e.Header.Flags & EventFlags.ForStrategy) == 0) return;
        if (e.Header.Kind == EventKind.BookDelta)
        {
            ShowBook(in e.BookDelta);
            return;
        }

        _marks.Observe(in e);
        if (e.Header.Kind == EventKind.CorporateAction) Book(in e.Action);
        Subscribers subscribers = e.Header.Kind switch
        {
            EventKind.Quote => _onQuote,
            EventKind.Trade => _onTrade,
            EventKind.Bar => _onBar,
            _ => _onOther,
        };
        foreach (ref readonly Subscribers.Seat seat in subscribers.Of(e.Header.Instrument).AsSpan())
        {
            switch (e.Header.Kind)
            {
                case EventKind.Quote: seat.Strategy.OnQuote(in e.Quote); break;
                case EventKind.Trade: seat.Strategy.OnTrade(in e.Trade); break;
                case EventKind.Bar: seat.Strategy.OnBar(in e.Bar); break;
                case EventKind.Status: seat.Strategy.OnStatus(in e.Status); break;
                case EventKind.Signal: seat.Strategy.OnSignal(in e.Signal); break;
                case EventKind.CorporateAction: seat.Strategy.OnAction(in e.Action); break;
            }

            if (seat.Desk.Count != 0) Route(seat.Index);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void DrainAndMoveTime(Timestamp due)
    {
        if (due >= _time.NextDue) Advance(due);
        if (due < _time.Now) ThrowOutOfOrder(due);
        _time.Now = due;
        _counters.Events++;
    }

    /// <summary>Drain: everything that is due by <paramref name="time"/>, in the order in which it is due.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Advance(Timestamp time)
    {
        if (time != _lastDrain) _reactions = 0;
        _lastDrain = time;
        while (true)
        {
            Timestamp own = NextOwnDue;
            Timestamp limit = Timestamp.Min(own, time);
            if (_denials.Count > 0 || (_venue.NextDue <= limit && _venue.TryTake(limit, out _report))) React(limit);
            else if (own > time || _isStopRequested) break;
            else FireOwn(own, time);
        }

        _time.NextDue = Timestamp.Min(_venue.NextDue, NextOwnDue);
    }

    /// <summary>Books and passes on one report: a denial of ours that waits, or the one the venue just gave.</summary>
    private void React(Timestamp limit)
    {
        if (++_reactions > MaxReactionsPerInstant) ThrowInCircles();
        if (_denials.TryTake(out ExecutionReport denial))
        {
            Tell(in denial);
            return;
        }

        Timestamp heard = Timestamp.Min(_report.ReceivedTime, limit);
        MoveTime(heard);
        _recorder.OnReport(in _report, _counters.Events);
        _hash.Add(in _report);
        _counters.Reports++;
        if (_report.Kind == ReportKind.Rejected) _counters.Rejected++;
        bool isNews = _ledger.Apply(in _report);
        if (_report.Kind == ReportKind.Fill)
        {
            _counters.Fills++;
            CheckLoss(Now);
        }
        else if (_report.Kind >= ReportKind.Busted)
        {
            CheckLoss(Now);
        }

        // A cancel that came too late is refused after the order is done: the books need nothing of it, its owner does.
        if (isNews || _report.Kind is ReportKind.CancelRejected or ReportKind.ReplaceRejected) Tell(in _report);
    }

    private void Tell(in ExecutionReport report)
    {
        int index = report.Strategy.Index;
        if ((_hooks[index] & StrategyHooks.Report) != 0) _strategies[index].OnReport(in report);
        if (report.Kind == ReportKind.Fill && (_hooks[index] & StrategyHooks.Fill) != 0) _strategies[index].OnFill(in report);
        Route(index);
    }

    private void FireOwn(Timestamp due, Timestamp time)
    {
        MoveTime(due);
        if (_timers.TryTake(due, out StrategyId strategy, out TimerTick tick))
        {
            if (++_reactions > MaxReactionsPerInstant) ThrowInCircles();
            _counters.Timers++;
            _recorder.OnTimer(in tick, strategy, _counters.Events);
            if ((_hooks[strategy.Index] & StrategyHooks.Timer) == 0) return;
            _strategies[strategy.Index].OnTimer(in tick);
            Route(strategy.Index);
        }
        else if (_carry.TryStep(due))
        {
            TellEntries();
        }
        else
        {
            // A silence in which nothing of ours is due changes nothing: it is skipped, and a new day begins with the worth before it ends.
            Timestamp quietUntil = Timestamp.Max(due, Timestamp.Min(time, Timestamp.Min(_venue.NextDue, Timestamp.Min(_timers.NextDue, _carry.NextDue))));
            if (_nextLossCheck <= due)
            {
                CheckLoss(due);
                _risk.OnTime(quietUntil);
                _nextLossCheck = NextMultiple(quietUntil, LossCheckInterval);
            }

            if (_nextSample > due) return;
            Sample(due);
            _nextSample = NextMultiple(quietUntil, _equityInterval);
        }
    }

    private void CheckLoss(Timestamp time)
    {
        _risk.CheckLoss(time);
        FollowKillSwitch();
        if (_margin is not null) FollowMargin(time);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Book(in CorporateAction action)
    {
        _carry.OnAction(in action, _time.Now);
        TellEntries();
    }

    /// <summary>Passes on what the carry desk booked, and orders what a rolled future asks for.</summary>
    private void TellEntries()
    {
        foreach (ref readonly LedgerEntry entry in _carry.Entries)
        {
            Tell(in entry);
            if (entry.Kind != LedgerEntryKind.Roll) continue;
            OrderCommand order = default;
            order.Kind = CommandKind.New;
            order.Instrument = entry.Instrument;
            order.Strategy = entry.Strategy;
            order.Side = entry.Side;
            order.Quantity = entry.Traded;
            SendOwn(ref order, isForced: false);
        }

        if (_margin is not null && _carry.Entries.Length > 0) FollowMargin(_time.Now);
    }

    private void Tell(in LedgerEntry entry)
    {
        _counters.Entries++;
        _hash.Add(in entry);
        _recorder.OnEntry(in entry, _counters.Events);
    }

    /// <summary>Below the maintenance margin everything is cancelled and positions are reduced at the market, past the risk gate.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FollowMargin(Timestamp time)
    {
        if (_isFinishing || IsLiquidating() || !_margin!.IsCalled(out decimal missing)) return;
        _counters.MarginCalls++;
        LedgerEntry call = default;
        call.Time = time;
        call.Instrument = InstrumentId.None;
        call.Kind = LedgerEntryKind.MarginCall;
        call.Amount = missing;
        Tell(in call);
        CancelEverything();
        _liquidating = _margin.Plan(_liquidation);
        for (int i = 0; i < _liquidating; i++) SendOwn(ref _liquidation[i], isForced: true);
    }

    private bool IsLiquidating()
    {
        for (int i = 0; i < _liquidating; i++)
        {
            if (_ledger.Orders.TryFind(_liquidation[i].ClientOrderId, out int slot) && _ledger.Orders[slot].IsWorking) return true;
        }

        return false;
    }

    /// <summary>Sends a market order that no strategy wrote.</summary>
    private void SendOwn(ref OrderCommand order, bool isForced)
    {
        if (_isFinishing || !_ledger.Orders.TryReserve(out order.ClientOrderId)) return;
        order.SentTime = _time.Now;
        ref readonly Mark mark = ref _marks[order.Instrument];
        order.DecisionPrice = mark.IsKnown ? mark.Value : Price.Zero;
        Send(in order, isForced);
    }

    private void Sample(Timestamp time)
    {
        AccountSnapshot snapshot = _ledger.Account.Snapshot();
        _recorder.OnEquity(time, in snapshot, _counters.Events);
        int charted = Math.Min(_ledger.Instruments.Count, MaxMarkedInstruments);
        for (int i = 0; i < charted; i++)
        {
            ref readonly Mark mark = ref _marks[new InstrumentId(i)];
            if (mark.IsKnown) _recorder.OnMark(time, new(i), mark.Value, _counters.Events);
        }
    }

    /// <summary>Route: each written command is judged and goes to the venue, or is denied.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Route(int index)
    {
        OrderDesk desk = _desks[index];
        if (desk.Count == 0) return;
        if (!_isFinishing)
        {
            foreach (ref OrderCommand command in desk.Commands)
            {
                command.SentTime = _time.Now;
                Send(in command);
            }
        }

        desk.Clear();
        FollowKillSwitch();

        // What was written made the session due at once; now it is again due when the first of the others is.
        if (_denials.Count == 0) _time.NextDue = Timestamp.Min(_venue.NextDue, NextOwnDue);
    }

    private void Send(in OrderCommand command, bool isForced = false)
    {
        ReasonCode denial = isForced ? ReasonCode.None : _risk.Check(in command, _time.Now);
        if (command.Kind == CommandKind.New)
        {
            _counters.Orders++;
            _ledger.Register(in command);
        }

        if (denial == ReasonCode.None)
        {
            if (_venue.Submit(in command)) _time.Expect(_venue.NextDue);
            else denial = ReasonCode.VenueCapacity;
        }

        _hash.Add(in command);
        _hash.Add((ulong)denial);
        _recorder.OnCommand(in command, denial, _counters.Events);
        if (denial != ReasonCode.None)
        {
            Deny(in command, denial);
        }
        else
        {
            if (command.Kind != CommandKind.New) _counters.Changes++;
            _ledger.OnSent(in command);
        }
    }

    private void Deny(in OrderCommand command, ReasonCode reason)
    {
        _counters.Denied++;
        ExecutionReport report = default;
        report.VenueTime = report.ReceivedTime = _time.Now;
        report.ClientOrderId = command.ClientOrderId;
        report.Instrument = command.Instrument;
        report.Strategy = command.Strategy;
        report.Side = command.Side;
        report.Tag = command.Tag;
        report.Reason = reason;
        report.Kind = command.Kind switch
        {
            CommandKind.New => ReportKind.Denied,
            CommandKind.Replace => ReportKind.ReplaceRejected,
            _ => ReportKind.CancelRejected,
        };

        // The books know at once; the strategy hears it at the next drain, so that no hook runs inside another.
        _hash.Add(in report);
        _recorder.OnReport(in report, _counters.Events);
        if (command.Kind == CommandKind.New) _ledger.Apply(in report);
        if (!_denials.TryAdd(in report)) ThrowInCircles();
        _time.Expect(Timestamp.MinValue);
    }

    private void FollowKillSwitch()
    {
        if (_risk.KillSwitch.IsEngaged != _killHandled) OnKillSwitch();
    }

    /// <summary>
    /// When the kill switch is thrown, everything that works is cancelled, strategy by strategy, and again at the next opportunity if
    /// the venue did not take it; when it is released, it can be thrown again.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OnKillSwitch()
    {
        _killHandled = _risk.KillSwitch.IsEngaged;
        if (_killHandled && !_isFinishing) _killHandled = CancelEverything();
    }

    /// <summary>Asks the venue to cancel all orders, strategy by strategy; false when it did not take all of the requests.</summary>
    private bool CancelEverything()
    {
        bool areTaken = true;
        for (int s = 0; s < _desks.Length; s++)
        {
            OrderCommand command = default;
            command.Kind = CommandKind.CancelAll;
            command.Cause = CommandCause.KillSwitch;
            command.Instrument = InstrumentId.None;
            command.Strategy = new((ushort)s);
            command.SentTime = Now;
            bool isTaken = _venue.Submit(in command);
            _hash.Add(in command);
            _hash.Add(isTaken ? 1UL : 0UL);
            _recorder.OnCommand(in command, isTaken ? ReasonCode.None : ReasonCode.VenueCapacity, _counters.Events);
            _time.Expect(_venue.NextDue);
            areTaken &= isTaken;
        }

        return areTaken;
    }

    private void ThrowOutOfOrder(Timestamp due) => throw new InvalidOperationException(
        $"Event {_counters.Events + 1} is due at {due}, before the one ahead of it at {_time.Now}. The feed must give events in the order of their due time.");

    private void ThrowInCircles() => throw new InvalidOperationException(
        $"More than {MaxReactionsPerInstant} reports and timers followed from one another at {_time.Now}: a strategy answers each with an order that is answered at the same instant.");
}
