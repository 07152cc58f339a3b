using CsCheck;
using MiniTrader.Analytics;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Analytics;

/// <summary>The streaming statistics against slow and obvious oracles, on random runs.</summary>
public sealed class StatisticsPropertyTests
{
    /// <summary>Up to 300 points, 1 s to 14 h apart, of equities that wander between 100 and 10,000.</summary>
    private static readonly Gen<List<EquityPoint>> _runs = Gen.Select(Gen.Int[1, 50_000], Gen.Int[10_000, 1_000_000]).List[2, 300].Select(steps =>
    {
        List<EquityPoint> points = [];
        Timestamp time = Sample.Start;
        foreach ((int seconds, int cents) in steps)
        {
            time += seconds * Timestamp.NanosecondsPerSecond;
            points.Add(Sample.Equity(time, cents / 100m, cents % 3 == 0 ? cents / 200m : 0));
        }

        return points;
    });

    [Fact]
    public void Drawdown_is_the_worst_of_all_pairs() => _runs.Sample(points =>
    {
        double worst = 0;
        for (int i = 0; i < points.Count; i++)
        {
            for (int j = i + 1; j < points.Count; j++) worst = Math.Max(worst, (double)((points[i].Equity - points[j].Equity) / points[i].Equity));
        }

        RunStatistics s = Sample.Statistics(points, []);
        Assert.Equal(worst, s.MaxDrawdown, 12);
        if (worst == 0) return;
        decimal peak = points.Last(p => p.Time <= s.MaxDrawdownTrough && p.Time == s.MaxDrawdownPeak).Equity;
        Assert.Equal(peak - s.MaxDrawdownAmount, points.First(p => p.Time == s.MaxDrawdownTrough).Equity);
        EquityPoint? back = points.Where(p => p.Time > s.MaxDrawdownTrough && p.Equity >= peak).Select(p => (EquityPoint?)p).FirstOrDefault();
        Assert.Equal(back?.Time, s.MaxDrawdownRecovery);
    });

    [Fact]
    public void Ratios_are_those_of_the_textbook() => _runs.Sample(points =>
    {
        RunStatistics s = Sample.Statistics(points, []);
        long period = s.ReturnPeriod switch { ReturnPeriod.Day => Timestamp.NanosecondsPerDay, ReturnPeriod.Hour => Timestamp.NanosecondsPerHour, _ => Timestamp.NanosecondsPerMinute };
        List<decimal> last = [points[0].Equity, .. points.GroupBy(p => p.Time.FloorTo(period)).Select(g => g.Last().Equity)];
        List<double> returns = [.. last.Skip(1).Zip(last, (now, before) => (double)(now / before) - 1)];
        double mean = returns.Average();
        double deviation = Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / (returns.Count - 1));
        double downside = Math.Sqrt(returns.Sum(r => r < 0 ? r * r : 0) / returns.Count);
        double root = Math.Sqrt(s.PeriodsPerYear);

        Assert.Equal(returns.Count, s.ReturnCount);
        if (returns.Count < 2) return;
        Near(deviation * root, s.Volatility);
        if (deviation > 0) Near(mean / deviation * root, s.Sharpe);
        if (downside > 0) Near(mean / downside * root, s.Sortino);
    });

    [Fact]
    public void Ratios_do_not_depend_on_the_unit_of_money() => Gen.Select(_runs, Gen.Int[1, 1_000]).Sample((points, factor) =>
    {
        RunStatistics one = Sample.Statistics(points, []);
        RunStatistics many = Sample.Statistics(points.Select(p => Sample.Equity(p.Time, p.Equity * factor, p.GrossExposure * factor)), []);
        Near(one.TotalReturn, many.TotalReturn);
        Near(one.Volatility, many.Volatility);
        Near(one.Sharpe, many.Sharpe);
        Near(one.Sortino, many.Sortino);
        Near(one.MaxDrawdown, many.MaxDrawdown);
        Near(one.AverageLeverage, many.AverageLeverage);
        Assert.Equal(one.Exposure, many.Exposure);
    });

    [Fact]
    public void Profits_of_all_trips_are_the_cash_that_the_fills_moved() =>
        Gen.Select(Gen.Bool, Gen.Int[1, 50], Gen.Int[9_000, 11_000], Gen.Int[-5, 20]).List[1, 200].Sample(steps =>
        {
            List<FillRow> fills = [];
            decimal position = 0;
            foreach ((bool buy, int quantity, int cents, int fee) in steps)
            {
                fills.Add(buy ? Sample.Buy(quantity, cents / 100m, fee / 100m, fills.Count) : Sample.Sell(quantity, cents / 100m, fee / 100m, fills.Count));
                position += buy ? quantity : -quantity;
            }

            if (position > 0) fills.Add(Sample.Sell(position, 100, 1, fills.Count));
            if (position < 0) fills.Add(Sample.Buy(-position, 100, 1, fills.Count));
            decimal cash = fills.Sum(f => (f.Side == OrderSide.Sell ? f.Notional : -f.Notional) - f.Fee);

            RunStatistics s = Sample.Statistics([], fills);
            Assert.Equal(0, s.OpenTrades);
            Assert.Equal(cash, s.PerInstrument[0].Profit, 12);
            Assert.Equal(0, s.PerInstrument[0].OpenQuantity);
            Assert.Equal(fills.Sum(f => f.Fee), s.Fees);
        });

    private static void Near(double expected, double actual)
    {
        if (double.IsNaN(expected)) Assert.True(double.IsNaN(actual));
        else Assert.InRange(actual, expected - (1e-9 * (1 + Math.Abs(expected))), expected + (1e-9 * (1 + Math.Abs(expected))));
    }
}
