namespace MiniTrader.DataTools;

/// <summary>How bad a finding is. Only errors fail the doctor.</summary>
public enum Severity : byte
{
    /// <summary>Worth knowing: a session break, a locked quote.</summary>
    Info,

    /// <summary>Likely wrong, or right and rare: a crossed quote, a gap, an outlier.</summary>
    Warning,

    /// <summary>The file is damaged, or a row cannot be true.</summary>
    Error,
}

/// <summary>One place where a check struck.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Batch">The record batch, from 0; −1 when unknown.</param>
/// <param name="Row">The row in the file, from 0; −1 when the finding is the file's.</param>
/// <param name="Time">The row's venue time, or empty.</param>
/// <param name="Text">What was seen.</param>
public sealed record FindingPlace(string File, int Batch, long Row, string Time, string Text);

/// <summary>All that one check found in one series.</summary>
public sealed record Finding
{
    public required Severity Severity { get; init; }

    /// <summary>The check's name: <c>crossed</c>, <c>gap</c>, <c>duplicate</c>.</summary>
    public required string Check { get; init; }

    public required string Instrument { get; init; }

    public required string Kind { get; init; }

    public long Count { get; set; }

    /// <summary>The first places.</summary>
    public List<FindingPlace> Examples { get; init; } = [];
}
