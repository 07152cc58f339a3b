using MiniTrader.Model;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Strategies;

/// <summary>Wilder's two indicators on sequences that are worked out by hand.</summary>
public sealed class WilderTests
{
    [Fact]
    public void Rsi_of_four()
    {
        Rsi rsi = new(4);
        Assert.True(double.IsNaN(rsi.Update(50)));
        Assert.Equal(100, rsi.Update(52));             // gain 2, loss 0
        Assert.Equal(100.0 * 2 / 3, rsi.Update(51), 12); // means of two changes: gain 1, loss 0.5
        rsi.Update(54);                                // +3
        Assert.False(rsi.IsWarm);
        Assert.Equal(62.5, rsi.Update(52), 12);        // gains 2+3 = 5, losses 1+2 = 3, both / 4: 1.25 / 2
        Assert.True(rsi.IsWarm);

        // +5: gain 1.25 + (5 − 1.25)/4 = 2.1875, loss 0.75 − 0.75/4 = 0.5625; 2.1875/2.75.
        Assert.Equal(100 * 2.1875 / 2.75, rsi.Update(57), 12);

        // 0: both averages fade by a quarter, the ratio stays.
        Assert.Equal(100 * 2.1875 / 2.75, rsi.Update(57), 12);

        // −4: gain 1.640625·3/4 = 1.23046875, loss 0.421875 + (4 − 0.421875)/4 = 1.31640625.
        Assert.Equal(100 * 1.23046875 / (1.23046875 + 1.31640625), rsi.Update(53), 12);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(-1, 0)]
    [InlineData(0, 50)]
    public void Rsi_at_its_ends(double step, double expected)
    {
        Rsi rsi = new(14);
        for (int i = 0; i < 40; i++) rsi.Update(100 + (i * step));
        Assert.Equal(expected, rsi.Value);
    }

    /// <summary>The usual formula, 100 − 100/(1 + gain/loss), computed from scratch on a longer series.</summary>
    [Fact]
    public void Rsi_of_fourteen_equals_the_textbook_form()
    {
        double[] closes =
        [
            44.34, 44.09, 44.15, 43.61, 44.33, 44.83, 45.10, 45.42, 45.84, 46.08, 45.89, 46.03, 45.61, 46.28, 46.28,
            46.00, 46.03, 46.41, 46.22, 45.64, 46.21, 46.25, 45.71, 46.45, 45.78, 45.35, 44.03, 44.18, 44.22, 44.57,
        ];
        double gain = 0, loss = 0;
        for (int i = 1; i <= 14; i++)
        {
            gain += Math.Max(closes[i] - closes[i - 1], 0) / 14;
            loss += Math.Max(closes[i - 1] - closes[i], 0) / 14;
        }

        Rsi rsi = new(14);
        for (int i = 0; i < closes.Length; i++)
        {
            rsi.Update(closes[i]);
            Assert.Equal(i >= 14, rsi.IsWarm);
            if (i < 14) continue;
            if (i > 14)
            {
                gain = ((gain * 13) + Math.Max(closes[i] - closes[i - 1], 0)) / 14;
                loss = ((loss * 13) + Math.Max(closes[i - 1] - closes[i], 0)) / 14;
            }

            Assert.Equal(100 - (100 / (1 + (gain / loss))), rsi.Value, 9);
        }
    }

    [Fact]
    public void Atr_of_three_bars()
    {
        Atr atr = new(3);
        Assert.Equal(2, atr.Update(high: 12, low: 10, close: 11));    // 12 − 10
        Assert.Equal(2.5, atr.Update(high: 14, low: 13, close: 13));  // gap up: 14 − 11 = 3; (2 + 3)/2
        Assert.False(atr.IsWarm);
        Assert.Equal(3, atr.Update(high: 12, low: 9, close: 10));     // gap down: 13 − 9 = 4; (2 + 3 + 4)/3
        Assert.True(atr.IsWarm);
        Assert.Equal(4, atr.Update(high: 16, low: 10, close: 15), 12); // 6; 3 + (6 − 3)/3
        Assert.Equal(3, atr.Update(high: 15.5, low: 14.5, close: 15), 12); // 1; 4 + (1 − 4)/3
    }

    [Fact]
    public void Atr_reads_bars_of_the_model()
    {
        Atr atr = new(2);
        Bar bar = new() { Open = Price.Parse("10"), High = Price.Parse("12.5"), Low = Price.Parse("9.5"), Close = Price.Parse("12") };
        Assert.Equal(3, atr.Update(in bar), 12);
    }

    [Fact]
    public void Atr_of_prices_is_the_average_step()
    {
        Atr atr = new(2);
        Assert.True(double.IsNaN(atr.Update(100.0)));
        Assert.Equal(3, atr.Update(103.0));
        Assert.False(atr.IsWarm);
        Assert.Equal(2, atr.Update(102.0));                       // (3 + 1)/2
        Assert.True(atr.IsWarm);
        Assert.Equal(3, atr.Update(98.0));                        // 2 + (4 − 2)/2
        Assert.Equal(1.5, atr.Update(Price.Parse("98")));         // 3 + (0 − 3)/2
    }

    [Fact]
    public void Atr_refuses_what_is_not_a_bar()
    {
        Atr atr = new(2);
        atr.Update(12, 10, 11);
        Assert.Throws<ArgumentException>(() => atr.Update(10, 12, 11));
        Assert.Throws<ArgumentException>(() => atr.Update(12, 10, 13));
        Assert.Throws<ArgumentException>(() => atr.Update(12, 10, double.NaN));
        Assert.Equal(2, atr.Value);
    }
}
