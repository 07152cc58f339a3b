using MiniTrader.Analytics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MiniTrader.Cli;

/// <summary>A run's statistics as columns of groups, as many side by side as the terminal is wide.</summary>
internal static class SummaryGrid
{
    /// <summary>Too long for a column: it is shown below them.</summary>
    public const string MachineLine = "Machine";

    private const int GroupWidth = 44;

    public static IRenderable Create(RunSummary summary, int width)
    {
        IReadOnlyList<StatisticGroup> groups = StatisticGroup.All(summary);
        int columns = Math.Clamp(width / GroupWidth, 1, 3);
        List<IRenderable>[] stacks = new List<IRenderable>[columns];
        int[] heights = new int[columns];
        for (int i = 0; i < columns; i++) stacks[i] = [];
        foreach (StatisticGroup group in groups)
        {
            // Each group goes below the shortest stack so far.
            int shortest = Array.IndexOf(heights, heights.Min());
            stacks[shortest].Add(CreateGroup(group, summary));
            heights[shortest] += group.Lines.Count + 2;
        }

        Grid grid = new();
        for (int i = 0; i < columns; i++) grid.AddColumn(new GridColumn().PadRight(3));
        grid.AddRow([.. stacks.Select(stack => new Rows(stack))]);
        return grid;
    }

    /// <summary>A row for each strategy, with as many columns as fit: a number broken in two lines is none.</summary>
    public static IRenderable CreateStrategies(IReadOnlyList<(StrategyResult Result, IReadOnlyList<string> Cells)> strategies, int width)
    {
        IReadOnlyList<int> columns = StrategyColumns.That(strategies.Select(s => s.Cells), width);
        Table table = new Table().Border(TableBorder.None).HideFooters();
        foreach (int i in columns)
        {
            TableColumn column = new TableColumn(new Text(StrategyTable.Headings[i], new Style(decoration: Decoration.Dim))).NoWrap();
            table.AddColumn(i < StrategyTable.Words ? column : column.RightAligned());
        }

        foreach ((_, IReadOnlyList<string> cells) in strategies) table.AddRow(columns.Select(i => new Text(cells[i])));
        List<IRenderable> lines = [new Text("By strategy", new Style(Color.Aqua)), table];
        if (columns.Count < StrategyTable.Headings.Count)
        {
            IEnumerable<string> left = StrategyTable.Headings.Where((_, i) => !columns.Contains(i));
            lines.Add(new Text($"Not shown in {width} columns: {string.Join(", ", left)}; report.html has them.", new Style(decoration: Decoration.Dim)));
        }

        return new Rows(lines);
    }

    private static Rows CreateGroup(StatisticGroup group, RunSummary summary)
    {
        Grid lines = new();
        lines.AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2));
        lines.AddColumn(new GridColumn().PadLeft(0).PadRight(0).RightAligned());
        foreach (StatisticLine line in group.Lines.Where(l => l.Name != MachineLine))
        {
            lines.AddRow(new Text(line.Name, new Style(decoration: Decoration.Dim)), new Text(line.Value, StyleOf(line, summary)));
        }

        return new Rows(new Text(group.Name, new Style(Color.Aqua)), lines, Text.Empty);
    }

    /// <summary>Only the result itself is coloured: green for a gain, red for a loss.</summary>
    private static Style StyleOf(StatisticLine line, RunSummary summary)
    {
        if (line.Name is not ("Net profit" or "Total return") || summary.NetProfit == 0) return Style.Plain;
        return new Style(summary.NetProfit > 0 ? Color.Green : Color.Red, decoration: Decoration.Bold);
    }
}
