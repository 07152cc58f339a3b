using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// One order as it ended, or as it stood when the run ended: a row of <c>orders.arrow</c>. A value; built by the session when an
/// order is done.
/// </summary>
public readonly record struct OrderRow
{
    public required ClientOrderId ClientOrderId { get; init; }

    public required StrategyId Strategy { get; init; }

    /// <summary>None of an order that was denied because the session does not have its instrument.</summary>
    public required InstrumentId Instrument { get; init; }

    public required OrderSide Side { get; init; }

    public required OrderType Type { get; init; }

    public required TimeInForce TimeInForce { get; init; }

    public OrderFlags Flags { get; init; }

    /// <summary>The last total quantity that was asked for, always positive.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>Zero for an order without a limit.</summary>
    public Price LimitPrice { get; init; }

    /// <summary>Zero for an order without a stop.</summary>
    public Price StopPrice { get; init; }

    /// <summary>When the engine routed it.</summary>
    public required Timestamp SubmittedTime { get; init; }

    /// <summary>When its last report reached the strategy; the submitted time while there is none.</summary>
    public required Timestamp LastTime { get; init; }

    /// <summary>The user's own mark.</summary>
    public int Tag { get; init; }

    /// <summary>The strategy's view of the mid price when it decided; zero when it had none.</summary>
    public Price DecisionPrice { get; init; }

    public required OrderStatus Status { get; init; }

    /// <summary>Why, for an order that was denied, rejected, cancelled or that expired.</summary>
    public ReasonCode Reason { get; init; }

    /// <summary>How often the venue took over a change of it.</summary>
    public int Replaces { get; init; }

    public Quantity Filled { get; init; }

    /// <summary>Quantity-weighted mean price of its fills; zero when nothing was filled.</summary>
    public decimal AveragePrice { get; init; }
}
