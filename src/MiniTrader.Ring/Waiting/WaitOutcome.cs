namespace MiniTrader.Ring;

/// <summary>Why a wait on a ring is over.</summary>
public enum WaitOutcome
{
    /// <summary>There is something to do: an event to poll, or a slot to claim.</summary>
    Ready,

    /// <summary>There is nothing, and there will never be: the ring is completed.</summary>
    Completed,

    /// <summary>There is nothing, and the ring's owner wants its waiters back.</summary>
    Alerted,
}
