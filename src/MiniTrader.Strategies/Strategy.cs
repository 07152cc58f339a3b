using System.Diagnostics.CodeAnalysis;
using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Portfolio;

namespace MiniTrader.Strategies;

/// <summary>
/// The base of every strategy. Override the hooks you need: the engine asks once which are overridden and never calls the
/// rest. All hooks run on the engine thread, one after another; orders written to <see cref="Orders"/> leave when the hook
/// returns, and what comes of them is heard in a later <see cref="OnReport"/>.
/// </summary>
public abstract class Strategy
{
    private StrategyContext? _context;
    private OrderDesk? _orders;
    private Book? _book;
    private Ledger? _ledger;

    /// <summary>The strategy's name in reports; its type's name unless overridden.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Which of the session's strategies this is.</summary>
    public StrategyId Id => Context.Id;

    /// <summary>Where orders are written.</summary>
    protected OrderDesk Orders => _orders ?? ThrowNotSeated<OrderDesk>();

    /// <summary>This strategy's own positions.</summary>
    protected Book Portfolio => _book ?? ThrowNotSeated<Book>();

    /// <summary>Cash and equity of the whole account.</summary>
    protected Account Account => Ledger.Account;

    /// <summary>The latest prices of every instrument, as far as this session has received them.</summary>
    protected Marks Marks => Ledger.Marks;

    /// <summary>The order books of instruments whose data has any, as far as this session has received them; only to be read.</summary>
    protected MarketBooks Books => Context.Books;

    protected InstrumentTable Instruments => Ledger.Instruments;

    /// <summary>The session's time: when the input in hand was received, in every kind of session.</summary>
    protected Timestamp Now => Context.Time.Now;

    /// <summary>
    /// The public quantity ahead of one of this session's resting orders. False where the order does not rest or the venue cannot know, as no
    /// real one does; <see cref="Quantity.MaxValue"/> where nobody has shown the price yet. A simulated venue answers what its queue
    /// model knows now, without the latency of a report or of the feed: with either that is a look ahead, which the run then notes.
    /// </summary>
    protected bool TryGetQuantityAhead(ClientOrderId id, out Quantity ahead)
    {
        ahead = default;
        return Context.Venue is { } venue && venue.TryGetQuantityAhead(id, out ahead);
    }

    private StrategyContext Context => _context ?? ThrowNotSeated<StrategyContext>();

    private Ledger Ledger => _ledger ?? ThrowNotSeated<Ledger>();

    /// <summary>Seats the strategy in a session, once.</summary>
    internal void Attach(StrategyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_context is not null) throw new InvalidOperationException($"Strategy {GetType().Name} is part of a session already. Make a new one for each session.");
        _context = context;
        _orders = context.Orders;
        _ledger = context.Ledger;
        _book = context.Ledger.BookOf(context.Id);
    }

    /// <summary>
    /// Before the first event: the place for timers. No price is known yet, so with the usual risk limits an order written here is denied
    /// with <see cref="ReasonCode.NoReferencePrice"/>.
    /// </summary>
    public virtual void OnStart()
    {
    }

    /// <summary>After the last event. Orders written here are not sent.</summary>
    public virtual void OnStop()
    {
    }

    public virtual void OnQuote(in QuoteTick quote)
    {
    }

    public virtual void OnTrade(in TradeTick trade)
    {
    }

    public virtual void OnBar(in Bar bar)
    {
    }

    /// <summary>One change of a book, which is in <see cref="Books"/> already; in the middle of a packet a book may be half told.</summary>
    public virtual void OnBookDelta(in BookDelta delta)
    {
    }

    /// <summary>A packet of changes is complete: the book is one that stood at the venue.</summary>
    /// <param name="book">The instrument's book; only to be read, and only during the call unless found again in <see cref="Books"/>.</param>
    /// <param name="last">The last change of the packet.</param>
    public virtual void OnBook(DepthBook book, in BookDelta last)
    {
    }

    public virtual void OnStatus(in StatusTick status)
    {
    }

    public virtual void OnSignal(in SignalTick signal)
    {
    }

    /// <summary>A dividend, split, funding or settlement; positions and cash are up to date.</summary>
    public virtual void OnAction(in CorporateAction action)
    {
    }

    /// <summary>A timer that <see cref="SetTimer"/> or <see cref="SetInterval"/> set is due.</summary>
    public virtual void OnTimer(in TimerTick timer)
    {
    }

    /// <summary>Something happened to an order of this strategy; positions and the order's record are up to date.</summary>
    public virtual void OnReport(in ExecutionReport report)
    {
    }

    /// <summary>An order of this strategy was filled, in part or in whole. Comes after <see cref="OnReport"/> for the same report.</summary>
    public virtual void OnFill(in ExecutionReport fill)
    {
    }

    /// <summary>Asks for one <see cref="OnTimer"/> at an instant; false when too many timers are set.</summary>
    protected bool SetTimer(Timestamp due, int id = 0) => Context.Timers.TrySet(Context.Id, id, due);

    /// <summary>Asks for <see cref="OnTimer"/> at every multiple of an interval since the epoch; false when too many timers are set.</summary>
    protected bool SetInterval(TimeSpan interval, int id = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        long nanoseconds = interval.Ticks * TimeSpan.NanosecondsPerTick;
        return Context.Timers.TrySet(Context.Id, id, Context.Time.Now.FloorTo(nanoseconds) + nanoseconds, nanoseconds);
    }

    /// <summary>Takes back every timer of this number.</summary>
    protected void CancelTimer(int id = 0) => Context.Timers.Cancel(Context.Id, id);

    [DoesNotReturn]
    private T ThrowNotSeated<T>() => throw new InvalidOperationException(
        $"Strategy {GetType().Name} belongs to no session yet. Orders, positions and time are there from OnStart on, not in the constructor.");
}
