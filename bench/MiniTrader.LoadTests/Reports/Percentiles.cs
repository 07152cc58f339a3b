using System.Text.Json.Serialization;
using HdrHistogram;

namespace MiniTrader.LoadTests;

/// <summary>A distribution of latencies in nanoseconds.</summary>
internal sealed record Percentiles(
    [property: JsonPropertyName("p50")] long P50,
    [property: JsonPropertyName("p99")] long P99,
    [property: JsonPropertyName("p99.9")] long P999,
    [property: JsonPropertyName("max")] long Max)
{
    public static string Unit => "ns";

    public static Percentiles Of(HistogramBase histogram) => new(
        histogram.GetValueAtPercentile(50),
        histogram.GetValueAtPercentile(99),
        histogram.GetValueAtPercentile(99.9),
        histogram.GetMaxValue());
}
