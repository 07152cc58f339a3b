using MiniTrader.Analytics;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Analytics;

/// <summary>What each of several strategies did, worked out on paper.</summary>
public sealed class StrategyStatisticsTests
{
    private static RunStatistics Two()
    {
        StatisticsBuilder builder = new();
        builder.Add(Sample.Equity(Sample.Minute(0), 10_000));
        builder.Add(Sample.Equity(Sample.Minute(60), 10_000));

        // The first buys 10 at 100 and sells them at 103, which is 30 − 2 fees; both in one instrument.
        builder.Add(Sample.Buy(10, 100, fee: 1, minute: 1));
        builder.Add(Sample.Sell(10, 103, fee: 1, minute: 2));

        // The second loses 5 × 1 + 1 in the same instrument and leaves two euro contracts of ten open.
        builder.Add(Sample.Buy(5, 101, fee: 0.5m, minute: 3, strategy: 2));
        builder.Add(Sample.Sell(5, 100, fee: 0.5m, minute: 4, strategy: 2));
        builder.Add(Sample.Buy(2, 50, fee: 3, minute: 5, instrument: 1, rate: 1.1m, strategy: 2));

        builder.Add(Sample.Order(1, OrderStatus.Filled) with { Replaces = 3 });
        builder.Add(Sample.Order(2, OrderStatus.Cancelled) with { Replaces = 1 });
        builder.Add(Sample.Order(3, OrderStatus.Denied) with { Strategy = new(2), Replaces = 0 });
        builder.Add(Sample.Order(4, OrderStatus.Rejected) with { Strategy = new(2), Replaces = 0 });
        builder.Add(Sample.Order(5, OrderStatus.Expired) with { Strategy = new(2), Replaces = 2 });
        return builder.Build();
    }

    [Fact]
    public void Every_figure_of_two_strategies()
    {
        RunStatistics s = Two();
        Assert.Equal((5, 6, 1), (s.Orders, s.Replaces, s.Cancelled));
        Assert.Equal(
            [
                new()
                {
                    Strategy = 0, Instrument = 0, Orders = 2, Replaces = 4, Cancelled = 1, Fills = 2, Trades = 1, WinningTrades = 1,
                    TradedNotional = 2_030m, Turnover = 0.203, Fees = 2m, Profit = 28m,
                },
                new()
                {
                    // 505 + 500 + 2 × 50 × 10 × 1.1; fees 0.5 + 0.5 + 3.3.
                    Strategy = 2, Instrument = null, Orders = 3, Replaces = 2, Refused = 2, Fills = 3, Trades = 1,
                    TradedNotional = 2_105m, Turnover = 0.2105, Fees = 4.3m, Profit = -6m,
                },
            ],
            s.PerStrategy);
    }

    [Fact]
    public void The_table_has_a_row_for_each_strategy_of_the_run_in_its_order()
    {
        RunSummary run = Sample.Summary(Two()) with { Strategies = ["Up", "Idle", "Down"] };
        Assert.Equal(
            [
                "Up | ABC.XNAS | 2 | 4 | 1 | 0 | 2 | 1 | 100.00 % | 0.20 | 2.00 | +28.00",
                "Idle | – | 0 | 0 | 0 | 0 | 0 | 0 | – | 0.00 | 0.00 | 0.00",
                "Down | several | 3 | 2 | 0 | 2 | 3 | 1 | 0.00 % | 0.21 | 4.30 | −6.00",
            ],
            StrategyTable.Rows(run).Select(r => string.Join(" | ", r.Cells)));
    }

    [Fact]
    public void A_run_of_one_strategy_has_no_table() => Assert.Empty(StrategyTable.Rows(Sample.Summary(Two())));

    [Fact]
    public void It_comes_back_from_the_summary()
    {
        RunSummary run = Sample.Summary(Two()) with { Strategies = ["Up", "Idle", "Down"] };
        Assert.Equal(run.PerStrategy, SummaryJson.Read(SummaryJson.Write(run)).PerStrategy);
    }
}
