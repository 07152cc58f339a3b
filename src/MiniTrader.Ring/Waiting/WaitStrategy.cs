namespace MiniTrader.Ring;

/// <summary>
/// How a ring's blocking calls wait; never touched while there is work. The four kinds trade processor time for latency, from a
/// core of one's own to none at all.
/// </summary>
public abstract class WaitStrategy
{
    /// <summary>Spins: lowest latency, a whole core. For pinned threads with a core each.</summary>
    public static WaitStrategy BusySpin() => new IdleWaitStrategy(new BusySpinIdleStrategy());

    /// <summary>Spins, then yields the core to whoever wants it.</summary>
    public static WaitStrategy Yielding() => new IdleWaitStrategy(new YieldingIdleStrategy());

    /// <summary>Spins, then yields, then sleeps longer and longer.</summary>
    public static WaitStrategy Sleeping() => new IdleWaitStrategy(new BackOffIdleStrategy());

    /// <summary>Sleeps until signalled. Publishers and releasers pay one read while nobody waits.</summary>
    public static WaitStrategy Blocking() => new BlockingWaitStrategy();

    /// <summary>Returns when event <paramref name="sequence"/> has passed <paramref name="barrier"/>, or when that is over.</summary>
    public abstract WaitOutcome WaitFor(long sequence, SequenceBarrier barrier);
}
