namespace MiniTrader.Ring;

/// <summary>Whether a ring still runs, as all its barriers see it. Written by whoever completes or alerts the ring, read by waiters.</summary>
internal sealed class RingLifetime
{
    private int _alerted;
    private int _completed;

    /// <summary><see cref="WaitOutcome.Ready"/> while the ring runs.</summary>
    public WaitOutcome State
    {
        get
        {
            if (Volatile.Read(ref _completed) != 0) return WaitOutcome.Completed;
            return Volatile.Read(ref _alerted) != 0 ? WaitOutcome.Alerted : WaitOutcome.Ready;
        }
    }

    public bool IsCompleted => Volatile.Read(ref _completed) != 0;

    public void Complete() => Volatile.Write(ref _completed, 1);

    public void Alert() => Volatile.Write(ref _alerted, 1);

    public void ClearAlert() => Volatile.Write(ref _alerted, 0);
}
