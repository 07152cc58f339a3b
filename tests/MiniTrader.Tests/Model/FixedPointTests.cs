using System.Globalization;
using System.Text;
using CsCheck;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Model;

/// <summary>Decimal text to fixed point and back, exact or refused.</summary>
public sealed class FixedPointTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1_000_000_000)]
    [InlineData("-1.5", -1_500_000_000)]
    [InlineData("+0.000000001", 1)]
    [InlineData(".5", 500_000_000)]
    [InlineData("5.", 5_000_000_000)]
    [InlineData("1.2500000000000000000000000000000000", 1_250_000_000)]
    [InlineData("1.5e-3", 1_500_000)]
    [InlineData("25E2", 2_500_000_000_000)]
    [InlineData("9223372036.854775807", long.MaxValue)]
    [InlineData("0e99", 0)]
    public void Reads_exactly(string text, long raw)
    {
        Assert.Equal(FixedPointStatus.Ok, FixedPoint.TryParse(text, out long read));
        Assert.Equal(raw, read);
        Assert.Equal(FixedPointStatus.Ok, FixedPoint.TryParse(Encoding.UTF8.GetBytes(text), out read));
        Assert.Equal(raw, read);
    }

    [Theory]
    [InlineData("", FixedPointStatus.NotANumber)]
    [InlineData("-", FixedPointStatus.NotANumber)]
    [InlineData(".", FixedPointStatus.NotANumber)]
    [InlineData("1.2.3", FixedPointStatus.NotANumber)]
    [InlineData("12a", FixedPointStatus.NotANumber)]
    [InlineData(" 1", FixedPointStatus.NotANumber)]
    [InlineData("1e", FixedPointStatus.NotANumber)]
    [InlineData("NaN", FixedPointStatus.NotANumber)]
    [InlineData("0.0000000001", FixedPointStatus.TooPrecise)]
    [InlineData("1e-10", FixedPointStatus.TooPrecise)]
    [InlineData("9223372036.854775808", FixedPointStatus.TooLarge)]
    [InlineData("99999999999", FixedPointStatus.TooLarge)]
    [InlineData("1e30", FixedPointStatus.TooLarge)]
    [InlineData("340282366920938463463374607431768211456999999999", FixedPointStatus.TooLarge)]
    public void Refuses_with_the_cause(string text, FixedPointStatus status)
    {
        Assert.Equal(status, FixedPoint.TryParse(text, out _));
        Assert.Contains(text, Assert.Throws<FormatException>(() => FixedPoint.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("24.426957669999997", 24_426_957_670, FixedPointStatus.TooPrecise)]
    [InlineData("0.0000000005", 1, FixedPointStatus.TooPrecise)]
    [InlineData("0.00000000049", 0, FixedPointStatus.TooPrecise)]
    [InlineData("-0.0000000005", -1, FixedPointStatus.TooPrecise)]
    [InlineData("1.25", 1_250_000_000, FixedPointStatus.Ok)]
    public void Rounds_half_away_from_zero_when_asked_and_says_so(string text, long raw, FixedPointStatus status)
    {
        Assert.Equal(status, FixedPoint.TryParseRounded(Encoding.UTF8.GetBytes(text), out long read));
        Assert.Equal(raw, read);
    }

    [Fact]
    public void Text_of_any_number_reads_back_to_it_and_agrees_with_decimal()
    {
        Gen.Long.Sample(raw =>
        {
            if (raw == long.MinValue) return;
            string text = FixedPoint.Format(raw);
            Assert.Equal(raw, FixedPoint.Parse(text));
            Assert.Equal(new decimal(raw) / FixedPoint.One, decimal.Parse(text, CultureInfo.InvariantCulture));
        });
    }

    [Fact]
    public void Any_bytes_whatever_give_a_status()
    {
        Gen.Byte.Array[0, 60].Sample(bytes => FixedPoint.TryParseRounded(bytes, out _) <= FixedPointStatus.TooLarge);
    }
}
