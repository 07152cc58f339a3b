using System.Runtime.CompilerServices;

namespace MiniTrader.Ring;

/// <summary>
/// Puts waiters to sleep on a monitor. Whoever moves a sequence reads the number of waiters and takes the lock only when there is
/// one. The store of the sequence and that read must not pass each other; instead of a fence at every publish, a waiter runs a
/// barrier over the whole process after it has registered and before it looks a last time.
/// </summary>
internal sealed class BlockingWaitStrategy : WaitStrategy
{
    /// <summary>Looks at the barrier before a waiter registers; a signal that is on its way makes sleep a waste.</summary>
    private const int SpinsBeforeSleep = 64;

    private readonly object _lock = new();
    private readonly Sequence _waiters = new();

    public override WaitOutcome WaitFor(long sequence, SequenceBarrier barrier)
    {
        ArgumentNullException.ThrowIfNull(barrier);
        WaitOutcome outcome;
        for (int spin = 0; spin < SpinsBeforeSleep; spin++)
        {
            if (barrier.IsPassed(sequence, out outcome)) return outcome;
            Thread.SpinWait(1);
        }

        lock (_lock)
        {
            _waiters.Set(_waiters.Value + 1);
            Interlocked.MemoryBarrierProcessWide();
            // Signals need the lock, so none is lost between the look and the sleep that gives the lock up.
            while (!barrier.IsPassed(sequence, out outcome)) Monitor.Wait(_lock);
            _waiters.Set(_waiters.Value - 1);
        }

        return outcome;
    }

    /// <summary>Wakes all waiters if there is one; called after each move of a sequence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SignalIfAwaited()
    {
        if (_waiters.Value != 0) SignalAll();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void SignalAll()
    {
        lock (_lock) Monitor.PulseAll(_lock);
    }
}
