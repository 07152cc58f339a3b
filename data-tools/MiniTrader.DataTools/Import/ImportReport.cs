using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>Prints the books of an import: for each file, rows = stored + refused + left out.</summary>
internal static class ImportReport
{
    private const int MaxKept = 10;

    public static void Print(ToolConsole console, FileAccount account)
    {
        string open = account.IsLastLineOpen ? ", the last without a line end" : "";
        console.Line($"{account.Path}: {ToolConsole.Count(account.Rows, "row")}{open} = {Count(account.Stored)} stored + {Count(account.RefusedRows)} refused + {Count(account.LeftOutRows)} left out; {ToolConsole.Count(account.Events, "event")}");
        foreach ((string reason, long count) in account.Refused) console.Line($"  refused   {Count(count),12}  {reason}");
        foreach (string example in account.Examples) console.Line($"    {example}");
        foreach ((string reason, long count) in account.LeftOut) console.Line($"  left out  {Count(count),12}  {reason}");
        foreach ((string what, long count) in account.Notes) console.Line($"  note      {Count(count),12}  {what}");
    }

    public static void PrintSummary(ToolConsole console, ImportRun run, CatalogSink sink, CatalogWriteSummary written, TimeSpan elapsed)
    {
        if (sink.FinishedBefore > 0) console.Line($"note: an earlier import into this catalog was cut off; {ToolConsole.Count(sink.FinishedBefore, "file")} of it took {(sink.FinishedBefore == 1 ? "its place" : "their places")} first.");
        foreach (string remark in run.Remarks) console.Line($"note: {remark}.");
        if (sink.Kept.Count > 0)
            console.Line($"note: what the catalog has was kept for {string.Join("; ", sink.Kept.Take(MaxKept))}{(sink.Kept.Count > MaxKept ? $"; and {ToolConsole.Count(sink.Kept.Count - MaxKept)} more" : "")} (--overwrite replaces it).");
        long rows = run.Accounts.Sum(a => a.Rows);
        console.Line(
            $"{ToolConsole.Count(run.Accounts.Count, "file")}, {ToolConsole.Count(rows, "row")} = {Count(run.Accounts.Sum(a => a.Stored))} stored + {Count(run.Accounts.Sum(a => a.RefusedRows))} refused"
            + $" + {Count(run.Accounts.Sum(a => a.LeftOutRows))} left out");
        console.Line($"wrote {ToolConsole.Count(written.Rows, "event")} in {ToolConsole.Count(written.Files.Count, "file")}, {ToolConsole.Bytes(written.Bytes)}, in {elapsed.TotalSeconds:F1} s ({ToolProgress.Rate(rows, elapsed)})");
    }

    private static string Count(long number) => ToolConsole.Count(number);
}
