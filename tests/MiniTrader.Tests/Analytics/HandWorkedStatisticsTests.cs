using MiniTrader.Analytics;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Analytics;

/// <summary>Two runs worked out on paper: one of twelve daily equity points, one of six trades. Every figure is spelled out.</summary>
public sealed class HandWorkedStatisticsTests
{
    /// <summary>Returns in percent: 0 (the first day has one point), 2, −1, 0, 1, −2, −3, 1, 4, 0, −1, 2.</summary>
    private static readonly decimal[] _equity =
    [
        100_000m, 102_000m, 100_980m, 100_980m, 101_989.8m, 99_950.004m, 96_951.50388m, 97_921.0189188m, 101_837.859675552m,
        101_837.859675552m, 100_819.48107879648m, 102_835.8707003724096m,
    ];

    /// <summary>In the market from day 1 to day 4 and from day 6 to day 7, at half of 100,980, 100,980, 101,989.8 and so on.</summary>
    private static IEnumerable<EquityPoint> Days() =>
        _equity.Select((equity, day) => Sample.Equity(Sample.Day(day), equity, day is 1 or 2 or 3 or 6 ? equity / 2 : 0));

    private static IEnumerable<FillRow> Fills() =>
    [
        // 1: long 100 from 50 to 51: 100 − 2 fees = 98.
        Sample.Buy(100, 50, fee: 1, minute: 0), Sample.Sell(100, 51, fee: 1, minute: 10),
        // 2: short 100 at 52, 60 back at 51 and 40 at 53: 60 − 40 − 2 = 18.
        Sample.Sell(100, 52, fee: 1, minute: 20), Sample.Buy(60, 51, fee: 0.5m, minute: 25), Sample.Buy(40, 53, fee: 0.5m, minute: 40),
        // 3: long 50 at 53 and 50 at 55, mean 54; 200 sold at 54 turn the position: 0 − 1 − 1 − half of 4 = −4.
        Sample.Buy(50, 53, fee: 1, minute: 50), Sample.Buy(50, 55, fee: 1, minute: 51), Sample.Sell(200, 54, fee: 4, minute: 60),
        // 4: short 100 at 54 with the other half of that fee, back at 56: −200 − 2 − 1 = −203.
        Sample.Buy(100, 56, fee: 1, minute: 70),
        // 5: two euro contracts of 10 from 100 to 101: (20 − 6) × 1.2 at the closing rate = 16.8.
        Sample.Buy(2, 100, fee: 3, minute: 71, instrument: 1, rate: 1.1m), Sample.Sell(2, 101, fee: 3, minute: 81, instrument: 1, rate: 1.2m),
        // 6: long 10 from 10 to 10.2: 2 − 2 = 0, neither won nor lost.
        Sample.Buy(10, 10, fee: 1, minute: 90), Sample.Sell(10, 10.2m, fee: 1, minute: 120),
        // Left open.
        Sample.Buy(5, 20, minute: 121),
    ];

    [Fact]
    public void Equity_figures_of_twelve_days()
    {
        RunStatistics s = Sample.Statistics(Days(), []);

        Assert.Equal(100_000m, s.InitialEquity);
        Assert.Equal(102_835.8707003724096m, s.FinalEquity);
        Assert.Equal(2_835.8707003724096m, s.NetProfit);
        Assert.Equal(0.028358707003724096, s.TotalReturn, 15);
        Assert.Equal(ReturnPeriod.Day, s.ReturnPeriod);
        Assert.Equal(12, s.ReturnCount);

        // Ten of the twelve days are from Monday to Friday: 252 × 12 / 10.
        Assert.Equal(302.4, s.PeriodsPerYear, 10);

        // Σr = 3 %, mean 0.25 %; Σr² = 41, less 12 × 0.25² = 40.25, over 11 = 3.659090…, root 1.912875… %; √302.4 = 17.389652…
        Assert.Equal(0.3326423140415378, s.Volatility, 12);
        Assert.Equal(2.2727114623956, s.Sharpe, 12);

        // Below zero: 1 + 4 + 9 + 1 = 15, over 12 = 1.25, root 1.118033… %; 0.25 / 1.118033… × 17.389652…
        Assert.Equal(3.888444419044716, s.Sortino, 12);

        // From 102,000 on day 1 to 96,951.50388 on day 6, back above on day 11.
        Assert.Equal(0.0494950600, s.MaxDrawdown, 10);
        Assert.Equal(5_048.49612m, s.MaxDrawdownAmount);
        Assert.Equal(Sample.Day(1), s.MaxDrawdownPeak);
        Assert.Equal(Sample.Day(6), s.MaxDrawdownTrough);
        Assert.Equal(Sample.Day(11), s.MaxDrawdownRecovery);
        Assert.Equal(10 * 86_400, s.LongestDrawdownSeconds);

        // In the market on 4 of 11 days, each time with half of the equity; eleven days are too short for a yearly rate.
        Assert.Equal(4.0 / 11, s.Exposure, 15);
        Assert.Equal(4 * 0.5 / 11, s.AverageLeverage, 15);
        Assert.True(double.IsNaN(s.Cagr));
    }

    [Fact]
    public void The_risk_free_rate_is_taken_off_the_mean_return()
    {
        // (0.25 % − 3.024 % / 302.4) = 0.24 %: 24/25 of the ratio without it. Sortino's target stays zero.
        RunStatistics s = Sample.Statistics(Days(), [], new() { RiskFreeRate = 0.03024 });
        Assert.Equal(2.2727114623956 * 24 / 25, s.Sharpe, 12);
        Assert.Equal(3.888444419044716, s.Sortino, 12);
    }

    [Fact]
    public void Trade_figures_of_six_trades()
    {
        RunStatistics s = Sample.Statistics([Sample.Equity(Sample.Minute(0), 47_206m), Sample.Equity(Sample.Minute(130), 47_206m)], Fills());

        Assert.Equal(6, s.Trades);
        Assert.Equal(1, s.OpenTrades);
        Assert.Equal(3, s.WinningTrades);
        Assert.Equal(2, s.LosingTrades);
        Assert.Equal(0.5, s.WinRate);

        // Won 98 + 18 + 16.8 = 132.8, lost 4 + 203 = 207.
        Assert.Equal(132.8 / 207, s.ProfitFactor, 15);
        Assert.Equal(-74.2m / 6, s.AverageTrade);
        Assert.Equal(132.8m / 3, s.AverageWin);
        Assert.Equal(-103.5m, s.AverageLoss);
        Assert.Equal(98m, s.BestTrade);
        Assert.Equal(-203m, s.WorstTrade);

        // 10 + 20 + 10 + 10 + 10 + 30 minutes over six.
        Assert.Equal(15 * 60, s.AverageHoldingSeconds);

        // 2 + 2 + 6 + 1 + (3 × 1.1 + 3 × 1.2) + 2
        Assert.Equal(19.9m, s.Fees);

        // 10,100 + 10,380 + 16,200 + 5,600 + (2,000 × 1.1 + 2,020 × 1.2) + 202 + 100; equity was chosen so that it turns over once.
        Assert.Equal(47_206m, s.TradedNotional);
        Assert.Equal(1, s.Turnover, 15);
        Assert.Equal(14, s.Fills);
    }

    [Fact]
    public void Results_by_instrument_of_the_six_trades()
    {
        IReadOnlyList<InstrumentResult> results = Sample.Statistics([], Fills()).PerInstrument;

        Assert.Equal(
        [
            new() { Instrument = 0, Fills = 12, Bought = 415, Sold = 410, TradedNotional = 42_582, Fees = 13, Trades = 5, WinningTrades = 2, Profit = -91 },
            new() { Instrument = 1, Fills = 2, Bought = 2, Sold = 2, TradedNotional = 4_624, Fees = 6.9m, Trades = 1, WinningTrades = 1, Profit = 16.8m },
        ], results);
        Assert.Equal(5, results[0].OpenQuantity);
    }

    [Fact]
    public void A_year_that_gains_a_tenth_grows_by_a_tenth_a_year()
    {
        RunStatistics s = Sample.Statistics([Sample.Equity(Sample.Day(0), 1_000), Sample.Equity(Sample.Day(365.25), 1_100)], []);
        Assert.Equal(0.1, s.Cagr, 12);

        RunStatistics half = Sample.Statistics([Sample.Equity(Sample.Day(0), 1_000), Sample.Equity(Sample.Day(365.25 / 2), 1_100)], []);
        Assert.Equal(0.21, half.Cagr, 12);

        RunStatistics ruined = Sample.Statistics([Sample.Equity(Sample.Day(0), 1_000), Sample.Equity(Sample.Day(100), -5)], []);
        Assert.Equal(-1, ruined.Cagr);
    }

    [Fact]
    public void Orders_are_counted_by_how_they_ended()
    {
        StatisticsBuilder builder = new();
        OrderStatus[] ends =
        [
            OrderStatus.Filled, OrderStatus.Filled, OrderStatus.Denied, OrderStatus.Rejected, OrderStatus.Rejected, OrderStatus.Rejected,
            OrderStatus.Cancelled, OrderStatus.Expired, OrderStatus.PartiallyFilled,
        ];
        foreach (OrderStatus end in ends) builder.Add(Sample.Order(1, end));
        RunStatistics s = builder.Build();
        Assert.Equal((9, 1, 3, 1, 1), (s.Orders, s.Denied, s.Rejected, s.Cancelled, s.Expired));
    }
}
