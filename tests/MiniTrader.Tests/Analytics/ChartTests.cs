using CsCheck;
using MiniTrader.Analytics;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Analytics;

/// <summary>Axes and thinning of the report's charts.</summary>
public sealed class ChartTests
{
    [Theory]
    [InlineData(0, 10, 2, 0, 10)]
    [InlineData(3, 97, 20, 0, 100)]
    [InlineData(99_871, 100_312, 100, 99_800, 100_400)]
    [InlineData(-0.34, 0, 0.1, -0.4, 0)]
    public void Ticks_are_round(double low, double high, double step, double first, double last)
    {
        ValueAxis axis = new(low, high);
        Assert.Equal(step, axis.Step, 9);
        Assert.Equal(first, axis.Low, 9);
        Assert.Equal(last, axis.High, 9);
    }

    [Fact]
    public void An_axis_covers_its_values_with_few_ticks() => Gen.Select(Gen.Double[-1e20, 1e20], Gen.Double[-12, 12], Gen.Double[0, 1e20]).Sample((middle, power, width) =>
    {
        double low = middle * Math.Pow(10, power - 8), high = low + (width * Math.Pow(10, power - 8));
        ValueAxis axis = new(low, high);
        Assert.InRange(axis.Place(low), -1e-6, 1 + 1e-6);
        Assert.InRange(axis.Place(high), -1e-6, 1 + 1e-6);
        Assert.InRange(axis.Ticks.Count(), 2, 12);
        Assert.Equal(axis.Ticks.Count(), axis.Ticks.Select(axis.Label).Distinct().Count());
    });

    [Theory]
    [InlineData("2024-01-01T09:30:00Z", "2024-01-01T16:00:00Z", "10:00", "1 Jan 2024")]
    [InlineData("2024-01-01T09:30:00Z", "2024-01-09T16:00:00Z", "2 Jan", "2024")]
    [InlineData("2023-11-20T00:00:00Z", "2024-09-01T00:00:00Z", "Jan", "2024")]
    [InlineData("2003-11-20T00:00:00Z", "2024-09-01T00:00:00Z", "2005", null)]
    [InlineData("2024-01-01T09:30:00Z", "2024-01-01T09:30:02Z", "09:30:00.000", "1 Jan 2024")]
    public void Time_ticks_are_at_round_times(string from, string to, string label, string? date)
    {
        TimeAxis axis = new(Timestamp.Parse(from), Timestamp.Parse(to));
        Assert.Contains(axis.Ticks, t => t.Label == label && t.Date == date);
        Assert.InRange(axis.Ticks.Count, 3, 12);
        Assert.All(axis.Ticks, t => Assert.InRange(axis.Place(t.Time), 0, 1));
    }

    /// <summary>The last tick stands on the right end of the plot, nearer to the edge of the drawing than half of its date is wide.</summary>
    [Fact]
    public void A_date_at_the_right_end_is_not_cut_off()
    {
        TimeAxis time = new(Timestamp.Parse("2013-10-07"), Timestamp.Parse("2013-10-09"));
        Markup page = new();
        new LineChart
        {
            Title = "T",
            Description = "D",
            Time = time,
            Lines = [new("L", "equity", [new(time.From, 1), new(time.To, 2)])],
            Format = v => Markup.Number(v),
        }.WriteTo(page);
        string svg = page.ToString();
        Assert.Matches("<text class=\"tick date\" text-anchor=\"end\" [^>]*>9 Oct 2013</text>", svg);
        Assert.Matches("<text class=\"tick date\" text-anchor=\"middle\" [^>]*>8 Oct 2013</text>", svg);
    }

    [Fact]
    public void Time_ticks_are_few_for_every_length() => Gen.Select(Gen.Long[-5_000_000_000_000_000_000, 5_000_000_000_000_000_000], Gen.Double[0, 18.5]).Sample((start, power) =>
    {
        TimeAxis axis = new(new(start), new(start + (long)Math.Pow(10, power)));
        Assert.InRange(axis.Ticks.Count, 0, 20);
        Assert.All(axis.Ticks, t => Assert.InRange(axis.Place(t.Time), 0, 1));
    });

    [Fact]
    public void Thinning_keeps_ends_and_extremes_of_any_series() => Gen.Double[-1e6, 1e6].List[1, 3_000].Sample(values =>
    {
        SeriesSampler sampler = new(16);
        for (int i = 0; i < values.Count; i++) sampler.Add(new(i), values[i]);
        IReadOnlyList<ChartPoint> points = sampler.Points();

        Assert.InRange(points.Count, 1, 64);
        Assert.Equal(new ChartPoint(new(0), values[0]), points[0]);
        Assert.Equal(new ChartPoint(new(values.Count - 1), values[^1]), points[^1]);
        Assert.Equal(values.Max(), points.Max(p => p.Value));
        Assert.Equal(values.Min(), points.Min(p => p.Value));
        Assert.All(points, p => Assert.Equal(values[(int)p.Time.Nanoseconds], p.Value));
        Assert.Equal(points.Select(p => p.Time.Nanoseconds).Order(), points.Select(p => p.Time.Nanoseconds));
    });

    [Fact]
    public void A_short_series_is_kept_whole()
    {
        SeriesSampler sampler = new(16);
        for (int i = 0; i < 16; i++) sampler.Add(new(i), i);
        Assert.Equal(16, sampler.Points().Count);
        sampler.Add(new(16), double.NaN);
        Assert.Equal(16, sampler.Added);
    }

    [Fact]
    public void A_thinned_list_keeps_every_stride_th_item() => Gen.Select(Gen.Int[1, 40], Gen.Int[0, 2_000]).Sample((capacity, count) =>
    {
        ThinnedList<int> list = new(capacity);
        for (int i = 0; i < count; i++) list.Add(i);
        Assert.InRange(list.Items.Count, 0, capacity);
        Assert.Equal(Enumerable.Range(0, count).Where(i => i % list.Stride == 0), list.Items);
    });

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(0.000123, "0.0001")]
    [InlineData(-1234.5, "−1,234.50")]
    [InlineData(123456789012.5, "123,456,789,013")]
    [InlineData(1.5e18, "1.500e+18")]
    public void Amounts_are_written_as_their_size_asks(double amount, string text) => Assert.Equal(text, ReportText.Amount((decimal)amount));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.0025, "2.5 ms")]
    [InlineData(59.96, "60 s")]
    [InlineData(125, "2 min 05 s")]
    [InlineData(7_500, "2 h 05 min")]
    [InlineData(180_000, "2 d 2 h")]
    public void Durations_have_two_units(double seconds, string text) => Assert.Equal(text, ReportText.Duration(seconds));

    [Theory]
    [InlineData(-0.00001, "0.00 %")]
    [InlineData(-0.0, "0.00 %")]
    [InlineData(-0.1234, "−12.34 %")]
    [InlineData(2e9, "200B %")]
    [InlineData(double.NaN, "–")]
    public void Percentages_carry_a_sign_only_when_they_are_not_zero(double share, string text) => Assert.Equal(text, ReportText.Percent(share));

    [Theory]
    [InlineData(0, 0, -1, 1)]
    [InlineData(5, 5, 4.995, 5.005)]
    public void An_axis_of_one_value_has_room_around_it(double low, double high, double first, double last)
    {
        ValueAxis axis = new(low, high);
        Assert.InRange(axis.Low, first - 0.01, first + 0.01);
        Assert.InRange(axis.High, last - 0.01, last + 0.01);
    }
}
