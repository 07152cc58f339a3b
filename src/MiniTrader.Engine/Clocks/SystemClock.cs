using System.Diagnostics;
using MiniTrader.Model;

namespace MiniTrader.Engine;

/// <summary>
/// The machine's time, read from the monotonic counter and anchored once to the wall clock, so that it never goes back. Any thread.
/// </summary>
public sealed class SystemClock : IClock
{
    private readonly long _anchorTicks = Stopwatch.GetTimestamp();
    private readonly Timestamp _anchor = Timestamp.FromDateTime(DateTime.UtcNow);

    public Timestamp Now
    {
        get
        {
            long elapsed = Stopwatch.GetTimestamp() - _anchorTicks;
            return _anchor + (Stopwatch.Frequency == Timestamp.NanosecondsPerSecond
                ? elapsed
                : (long)((Int128)elapsed * Timestamp.NanosecondsPerSecond / Stopwatch.Frequency));
        }
    }
}
