using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>An instrument's price at one instant, for the report's price chart only. A value.</summary>
public readonly record struct PricePoint
{
    public required Timestamp Time { get; init; }

    public required InstrumentId Instrument { get; init; }

    /// <summary>The mid price where there are quotes, else the last trade or close.</summary>
    public required Price Price { get; init; }
}
