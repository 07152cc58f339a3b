using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// The one place where a session's time stands, and when it next has something to do. The engine moves it to the time of each input; strategies only read it, so a
/// replay of the same inputs shows them the same time.
/// </summary>
public sealed class SessionTime
{
    // Plain numbers, which the compiler compares where they lie; it would first copy a timestamp.
    private long _now = long.MinValue;
    private long _nextDue = long.MinValue;

    public Timestamp Now
    {
        get => new(_now);
        set => _now = value.Nanoseconds;
    }

    /// <summary>
    /// Nothing is due before this instant, whoever would have to do it: one comparison for each event. May be too early, never
    /// too late: whoever has something due sooner lowers it.
    /// </summary>
    public Timestamp NextDue
    {
        get => new(_nextDue);
        set => _nextDue = value.Nanoseconds;
    }

    /// <summary>Something is due at this instant.</summary>
    public void Expect(Timestamp due)
    {
        if (due < NextDue) NextDue = due;
    }

    /// <summary>Moves time on to an instant. False, and nothing done, if something is due by then or it has passed already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryMoveTo(Timestamp time)
    {
        if (time.Nanoseconds >= _nextDue || time.Nanoseconds < _now) return false;
        _now = time.Nanoseconds;
        return true;
    }
}
