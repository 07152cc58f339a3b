using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>One point of a chart.</summary>
public readonly record struct ChartPoint(Timestamp Time, double Value);
