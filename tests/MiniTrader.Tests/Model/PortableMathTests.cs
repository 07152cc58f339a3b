using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Model;

/// <summary>As close to the platform's functions as a double allows, and the same bits wherever it runs.</summary>
public sealed class PortableMathTests
{
    private const double Tolerance = 4e-15;

    [Fact]
    public void Exp_and_log_are_those_of_the_platform_but_for_the_last_bits()
    {
        SeededRandom random = new(11);
        for (int i = 0; i < 20_000; i++)
        {
            double x = (random.NextDouble() - 0.5) * 100;
            Close(Math.Exp(x), PortableMath.Exp(x));
            double y = Math.Exp((random.NextDouble() - 0.5) * 1_000);
            Assert.Equal(Math.Log(y), PortableMath.Log(y), Math.Max(1, Math.Abs(Math.Log(y))) * Tolerance);
            double p = random.NextDouble() * 10;
            Assert.Equal(Math.Pow(p, 1.5), PortableMath.Pow(p, 1.5), Math.Max(1e-10, Math.Pow(p, 1.5)) * 4 * Tolerance);
        }
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(-1000.0, 0.0)]
    [InlineData(1000.0, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Exp_at_its_ends(double x, double expected) => Assert.Equal(expected, PortableMath.Exp(x));

    [Theory]
    [InlineData(1.0, 0.0)]
    [InlineData(0.0, double.NegativeInfinity)]
    [InlineData(-1.0, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.Epsilon, -744.4400719213812)]
    public void Log_at_its_ends(double x, double expected) => Assert.Equal(expected, PortableMath.Log(x), 1e-12);

    [Theory]
    [InlineData(3.0, 4.0, 81.0)]
    [InlineData(0.0, 0.0, 1.0)]
    [InlineData(0.0, 2.5, 0.0)]
    [InlineData(2.0, -1.0, 0.5)]
    public void Powers(double x, double y, double expected) => Assert.Equal(expected, PortableMath.Pow(x, y), 1e-15);

    /// <summary>Bits that were printed once on x64 Linux; any other machine has to print the same.</summary>
    [Fact]
    public void The_bits_are_fixed()
    {
        RollingHash hash = default;
        SeededRandom random = new(42);
        for (int i = 0; i < 1_000; i++)
        {
            hash.Add((ulong)BitConverter.DoubleToInt64Bits(random.NextNormal()));
            hash.Add((ulong)BitConverter.DoubleToInt64Bits(PortableMath.Exp(random.NextDouble())));
        }

        Assert.Equal("c68041fc00067a30", hash.Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Normal_deviates_have_mean_0_and_deviation_1()
    {
        SeededRandom random = new(7);
        double sum = 0, squares = 0;
        int beyondTwo = 0;
        const int Count = 100_000;
        for (int i = 0; i < Count; i++)
        {
            double z = random.NextNormal();
            sum += z;
            squares += z * z;
            if (Math.Abs(z) > 2) beyondTwo++;
        }

        Assert.InRange(sum / Count, -0.01, 0.01);
        Assert.InRange(squares / Count, 0.98, 1.02);
        Assert.InRange((double)beyondTwo / Count, 0.0455 - 0.002, 0.0455 + 0.002);
    }

    private static void Close(double expected, double actual) => Assert.Equal(expected, actual, Math.Abs(expected) * Tolerance);
}
