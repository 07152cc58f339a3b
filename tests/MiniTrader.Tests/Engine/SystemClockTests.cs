using MiniTrader.Engine;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Engine;

/// <summary>The clock that a session wired by hand gives its loop.</summary>
public sealed class SystemClockTests
{
    [Fact]
    public void It_begins_at_the_wall_clock_and_never_goes_back()
    {
        Timestamp before = Timestamp.FromDateTime(DateTime.UtcNow);
        SystemClock clock = new();
        Timestamp last = clock.Now;
        Assert.True(last >= before);
        Assert.True(last - before < Timestamp.NanosecondsPerMinute);
        for (int i = 0; i < 100_000; i++)
        {
            Timestamp now = clock.Now;
            Assert.True(now >= last);
            last = now;
        }
    }
}
