using System.Diagnostics;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>Runs an import into a catalog and says what became of every row.</summary>
public sealed record ImportJob
{
    public required string Catalog { get; init; }

    public required IReadOnlyList<string> Paths { get; init; }

    public TickFileOptions FileOptions { get; init; } = TickFileOptions.Default;

    public bool SkipBad { get; init; }

    /// <summary>When all instruments trade; null leaves it to the importer, most of which know no hours.</summary>
    public TradingCalendar? Calendar { get; init; }

    /// <summary>All instruments trade without a break.</summary>
    public bool IsContinuous { get; init; }

    /// <inheritdoc cref="CatalogSink.Said"/>
    public IReadOnlyCollection<string> Said { get; init; } = [];

    /// <summary>Reads the paths into the run's sink.</summary>
    public required Action<ImportRun, IReadOnlyList<string>> Importer { get; init; }

    /// <summary>Imports everything or nothing.</summary>
    /// <exception cref="ImportException">The input cannot be read, or holds nothing to store.</exception>
    public void Run(ToolConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        Stopwatch clock = Stopwatch.StartNew();
        using CatalogSink sink = new(Catalog, FileOptions) { Calendar = Calendar, IsContinuous = IsContinuous, Said = Said };
        ImportRun run = new(sink, SkipBad);
        if (!console.IsTerminal) run.Ended += account => ImportReport.Print(console, account);
        ToolProgress.Run(console, "importing", TotalBytes(), progress =>
        {
            run.Began += account => progress.Say(Path.GetFileName(account.Path));
            run.BytesRead += bytes => progress.Advance(bytes);
            Importer(run, Paths);
        });
        if (console.IsTerminal)
        {
            foreach (FileAccount account in run.Accounts) ImportReport.Print(console, account);
        }

        if (run.Accounts.All(a => a.Stored == 0))
        {
            foreach (string remark in run.Remarks) console.Errors.WriteLine($"note: {remark}.");
            long rows = run.Accounts.Sum(a => a.Rows);
            throw new ImportException(rows == 0
                ? $"There is no row in {string.Join(", ", Paths)}. Nothing was written."
                : $"{(rows == 1 ? "The only row" : $"None of the {ToolConsole.Count(rows)} rows")} in {string.Join(", ", Paths)} {(rows == 1 ? "could not" : "could")} be stored, for {(rows == 1 ? "the reason" : "the reasons")} above. Nothing was written.");
        }

        CatalogWriteSummary written = sink.Complete();
        ImportReport.PrintSummary(console, run, sink, written, clock.Elapsed);
    }

    private double TotalBytes() => Paths.Sum(p => File.Exists(p) ? new FileInfo(p).Length
        : Directory.Exists(p) ? new DirectoryInfo(p).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) : 0);
}
