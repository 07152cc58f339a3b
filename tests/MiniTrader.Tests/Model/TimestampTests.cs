using CsCheck;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Model;

/// <summary>Instants as text, floors and lengths of time.</summary>
public sealed class TimestampTests
{
    [Theory]
    [InlineData("1970-01-01", 0)]
    [InlineData("1970-01-01T00:00:01Z", 1_000_000_000)]
    [InlineData("1970-01-01 00:00:00.123456789", 123_456_789)]
    [InlineData("1970-01-01T02:00:00.5+02:00", 500_000_000)]
    [InlineData("1969-12-31T23:59:59.999999999Z", -1)]
    [InlineData("2013-10-07T13:30", 1_381_152_600_000_000_000)]
    public void Reads_iso_text_as_utc(string text, long nanoseconds) => Assert.Equal(new Timestamp(nanoseconds), Timestamp.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("07/10/2013")]
    [InlineData("2013-13-01")]
    [InlineData("2013-10-07T13:30:00.1234567891")]
    [InlineData("1500-01-01")]
    public void Refuses_other_text(string text) => Assert.False(Timestamp.TryParse(text, out _));

    [Fact]
    public void Text_of_any_instant_reads_back_to_it() =>
        Gen.Long[-9_000_000_000_000_000_000, 9_000_000_000_000_000_000].Sample(ns => Timestamp.Parse(new Timestamp(ns).ToString()) == new Timestamp(ns));

    [Fact]
    public void Floors_go_down_before_the_epoch_too()
    {
        Assert.Equal(new Timestamp(-1_000), new Timestamp(-1).FloorTo(1_000));
        Assert.Equal(new Timestamp(-1_000), new Timestamp(-1_000).FloorTo(1_000));
        Assert.Equal(new Timestamp(0), new Timestamp(999).FloorTo(1_000));
        Assert.Equal(Timestamp.NanosecondsPerDay - 1, new Timestamp(-1).NanosecondsOfDay);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("250us", 250_000)]
    [InlineData("1.5ms", 1_500_000)]
    [InlineData("30s", 30_000_000_000)]
    [InlineData("2h", 7_200_000_000_000)]
    public void Durations_read_a_number_and_a_unit(string text, long nanoseconds) => Assert.Equal(nanoseconds, Duration.Parse(text).Nanoseconds);

    [Theory]
    [InlineData("5")]
    [InlineData("ms")]
    [InlineData("-1s")]
    [InlineData("1 fortnight")]
    [InlineData("999999999999d")]
    public void Durations_refuse_the_rest(string text) => Assert.Throws<FormatException>(() => Duration.Parse(text));
}
