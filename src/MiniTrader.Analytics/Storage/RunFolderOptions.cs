using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>What a run folder's writer must know before the first record.</summary>
public sealed record RunFolderOptions
{
    /// <summary>Most rows that a file gathers in memory before it writes them.</summary>
    public const int DefaultBatchRows = 8_192;

    /// <summary>The session's instruments: records name them by index.</summary>
    public required InstrumentTable Instruments { get; init; }

    /// <summary>Names of the session's strategies, in the order of their index.</summary>
    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>The account's currency, in which equity is.</summary>
    public required Currency BaseCurrency { get; init; }

    public StatisticsOptions Statistics { get; init; } = new();

    public int BatchRows { get; init; } = DefaultBatchRows;

    /// <exception cref="ArgumentException">A setting makes no sense; the sentence names it.</exception>
    public RunFolderOptions Validated()
    {
        if (Strategies.Count == 0) throw new ArgumentException("A run folder needs the name of at least one strategy.");
        if (BaseCurrency.IsNone) throw new ArgumentException("A run folder needs the account's base currency.");
        if (BatchRows is < 1 or > 1 << 20) throw new ArgumentException($"{BatchRows} rows a batch is not between 1 and {1 << 20}.");
        Statistics.Validated();
        return this;
    }
}
