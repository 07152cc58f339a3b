using System.Runtime.Intrinsics.X86;

namespace MiniTrader.Ring;

/// <summary>Never leaves the core. For a pinned thread on a core of its own.</summary>
public sealed class BusySpinIdleStrategy : IdleStrategy
{
    public override void Idle(int attempt)
    {
        // One pause instruction; the runtime's SpinWait makes it several, up to what took a pause in the slowest processors.
        if (X86Base.IsSupported) X86Base.Pause();
        else Thread.SpinWait(1);
    }
}

/// <summary>Spins for a while, then offers the core to other threads at every attempt.</summary>
/// <param name="spins">Attempts that only spin.</param>
public sealed class YieldingIdleStrategy(int spins = 100) : IdleStrategy
{
    public override void Idle(int attempt)
    {
        if (attempt < spins) Thread.SpinWait(1);
        else Thread.Yield();
    }
}

/// <summary>Spins, then yields, then sleeps: one millisecond first, twice as long each time, up to a limit.</summary>
/// <param name="spins">Attempts that only spin.</param>
/// <param name="yields">Attempts after those that yield.</param>
/// <param name="sleepMillisecondsMax">The longest sleep, and so the longest delay of an event that finds everybody asleep.</param>
public sealed class BackOffIdleStrategy(int spins = 100, int yields = 100, int sleepMillisecondsMax = 8) : IdleStrategy
{
    private const int DoublingsMax = 20;

    public override void Idle(int attempt)
    {
        if (attempt < spins) Thread.SpinWait(1);
        else if (attempt < spins + yields) Thread.Yield();
        else Thread.Sleep(Math.Min(1 << Math.Min(attempt - spins - yields, DoublingsMax), sleepMillisecondsMax));
    }
}
