using MiniTrader.Model;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Strategies;

/// <summary>What has left a window leaves nothing behind, however much or how long.</summary>
public sealed class DriftTests
{
    private const int Period = 50;

    [Fact]
    public void After_any_history_the_values_are_bit_for_bit_those_of_a_fresh_window()
    {
        // Whole multiples of the period, so that both stand at the same place of the block scheme.
        Sma oldSma = new(Period), newSma = new(Period);
        Wma oldWma = new(Period), newWma = new(Period);
        RollingDeviation oldDeviation = new(Period), newDeviation = new(Period);
        SeededRandom random = new(7);
        for (int i = 0; i < 40_000 * Period; i++)
        {
            double x = (random.NextDouble() - 0.5) * (i % 1000 == 0 ? 1e90 : 1e6);
            oldSma.Update(x);
            oldWma.Update(x);
            oldDeviation.Update(x);
        }

        for (int i = 0; i < 4 * Period; i++)
        {
            double x = 100 + random.NextDouble();
            bool isFresh = i >= Period - 1;
            Same(isFresh, oldSma.Update(x), newSma.Update(x));
            Same(isFresh, oldWma.Update(x), newWma.Update(x));
            Same(isFresh, oldDeviation.Update(x), newDeviation.Update(x));
        }
    }

    [Fact]
    public void A_hundred_million_updates_do_not_move_a_mean()
    {
        // 0.1 has no exact double: a running sum that adds and subtracts it wanders, this one cannot.
        Sma sma = new(1000);
        for (int i = 0; i < 100_000_000; i++) sma.Update((i & 1) == 0 ? 0.1 : 1_000_000.7);
        Assert.Equal((0.1 + 1_000_000.7) / 2, sma.Value, 6);
    }

    [Fact]
    public void A_deviation_of_a_billionth_of_the_level_keeps_its_digits()
    {
        // ±2^−10 on 2^20: the inputs are exact in doubles, but Σx² − (Σx)²/n would be nothing but rounding.
        RollingDeviation deviation = new(100, DeviationKind.Population);
        double level = 1 << 20, step = 1.0 / (1 << 10);
        for (int i = 0; i < 10_000_000; i++) deviation.Update((i & 1) == 0 ? level - step : level + step);
        Assert.Equal(1, deviation.Value / step, 6);
        Assert.Equal(level, deviation.Mean, 9);
    }

    private static void Same(bool isFresh, double a, double b)
    {
        if (isFresh) Assert.Equal(BitConverter.DoubleToInt64Bits(b), BitConverter.DoubleToInt64Bits(a));
    }
}
