namespace MiniTrader.Ring;

/// <summary>Whether a ring still runs, as all its barriers see it. Written by whoever completes or alerts the ring, read by waiters.</summary>
internal sealed class RingLifetime
{
    private long _end = long.MaxValue;
    private int _alerted;

    /// <summary>True when no event will ever be published.</summary>
    public bool IsCompleted => Volatile.Read(ref _end) != long.MaxValue;

    public bool IsAlerted => Volatile.Read(ref _alerted) != 0;

    /// <summary>True when <paramref name="sequence"/> will never be published. A consumer behind others may yet wait for one before it.</summary>
    public bool IsBeyondEnd(long sequence) => sequence >= Volatile.Read(ref _end);

    public void Complete(long end) => Volatile.Write(ref _end, end);

    public void Alert() => Volatile.Write(ref _alerted, 1);

    public void ClearAlert() => Volatile.Write(ref _alerted, 0);
}
