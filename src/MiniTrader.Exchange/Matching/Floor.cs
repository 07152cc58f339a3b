using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// What the matching of every kind of data shares: the time, the working orders, the reports that leave. All changes of an order
/// go through here, where the venue's invariants are checked. Owned by the venue, engine thread only.
/// </summary>
internal sealed partial class Floor
{
    private readonly long _unknownQueue;
    private readonly FeeModel _fees;
    private readonly bool _hasFees;
    private readonly SlippageModel _slippage;
    private readonly RollingTurnover? _turnover;
    private readonly Links _links;
    private readonly ReduceOnly _reduceOnly;
    private long _executions;
    private long _venueOrders;
    private long _priorities;

    /// <param name="options">Validated.</param>
    /// <param name="currencies">How many currencies the session's instruments are paid in.</param>
    public Floor(VenueOptions options, int currencies)
    {
        Options = options;
        _fees = options.Fees;
        _hasFees = _fees != FeeModel.None;
        _slippage = options.Slippage;
        _turnover = _fees.NeedsTurnover ? new RollingTurnover(currencies) : null;
        Pool = new OrderPool(options.OrderCapacity);
        Expiries = new ExpiryList(Pool);
        Reports = new ReportQueue(options);
        Walks = new OrderWalks(Pool);
        Prices = new ReferencePrices(this);
        _links = new Links(this);
        _reduceOnly = new ReduceOnly(this);
        _unknownQueue = options.UnknownQueue?.Raw ?? QueueModel.UnknownAhead;
    }

    public VenueOptions Options { get; }

    public OrderPool Pool { get; }

    public OrderWalks Walks { get; }

    public ReferencePrices Prices { get; }

    public Links Links => _links;

    public ReduceOnly ReduceOnly => _reduceOnly;

    public ExpiryList Expiries { get; }

    public ReportQueue Reports { get; }

    /// <summary>The venue's time; never goes back.</summary>
    public Timestamp Now { get; private set; } = Timestamp.MinValue;

    /// <summary>Market events seen so far, the one at hand included.</summary>
    public long EventSequence { get; set; }

    /// <summary>See <see cref="SimulatedVenue.BadEvents"/>.</summary>
    public long BadEvents { get; set; }

    public void Advance(Timestamp time)
    {
        if (time > Now) Now = time;
    }

    public VenueOrderId NextVenueId() => new(++_venueOrders);

    public long NextPriority() => ++_priorities;

    /// <summary>The rank of the order that joined a queue last: whoever joins later takes no part in the event at hand.</summary>
    public long LastPriority => _priorities;

    /// <summary>Puts an order to rest in the book, behind all that rest there, and measures the queue ahead of it.</summary>
    public void Rest(Market market, int index)
    {
        ref WorkingOrder order = ref Pool[index];
        order.Priority = NextPriority();
        order.Ahead = market.AheadAt(order.Side, order.Limit, _unknownQueue, Now);
        order.Traded = 0;
        if (market.Book?.Orders is { } queue) order.Rank = queue.NextRank;
        Place(market, index, OrderPlace.Book, -order.Sign * order.Limit);
    }

    /// <summary>The quantity ahead of a resting order. Of a hidden one in a book of orders that is all that is displayed now, whenever it came.</summary>
    public static long AheadOf(Market market, in WorkingOrder order) =>
        order.IsHidden && market.Book?.Orders is { } queue ? queue.SizeAt(order.Side, new(order.Limit)).Raw : order.Ahead;

    /// <summary>Lets an order wait for a price to take.</summary>
    public void Wait(Market market, int index) => Place(market, index, OrderPlace.Waiting, 0);

    /// <summary>Lets a stop wait for its trigger.</summary>
    public void Park(Market market, int index)
    {
        ref WorkingOrder order = ref Pool[index];
        if (order.Trails) Place(market, index, OrderPlace.Trail, 0);
        else Place(market, index, order.IsTouch ? OrderPlace.Touch : OrderPlace.Stop, order.TriggerSign * order.Stop);
    }

    /// <summary>Lets an order wait for its auction.</summary>
    public void Gather(Market market, int index) => Place(market, index, OrderPlace.Auction, 0);

    /// <summary>Lets a child wait until its parent releases it.</summary>
    public void Hold(Market market, int index) => Place(market, index, OrderPlace.Held, 0);

    /// <summary>Lets a child begin to work when the step at hand is over.</summary>
    public void Schedule(Market market, int index)
    {
        Unlink(market, index);
        Pool[index].Priority = NextPriority();
        Place(market, index, OrderPlace.Released, 0);
    }

    public void Unlink(Market market, int index)
    {
        ref WorkingOrder order = ref Pool[index];
        if (order.Place == OrderPlace.None) return;
        Walks.Skip(index);
        Pool.Unlink(ref market.ListOf(order), index);

        // The limit may be another by now; the key is of the price at which the order rested.
        if (order.Place == OrderPlace.Book) market.Book?.Own.Remove(order.Side, -order.Sign * order.Key);
        order.Place = OrderPlace.None;
    }

    /// <summary>Turns a stop into what it becomes and says so; the order then stands in no list.</summary>
    public void Trigger(Market market, int index)
    {
        Unlink(market, index);
        ref WorkingOrder order = ref Pool[index];
        if (order.Trails && order.HasLimit)
        {
            long limit = order.Stop + (order.Sign * Distance.Of(order.LimitOffset, order.OffsetUnit, order.Stop, market.Tick));
            order.Limit = Distance.Passive(limit, order.Sign, market.Tick);
            if (!market.CanTradeAt(order.Limit)) order.Limit = market.Tick;
        }

        order.Become(order.Type.Becomes());
        Report(order, ReportKind.Triggered, ReasonCode.None);
    }

    /// <summary>Says that the venue changed an order by its own rules.</summary>
    public void Change(in WorkingOrder order, ReasonCode reason)
    {
        ref ExecutionReport report = ref Report(order, ReportKind.Replaced, reason);
        report.LastPrice = new(order.OwnPrice);
        report.LastQuantity = new(order.Quantity);
    }

    /// <summary>
    /// Takes quantity away from an order, which keeps its place; true when nothing is left of it and it is cancelled, or all that is left
    /// is held back by its parent.
    /// </summary>
    public bool Shrink(Market market, int index, long quantity, ReasonCode reason, ReasonCode whenGone)
    {
        ref WorkingOrder order = ref Pool[index];
        if (quantity >= order.Rest)
        {
            End(market, index, ReportKind.Cancelled, whenGone);
            return true;
        }

        order.Quantity -= quantity;
        order.Held = Math.Min(order.Held, order.Rest);
        Change(order, reason);
        if (order.FirstChild != OrderPool.None) _links.OnShrunk(market, index, quantity);
        if (order.Leaves > 0) return false;
        if (order.Place == OrderPlace.Held) return true;
        Unlink(market, index);
        Hold(market, index);
        return true;
    }

    /// <summary>Ends an order without a fill: cancelled or expired.</summary>
    public void End(Market market, int index, ReportKind kind, ReasonCode reason)
    {
        ref WorkingOrder order = ref Pool[index];
        ref ExecutionReport report = ref Report(order, kind, reason);
        report.Leaves = Quantity.Zero;
        Retire(market, index);
    }

    /// <summary>Ends an order that its owner made no larger than what is filled: the replace has said so already.</summary>
    public void Complete(Market market, int index)
    {
        ref WorkingOrder order = ref Pool[index];
        if (order.Rest != 0) Breach("an order with something left was taken for complete.", order);
        Retire(market, index);
    }

    /// <summary>Ends an order whose time is over.</summary>
    public void Expire(Market market, int index) => End(
        market,
        index,
        ReportKind.Expired,
        Pool[index].TimeInForce == TimeInForce.Gtd ? ReasonCode.ExpireTimeReached : ReasonCode.SessionEnd);

    public ref ExecutionReport Report(in WorkingOrder order, ReportKind kind, ReasonCode reason)
    {
        ref ExecutionReport report = ref NewReport(order.Id, kind, reason);
        report.VenueOrderId = order.VenueId;
        report.Instrument = order.Instrument;
        report.Strategy = order.Strategy;
        report.Side = order.Side;
        report.Tag = order.Tag;
        report.Filled = new(order.Filled);
        report.Leaves = new(order.Rest);
        return ref report;
    }

    /// <summary>Answers a command whose order does not work here.</summary>
    public void Refuse(in OrderCommand command, ReportKind kind, ReasonCode reason)
    {
        ref ExecutionReport report = ref NewReport(command.ClientOrderId, kind, reason);
        report.Instrument = command.Instrument;
        report.Strategy = command.Strategy;
        report.Side = command.Side;
        report.Tag = command.Tag;
    }

    /// <summary>Says now, when the round trip is over, that a command never came here. What it was to change works on.</summary>
    public void RefuseLost(in OrderCommand command)
    {
        ReportKind kind = command.Kind switch
        {
            CommandKind.New => ReportKind.Rejected,
            CommandKind.Replace => ReportKind.ReplaceRejected,
            _ => ReportKind.CancelRejected,
        };
        ref ExecutionReport report = ref NewReport(command.ClientOrderId, kind, ReasonCode.TechnicalReject, isImmediate: true);
        report.Instrument = command.Instrument;
        report.Strategy = command.Strategy;
        report.Side = command.Side;
        report.Tag = command.Tag;
        int index = Pool.Find(command.ClientOrderId);
        if (index == OrderPool.None) return;
        ref WorkingOrder order = ref Pool[index];
        report.VenueOrderId = order.VenueId;
        report.Filled = new(order.Filled);
        report.Leaves = new(order.Rest);
    }

    private ref ExecutionReport NewReport(ClientOrderId id, ReportKind kind, ReasonCode reason, bool isImmediate = false)
    {
        if (Reports.IsFull)
        {
            VenueInvariantException.Throw(
                "more reports are on their way than report-capacity allows; raise it, or shorten latency-response.", EventSequence, id);
        }

        ref ExecutionReport report = ref (isImmediate ? ref Reports.AddAfter(Now, 0) : ref Reports.Add(Now));
        if (report.ReceivedTime < report.VenueTime) VenueInvariantException.Throw("a report would be heard before its cause.", EventSequence, id);
        report.ClientOrderId = id;
        report.ExecutionId = new(++_executions);
        report.Kind = kind;
        report.Reason = reason;
        return ref report;
    }

    private void Place(Market market, int index, OrderPlace place, long key)
    {
        ref WorkingOrder order = ref Pool[index];
        if (market.Book is { } book)
        {
            book.Unsettle();
            if (place == OrderPlace.Book) book.Own.Add(order, index);
        }

        order.Place = place;
        order.Key = key;
        Pool.Insert(ref market.ListOf(order), index);
    }

    private void Retire(Market market, int index)
    {
        Unlink(market, index);
        Expiries.Remove(index);
        if (Pool[index].IsLinked) _links.OnGone(market, index);
        market.Count(Pool[index], -1);
        Pool.Remove(index);
    }

    private void Breach(string rule, in WorkingOrder order) => VenueInvariantException.Throw(rule, EventSequence, order.Id);
}
