using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>All that is known of one order. Lives in the <see cref="OrderTable"/>; written by the ledger on the engine thread only.</summary>
public struct OrderRecord
{
    private const int ContingencyBits = 2;

    public ClientOrderId Id;
    public VenueOrderId VenueId;
    public InstrumentId Instrument;
    public StrategyId Strategy;
    public OrderStatus Status;
    public OrderSide Side;
    public OrderType Type;
    public TimeInForce TimeInForce;
    public OrderFlags Flags;
    public PegReference Peg;

    /// <summary>Its trigger was reached: it is what its type becomes.</summary>
    public bool IsTriggered;
    public OffsetUnit OffsetUnit;

    /// <summary>Cancels and replaces that the venue has not answered yet.</summary>
    public int PendingRequests;

    /// <summary>Why it was denied, rejected, cancelled or expired.</summary>
    public ReasonCode Reason;

    public int Tag;
    public Quantity Quantity;
    public Quantity Filled;

    /// <summary>
    /// The most that the total quantity can come to: the quantity itself, or that of a larger replace that the venue has not
    /// answered. The working sums count this, so that two replaces in flight cannot both use the same room under a limit.
    /// </summary>
    public Quantity Reserved;

    /// <summary>Whose child the order is and which others it cancels or shrinks, as <see cref="KinOf"/> says.</summary>
    public long Kin;

    /// <summary>What its parent had filled when it was written; of a child only.</summary>
    public Quantity ParentFilled;

    /// <summary>When its parent's fills release it; of a child only.</summary>
    public ChildRelease Release;

    /// <summary>
    /// What it has filled of its quantity no longer says what part of its children is released: it was made larger after a fill, the venue changed its quantity by
    /// itself, or took a fill back.
    /// </summary>
    public bool IsUneven;

    public Price LimitPrice;
    public Price StopPrice;

    /// <summary>Price times quantity of all fills, without the multiplier.</summary>
    public decimal FilledValue;

    public Timestamp SentTime;
    public Timestamp DoneTime;
    public Price DecisionPrice;

    /// <summary>Neighbours in the list of working orders of this strategy on this instrument; −1 ends it.</summary>
    internal int Next;
    internal int Previous;

    /// <summary>What the order is now: of one that has triggered, what it became.</summary>
    public readonly OrderType WorkingType => IsTriggered ? Type.Becomes() : Type;

    /// <summary>The order whose fills release this one; none for an order that works by itself.</summary>
    public readonly ClientOrderId Parent => Kin < 0 ? new(-(Kin >> ContingencyBits)) : ClientOrderId.None;

    /// <summary>Names the orders of one list of which a fill of one cancels the others or makes them smaller, so that together they fill no more than the largest; zero for none.</summary>
    public readonly long GroupId => GroupOf(Kin);

    /// <summary>True for an order that a fill of another of its group makes smaller.</summary>
    public readonly bool Shrinks => (Kin & ((1 << ContingencyBits) - 1)) == (long)Contingency.Ouo;

    /// <summary>An order's parent below zero, or else its list, above two bits of its contingency; zero for an order that has neither.</summary>
    public static long KinOf(in OrderCommand command)
    {
        long contingency = command.ListId == 0 ? 0 : (long)command.Contingency & ((1 << ContingencyBits) - 1);
        if (!command.Parent.IsNone) return (-command.Parent.Value << ContingencyBits) | contingency;
        return contingency == 0 ? 0 : (command.ListId << ContingencyBits) | contingency;
    }

    /// <summary>The <see cref="GroupId"/> of an order of this kin.</summary>
    public static long GroupOf(long kin) => (kin & ((1 << ContingencyBits) - 1)) == 0 ? 0 : kin;

    /// <summary>What still works.</summary>
    public readonly Quantity Leaves => Status.IsDone() ? Quantity.Zero : Quantity - Filled;

    public readonly bool IsWorking => Status.IsWorking();

    /// <summary>Volume-weighted price of the fills so far, rounded down to 1e-9; zero before the first.</summary>
    public readonly Price AveragePrice => Filled.IsZero ? Price.Zero : new((long)(FilledValue / Filled.ToDecimal() * FixedPoint.One));
}
