using System.Text.Json.Serialization;
using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// All that <c>summary.json</c> says of a run: what ran, where, how fast, the hash that two equal runs share, and every statistic, in one
/// flat object. Immutable; built by the session when the run is over.
/// </summary>
public sealed record RunSummary : RunStatistics
{
    [JsonConstructor]
    public RunSummary()
    {
    }

    /// <summary>A summary that begins with a run's statistics; the rest is set behind it.</summary>
    public RunSummary(RunStatistics statistics)
        : base(statistics)
    {
    }

    /// <summary>The strategy's name, or several joined by a comma.</summary>
    [JsonPropertyOrder(-21)]
    public required string Strategy { get; init; }

    /// <summary>Names of the run's strategies, in the order of their index; a name comes again for each copy.</summary>
    [JsonPropertyOrder(-20)]
    public IReadOnlyList<string> Strategies { get; init => field = value ?? []; } = [];

    /// <summary>Names of the run's instruments, in the order of their index.</summary>
    [JsonPropertyOrder(-19)]
    public required IReadOnlyList<string> Instruments { get; init; }

    /// <summary>The account's currency, in which all amounts are.</summary>
    [JsonPropertyOrder(-18)]
    public required string Currency { get; init; }

    /// <summary>Time of the first event; null when there was none.</summary>
    [JsonPropertyOrder(-17)]
    public Timestamp? From { get; init; }

    /// <summary>Time of the last event.</summary>
    [JsonPropertyOrder(-16)]
    public Timestamp? To { get; init; }

    /// <summary>Market events that the engine handled.</summary>
    [JsonPropertyOrder(-15)]
    public required long Events { get; init; }

    /// <summary>Rolling hash of every order and report, sixteen hexadecimal digits: equal for equal runs.</summary>
    [JsonPropertyOrder(-14)]
    public required string Hash { get; init; }

    /// <summary>Wall-clock time from the first event to the last.</summary>
    [JsonPropertyOrder(-13)]
    public required double ElapsedSeconds { get; init; }

    [JsonPropertyOrder(-12)]
    public required double EventsPerSecond { get; init; }

    /// <summary>Managed bytes that the engine thread allocated while events ran / events.</summary>
    [JsonPropertyOrder(-11)]
    public required double AllocatedBytesPerEvent { get; init; }

    /// <summary>From the start of the process to the first event; null when there was none, or when the process runs more than one session.</summary>
    [JsonPropertyOrder(-10)]
    public double? MillisecondsToFirstEvent { get; init; }

    /// <summary>What it ran on: processor, cores, operating system, runtime.</summary>
    [JsonPropertyOrder(-9)]
    public required string Machine { get; init; }

    /// <summary>True when the run was stopped before the end of its data; the figures are of the part before.</summary>
    [JsonPropertyOrder(-8)]
    public bool WasCancelled { get; init; }

    /// <summary>Sentences that belong to the figures: approximations, things left out.</summary>
    [JsonPropertyOrder(-7)]
    public IReadOnlyList<string> Notes { get; init => field = value ?? []; } = [];
}
