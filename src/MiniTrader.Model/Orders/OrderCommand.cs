using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>What a command asks of a venue.</summary>
public enum CommandKind : byte
{
    None,
    New,
    Cancel,
    Replace,

    /// <summary>Cancels every working order of the strategy on the instrument, or on all when the instrument is none.</summary>
    CancelAll,
}

/// <summary>
/// A strategy's request as it travels to the venue: 128 bytes, two cache lines. Cancel uses only the identifying fields;
/// Replace carries the new total quantity and prices.
/// <code>
/// 0    clientOrderId      8   instrument(4) strategy(2) kind(1) side(1)
/// 16   type tif flags trigger, tag(4)
/// 24   quantity           32  limit price        40  stop price      48  expire time
/// 56   display quantity   64  trail/peg offset   72  sent time       80  activation price
/// 88   slippage limit     96  decision price     104 parent order    112 list id         120 reserved
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

    public Price LimitPrice;
    public Price StopPrice;
    public Timestamp ExpireTime;
    public Quantity DisplayQuantity;
    public Price Offset;

    /// <summary>When the engine routed it; the entry latency starts here.</summary>
    public Timestamp SentTime;

    public Price ActivationPrice;

    /// <summary>Worst price distance from the arrival quote for a market order; zero means no limit.</summary>
    public Price Protection;

    /// <summary>The strategy's view of the mid price when it decided, for measuring slippage.</summary>
    public Price DecisionPrice;

    public ClientOrderId Parent;
    public long ListId;
    private readonly long _zero;
}
