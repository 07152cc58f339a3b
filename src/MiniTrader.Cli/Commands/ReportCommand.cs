using System.CommandLine;
using MiniTrader.Analytics;

namespace MiniTrader.Cli;

/// <summary><c>report RUN_DIR</c>: what a run folder says, and its page drawn anew.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("RUN_DIR") { Description = "Folder that a run wrote." };
        Option<bool> json = new("--json") { Description = "Print the summary as one line of JSON." };
        Command command = new("report", "Shows the summary of a finished run and draws its report.html again.") { folder, json };
        command.SetAction(parsed =>
        {
            RunFolder run = RunFolder.Open(parsed.GetValue(folder)!);
            run.WriteReport();
            RunView.Choose(parsed.GetValue(json)).Show(new(run.Directory, run.Summary));
            return ExitCode.Done;
        });
        HelpExamples.Add(command, ("The summary of a run", "report runs/NAME"));
        return command;
    }
}
