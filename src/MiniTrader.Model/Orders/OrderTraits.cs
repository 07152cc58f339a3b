namespace MiniTrader.Model;

/// <summary>What an order of a type has.</summary>
[Flags]
public enum OrderTraits : byte
{
    None = 0,

    /// <summary>A price beyond which it never trades.</summary>
    Limit = 1,

    /// <summary>It sleeps until the market reaches its stop price.</summary>
    Trigger = 2,

    /// <summary>The stop price is reached from the other side: a buy's by a falling market.</summary>
    Touch = 4,

    /// <summary>The stop price follows the market.</summary>
    Trails = 8,

    /// <summary>The limit price follows the market.</summary>
    Pegs = 16,
}

/// <summary>The one table of order types: what each has, and what it becomes when it triggers or has taken.</summary>
public static class OrderTypeExtensions
{
    private static ReadOnlySpan<OrderTraits> Table =>
    [
        OrderTraits.None, // Market
        OrderTraits.Limit, // Limit
        OrderTraits.Trigger, // Stop
        OrderTraits.Trigger | OrderTraits.Limit, // StopLimit
        OrderTraits.Trigger | OrderTraits.Touch, // MarketIfTouched
        OrderTraits.Trigger | OrderTraits.Touch | OrderTraits.Limit, // LimitIfTouched
        OrderTraits.None, // MarketToLimit
        OrderTraits.Trigger | OrderTraits.Trails, // TrailingStop
        OrderTraits.Trigger | OrderTraits.Trails | OrderTraits.Limit, // TrailingStopLimit
        OrderTraits.Pegs | OrderTraits.Limit, // Pegged
    ];

    private static ReadOnlySpan<OrderType> Successors =>
    [
        OrderType.Market,
        OrderType.Limit,
        OrderType.Market,
        OrderType.Limit,
        OrderType.Market,
        OrderType.Limit,
        OrderType.Limit,
        OrderType.Market,
        OrderType.Limit,
        OrderType.Pegged,
    ];

    /// <summary>What an order of this type has; nothing for a value that is no type.</summary>
    public static OrderTraits Traits(this OrderType type) => (uint)type < (uint)Table.Length ? Table[(int)type] : OrderTraits.None;

    /// <summary>The type that it becomes: of a stop when it triggers, of a market-to-limit order when it has taken; else itself.</summary>
    public static OrderType Becomes(this OrderType type) => (uint)type < (uint)Successors.Length ? Successors[(int)type] : type;

    public static bool HasLimit(this OrderType type) => (type.Traits() & OrderTraits.Limit) != 0;

    public static bool HasTrigger(this OrderType type) => (type.Traits() & OrderTraits.Trigger) != 0;

    /// <summary>The order brings its stop price along: it has a trigger that does not follow the market.</summary>
    public static bool NeedsStopPrice(this OrderType type) => (type.Traits() & (OrderTraits.Trigger | OrderTraits.Trails)) == OrderTraits.Trigger;

    /// <summary>The order brings its limit price along: it has one that does not follow the market.</summary>
    public static bool NeedsLimitPrice(this OrderType type) =>
        (type.Traits() & (OrderTraits.Limit | OrderTraits.Trails | OrderTraits.Pegs)) == OrderTraits.Limit;

    /// <summary>Its one price in a report is the stop: of an order without a limit, and of a trailing one that has none before it triggers.</summary>
    public static bool TellsStop(this OrderType type, bool isTriggered)
    {
        OrderTraits traits = type.Traits();
        return (traits & OrderTraits.Trigger) != 0 && ((traits & OrderTraits.Limit) == 0 || (!isTriggered && (traits & OrderTraits.Trails) != 0));
    }

    /// <summary>A distance says where its price stands: it trails or pegs.</summary>
    public static bool Follows(this OrderType type) => (type.Traits() & (OrderTraits.Trails | OrderTraits.Pegs)) != 0;
}
