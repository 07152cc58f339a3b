using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// What a strategy wants of an order, by name; everything left out has the plainest meaning. Side, instrument and quantity are
/// always needed.
/// </summary>
public struct OrderRequest
{
    public OrderRequest() => Type = null;

    public InstrumentId Instrument { get; init; }

    public OrderSide Side { get; init; }

    /// <summary>Always positive.</summary>
    public Quantity Quantity { get; init; }

    /// <summary>Left out, it follows from the prices: limit, stop, stop-limit, or market where there is neither.</summary>
    public OrderType? Type { get; init; }

    public Price? LimitPrice { get; init; }

    public Price? StopPrice { get; init; }

    public TimeInForce TimeInForce { get; init; }

    public OrderFlags Flags { get; init; }

    public TriggerSource Trigger { get; init; }

    /// <summary>For good-till-date.</summary>
    public Timestamp ExpireTime { get; init; }

    /// <summary>What an iceberg shows; zero shows all.</summary>
    public Quantity DisplayQuantity { get; init; }

    /// <summary>Worst distance from the arrival quote that a market order may pay; zero means no limit.</summary>
    public Price Protection { get; init; }

    /// <summary>A mark of the user's own that comes back on every report and fill.</summary>
    public int Tag { get; init; }

    /// <summary>The type as given, or as it follows from the prices.</summary>
    internal readonly OrderType ResolvedType => Type ?? (LimitPrice, StopPrice) switch
    {
        (null, null) => OrderType.Market,
        (not null, null) => OrderType.Limit,
        (null, not null) => OrderType.Stop,
        _ => OrderType.StopLimit,
    };
}
