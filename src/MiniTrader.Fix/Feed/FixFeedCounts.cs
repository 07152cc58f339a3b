namespace MiniTrader.Fix;

/// <summary>What happened on a market data session that is no event; written by the FIX thread, approximate when read from another.</summary>
public sealed class FixFeedCounts
{
    public long Snapshots { get; internal set; }

    public long Increments { get; internal set; }

    /// <summary>Changes that were missing from an instrument's own count, each followed by a new snapshot.</summary>
    public long Gaps { get; internal set; }

    /// <summary>Changes dropped because the snapshot that they build on had not come.</summary>
    public long Stale { get; internal set; }

    /// <summary>Requests that the venue refused.</summary>
    public long Refused { get; internal set; }

    /// <summary>Entries that lacked what they need to be understood, or were of an instrument that is not ours.</summary>
    public long Ignored { get; internal set; }
}
