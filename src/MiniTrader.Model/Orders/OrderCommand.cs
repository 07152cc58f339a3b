using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>What a command asks of a venue.</summary>
public enum CommandKind : byte
{
    None,
    New,
    Cancel,
    Replace,

    /// <summary>
    /// Cancels every working order of the strategy on the instrument, or on all when the instrument is none; of one side, or of both
    /// when the side is none.
    /// </summary>
    CancelAll,
}

/// <summary>
/// A strategy's request as it travels to the venue: 128 bytes, two cache lines. Cancel uses only the identifying fields;
/// Replace carries the new total quantity and prices. The orders of a list are sent one right after another, at one time; they arrive
/// together, and the venue takes all of them or none.
/// <code>
/// 0    clientOrderId      8   instrument(4) strategy(2) kind(1) side(1)
/// 16   type tif flags trigger, tag(4)
/// 24   quantity           32  limit price        40  stop price      48  expire time
/// 56   display quantity   64  trail/peg offset   72  sent time       80  activation price
/// 88   protection         96  decision price     104 parent order    112 list id
/// 120  offset unit, protection unit, peg, contingency, release, self-trade, list count, cause: a byte each
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
public struct OrderCommand
{
    public const int Size = 128;

    public ClientOrderId ClientOrderId;
    public InstrumentId Instrument;
    public StrategyId Strategy;
    public CommandKind Kind;
    public OrderSide Side;
    public OrderType Type;
    public TimeInForce TimeInForce;
    public OrderFlags Flags;
    public TriggerSource Trigger;

    /// <summary>The user's own mark, carried through to fills and reports.</summary>
    public int Tag;

    /// <summary>Total quantity, always positive.</summary>
    public Quantity Quantity;

    /// <summary>
    /// The worst price. Of a trailing stop-limit it is the distance of the limit beyond the stop price, in <see cref="OffsetUnit"/>; of a
    /// pegged order the price that it never goes beyond, or zero.
    /// </summary>
    public Price LimitPrice;

    /// <summary>The trigger; of a trailing stop the first one, or zero when it follows from the market.</summary>
    public Price StopPrice;
    public Timestamp ExpireTime;

    /// <summary>What an iceberg shows at a time; zero shows all.</summary>
    public Quantity DisplayQuantity;

    /// <summary>
    /// Of a trailing stop the distance from the market, above zero; of a pegged order what is added to the reference, of either sign.
    /// In <see cref="OffsetUnit"/>.
    /// </summary>
    public Price Offset;

    /// <summary>When the engine routed it; the entry latency starts here.</summary>
    public Timestamp SentTime;

    /// <summary>A trailing stop begins to follow when the market has come this far in its favour; zero begins at once.</summary>
    public Price ActivationPrice;

    /// <summary>
    /// How far beyond the best opposite price an order without a limit may trade, in <see cref="ProtectionUnit"/>; zero means no limit.
    /// </summary>
    public Price Protection;

    /// <summary>The strategy's view of the mid price when it decided, for measuring slippage.</summary>
    public Price DecisionPrice;

    /// <summary>The order whose fills release this one; none for an order that works by itself.</summary>
    public ClientOrderId Parent;

    /// <summary>Names the list that the order came in; zero for an order of its own.</summary>
    public long ListId;

    public OffsetUnit OffsetUnit;
    public OffsetUnit ProtectionUnit;
    public PegReference Peg;
    public Contingency Contingency;
    public ChildRelease Release;
    public SelfTradePrevention SelfTrade;

    /// <summary>Orders of the list, this one included.</summary>
    public byte ListCount;
    public CommandCause Cause;
}
