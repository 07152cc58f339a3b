namespace MiniTrader.Ring;

/// <summary>What came of the wish to pin a thread to a core.</summary>
public enum PinOutcome
{
    /// <summary>No core was named.</summary>
    NotRequested,

    /// <summary>The thread runs on the core that was named, and on no other.</summary>
    Pinned,

    /// <summary>The machine, or the set of cores that this process may use, has no such core.</summary>
    NoSuchCore,

    /// <summary>The operating system refused for another reason.</summary>
    Refused,

    /// <summary>This operating system has no way to pin a thread; nothing was done.</summary>
    Unsupported,
}
