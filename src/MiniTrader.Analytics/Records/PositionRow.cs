using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>A strategy's position in one instrument after a fill: a row of <c>positions.arrow</c>. A value.</summary>
public readonly record struct PositionRow
{
    public required Timestamp Time { get; init; }

    public required StrategyId Strategy { get; init; }

    public required InstrumentId Instrument { get; init; }

    /// <summary>Positive when long, negative when short.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>Mean price of what is held; zero when flat.</summary>
    public decimal AveragePrice { get; init; }

    /// <summary>Realised so far, fees not taken off, in the instrument's currency.</summary>
    public decimal Realised { get; init; }

    /// <summary>Paid so far, in the instrument's currency.</summary>
    public decimal Fees { get; init; }
}
