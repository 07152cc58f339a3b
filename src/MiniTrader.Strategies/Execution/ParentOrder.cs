using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// A quantity that is worked off in slices, one child order at a time. Owned by a strategy, which hands it its reports, and its timers or
/// trades, and corporate actions; engine thread only, nothing is allocated after the constructor.
/// <list type="bullet">
/// <item>What was filled counts when it is heard. A child that ended otherwise leaves its rest to the next look, never to the same instant.</item>
/// <item>A child that still works when more is due is cancelled first; the next goes out when the venue has answered, so that never
/// more than what is due can fill.</item>
/// <item>A split scales what is left, what a schedule counts as worked off, and the limit: hand it to <see cref="OnAction"/>. Without that it is heard of by
/// the report of a child that works, in the proportion of its whole lots, and between two children not at all.</item>
/// <item><see cref="MaxRefusals"/> refusals in a row end it, with the reason of the last.</item>
/// </list>
/// </summary>
public abstract class ParentOrder
{
    /// <summary>Rejected or denied children, one after another, after which it gives up.</summary>
    public const int MaxRefusals = 3;

    private readonly OrderDesk _desk;
    private readonly Quantity _lot;
    private ClientOrderId _child;
    private Quantity _childLeaves;
    private int _refusals;
    private bool _isCancelling;

    // A child's report has told of a split that the strategy has not heard of yet; what was beyond the child, and what its whole lots made of that.
    private bool _isScaled;
    private Quantity _beyond;
    private Quantity _beyondScaled;

    /// <param name="desk">The strategy's desk.</param>
    /// <param name="instrument">What to trade.</param>
    /// <param name="side">Which way.</param>
    /// <param name="quantity">All of it; a multiple of the lot.</param>
    /// <param name="lot">The instrument's lot: a slice is a multiple of it.</param>
    /// <param name="limit">Children are limit orders at this price, or market orders without it.</param>
    /// <exception cref="ArgumentException">The side is none, or the quantity is not a positive multiple of the lot.</exception>
    protected ParentOrder(OrderDesk desk, InstrumentId instrument, OrderSide side, Quantity quantity, Quantity lot, Price? limit)
    {
        ArgumentNullException.ThrowIfNull(desk);
        if (side is not (OrderSide.Buy or OrderSide.Sell)) throw new ArgumentException("An order buys or sells; its side is none.");
        if (!lot.IsPositive || !quantity.IsPositive || !quantity.IsMultipleOf(lot)) throw new ArgumentException($"The quantity {quantity} is not a positive multiple of the lot {lot}.");
        _desk = desk;
        _lot = lot;
        Instrument = instrument;
        Side = side;
        Quantity = quantity;
        LimitPrice = limit;
    }

    public InstrumentId Instrument { get; }

    public OrderSide Side { get; }

    /// <summary>What was filled and what is left. After a split the one is in the units in which it traded, the other in those of today.</summary>
    public Quantity Quantity { get; private set; }

    public Price? LimitPrice { get; private set; }

    public Quantity Filled { get; private set; }

    public Quantity Remaining => Quantity - Filled;

    /// <summary>What was filled, in the units of today: splits scale it.</summary>
    protected Quantity Worked { get; private set; }

    /// <summary>All of it in the units of today, of which schedules take their parts.</summary>
    protected Quantity Whole => Worked + Remaining;

    /// <summary>The child that works now; none between two.</summary>
    public ClientOrderId Child => _child;

    /// <summary>Children sent so far.</summary>
    public int Slices { get; private set; }

    /// <summary>True when nothing will be sent any more and no child works.</summary>
    public bool IsDone => _child.IsNone && (IsStopped || Remaining.IsZero);

    /// <summary>Cancelled by its owner, or given up.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Why the last child was refused, when that made it give up.</summary>
    public ReasonCode Failure { get; private set; }

    /// <summary>Sends nothing more and cancels what works. What fills before the cancel arrives still counts.</summary>
    public void Cancel()
    {
        IsStopped = true;
        CancelChild();
    }

    /// <summary>Takes a report in; false when it is of another order. The next slice goes out from here when it is due.</summary>
    public bool OnReport(in ExecutionReport report)
    {
        if (_child.IsNone || report.ClientOrderId != _child) return false;
        switch (report.Kind)
        {
            case ReportKind.Fill:
                Filled += report.LastQuantity;
                Worked += report.LastQuantity;
                _childLeaves -= report.LastQuantity;
                _refusals = 0;
                if (_childLeaves.IsZero) EndChild();
                break;
            case ReportKind.Cancelled or ReportKind.Expired:
                // One that the venue ended by itself is not tried again at once: the market that it found is the same.
                bool wasAsked = _isCancelling;
                EndChild();
                if (!wasAsked) return true;
                break;
            case ReportKind.Rejected or ReportKind.Denied:
                EndChild();
                if (++_refusals < MaxRefusals) return true;
                IsStopped = true;
                Failure = report.Reason;
                return true;
            case ReportKind.CancelRejected:
                // It may have been filled meanwhile, and then that is heard too; if not, it is asked for again when more is due.
                _isCancelling = false;
                return true;
            case ReportKind.Replaced when report.Reason == ReasonCode.CorporateAction:
                OnChildChanged(report.Leaves, report.LastPrice);
                return true;
            default:
                return true;
        }

        Advance(report.ReceivedTime);
        return true;
    }

    /// <summary>Sends what is due by now. Call it at each timer, and whenever something else may have made more due.</summary>
    public void Advance(Timestamp now)
    {
        if (IsStopped || Remaining.IsZero) return;
        Quantity due = (Quantity.Min(DueBy(now), Whole) - Worked).FloorTo(_lot);
        if (!due.IsPositive) return;
        if (!_child.IsNone)
        {
            if (due > _childLeaves && MayHurry) CancelChild();
            return;
        }

        _child = _desk.Submit(new OrderRequest { Instrument = Instrument, Side = Side, Quantity = Slice(due), LimitPrice = LimitPrice });
        if (_child.IsNone) return;
        _childLeaves = Slice(due);
        Slices++;
    }

    /// <summary>Takes a corporate action in: a split of the instrument scales what is left. Call it in <see cref="Strategy.OnAction"/>.</summary>
    public void OnAction(in CorporateAction action)
    {
        if (action.Instrument != Instrument || !action.IsSplit) return;
        if (_isScaled)
        {
            _isScaled = false;
            if (Remaining - _childLeaves == _beyondScaled) Quantity += Scaled(_beyond, action.NewUnits, action.OldUnits).FloorTo(_lot) - _beyondScaled;
            return;
        }

        Quantity child = Scaled(_childLeaves, action.NewUnits, action.OldUnits).FloorTo(_lot);
        if (LimitPrice is { } limit)
        {
            Price scaled = new(Scaled(new Quantity(limit.Raw), action.OldUnits, action.NewUnits).Raw), tick = _desk.TickOf(Instrument);
            LimitPrice = Side == OrderSide.Buy ? scaled.FloorTo(tick) : scaled.CeilingTo(tick);
        }

        Scale(child, action.NewUnits, action.OldUnits);
    }

    /// <summary>What should have been sent by an instant, from the beginning on, in the units of today; rises with time and volume.</summary>
    protected abstract Quantity DueBy(Timestamp now);

    /// <summary>How much of what is due the next child takes; all of it unless overridden.</summary>
    protected virtual Quantity Slice(Quantity due) => due;

    /// <summary>Whether a child that works makes way when more is due.</summary>
    protected virtual bool MayHurry => true;

    /// <summary>Units are others now: what a derived class counts in them is to be multiplied by one number and divided by the other.</summary>
    protected virtual void OnSplit(long newUnits, long oldUnits)
    {
    }

    /// <summary>A quantity after a split, rounded down to 1e-9 and at most what is sure to add up.</summary>
    protected static Quantity Scaled(Quantity quantity, long newUnits, long oldUnits) =>
        new((long)Int128.Min((Int128)quantity.Raw * newUnits / oldUnits, long.MaxValue / 4));

    /// <summary>The venue changed the child by its own rules: a dividend changes its price, a split its quantity as well.</summary>
    private void OnChildChanged(Quantity leaves, Price limit)
    {
        if (LimitPrice is not null) LimitPrice = limit;
        if (leaves == _childLeaves || _childLeaves.IsZero) return;
        _isScaled = true;
        _beyond = Remaining - _childLeaves;
        Scale(leaves, leaves.Raw, _childLeaves.Raw);
        _beyondScaled = Remaining - leaves;
    }

    private void Scale(Quantity child, long newUnits, long oldUnits)
    {
        Quantity beyond = Scaled(Remaining - _childLeaves, newUnits, oldUnits).FloorTo(_lot);
        Worked = Scaled(Worked, newUnits, oldUnits);
        Quantity = Filled + child + beyond;
        _childLeaves = child;
        OnSplit(newUnits, oldUnits);
    }

    private void CancelChild()
    {
        if (!_child.IsNone && !_isCancelling) _isCancelling = _desk.Cancel(_child);
    }

    private void EndChild()
    {
        _child = ClientOrderId.None;
        _childLeaves = Quantity.Zero;
        _isCancelling = false;
    }
}
