using MiniTrader.Model;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Strategies;

/// <summary>Deviations, bands, scores and extremes on sequences that are worked out by hand.</summary>
public sealed class DispersionTests
{
    [Fact]
    public void The_population_deviation_of_2_4_4_4_5_5_7_9_is_2()
    {
        // Mean 40/8 = 5; squares 9+1+1+1+0+0+4+16 = 32; 32/8 = 4.
        RollingDeviation deviation = new(8, DeviationKind.Population);
        foreach (double x in (double[])[2, 4, 4, 4, 5, 5, 7, 9]) deviation.Update(x);
        Assert.True(deviation.IsWarm);
        Assert.Equal(5, deviation.Mean, 12);
        Assert.Equal(4, deviation.Variance, 12);
        Assert.Equal(2, deviation.Value, 12);
    }

    [Fact]
    public void A_sample_of_one_has_no_deviation()
    {
        RollingDeviation deviation = new(3);
        Assert.True(double.IsNaN(deviation.Update(7)));
        Assert.Equal(Math.Sqrt(2), deviation.Update(9), 12);   // mean 8, squares 1 + 1, / (2 − 1)
        Assert.Equal(1, deviation.Update(8), 12);              // mean 8, squares 1 + 1 + 0, / (3 − 1)
        Assert.Equal(Math.Sqrt(7), deviation.Update(4), 12);   // 9, 8, 4: mean 7, squares 4 + 1 + 9, / 2
    }

    [Fact]
    public void Equal_inputs_deviate_by_exactly_zero_and_score_zero()
    {
        RollingDeviation deviation = new(7);
        Zscore score = new(7);
        Bollinger bands = new(7);
        for (int i = 0; i < 100; i++)
        {
            deviation.Update(0.1);
            score.Update(0.1);
            bands.Update(0.1);
        }

        Assert.Equal(0, deviation.Value);
        Assert.Equal(0.1, deviation.Mean);
        Assert.Equal(0, score.Value);
        Assert.Equal(0.1, bands.Upper);
        Assert.Equal(0.1, bands.Lower);
        Assert.Equal(0.5, bands.PercentB);
    }

    [Fact]
    public void Zscore_of_the_newest()
    {
        // 1, 2, 3: mean 2, sample deviation 1, newest 3.
        Zscore score = new(3);
        score.Update(1);
        score.Update(2);
        Assert.Equal(1, score.Update(3), 12);

        // 2, 3, −2: mean 1, squares 1 + 4 + 9 = 14, / 2 = 7; (−2 − 1)/√7.
        Assert.Equal(-3 / Math.Sqrt(7), score.Update(-2), 12);
        Assert.Equal(1, score.Mean, 12);
        Assert.Equal(Math.Sqrt(7), score.Deviation, 12);
    }

    [Fact]
    public void Bollinger_bands_stand_two_population_deviations_away()
    {
        // 10, 12, 14, 16: mean 13, squares 9 + 1 + 1 + 9 = 20, / 4 = 5.
        Bollinger bands = new(4, 2);
        foreach (double x in (double[])[99, 10, 12, 14, 16]) bands.Update(x);
        Assert.True(bands.IsWarm);
        Assert.Equal(13, bands.Middle, 12);
        Assert.Equal(13 + (2 * Math.Sqrt(5)), bands.Upper, 12);
        Assert.Equal(13 - (2 * Math.Sqrt(5)), bands.Lower, 12);
        Assert.Equal(4 * Math.Sqrt(5) / 13, bands.Bandwidth, 12);
        Assert.Equal(0.5 + (3 / (4 * Math.Sqrt(5))), bands.PercentB, 12);
        Assert.Equal(bands.Middle, bands.Value);
    }

    [Fact]
    public void Highest_and_lowest_of_three()
    {
        RollingMax max = new(3);
        RollingMin min = new(3);
        double[] x = [5, 3, 4, 1, 2, 2, 6, 0];
        double[] highest = [5, 5, 5, 4, 4, 2, 6, 6];
        double[] lowest = [5, 3, 3, 1, 1, 1, 2, 0];
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(highest[i], max.Update(x[i]));
            Assert.Equal(lowest[i], min.Update(Price.FromDouble(x[i])), 12);
            Assert.Equal(i >= 2, max.IsWarm);
        }
    }
}
