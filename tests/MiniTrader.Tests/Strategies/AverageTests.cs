using CsCheck;
using MiniTrader.Model;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Strategies;

/// <summary>Moving averages on sequences that are worked out by hand.</summary>
public sealed class AverageTests
{
    [Fact]
    public void Sma_of_three()
    {
        Sma sma = new(3);
        Assert.True(double.IsNaN(sma.Value));
        Assert.Equal(2, sma.Update(2));           // 2 / 1
        Assert.Equal(3, sma.Update(4));           // (2 + 4) / 2
        Assert.False(sma.IsWarm);
        Assert.Equal(4, sma.Update(6));           // (2 + 4 + 6) / 3
        Assert.True(sma.IsWarm);
        Assert.Equal(7, sma.Update(11));          // (4 + 6 + 11) / 3
        Assert.Equal(6, sma.Update(1));           // (6 + 11 + 1) / 3
        Assert.Equal(4, sma.Update(0));           // (11 + 1 + 0) / 3
        Assert.Equal(0, sma.Update(-1));          // (1 + 0 − 1) / 3
        Assert.Equal(0, sma.Value);
    }

    [Fact]
    public void An_ema_of_one_price_is_that_price_to_the_last_bit() =>
        Gen.Select(Gen.Int[1, 500], Gen.Double[0.01, 100_000]).Sample((period, price) =>
        {
            Ema ema = new(period);
            for (int i = 0; i < period; i++) ema.Update(price);
            double start = ema.Value;
            for (int i = 0; i < 3_000; i++) ema.Update(start);
            Assert.Equal(start, ema.Value);
        });

    [Fact]
    public void Ema_of_three_starts_from_the_mean_of_three_and_then_takes_half_of_each_step()
    {
        Ema ema = new(3);                         // weight 2 / (3 + 1) = 0.5
        Assert.True(double.IsNaN(ema.Value));
        Assert.Equal(2, ema.Update(2));
        Assert.Equal(3, ema.Update(4));
        Assert.False(ema.IsWarm);
        Assert.Equal(5, ema.Update(9));           // (2 + 4 + 9) / 3
        Assert.True(ema.IsWarm);
        Assert.Equal(7, ema.Update(9));           // 5 + 0.5 · (9 − 5)
        Assert.Equal(4, ema.Update(1));           // 7 + 0.5 · (1 − 7)
        Assert.Equal(4.5, ema.Update(5));         // 4 + 0.5 · (5 − 4)
    }

    [Fact]
    public void Wma_of_three_weighs_one_two_three()
    {
        Wma wma = new(3);
        Assert.Equal(3, wma.Update(3));
        Assert.Equal(5, wma.Update(6));           // (1·3 + 2·6) / 3
        Assert.Equal(7, wma.Update(9));           // (1·3 + 2·6 + 3·9) / 6 = 42 / 6
        Assert.True(wma.IsWarm);
        Assert.Equal(5.5, wma.Update(3));         // (1·6 + 2·9 + 3·3) / 6 = 33 / 6
        Assert.Equal(9.5, wma.Update(14));        // (1·9 + 2·3 + 3·14) / 6 = 57 / 6 = 9.5
    }

    [Fact]
    public void Macd_of_two_three_two()
    {
        // Weights: fast 2/3, slow 1/2, signal 2/3.
        Macd macd = new(fast: 2, slow: 3, signal: 2);
        Assert.Equal(0, macd.Update(3));          // 3 − 3
        Assert.Equal(0, macd.Update(9));          // 6 − 6
        Assert.True(double.IsNaN(macd.Signal));
        Assert.Equal(2, macd.Update(12), 12);     // fast 6 + 2/3·6 = 10, slow (3+9+12)/3 = 8
        Assert.Equal(2, macd.Signal, 12);
        Assert.False(macd.IsWarm);
        Assert.Equal(2, macd.Update(16), 12);     // fast 10 + 2/3·6 = 14, slow 8 + 4 = 12
        Assert.Equal(2, macd.Signal, 12);         // (2 + 2) / 2
        Assert.True(macd.IsWarm);
        Assert.Equal(2.5, macd.Update(23), 12);   // fast 14 + 2/3·9 = 20, slow 12 + 1/2·11 = 17.5
        Assert.Equal(2 + (1.0 / 3), macd.Signal, 12);        // 2 + 2/3 · (2.5 − 2)
        Assert.Equal(0.5 - (1.0 / 3), macd.Histogram, 12);
    }

    [Fact]
    public void Prices_count_like_the_numbers_they_stand_for()
    {
        Ema numbers = new(5), prices = new(5);
        foreach (double x in (double[])[100.25, 101.5, 99.75, 100, 102.125, 103])
            Assert.Equal(numbers.Update(x), prices.Update(Price.FromDouble(x)), 12);
    }
}
