using MiniTrader.Analytics;
using MiniTrader.Sessions;
using Spectre.Console;

namespace MiniTrader.Cli;

/// <summary>For a person at a terminal: a progress bar while the run lasts, then its figures in groups side by side.</summary>
internal sealed class TerminalView : IRunView
{
    private RunStart? _start;

    public RunOutcome Watch(Func<IProgress<RunProgress>?, RunOutcome> run) => AnsiConsole.Progress()
        .AutoClear(true)
        .Columns(new ProgressBarColumn { Width = 30 }, new PercentageColumn(), new RunColumn())
        .Start(context =>
        {
            ProgressTask task = context.AddTask("run", maxValue: 1);
            task.IsIndeterminate = true;
            return run(new TaskProgress(task));
        });

    public void Begin(RunStart start)
    {
        _start = start;
        foreach (string note in start.Notes) AnsiConsole.Write(new OverBar(Note(note)));
    }

    public void Show(RunOutcome outcome)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Text(RunText.Title(outcome.Summary), new Style(decoration: Decoration.Bold)));
        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine();
        AnsiConsole.Write(SummaryGrid.Create(outcome.Summary, AnsiConsole.Profile.Width));

        if (StrategyTable.Rows(outcome.Summary) is { Count: > 0 } strategies)
        {
            AnsiConsole.Write(SummaryGrid.CreateStrategies(strategies, AnsiConsole.Profile.Width));
            AnsiConsole.WriteLine();
        }

        List<string> notes = [.. RunText.NewNotes(outcome, _start)];
        foreach (string note in notes) AnsiConsole.Write(Note(note));
        if (notes.Count > 0) AnsiConsole.WriteLine();

        // Not through Spectre, which would break a long path in two.
        Console.Out.WriteLine($"{SummaryGrid.MachineLine}     {outcome.Summary.Machine}");
        Console.Out.WriteLine($"Run folder  {outcome.Folder}");
        Console.Out.WriteLine($"Report      {RunText.ReportPath(outcome)}");
    }

    private static Text Note(string note) => new(note + Environment.NewLine, new Style(Color.Yellow));

    /// <summary>Hands the session's progress to the bar.</summary>
    private sealed class TaskProgress(ProgressTask task) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            task.Tag = value;
            if (value.TotalEvents <= 0) return;
            task.IsIndeterminate = false;
            task.MaxValue = value.TotalEvents;
            task.Value = Math.Min(value.Events, value.TotalEvents);
        }
    }
}
