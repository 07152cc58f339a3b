using MiniTrader.DataTools;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>Lengths of time in messages.</summary>
public sealed class SpanTextTests
{
    [Theory]
    [InlineData(604_800_000_000_000, "7 d")]
    [InlineData(2_678_400_000_000_000, "31 d")]
    [InlineData(5_036_141_000_000, "1 h 23 min 56.141 s")]
    [InlineData(90_000_000_001_500, "1 d 1 h 0.0000015 s")]
    [InlineData(1_000_000_000, "1 s")]
    [InlineData(250_000, "250 us")]
    [InlineData(1_500_000, "1.5 ms")]
    [InlineData(35, "35 ns")]
    [InlineData(0, "0 s")]
    [InlineData(-61_000_000_000, "-1 min 1 s")]
    public void A_span_is_said_in_units_that_people_use(long nanoseconds, string text) => Assert.Equal(text, SpanText.Of(nanoseconds));

    [Theory]
    [InlineData(20, 10, "2/s")]
    [InlineData(2_400, 1, "2.4 k/s")]
    [InlineData(5_200_000, 1, "5.2 M/s")]
    public void A_slow_rate_is_a_number_and_not_zero_thousands(double count, double seconds, string text) => Assert.Equal(text, ToolProgress.Rate(count, TimeSpan.FromSeconds(seconds)));
}
