namespace MiniTrader.Risk;

/// <summary>Who engaged the kill switch.</summary>
public enum KillCause : byte
{
    /// <summary>Nobody: trading goes on.</summary>
    None,

    /// <summary>A person, or a program on a person's behalf.</summary>
    Operator,

    /// <summary>The day's loss was beyond its limit.</summary>
    DailyLoss,

    /// <summary>A watcher of the machine, the connection or the data.</summary>
    Watchdog,
}

/// <summary>
/// Stops all new orders and replaces of a session. Any thread may engage or release it; the engine thread reads it once a
/// command. It stays engaged until it is released.
/// </summary>
public sealed class KillSwitch
{
    private int _cause;

    public KillCause Cause => (KillCause)Volatile.Read(ref _cause);

    public bool IsEngaged => Volatile.Read(ref _cause) != (int)KillCause.None;

    /// <summary>Engages it; false when it already was, and then the first cause stays.</summary>
    /// <exception cref="ArgumentException">The cause is none.</exception>
    public bool Engage(KillCause cause)
    {
        if (cause == KillCause.None) throw new ArgumentException("A kill switch is engaged for a cause; to let trading go on, release it.", nameof(cause));
        return Interlocked.CompareExchange(ref _cause, (int)cause, (int)KillCause.None) == (int)KillCause.None;
    }

    /// <summary>Lets trading go on.</summary>
    public void Release() => Interlocked.Exchange(ref _cause, (int)KillCause.None);
}
