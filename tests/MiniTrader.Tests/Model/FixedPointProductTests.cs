using CsCheck;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Model;

/// <summary>Products of prices and quantities, which become money, against the same product of decimals.</summary>
public sealed class FixedPointProductTests
{
    private static readonly Gen<long> _raw = Gen.OneOf(
        Gen.Long[-2_000_000, 2_000_000], Gen.Long[-1_000_000_000, 1_000_000_000].Select(u => u * 1_000_000_000), Gen.Long);

    [Fact]
    public void A_product_is_that_of_the_decimals() =>
        Gen.Select(_raw, _raw).Sample((a, b) =>
        {
            decimal expected = FixedPoint.ToDecimal(a) * FixedPoint.ToDecimal(b);
            Assert.Equal(expected, FixedPoint.Multiply(a, b));
            Assert.Equal(expected, FixedPoint.Multiply(b, a));
        });

    [Theory]
    [InlineData(0, 5_000_000_000, "0.000000000")]
    [InlineData(10_010_000_000, 3_000_000_000, "30.030000000")]
    [InlineData(-37_630_000_000, 100_000_000_000, "-3763.000000000")]
    [InlineData(10_000_000_001, 500_000_000, "5.000000000500000000")]
    [InlineData(long.MinValue, 1_000_000_000, "-9223372036.854775808")]
    [InlineData(long.MaxValue, 2_000_000_000, "18446744073.709551614")]
    public void A_product_has_nine_decimals_where_they_are_enough(long a, long b, string expected) =>
        Assert.Equal(expected, FixedPoint.Multiply(a, b).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
