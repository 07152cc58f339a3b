using System.Numerics;
using CsCheck;
using MiniTrader.Analytics;
using Xunit;

namespace MiniTrader.Tests.Analytics;

/// <summary>Decimals as 128-bit integers of twelve digits behind the point, against the arithmetic of large integers.</summary>
public sealed class Money128Tests
{
    private static readonly BigInteger _largest = BigInteger.Pow(10, Money128.Precision);

    [Fact]
    public void Every_amount_is_rounded_half_to_even_or_refused() => Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Byte[0, 28]).Sample(
        (low, middle, high, isNegative, scale) =>
        {
            // Of all lengths, so that small amounts come as often as those that fill 96 bits.
            foreach (decimal amount in new[] { new decimal(low, middle, high, isNegative, scale), new decimal(low, middle, 0, isNegative, scale), new decimal(low, 0, 0, isNegative, scale) })
            {
                BigInteger expected = Rounded(amount, scale);
                if (BigInteger.Abs(expected) >= _largest) Assert.Throws<OverflowException>(() => Money128.FromDecimal(amount));
                else Assert.Equal(expected, (BigInteger)Money128.FromDecimal(amount));
            }
        });

    [Theory]
    [InlineData("0.0000000000005", 0)]
    [InlineData("0.0000000000015", 2)]
    [InlineData("-0.0000000000025", -2)]
    [InlineData("1.10", 1_100_000_000_000)]
    public void Halves_go_to_the_even_digit(string amount, long expected) => Assert.Equal(expected, (long)Money128.FromDecimal(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void The_first_amount_that_does_not_fit_is_refused_by_name()
    {
        const decimal First = 100_000_000_000_000_000_000_000_000m;
        Assert.Equal(_largest - BigInteger.Pow(10, 11), (BigInteger)Money128.FromDecimal(First - 0.1m));
        Assert.Contains("100000000000000000000000000", Assert.Throws<OverflowException>(() => Money128.FromDecimal(-First)).Message, StringComparison.Ordinal);
    }

    private static BigInteger Rounded(decimal amount, int scale)
    {
        Span<int> words = stackalloc int[4];
        decimal.GetBits(amount, words);
        BigInteger digits = ((BigInteger)(uint)words[2] << 64) | ((BigInteger)(uint)words[1] << 32) | (uint)words[0];
        if (scale <= Money128.Scale) digits *= BigInteger.Pow(10, Money128.Scale - scale);
        else
        {
            BigInteger divisor = BigInteger.Pow(10, scale - Money128.Scale);
            digits = BigInteger.DivRem(digits, divisor, out BigInteger rest);
            int half = (rest * 2).CompareTo(divisor);
            if (half > 0 || (half == 0 && !digits.IsEven)) digits++;
        }

        return amount < 0 ? -digits : digits;
    }
}
