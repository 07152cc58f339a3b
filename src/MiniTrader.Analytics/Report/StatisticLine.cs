namespace MiniTrader.Analytics;

/// <summary>A statistic as the report shows it: its name, its value as text, and what it is.</summary>
public sealed record StatisticLine(string Name, string Value, string Definition);

/// <summary>Statistics under one heading.</summary>
public sealed record StatisticGroup(string Name, IReadOnlyList<StatisticLine> Lines)
{
    /// <summary>Every statistic of a run in the order of the report.</summary>
    public static IReadOnlyList<StatisticGroup> All(RunSummary s) =>
    [
        new("Result",
        [
            new("Initial equity", ReportText.Amount(s.InitialEquity), "Equity of the first point."),
            new("Final equity", ReportText.Amount(s.FinalEquity), "Equity of the last point."),
            new("Net profit", ReportText.Signed(s.NetProfit), "Final equity − initial equity."),
            new("Total return", ReportText.Percent(s.TotalReturn), "Final equity / initial equity − 1."),
            new("CAGR", ReportText.Percent(s.Cagr), $"(final / initial)^(365.25 days / elapsed) − 1; not given for runs shorter than {StatisticsBuilder.MinCagrDays} days."),
            new("Fees", ReportText.Amount(s.Fees), "All fees of the fills, rebates taken off."),
            new("Traded notional", ReportText.Amount(s.TradedNotional), "Σ price × quantity × multiplier of the fills, both sides counted."),
            new("Turnover", ReportText.Ratio(s.Turnover), "Traded notional / time-weighted mean equity, over the whole run."),
        ]),
        new("Risk",
        [
            new("Volatility (a year)", ReportText.Percent(s.Volatility), "√P × sample deviation of the period returns."),
            new("Sharpe", ReportText.Ratio(s.Sharpe), "√P × (mean return − risk-free rate / P) / sample deviation of the returns."),
            new("Sortino", ReportText.Ratio(s.Sortino), "√P × mean return / √(Σ min(return, 0)² / n)."),
            new("Returns", Returns(s), "Period and number n of the returns, and P, the periods in a year. A period without an equity point is not counted."),
            new("Maximum drawdown", ReportText.Percent(-s.MaxDrawdown), "Largest fall from a peak of equity, as a share of the peak."),
            new("… amount", ReportText.Amount(-s.MaxDrawdownAmount), "The same fall in money."),
            new("… peak", ReportText.Time(s.MaxDrawdownPeak), "The last moment at the peak that it fell from (UTC)."),
            new("… trough", ReportText.Time(s.MaxDrawdownTrough), "The moment of the lowest equity of that fall (UTC)."),
            new("… recovery", ReportText.Time(s.MaxDrawdownRecovery), "When equity was back at that peak; a dash if it never was (UTC)."),
            new("Longest drawdown", ReportText.Duration(s.LongestDrawdownSeconds), "Longest time from a peak to the return to it, or to the run's end."),
            new("Time in market", ReportText.Percent(s.Exposure), "Time with any position / elapsed time."),
            new("Average leverage", ReportText.Ratio(s.AverageLeverage), "Time-weighted mean of gross exposure / equity."),
        ]),
        new("Trades",
        [
            new("Trades", ReportText.Count(s.Trades), "Closed round trips, flat to flat in one instrument and strategy; a fill that turns the position ends one and begins one."),
            new("Open at the end", ReportText.Count(s.OpenTrades), "Round trips that the run's end left open; in no other trade figure."),
            new("Win rate", ReportText.Percent(s.WinRate), "Trades with a profit above zero, fees taken off / trades."),
            new("Profit factor", ReportText.Ratio(s.ProfitFactor), "Profit of the winning trades / loss of the losing trades; a dash when none lost."),
            new("Average trade", ReportText.Signed(s.AverageTrade), "Profit of all trades / trades, fees taken off."),
            new("Average win", ReportText.Signed(s.AverageWin), "Profit of the winning trades / winning trades."),
            new("Average loss", ReportText.Signed(s.AverageLoss), "Profit of the losing trades / losing trades."),
            new("Best trade", ReportText.Signed(s.BestTrade), "Highest profit of a trade."),
            new("Worst trade", ReportText.Signed(s.WorstTrade), "Lowest profit of a trade."),
            new("Average holding time", ReportText.Duration(s.AverageHoldingSeconds), "Mean time from a trade's first fill to its last."),
        ]),
        new("Orders",
        [
            new("Orders", ReportText.Count(s.Orders), "Orders that strategies asked for, refused ones included."),
            new("Fills", ReportText.Count(s.Fills), "Executions, partial ones included."),
            new("Denied", ReportText.Count(s.Denied), "Orders that the risk gate refused; the venue never saw them."),
            new("Rejected", ReportText.Count(s.Rejected), "Orders that the venue refused."),
            new("Replaces", ReportText.Count(s.Replaces), "Changes of working orders that the venue took over."),
            new("Cancelled", ReportText.Count(s.Cancelled), "Orders that were cancelled before they were filled."),
            new("Expired", ReportText.Count(s.Expired), "Orders whose time in force ran out."),
        ]),
        new("Run",
        [
            new("Events", ReportText.Count(s.Events), "Market events that the engine handled."),
            new("Events a second", ReportText.Compact(s.EventsPerSecond), "Events / wall-clock time from the first to the last."),
            new("Elapsed", ReportText.Duration(s.ElapsedSeconds), "Wall-clock time from the first event to the last."),
            new("Allocated per event", ReportText.Compact(s.AllocatedBytesPerEvent) + " B", "Managed bytes that the engine thread allocated / events."),
            new("Hash", s.Hash, "Rolling hash of every order and report: equal for equal runs."),
            new("Machine", s.Machine, "What the run ran on."),
        ]),
    ];

    private static string Returns(RunSummary s)
    {
        string period = s.ReturnPeriod switch { ReturnPeriod.Day => "daily", ReturnPeriod.Hour => "hourly", _ => "by the minute" };
        return $"{ReportText.Count(s.ReturnCount)} {period}, P = {ReportText.Compact(s.PeriodsPerYear)} a year";
    }
}
