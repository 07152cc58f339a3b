namespace MiniTrader.Model;

/// <summary>Buy or sell.</summary>
public enum OrderSide : byte
{
    None,
    Buy,
    Sell,
}

/// <summary>How an order is priced and triggered; <see cref="OrderTypeExtensions"/> says what each has and what it becomes.</summary>
public enum OrderType : byte
{
    Market,
    Limit,

    /// <summary>Becomes a market order when the market trades or quotes through the stop price.</summary>
    Stop,

    /// <summary>Becomes a limit order when the market trades or quotes through the stop price.</summary>
    StopLimit,

    /// <summary>Becomes a market order when the market comes to the stop price from its unfavourable side: buys when it falls, sells when it rises.</summary>
    MarketIfTouched,

    /// <summary>Becomes a limit order when the market comes to the stop price from its unfavourable side.</summary>
    LimitIfTouched,

    /// <summary>Takes what is there at the best price; the rest becomes a limit order at that price.</summary>
    MarketToLimit,

    /// <summary>A stop whose price follows the market at a distance, never away from it.</summary>
    TrailingStop,

    /// <summary>A trailing stop that becomes a limit order, its limit a second distance beyond the stop price.</summary>
    TrailingStopLimit,

    /// <summary>A limit order whose price follows the best bid, the mid or the best ask at a signed distance.</summary>
    Pegged,
}

/// <summary>How long an order works.</summary>
public enum TimeInForce : byte
{
    /// <summary>Until it is filled or cancelled.</summary>
    Gtc,

    /// <summary>Until the instrument's session ends.</summary>
    Day,

    /// <summary>Fills what it can at once; the rest is cancelled.</summary>
    Ioc,

    /// <summary>Fills whole at once, or not at all.</summary>
    Fok,

    /// <summary>Until its expiry time.</summary>
    Gtd,

    /// <summary>Trades in the opening auction of the next session only.</summary>
    AtOpen,

    /// <summary>Trades in the closing auction of the session only.</summary>
    AtClose,
}

/// <summary>Conditions on an order.</summary>
[Flags]
public enum OrderFlags : byte
{
    None = 0,

    /// <summary>Never takes liquidity: rejected when it would on arrival.</summary>
    PostOnly = 1,

    /// <summary>Never enlarges or turns the position.</summary>
    ReduceOnly = 2,

    /// <summary>Shows nothing; stands behind all that is displayed at its price.</summary>
    Hidden = 4,

    /// <summary>Post-only that moves to the best price at which it rests, rather than being rejected.</summary>
    PostOnlyReprice = 8,
}

/// <summary>Which price triggers a stop.</summary>
public enum TriggerSource : byte
{
    /// <summary>The opposite quote where there are quotes, the last trade elsewhere.</summary>
    Default,
    BidAsk,
    Last,
    Mid,

    /// <summary>The venue's mark price; a venue without one says what it takes in its place.</summary>
    Mark,

    /// <summary>The last trade, when the one before it was there too.</summary>
    DoubleLast,
}

/// <summary>Whether a fill rested or took.</summary>
public enum LiquiditySide : byte
{
    None,
    Maker,
    Taker,
}

/// <summary>The life of an order as its owner knows it.</summary>
public enum OrderStatus : byte
{
    None,

    /// <summary>Written by the strategy, not yet judged.</summary>
    Initialized,

    /// <summary>Refused by our own risk gate; never sent.</summary>
    Denied,
    Submitted,

    /// <summary>The venue took it.</summary>
    Accepted,
    Triggered,
    PartiallyFilled,
    PendingCancel,
    PendingReplace,
    Filled,
    Cancelled,
    Expired,

    /// <summary>Refused by the venue.</summary>
    Rejected,
}

/// <summary>Questions about a status.</summary>
public static class OrderStatusExtensions
{
    /// <summary>True when nothing more can happen to the order.</summary>
    public static bool IsDone(this OrderStatus status) => status is OrderStatus.Denied or >= OrderStatus.Filled;

    /// <summary>True from the strategy's request until the order is done.</summary>
    public static bool IsWorking(this OrderStatus status) => status is not OrderStatus.None && !status.IsDone();
}

/// <summary>Signs of sides.</summary>
public static class OrderSideExtensions
{
    /// <summary>+1 for a buy, −1 for a sell.</summary>
    public static int Sign(this OrderSide side) => side == OrderSide.Buy ? 1 : -1;

    public static OrderSide Opposite(this OrderSide side) => side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy;
}
