using MiniTrader.Analytics;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Analytics;

/// <summary>What the statistics say where there is little or nothing to say, and which period they take returns over.</summary>
public sealed class StatisticsEdgeTests
{
    [Fact]
    public void An_empty_run_has_no_ratios_and_no_error()
    {
        RunStatistics s = Sample.Statistics([], []);
        Assert.Equal(0m, s.FinalEquity);
        Assert.All([s.TotalReturn, s.Cagr, s.Volatility, s.Sharpe, s.Sortino, s.MaxDrawdown, s.Exposure, s.WinRate, s.ProfitFactor, s.Turnover],
            value => Assert.True(double.IsNaN(value)));
        Assert.Null(s.AverageTrade);
        Assert.Null(s.MaxDrawdownPeak);
        Assert.Empty(s.PerInstrument);
    }

    [Fact]
    public void A_flat_run_has_a_return_of_zero_and_no_sharpe()
    {
        RunStatistics s = Sample.Statistics(Enumerable.Range(0, 50).Select(i => Sample.Equity(Sample.Minute(i), 1_000)), []);
        Assert.Equal(0, s.TotalReturn);
        Assert.Equal(0, s.Volatility);
        Assert.Equal(0, s.MaxDrawdown);
        Assert.Equal(0, s.Exposure);
        Assert.True(double.IsNaN(s.Sharpe));
        Assert.True(double.IsNaN(s.Sortino));
    }

    [Fact]
    public void One_trading_day_is_taken_by_the_minute_and_a_year_has_252_such_days()
    {
        RunStatistics s = Sample.Statistics(Enumerable.Range(0, 390).Select(i => Sample.Equity(Sample.Minute(i), 1_000 + (i % 2))), []);
        Assert.Equal(ReturnPeriod.Minute, s.ReturnPeriod);
        Assert.Equal(390, s.ReturnCount);
        Assert.Equal(252 * 390, s.PeriodsPerYear);
        Assert.True(double.IsNaN(s.Cagr));
    }

    [Theory]
    [InlineData(2, 8, ReturnPeriod.Hour, 16, 252.0 * 16 / 2)]
    [InlineData(1, 9, ReturnPeriod.Minute, 9, 252.0 * 9)]
    [InlineData(9, 8, ReturnPeriod.Hour, 72, 252.0 * 72 / 7)]
    [InlineData(10, 8, ReturnPeriod.Day, 10, 252.0 * 10 / 8)]
    public void The_period_is_the_longest_that_was_observed_ten_times(int days, int hoursADay, ReturnPeriod period, long count, double perYear)
    {
        var points = from day in Enumerable.Range(0, days)
                     from hour in Enumerable.Range(0, hoursADay)
                     select Sample.Equity(Sample.Day(day) + (hour * Timestamp.NanosecondsPerHour), 1_000 + day + hour);
        RunStatistics s = Sample.Statistics(points, []);
        Assert.Equal(period, s.ReturnPeriod);
        Assert.Equal(count, s.ReturnCount);
        Assert.Equal(perYear, s.PeriodsPerYear);
    }

    [Theory]
    [InlineData("Monday Tuesday Wednesday Thursday Friday", 252, 252)]
    [InlineData("Sunday Monday Tuesday Wednesday Thursday Friday", 252, 302.4)]
    [InlineData("Sunday Monday Tuesday Wednesday Thursday Friday Saturday", 365, 365)]
    [InlineData("Saturday Sunday", 252, 252)]
    public void A_year_has_252_days_from_Monday_to_Friday_and_what_trades_on_Sundays_too_has_more(string weekdays, double tradingDays, double perYear)
    {
        HashSet<DayOfWeek> open = [.. weekdays.Split(' ').Select(Enum.Parse<DayOfWeek>)];
        StatisticsBuilder builder = new(new() { TradingDaysPerYear = tradingDays });
        for (int day = 0; day < 70; day++)
        {
            if (open.Contains(Sample.Day(day).Date.DayOfWeek)) builder.Add(Sample.Equity(Sample.Day(day), 1_000 + day));
        }

        RunStatistics s = builder.Build();
        Assert.Equal(ReturnPeriod.Day, s.ReturnPeriod);
        Assert.Equal(10 * open.Count, s.ReturnCount);
        Assert.Equal(perYear, s.PeriodsPerYear, 9);
    }

    [Fact]
    public void Equity_below_zero_has_a_drawdown_beyond_the_whole_and_no_volatility()
    {
        RunStatistics s = Sample.Statistics(new decimal[] { 100, 50, -20, 30 }.Select((e, i) => Sample.Equity(Sample.Minute(i), e)), []);
        Assert.Equal(1.2, s.MaxDrawdown, 15);
        Assert.Equal(120m, s.MaxDrawdownAmount);
        Assert.Null(s.MaxDrawdownRecovery);
        Assert.True(double.IsNaN(s.Volatility));
        Assert.True(double.IsNaN(s.Sharpe));
    }

    [Fact]
    public void A_run_that_begins_below_zero_has_no_return()
    {
        RunStatistics s = Sample.Statistics([Sample.Equity(Sample.Minute(0), -10), Sample.Equity(Sample.Minute(1), -20)], []);
        Assert.True(double.IsNaN(s.TotalReturn));
        Assert.True(double.IsNaN(s.MaxDrawdown));
        Assert.True(double.IsNaN(s.Turnover));
        Assert.Equal(-10m, s.NetProfit);
    }

    [Fact]
    public void An_equity_point_out_of_order_is_refused_with_both_times()
    {
        StatisticsBuilder builder = new();
        builder.Add(Sample.Equity(Sample.Minute(5), 1));
        ArgumentException e = Assert.Throws<ArgumentException>(() => builder.Add(Sample.Equity(Sample.Minute(4), 1)));
        Assert.Contains("2024-01-01T09:04:00Z", e.Message, StringComparison.Ordinal);
        Assert.Contains("2024-01-01T09:05:00Z", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Building_twice_changes_nothing()
    {
        StatisticsBuilder builder = new();
        builder.Add(Sample.Equity(Sample.Minute(0), 100));
        builder.Add(Sample.Equity(Sample.Minute(1), 90));
        _ = builder.Build();
        builder.Add(Sample.Equity(Sample.Minute(2), 110));
        RunStatistics again = Sample.Statistics(new decimal[] { 100, 90, 110 }.Select((e, i) => Sample.Equity(Sample.Minute(i), e)), []);
        Assert.Equal(SummaryJson.Write(Sample.Summary(again)), SummaryJson.Write(Sample.Summary(builder.Build())));
    }

    [Fact]
    public void The_same_instrument_in_two_strategies_makes_two_trips()
    {
        RunStatistics s = Sample.Statistics([], [Sample.Buy(1, 10, strategy: 0), Sample.Sell(1, 12, strategy: 1), Sample.Sell(1, 11, strategy: 0), Sample.Buy(1, 11, strategy: 1)]);
        Assert.Equal(2, s.Trades);
        Assert.Equal(1m, s.AverageTrade);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(367, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(252, double.NaN)]
    public void Options_that_make_no_sense_are_refused(double days, double rate) =>
        Assert.Throws<ArgumentException>(() => new StatisticsBuilder(new() { TradingDaysPerYear = days, RiskFreeRate = rate }));
}
