using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>What a venue, or our own risk gate, says of an order.</summary>
public enum ReportKind : byte
{
    None,

    /// <summary>Our risk gate refused it; the venue never saw it.</summary>
    Denied,
    Accepted,
    Rejected,
    Triggered,

    /// <summary>A trade: part or all of the order.</summary>
    Fill,
    Cancelled,
    Expired,

    /// <summary>The order was changed: at its owner's request, or, when a reason stands beside it, by the venue itself.</summary>
    Replaced,
    CancelRejected,
    ReplaceRejected,

    /// <summary>The venue took back the trade that the report names by its execution id.</summary>
    Busted,

    /// <summary>The venue corrected the trade that the report names: price and quantity are the new ones, and a fee beside them too.</summary>
    Corrected,
}

/// <summary>What a kind of report says of what came before it.</summary>
public static class ReportKindExtensions
{
    /// <summary>True for a report that changes a fill of before instead of adding one.</summary>
    public static bool IsRevision(this ReportKind kind) => kind is ReportKind.Busted or ReportKind.Corrected;
}

/// <summary>What in the market made a fill.</summary>
public enum FillCause : byte
{
    None,

    /// <summary>The order walked the displayed book.</summary>
    BookLevel,

    /// <summary>The opposite quote reached or crossed our resting price.</summary>
    QuoteCross,

    /// <summary>A trade printed through our resting price.</summary>
    TradeThrough,

    /// <summary>A trade printed at our price and the queue ahead was used up.</summary>
    QueueReached,

    /// <summary>A bar's path touched the price.</summary>
    BarTouch,

    /// <summary>A bar opened beyond the price.</summary>
    BarGap,

    /// <summary>The last trade, where there are no quotes.</summary>
    LastTrade,

    /// <summary>An auction print.</summary>
    Auction,

    /// <summary>Not a trade: the position ended or came by settlement, exercise or delivery.</summary>
    Settlement,

    /// <summary>Not a trade: the venue took one back, and this is its opposite.</summary>
    Bust,

    /// <summary>A trade as the venue corrected it; the opposite of what it was stands before it.</summary>
    Correction,
}

/// <summary>
/// One report about one order: 128 bytes, two cache lines, no undefined bytes.
/// <code>
/// 0    venue time         8   received time      16  client order id  24  venue order id
/// 32   execution id       40  instrument(4) strategy(2) kind(1) side(1)
/// 48   last price         56  last quantity      64  filled           72  leaves
/// 80   fee (decimal, 16)  96  code(2) liquidity(1) cause(1) tag(4)    104 ahead before
/// 112  ahead after        120 cause id
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
public struct ExecutionReport
{
    public const int Size = 128;

    /// <summary>When it happened at the venue.</summary>
    public Timestamp VenueTime;

    /// <summary>When the strategy hears it: venue time plus response latency.</summary>
    public Timestamp ReceivedTime;

    public ClientOrderId ClientOrderId;
    public VenueOrderId VenueOrderId;
    public ExecutionId ExecutionId;
    public InstrumentId Instrument;
    public StrategyId Strategy;
    public ReportKind Kind;
    public OrderSide Side;

    /// <summary>Price of this fill; for a Replaced the new limit price, or the stop price where <see cref="OrderTypeExtensions.TellsStop"/>.</summary>
    public Price LastPrice;

    /// <summary>Quantity of this fill; the new total quantity for a Replaced.</summary>
    public Quantity LastQuantity;

    /// <summary>All that was filled so far, this fill included.</summary>
    public Quantity Filled;

    /// <summary>What still works: quantity − filled, zero when the order is done.</summary>
    public Quantity Leaves;

    /// <summary>Paid for this fill, in the instrument's currency; negative is a rebate.</summary>
    public decimal Fee;

    /// <summary>Why, for Denied, Rejected, Cancelled, Expired, the two refused changes and a Replaced that nobody asked for.</summary>
    public ReasonCode Reason;

    public LiquiditySide Liquidity;
    public FillCause Cause;

    /// <summary>The user's own mark on the order.</summary>
    public int Tag;

    /// <summary>Quantity ahead of us in the queue before what made this fill.</summary>
    public Quantity AheadBefore;

    /// <summary>Quantity ahead of us after it.</summary>
    public Quantity AheadAfter;

    /// <summary>
    /// The book level (0 is the best) or the public trade's id that made this fill. Of a Busted or Corrected its own execution id, by which a
    /// later one may name the trade.
    /// </summary>
    public long CauseId;
}
