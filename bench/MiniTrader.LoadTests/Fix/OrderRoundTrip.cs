using System.Diagnostics;
using HdrHistogram;

namespace MiniTrader.LoadTests;

/// <summary>Orders to a venue and their reports back, over whichever engine, and how that is measured.</summary>
internal abstract class OrderRoundTrip : IDisposable
{
    /// <summary>One order after the other: the time from before writing it to the report in the application's hand.</summary>
    public LongHistogram OneByOne(int orders)
    {
        LongHistogram histogram = new(TimeSpan.TicksPerMinute * 100, 3);
        Run(orders, window: 1, histogram);
        return histogram;
    }

    /// <summary>As many under way as <paramref name="window"/>; the answer is orders answered per second.</summary>
    public double Pipelined(int orders, int window)
    {
        long start = Stopwatch.GetTimestamp();
        Run(orders, window, null);
        return orders / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public abstract void Dispose();

    /// <summary>Sends orders, at most a window of them unanswered, and returns with the last answer.</summary>
    protected abstract void Run(int orders, int window, LongHistogram? histogram);
}
