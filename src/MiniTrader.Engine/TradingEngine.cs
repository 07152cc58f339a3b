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

    /// <summary>
    /// Nanoseconds of session time between two looks at the day's loss, besides those at each order and fill, and at whether the books of record agree.
    /// </summary>
    public const long LossCheckInterval = Timestamp.NanosecondsPerMinute;

    /// <summary>Nanoseconds after which a cancel of everything that the venue did not take is asked for again.</summary>
    public const long CancelRetryInterval = Timestamp.NanosecondsPerMillisecond;

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
    private readonly bool _haveSeatsAlone;
    private readonly BookDesk _books;
    private readonly EngineVenueView<TVenue> _view;
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

    // Strategies, the last ones, for which the venue has not yet taken the request to cancel everything.
    private int _uncancelled;
    private CommandCause _cancelCause;
    private Timestamp _nextCancelTry;

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
        _view = new EngineVenueView<TVenue>(venue);
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
                Venue = _view,
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
        _haveSeatsAlone = !_hasSoleSeat && !recorder.RecordsMarket && _onQuote.Alone.Any(s => s.Strategy is not null);
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

    /// <summary>True once a strategy has asked for its place in a queue, which the venue answers as of now and not as of the latest report.</summary>
    public bool HasReadQueues => _view.HasReadQueues;

    /// <summary>The session's time.</summary>
    public Timestamp Now => _time.Now;

    public Ledger Ledger => _ledger;

    /// <summary>Commands that no desk or table had room for.</summary>
    public long Overflowed => _desks.Sum(d => d.Overflowed);

    /// <summary>Orders and changes that strategies wrote when the data had ended; they were not sent.</summary>
    public long Unsent => _desks.Sum(d => d.Unsent);

    /// <summary>Timers that were not set, because <see cref="TimerQueue.Capacity"/> were.</summary>
    public long RefusedTimers => _timers.Refused;

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
        FollowKillSwitch(_time.Now);

        // A venue whose reports come from outside may have some by now.
        _time.Expect(_venue.NextDue);

        ref MarketEvent e = ref MemoryMarshal.GetReference(events);
        ref MarketEvent end = ref Unsafe.Add(ref e, events.Length);
        while (Unsafe.IsAddressLessThan(ref e, ref end))
        {
            if (e.Header.IsQuoteForBoth)
            {
                e = ref ProcessQuotes(ref e, ref end);
            }
            else if (e.Header.IsBookForBoth)
            {
                e = ref ProcessBooks(ref e, ref end);
            }
            else
            {
                ProcessOther(in e);
                e = ref Unsafe.Add(ref e, 1);
            }
        }
    }

    /// <summary>Does what is due when no event comes: for sessions whose time passes on its own. Answers the work done.</summary>
    public int Poll(Timestamp time)
    {
        if (!_isStarted) return 0;
        FollowKillSwitch(time);
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
            _desks[i].Discard();
        }

        Sample(Now);
        _ledger.Verify(_counters.Events);
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
        if (e.Header.Kind == EventKind.CorporateAction)
        {
            // The venue has hurried the reports of what was before.
            if (_time.NextDue <= e.Header.DueTime) Advance(e.Header.DueTime);
            Book(in e.Action);
        }

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

            if (seat.Desk.Count != 0) Route(seat.Desk);
        }
    }
}
