namespace MiniTrader.TickStore;

/// <summary>
/// The columns that a tick file has only when some row needs them. A writer adds them by itself; naming them in advance saves
/// it from writing a file's beginning a second time when a late row is the first to need one.
/// </summary>
[Flags]
public enum TickColumns : byte
{
    None = 0,

    /// <summary>When each row reached the recorder; absent where the data has one clock.</summary>
    ReceivedTime = 1,

    /// <summary>The venue's sequence numbers, of quotes, trades and book deltas.</summary>
    Sequence = 2,

    /// <summary>The venue's trade ids.</summary>
    TradeId = 4,

    /// <summary>Snapshot and partial marks of book deltas.</summary>
    Flags = 8,

    /// <summary>How trades came about; absent where all are regular.</summary>
    Condition = 16,
}
