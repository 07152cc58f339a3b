namespace MiniTrader.Model;

/// <summary>Who an event is for, and how it came.</summary>
[Flags]
public enum EventFlags : byte
{
    None = 0,

    /// <summary>The simulated venue sees it, at its venue time.</summary>
    ForVenue = 1,

    /// <summary>The strategy sees it, at its received time.</summary>
    ForStrategy = 2,

    /// <summary>Both at one instant: the usual case, when no feed latency lies between them.</summary>
    ForBoth = ForVenue | ForStrategy,

    /// <summary>Part of a snapshot rather than a change.</summary>
    Snapshot = 4,

    /// <summary>More events of the same packet follow.</summary>
    Partial = 8,
}
