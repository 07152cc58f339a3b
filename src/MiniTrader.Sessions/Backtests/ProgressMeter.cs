using System.Diagnostics;
using MiniTrader.Engine;

namespace MiniTrader.Sessions;

/// <summary>Turns a loop's position into progress: the rate is over the time since the measurement before.</summary>
internal sealed class ProgressMeter(LoopProgress loop, long totalEvents)
{
    private long _lastEvents;
    private long _lastAt = Stopwatch.GetTimestamp();

    public RunProgress Measure()
    {
        long events = loop.Events;
        long now = Stopwatch.GetTimestamp();
        double seconds = Stopwatch.GetElapsedTime(_lastAt, now).TotalSeconds;
        double rate = seconds > 0 ? (events - _lastEvents) / seconds : 0;
        (_lastEvents, _lastAt) = (events, now);
        return new RunProgress(events, totalEvents, loop.Time, rate);
    }
}
