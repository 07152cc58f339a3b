using MiniTrader.Analytics;
using MiniTrader.Sessions;

namespace MiniTrader.Cli;

/// <summary>Lines for a pipe or a log: a heading per group, a name and a value per line.</summary>
internal sealed class PlainView : IRunView
{
    private RunStart? _start;

    public RunOutcome Watch(Func<IProgress<RunProgress>?, RunOutcome> run) => run(null);

    public void Begin(RunStart start)
    {
        _start = start;
        foreach (string note in start.Notes) Console.Out.WriteLine($"Note: {note}");
        if (start.Notes.Count > 0) Console.Out.WriteLine();
    }

    public void Show(RunOutcome outcome)
    {
        TextWriter output = Console.Out;
        output.WriteLine(RunText.Title(outcome.Summary));
        foreach (StatisticGroup group in StatisticGroup.All(outcome.Summary))
        {
            output.WriteLine();
            output.WriteLine(group.Name);
            foreach (StatisticLine line in group.Lines) output.WriteLine($"  {line.Name,-22} {line.Value}");
        }

        WriteStrategies(output, outcome.Summary);
        output.WriteLine();
        foreach (string note in RunText.NewNotes(outcome, _start)) output.WriteLine($"Note: {note}");
        output.WriteLine($"Run folder: {outcome.Folder}");
        output.WriteLine($"Report:     {RunText.ReportPath(outcome)}");
    }

    private static void WriteStrategies(TextWriter output, RunSummary summary)
    {
        List<IReadOnlyList<string>> rows = [.. StrategyTable.Rows(summary).Select(r => r.Cells)];
        if (rows.Count == 0) return;
        rows.Insert(0, StrategyTable.Headings);
        int[] widths = [.. Enumerable.Range(0, StrategyTable.Headings.Count).Select(i => rows.Max(r => r[i].Length))];
        output.WriteLine();
        output.WriteLine("By strategy");
        foreach (IReadOnlyList<string> row in rows)
            output.WriteLine("  " + string.Join("  ", row.Select((text, i) => i < StrategyTable.Words ? text.PadRight(widths[i]) : text.PadLeft(widths[i]))));
    }
}
