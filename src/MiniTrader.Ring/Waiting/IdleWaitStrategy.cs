namespace MiniTrader.Ring;

/// <summary>Asks the barrier again and again, idling in between. Without state, so rings may share one.</summary>
internal sealed class IdleWaitStrategy(IdleStrategy idle) : WaitStrategy
{
    public override WaitOutcome WaitFor(long sequence, SequenceBarrier barrier)
    {
        ArgumentNullException.ThrowIfNull(barrier);
        WaitOutcome outcome;
        for (int attempt = 0; !barrier.IsPassed(sequence, out outcome); attempt = IdleStrategy.After(attempt)) idle.Idle(attempt);
        return outcome;
    }
}
