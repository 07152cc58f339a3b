using System.Text.Json;
using MiniTrader.Analytics;
using MiniTrader.Sessions;

namespace MiniTrader.Cli;

/// <summary>One line of JSON on standard output: what <c>summary.json</c> says, and the folder. Notes go to the error stream.</summary>
internal sealed class JsonView : IRunView
{
    private RunStart? _start;

    public RunOutcome Watch(Func<IProgress<RunProgress>?, RunOutcome> run) => run(null);

    public void Begin(RunStart start)
    {
        _start = start;
        foreach (string note in start.Notes) Console.Error.WriteLine(note);
    }

    public void Show(RunOutcome outcome)
    {
        foreach (string note in RunText.NewNotes(outcome, _start)) Console.Error.WriteLine(note);
        Console.Out.WriteLine(ToLine(outcome));
    }

    internal static string ToLine(RunOutcome outcome) =>
        $"{SummaryJson.WriteLine(outcome.Summary)[..^1]},\"folder\":\"{JsonEncodedText.Encode(outcome.Folder)}\"}}";
}
