namespace MiniTrader.DataTools;

/// <summary>What became of a row.</summary>
public enum RowFate : byte
{
    Stored,

    /// <summary>Wrong: the import stops at it, or counts it when told to skip bad rows.</summary>
    Refused,

    /// <summary>Right, but nothing to store: an empty bar, a message of a kind that is not imported.</summary>
    LeftOut,
}

/// <summary>What became of a row, and why where it was not stored. Equal reasons are counted together.</summary>
public readonly record struct RowOutcome(RowFate Fate, string Reason)
{
    public static RowOutcome Stored => default;

    public static RowOutcome Refused(string reason) => new(RowFate.Refused, reason);

    public static RowOutcome LeftOut(string reason) => new(RowFate.LeftOut, reason);
}
