using System.CommandLine;
using MiniTrader.Analytics;
using MiniTrader.Sessions;

namespace MiniTrader.Cli;

/// <summary><c>journal RUN_DIR|FILE</c>: every entry of a run's journal, a line each.</summary>
internal static class JournalCommand
{
    public static Command Create()
    {
        Argument<string> path = new("RUN_DIR|FILE") { Description = "Folder that a run wrote, or its journal.bin." };
        Option<bool> json = new("--json") { Description = "Print each entry as one line of JSON." };
        Command command = new("journal", "Prints a run's journal: commands, reports, bookings, marks, equity, and with --journal full the market.") { path, json };
        command.SetAction(parsed =>
        {
            using JournalReader reader = JournalReader.Open(parsed.GetValue(path)!);
            (IReadOnlyList<string> instruments, IReadOnlyList<string> strategies) = NamesFor(reader.Path);
            JournalFields fields = new(instruments, strategies);
            using JournalText text = new(Console.OpenStandardOutput(), parsed.GetValue(json));
            while (reader.TryRead()) text.Write(fields.Of(reader));
            return ExitCode.Done;
        });
        HelpExamples.Add(command,
            ("What a run sent and heard", "journal runs/NAME"),
            ("Its fills, for a script", "journal runs/NAME --json | grep '\"report\":\"fill\"'"));
        return command;
    }

    /// <summary>The summary of the run folder that the journal lies in knows the names; a journal elsewhere has numbers.</summary>
    private static (IReadOnlyList<string> Instruments, IReadOnlyList<string> Strategies) NamesFor(string journal)
    {
        string? folder = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(journal)));
        if (folder is null || !File.Exists(Path.Combine(folder, "summary.json"))) return ([], []);
        RunSummary summary = RunFolder.Open(folder).Summary;
        return (summary.Instruments, summary.Strategies);
    }
}
