using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>Which of an instrument's lists an order stands in.</summary>
internal enum OrderPlace : byte
{
    None,

    /// <summary>Resting at its limit price.</summary>
    Book,

    /// <summary>A stop that has not triggered.</summary>
    Stop,

    /// <summary>Waiting for a price to take.</summary>
    Waiting,
}

/// <summary>
/// One order that works at the venue; an element of <see cref="OrderPool"/>. Prices and quantities are raw 1e-9 units. The links
/// are indices into the pool, −1 is none.
/// </summary>
internal struct WorkingOrder
{
    public ClientOrderId Id;
    public VenueOrderId VenueId;
    public InstrumentId Instrument;
    public StrategyId Strategy;
    public OrderSide Side;
    public OrderType Type;
    public TimeInForce TimeInForce;
    public OrderFlags Flags;
    public TriggerSource Trigger;
    public OrderPlace Place;
    public int Tag;
    public long Quantity;
    public long Filled;
    public long Limit;
    public long Stop;

    /// <summary>Quantity ahead of us at our price; <see cref="QueueModel.UnknownAhead"/> when nobody has displayed it.</summary>
    public long Ahead;

    /// <summary>What traded at our price since its level last changed; for the queue models of books without orders.</summary>
    public long Traded;

    /// <summary>Our place in a queue of single orders: those of lower rank are ahead.</summary>
    public uint Rank;

    /// <summary>When the strategy sent the order, or its latest replace.</summary>
    public Timestamp Sent;

    public Timestamp Arrived;

    /// <summary>Sorts the list that the order stands in, lowest first: the better price of a side has the lower key.</summary>
    public long Key;

    /// <summary>Arrival rank; breaks ties of <see cref="Key"/>.</summary>
    public long Priority;

    public int Next;
    public int Previous;

    /// <summary>When the order's time in force ends, "never" for one that is good till cancelled.</summary>
    public Timestamp Deadline;

    /// <summary>When <see cref="ExpiryList"/> ends it: the deadline, or later where bars match; "never" when it is not in the list.</summary>
    public Timestamp Expiry;
    public int ExpiryNext;
    public int ExpiryPrevious;

    /// <summary>+1 for a buy, −1 for a sell: multiplied with a price, the higher is the worse for us to pay.</summary>
    public readonly int Sign => Side == OrderSide.Buy ? 1 : -1;

    public readonly long Leaves => Quantity - Filled;

    /// <summary>A stop becomes one of these when it triggers.</summary>
    public readonly bool HasLimit => Type is OrderType.Limit or OrderType.StopLimit;

    public readonly bool IsStop => Type is OrderType.Stop or OrderType.StopLimit;

    public readonly bool IsPostOnly => (Flags & OrderFlags.PostOnly) != 0;

    public readonly bool IsImmediate => TimeInForce is TimeInForce.Ioc or TimeInForce.Fok;
}
