using CsCheck;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Model;

/// <summary>The operators of decimal are the oracle: the same number and the same scale, whatever the sizes, signs and scales are.</summary>
public sealed class DecimalSumTests
{
    // Small and large magnitudes, equal and unequal scales, and the edges of 64 and 96 bits.
    private static readonly int[] _highs = [0, 0, 0, 1, -1, int.MaxValue];
    private static readonly byte[] _scales = [0, 2, 9, 9, 9, 18];
    private static readonly Gen<decimal> _amounts = Gen.Select(
        Gen.OneOf(
            Gen.Int[-3, 3].Select(i => (i, 0, 0)),
            Gen.Select(Gen.Int, Gen.Int, Gen.Int[0, 5]).Select((low, mid, high) => (low, mid, _highs[high])),
            Gen.Const((-1, -1, 0))),
        Gen.Bool,
        Gen.Int[0, 5]).Select((bits, isNegative, scale) => new decimal(bits.Item1, bits.Item2, bits.Item3, isNegative, _scales[scale]));

    [Fact]
    public void Sums_are_those_of_the_operators_in_number_and_scale() => Gen.Select(_amounts, _amounts).Sample(
        (sum, amount) =>
        {
            Same(sum, amount, (ref decimal s, in decimal a) => DecimalSum.Add(ref s, in a), (s, a) => s + a);
            Same(sum, amount, (ref decimal s, in decimal a) => DecimalSum.Subtract(ref s, in a), (s, a) => s - a);
            Same(sum, amount, (ref decimal s, in decimal a) => DecimalSum.AddMagnitude(ref s, in a), (s, a) => s + Math.Abs(a));
            Assert.Equal(amount == 0m, DecimalSum.IsZero(in amount));
        },
        iter: 200_000);

    [Fact]
    public void A_long_sum_stays_exact_beyond_64_bits()
    {
        decimal sum = 0m, expected = 0m, amount = 9_000_000_000.123456789m;
        for (int i = 0; i < 1_000; i++)
        {
            DecimalSum.Add(ref sum, in amount);
            expected += amount;
        }

        Assert.Equal(expected, sum);
        for (int i = 0; i < 1_000; i++) DecimalSum.Subtract(ref sum, in amount);
        Assert.Equal(0m, sum);
    }

    [Fact]
    public void A_sum_may_be_added_to_itself()
    {
        decimal sum = 1.5m;
        DecimalSum.Add(ref sum, in sum);
        Assert.Equal(3.0m, sum);
        DecimalSum.Subtract(ref sum, in sum);
        Assert.Equal(0m, sum);
    }

    private delegate void Step(ref decimal sum, in decimal amount);

    private static void Same(decimal sum, decimal amount, Step step, Func<decimal, decimal, decimal> oracle)
    {
        decimal expected;
        try
        {
            expected = oracle(sum, amount);
        }
        catch (OverflowException)
        {
            Assert.Throws<OverflowException>(() => step(ref sum, in amount));
            return;
        }

        decimal actual = sum;
        step(ref actual, in amount);
        Assert.Equal(expected, actual);
        Assert.Equal(expected.Scale, actual.Scale);
    }
}
