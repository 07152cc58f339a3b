using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MiniTrader.Sessions;

namespace MiniTrader.LoadTests;

/// <summary>
/// What a load test found: tables for people, and one object for programs. Figures that do not apply stay null and are left out.
/// </summary>
internal sealed record LoadTestReport
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The verb.</summary>
    public required string Test { get; init; }

    /// <summary>One sentence: what the headline figures are of.</summary>
    public required string About { get; init; }

    public double? EventsPerSecond { get; init; }

    /// <summary>Rows per second of the bare loop that the test compares itself with.</summary>
    public double? BareRowsPerSecond { get; init; }

    /// <summary>Events per second over whatever <see cref="About"/> compares with, from the same run.</summary>
    public double? Ratio { get; init; }

    public double? AllocatedBytesPerEvent { get; init; }

    /// <summary>The headline latency, in nanoseconds.</summary>
    public Percentiles? Percentiles { get; init; }

    /// <summary>Everything that was rated, headline included.</summary>
    public IReadOnlyList<Rate>? Rates { get; init; }

    /// <summary>Every latency that was taken, by name.</summary>
    public IReadOnlyDictionary<string, Percentiles>? Latencies { get; init; }

    /// <summary>From the start of a process to its first event.</summary>
    public double? MillisecondsToFirstEvent { get; init; }

    /// <summary>Memory by number of events.</summary>
    public IReadOnlyList<MemoryLine>? Memory { get; init; }

    public MachineInfo Machine { get; init; } = MachineInfo.Read();

    /// <summary>Prints the tables and, when asked for, the object on the last line.</summary>
    public void Print(TextWriter output, bool json)
    {
        output.WriteLine(About);
        output.WriteLine(Machine);
        if (Rates is { Count: > 0 }) PrintRates(output, Rates);
        if (Latencies is { Count: > 0 }) PrintLatencies(output, Latencies);
        output.WriteLine();
        PrintFigure(output, "events/s", EventsPerSecond, "N0");
        PrintFigure(output, "bare rows/s", BareRowsPerSecond, "N0");
        PrintFigure(output, "ratio", Ratio, "F2");
        PrintFigure(output, "ms to first event", MillisecondsToFirstEvent, "F0");
        PrintFigure(output, "allocated bytes/event", AllocatedBytesPerEvent, "F4");
        if (json) output.WriteLine(JsonSerializer.Serialize(this, _json));
    }

    private static void PrintRates(TextWriter output, IReadOnlyList<Rate> rates)
    {
        output.WriteLine();
        output.WriteLine($"{"M events/s",-46} {"median",9} {"slowest",9} {"fastest",9}");
        foreach (Rate rate in rates)
            output.WriteLine($"{rate.Name,-46} {Millions(rate.Median),9} {Millions(rate.Slowest),9} {Millions(rate.Fastest),9}");
    }

    private static void PrintLatencies(TextWriter output, IReadOnlyDictionary<string, Percentiles> latencies)
    {
        output.WriteLine();
        output.WriteLine($"{"nanoseconds",-46} {"p50",9} {"p99",9} {"p99.9",9} {"max",12}");
        foreach ((string name, Percentiles p) in latencies)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-46} {p.P50,9:N0} {p.P99,9:N0} {p.P999,9:N0} {p.Max,12:N0}"));
    }

    private static void PrintFigure(TextWriter output, string name, double? value, string format)
    {
        if (value is double figure) output.WriteLine($"{name,-24} {figure.ToString(format, CultureInfo.InvariantCulture)}");
    }

    private static string Millions(double rate) => (rate / 1e6).ToString("F2", CultureInfo.InvariantCulture);
}
