using MiniTrader.Analytics;

namespace MiniTrader.Cli;

/// <summary>Which columns of the table of strategies a terminal has room for.</summary>
internal static class StrategyColumns
{
    /// <summary>Between two columns.</summary>
    private const int Gap = 2;

    /// <summary>Left out one after the other until the rest fits; names and profit stay.</summary>
    private static readonly string[] _leastFirst = ["Replaces", "Refused", "Cancelled", "Turnover", "Orders", "Fees", "Won", "Fills", "Trades"];

    /// <summary>The places of the columns that fit, in order.</summary>
    public static IReadOnlyList<int> That(IEnumerable<IReadOnlyList<string>> rows, int width)
    {
        IReadOnlyList<string>[] all = [StrategyTable.Headings, .. rows];
        List<int> columns = [.. Enumerable.Range(0, StrategyTable.Headings.Count)];
        int Needed() => columns.Sum(i => all.Max(r => r[i].Length) + Gap);
        foreach (string heading in _leastFirst)
        {
            if (Needed() <= width) break;
            columns.RemoveAll(i => StrategyTable.Headings[i] == heading);
        }

        return columns;
    }
}
