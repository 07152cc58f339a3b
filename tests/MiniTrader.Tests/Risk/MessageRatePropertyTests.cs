using CsCheck;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Risk;

/// <summary>The sliding window against a count over the whole history.</summary>
public sealed class MessageRatePropertyTests
{
    [Fact]
    public void An_order_leaves_exactly_when_the_last_second_has_room()
    {
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 400].Array[1, 100]).Sample(
            (limit, steps) =>
            {
                RiskDesk desk = new($"max-messages-per-second={limit},collar-bps=off,max-position=off");
                List<long> left = [];
                foreach (int milliseconds in steps)
                {
                    desk.Now += milliseconds * Timestamp.NanosecondsPerMillisecond;
                    bool hasRoom = left.Count(t => desk.Now.Nanoseconds - t < Timestamp.NanosecondsPerSecond) < limit;
                    bool passed = desk.Buy("1", "50") == ReasonCode.None;
                    if (passed != hasRoom) return false;
                    if (passed) left.Add(desk.Now.Nanoseconds);
                }

                return true;
            },
            iter: 1000);
    }
}
