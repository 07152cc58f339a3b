using MiniTrader.Analytics;
using MiniTrader.Model;
using MiniTrader.Sessions;

namespace MiniTrader.Cli;

/// <summary>Words that the views share.</summary>
internal static class RunText
{
    private const int MaxInstruments = 6;

    /// <summary><c>EmaCross on SPY.XNAS, 2013-10-07 13:30 to 2013-10-07 20:00</c>.</summary>
    public static string Title(RunSummary summary)
    {
        IReadOnlyList<string> names = summary.Instruments;
        string instruments = names.Count <= MaxInstruments
            ? string.Join(", ", names)
            : $"{string.Join(", ", names.Take(MaxInstruments - 1))} and {names.Count - MaxInstruments + 1} more";
        return summary is { From: { } from, To: { } to }
            ? $"{summary.Strategy} on {instruments}, {Minute(from)} to {Minute(to)}"
            : $"{summary.Strategy} on {instruments}";
    }

    /// <summary>The notes that nobody has seen yet: the summary begins with those of the start.</summary>
    public static IEnumerable<string> NewNotes(RunOutcome outcome, RunStart? start) => outcome.Notes.Skip(start?.Notes.Count ?? 0);

    public static string Minute(Timestamp time) => time.ToDateTime().ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    public static string ReportPath(RunOutcome outcome) => Path.Combine(outcome.Folder, RunFolderWriter.ReportFileName);
}
