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

    /// <summary>An if-touched order that has not triggered.</summary>
    Touch,

    /// <summary>A trailing stop that has not triggered.</summary>
    Trail,

    /// <summary>Waiting for an auction.</summary>
    Auction,

    /// <summary>A child that its parent has not released, or of which all that was released is filled.</summary>
    Held,

    /// <summary>A child that begins to work when the step at hand is over.</summary>
    Released,
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
    public OrderTraits Traits;
    public TimeInForce TimeInForce;
    public OrderFlags Flags;
    public TriggerSource Trigger;
    public OrderPlace Place;
    public OffsetUnit OffsetUnit;
    public OffsetUnit ProtectionUnit;
    public PegReference Peg;
    public SelfTradePrevention SelfTrade;
    public Contingency Contingency;
    public ChildRelease Release;

    /// <summary>Parents above it: zero for an order that nobody releases.</summary>
    public byte Generation;

    /// <summary>The trailing stop has a stop price already.</summary>
    public bool HasStop;

    /// <summary>The trailing stop was activated.</summary>
    public bool IsFollowing;

    /// <summary>An order without a limit has a price beyond which it does not take: <see cref="Bound"/>.</summary>
    public bool HasBound;
    public int Tag;
    public long Quantity;
    public long Filled;

    /// <summary>Of the quantity, what the parent's fills have not released.</summary>
    public long Held;
    public long Limit;
    public long Stop;
    public long Bound;

    /// <summary>What an iceberg shows at a time, and what is left of it; zero shows all.</summary>
    public long Display;
    public long Shown;

    /// <summary>See <see cref="OrderCommand.Offset"/>.</summary>
    public long Offset;

    /// <summary>How far the limit of a trailing stop-limit lies beyond its stop, in the unit of the offset.</summary>
    public long LimitOffset;

    /// <summary>What a pegged order never goes beyond; zero is no cap.</summary>
    public long Cap;
    public long Activation;
    public long Protection;

    /// <summary>An at-open order: a trade from this instant on is of the session that it is meant for.</summary>
    public Timestamp AuctionFrom;

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

    /// <summary>The order whose fills release this one, the first order that this one releases, and the next one of the same parent.</summary>
    public int Parent;
    public int FirstChild;
    public int NextChild;

    /// <summary>The next of the orders that a fill of this one cancels or makes smaller: a ring.</summary>
    public int GroupNext;

    /// <summary>When the order's time in force ends, "never" for one that is good till cancelled.</summary>
    public Timestamp Deadline;

    /// <summary>When <see cref="ExpiryList"/> ends it: the deadline, or later where bars match; "never" when it is not in the list.</summary>
    public Timestamp Expiry;
    public int ExpiryNext;
    public int ExpiryPrevious;

    /// <summary>+1 for a buy, −1 for a sell: multiplied with a price, the higher is the worse for us to pay.</summary>
    public readonly int Sign => Side == OrderSide.Buy ? 1 : -1;

    /// <summary>What may fill now.</summary>
    public readonly long Leaves => Quantity - Held - Filled;

    /// <summary>What may fill at any time.</summary>
    public readonly long Rest => Quantity - Filled;

    /// <summary>What stands in the queue: of an iceberg only what it shows.</summary>
    public readonly long Visible => Display == 0 ? Leaves : Math.Min(Shown, Leaves);

    public readonly bool HasLimit => (Traits & OrderTraits.Limit) != 0;

    /// <summary>It has not triggered yet.</summary>
    public readonly bool IsStop => (Traits & OrderTraits.Trigger) != 0;

    public readonly bool IsTouch => (Traits & OrderTraits.Touch) != 0;

    public readonly bool Trails => (Traits & OrderTraits.Trails) != 0;

    public readonly bool IsPegged => (Traits & OrderTraits.Pegs) != 0;

    /// <summary>+1 for an order that a rising market triggers, −1 for one that a falling market does.</summary>
    public readonly int TriggerSign => IsTouch ? -Sign : Sign;

    public readonly bool IsPostOnly => (Flags & (OrderFlags.PostOnly | OrderFlags.PostOnlyReprice)) != 0;

    public readonly bool IsReduceOnly => (Flags & OrderFlags.ReduceOnly) != 0;

    public readonly bool IsHidden => (Flags & OrderFlags.Hidden) != 0;

    public readonly bool IsAuction => TimeInForce is TimeInForce.AtOpen or TimeInForce.AtClose;

    /// <summary>A parent, a child or one of a group.</summary>
    public readonly bool IsLinked => Parent != OrderPool.None || FirstChild != OrderPool.None || GroupNext != OrderPool.None;

    /// <summary>The one price that its owner reads in reports: the limit, or the stop of an order that has none or, trailing, none yet.</summary>
    public readonly long OwnPrice => HasLimit && !(Trails && IsStop) ? Limit : Stop;

    /// <summary>Makes it an order of a type, with all that orders of this type have.</summary>
    public void Become(OrderType type)
    {
        Type = type;
        Traits = type.Traits();
    }

    public readonly bool IsImmediate => TimeInForce is TimeInForce.Ioc or TimeInForce.Fok;
}
