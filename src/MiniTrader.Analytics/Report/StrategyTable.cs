namespace MiniTrader.Analytics;

/// <summary>What each strategy of a run did, as the report and the terminal show it: headings, and a row of texts for each strategy.</summary>
public static class StrategyTable
{
    /// <summary>How many of the headings, from the first, stand over words; the others stand over numbers.</summary>
    public const int Words = 2;

    /// <summary>Names of the columns.</summary>
    public static IReadOnlyList<string> Headings { get; } =
        ["Strategy", "Instrument", "Orders", "Replaces", "Cancelled", "Refused", "Fills", "Trades", "Won", "Turnover", "Fees", "Profit"];

    /// <summary>The strategies of a run in their order, those that did nothing too; none for a run of one strategy, whose figures are the run's.</summary>
    public static IReadOnlyList<(StrategyResult Result, IReadOnlyList<string> Cells)> Rows(RunSummary run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Strategies.Count < 2) return [];
        Dictionary<int, StrategyResult> results = run.PerStrategy.ToDictionary(r => r.Strategy);
        return [.. run.Strategies.Select((name, i) => Row(run, name, results.GetValueOrDefault(i, new StrategyResult { Strategy = i, Turnover = 0 })))];
    }

    private static (StrategyResult Result, IReadOnlyList<string> Cells) Row(RunSummary run, string name, StrategyResult result)
    {
        string instrument = result switch
        {
            { Instrument: { } index } when index < run.Instruments.Count => run.Instruments[index],
            { Orders: 0, Fills: 0 } => ReportText.Undefined,
            _ => "several",
        };
        double won = result.Trades > 0 ? (double)result.WinningTrades / result.Trades : double.NaN;
        return (result,
        [
            name,
            instrument,
            ReportText.Count(result.Orders),
            ReportText.Count(result.Replaces),
            ReportText.Count(result.Cancelled),
            ReportText.Count(result.Refused),
            ReportText.Count(result.Fills),
            ReportText.Count(result.Trades),
            ReportText.Percent(won),
            ReportText.Ratio(result.Turnover),
            ReportText.Amount(result.Fees),
            ReportText.Signed(result.Profit),
        ]);
    }
}
