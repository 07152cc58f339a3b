using MiniTrader.Model;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Strategies;

/// <summary>What all indicators promise alike: refused inputs, refused periods, a reset that forgets, no bytes per update.</summary>
public sealed class IndicatorContractTests
{
    /// <summary>Each indicator as its update, value, warmth and reset.</summary>
    public static TheoryData<string> All => ["Sma", "Ema", "Wma", "Rsi", "Atr", "Bollinger", "Macd", "RollingDeviation", "RollingMax", "RollingMin", "Zscore"];

    [Theory]
    [MemberData(nameof(All))]
    public void A_number_that_is_none_is_refused_and_changes_nothing(string name)
    {
        Subject subject = new(name);
        for (int i = 0; i < 60; i++) subject.Update(100 + (i % 7));
        double before = subject.Value();
        foreach (double bad in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1.1e100, -double.MaxValue])
        {
            ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => subject.Update(bad));
            Assert.Contains("finite", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, subject.Value());
        Subject twin = new(name);
        for (int i = 0; i < 60; i++) twin.Update(100 + (i % 7));
        Assert.Equal(twin.Update(103.5), subject.Update(103.5));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_largest_inputs_stay_finite(string name)
    {
        Subject subject = new(name);
        for (int i = 0; i < 100; i++) subject.Update((i & 1) == 0 ? IndicatorInput.Largest : -IndicatorInput.Largest);
        Assert.True(double.IsFinite(subject.Value()));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_reset_indicator_is_a_new_one(string name)
    {
        Subject used = new(name), fresh = new(name);
        for (int i = 0; i < 77; i++) used.Update(i * i);
        used.Reset();
        Assert.True(double.IsNaN(used.Value()));
        Assert.False(used.IsWarm());
        for (int i = 0; i < 77; i++)
        {
            Assert.Equal(fresh.Update(50 + (i % 9)), used.Update(50 + (i % 9)));
            Assert.Equal(fresh.IsWarm(), used.IsWarm());
        }

        Assert.True(used.IsWarm());
        Assert.Equal(used.Update(3), used.Value());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(IndicatorInput.MaxPeriod + 1)]
    public void A_period_out_of_range_is_refused(int period)
    {
        Action[] constructions =
        [
            () => _ = new Sma(period), () => _ = new Ema(period), () => _ = new Wma(period), () => _ = new Rsi(period), () => _ = new Atr(period),
            () => _ = new Bollinger(period), () => _ = new RollingDeviation(period), () => _ = new RollingMax(period), () => _ = new RollingMin(period),
            () => _ = new Zscore(period), () => _ = new RollingVwap(period), () => _ = new Macd(1, 2, period),
        ];
        foreach (Action construct in constructions) Assert.Throws<ArgumentOutOfRangeException>(construct);
    }

    [Fact]
    public void Arguments_that_contradict_each_other_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Macd(26, 12, 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RollingDeviation(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Bollinger(20, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Bollinger(20, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Vwap.PerDay(TimeSpan.FromHours(24)));
    }

    [Fact]
    public void A_struct_that_was_never_constructed_says_so()
    {
        Assert.Throws<InvalidOperationException>(() => default(Ema).Update(1));
        Assert.Throws<InvalidOperationException>(() => default(Macd).Update(1));
        Assert.Throws<InvalidOperationException>(() => default(Rsi).Update(1));
        Assert.Throws<InvalidOperationException>(() => default(Atr).Update(1));
        Assert.False(default(Ema).IsWarm);
    }

    [Fact]
    public void No_update_allocates()
    {
        Ema ema = new(12);
        Macd macd = new();
        Rsi rsi = new();
        Atr atr = new();
        Vwap vwap = Vwap.PerDay();
        Sma sma = new(20);
        Wma wma = new(20);
        Bollinger bollinger = new();
        RollingDeviation deviation = new(20);
        RollingMax max = new(20);
        RollingMin min = new(20);
        Zscore score = new(20);
        RollingVwap rolling = new(20);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                Price price = new(100_000_000_000 + (i * 1_000_003L % 997));
                ema.Update(price);
                macd.Update(price);
                rsi.Update(price);
                atr.Update(price);
                vwap.Update(new Timestamp(i * Timestamp.NanosecondsPerHour), price, Quantity.FromUnits(1));
                sma.Update(price);
                wma.Update(price);
                bollinger.Update(price);
                deviation.Update(price);
                max.Update(price);
                min.Update(price);
                score.Update(price);
                rolling.Update(price, Quantity.FromUnits(1));
            }
        }));
    }

    /// <summary>One indicator behind delegates, so that a test can run over all of them.</summary>
    private sealed class Subject
    {
        public Subject(string name)
        {
            switch (name)
            {
                case "Ema":
                    Ema ema = new(12);
                    (Update, Value, IsWarm, Reset) = (x => ema.Update(x), () => ema.Value, () => ema.IsWarm, () => ema.Reset());
                    break;
                case "Rsi":
                    Rsi rsi = new(14);
                    (Update, Value, IsWarm, Reset) = (x => rsi.Update(x), () => rsi.Value, () => rsi.IsWarm, () => rsi.Reset());
                    break;
                case "Atr":
                    Atr atr = new(14);
                    (Update, Value, IsWarm, Reset) = (x => atr.Update(x), () => atr.Value, () => atr.IsWarm, () => atr.Reset());
                    break;
                case "Macd":
                    Macd macd = new();
                    (Update, Value, IsWarm, Reset) = (x => macd.Update(x), () => macd.Value, () => macd.IsWarm, () => macd.Reset());
                    break;
                case "Sma":
                    Sma sma = new(20);
                    (Update, Value, IsWarm, Reset) = (sma.Update, () => sma.Value, () => sma.IsWarm, sma.Reset);
                    break;
                case "Wma":
                    Wma wma = new(20);
                    (Update, Value, IsWarm, Reset) = (wma.Update, () => wma.Value, () => wma.IsWarm, wma.Reset);
                    break;
                case "Bollinger":
                    Bollinger bands = new();
                    (Update, Value, IsWarm, Reset) = (bands.Update, () => bands.Value, () => bands.IsWarm, bands.Reset);
                    break;
                case "RollingDeviation":
                    RollingDeviation deviation = new(20);
                    (Update, Value, IsWarm, Reset) = (deviation.Update, () => deviation.Value, () => deviation.IsWarm, deviation.Reset);
                    break;
                case "RollingMax":
                    RollingMax max = new(20);
                    (Update, Value, IsWarm, Reset) = (max.Update, () => max.Value, () => max.IsWarm, max.Reset);
                    break;
                case "RollingMin":
                    RollingMin min = new(20);
                    (Update, Value, IsWarm, Reset) = (min.Update, () => min.Value, () => min.IsWarm, min.Reset);
                    break;
                case "Zscore":
                    Zscore score = new(20);
                    (Update, Value, IsWarm, Reset) = (score.Update, () => score.Value, () => score.IsWarm, score.Reset);
                    break;
                default:
                    throw new ArgumentException($"No indicator is called {name}.", nameof(name));
            }
        }

        public Func<double, double> Update { get; }

        public Func<double> Value { get; }

        public Func<bool> IsWarm { get; }

        public Action Reset { get; }
    }
}
