using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>All that is known of one order. Lives in the <see cref="OrderTable"/>; written by the ledger on the engine thread only.</summary>
public struct OrderRecord
{
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

    /// <summary>Names the orders of one list of which a fill of one cancels the others or makes them smaller, so that together they fill no more than the largest; zero for none.</summary>
    public long GroupId;

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

    /// <summary>The <see cref="GroupId"/> of an order: what it is in a list of its own, or with the other children of its parent.</summary>
    public static long GroupOf(in OrderCommand command)
    {
        if (command.Contingency == Contingency.None || command.ListId == 0) return 0;
        long family = command.Parent.IsNone ? command.ListId : -command.Parent.Value;
        return (family << 1) | (command.Contingency == Contingency.Ouo ? 1L : 0L);
    }

    /// <summary>What still works.</summary>
    public readonly Quantity Leaves => Status.IsDone() ? Quantity.Zero : Quantity - Filled;

    public readonly bool IsWorking => Status.IsWorking();

    /// <summary>Volume-weighted price of the fills so far, rounded down to 1e-9; zero before the first.</summary>
    public readonly Price AveragePrice => Filled.IsZero ? Price.Zero : new((long)(FilledValue / Filled.ToDecimal() * FixedPoint.One));
}
