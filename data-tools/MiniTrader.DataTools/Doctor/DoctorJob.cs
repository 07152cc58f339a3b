using System.Text.Json;
using System.Text.Json.Serialization;
using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>Checks the chosen series of a catalog: every byte of their files, then every row.</summary>
public sealed record DoctorJob
{
    private const int Batch = 8192;

    private static readonly string[] _header = ["severity", "check", "instrument", "kind", "count", "file", "batch", "row", "time", "what"];

    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required string Catalog { get; init; }

    public SeriesChoice Choice { get; init; } = new();

    public DoctorLimits Limits { get; init; } = new();

    public bool Json { get; init; }

    /// <summary>True when there are no errors; warnings and notes do not fail.</summary>
    public bool Run(ToolConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        int placed = CatalogWriter.FinishInterrupted(Catalog);
        TickCatalog catalog = TickCatalog.Open(Catalog);
        List<Finding> findings = [.. CutOff(catalog.Directory, placed), .. Unfinished(catalog.Directory)];
        foreach (FindingPlace leftover in findings.SelectMany(f => f.Examples)) console.Errors.WriteLine(leftover.Text);
        IReadOnlyList<TickSeries> chosen = Choice.Of(catalog);
        (long rows, int files) = (0, 0);
        ToolProgress.Run(console, "checking", chosen.Count, progress =>
        {
            foreach (TickSeries series in chosen)
            {
                progress.Say(series.ToString());
                SeriesDoctor doctor = new(series, Limits);
                files += TickCatalog.PathsOf(series).Count;
                rows += Check(catalog, series, doctor);
                findings.AddRange(doctor.Findings);
                progress.Advance(1);
            }
        });
        Finding[] ordered = [.. findings.OrderByDescending(f => f.Severity)];
        long errors = Sum(ordered, Severity.Error), warnings = Sum(ordered, Severity.Warning), notes = Sum(ordered, Severity.Info);
        if (Json) console.Line(JsonSerializer.Serialize(new { Catalog = catalog.Directory, Series = chosen.Count, Files = files, Rows = rows, Errors = errors, Warnings = warnings, Infos = notes, Findings = ordered }, _json));
        else Print(console, ordered, $"{chosen.Count} series, {ToolConsole.Count(files, "file")}, {ToolConsole.Count(rows, "row")}: {ToolConsole.Count(errors, "error")}, {ToolConsole.Count(warnings, "warning")}, {ToolConsole.Count(notes, "note")}");
        return errors == 0;
    }

    /// <summary>An import that was killed while its files took their names is whole again once the rest has theirs.</summary>
    private static IEnumerable<Finding> CutOff(string catalog, int placed)
    {
        if (placed == 0) return [];
        string text = $"{catalog}: an import was cut off while its files took their places; all {ToolConsole.Count(placed)} are there now.";
        return [new Finding { Severity = Severity.Warning, Check = "cut-off", Instrument = "", Kind = "", Count = placed, Examples = { new(catalog, -1, -1, "", text) } }];
    }

    /// <summary>Files that a writer left behind when it was killed: nobody reads them, and nobody else removes them.</summary>
    private static List<Finding> Unfinished(string catalog)
    {
        FileInfo[] files = [.. new DirectoryInfo(catalog).EnumerateFiles("*" + TickFileWriter.UnfinishedSuffix, SearchOption.AllDirectories).OrderBy(f => f.FullName, StringComparer.Ordinal)];
        if (files.Length == 0) return [];
        string text = $"{ToolConsole.Count(files.Length, "unfinished file")} ({ToolConsole.Bytes(files.Sum(f => f.Length))}), such as {Path.GetRelativePath(catalog, files[0].FullName)}: "
            + $"unless something writes to this catalog now, its writer was killed; delete {(files.Length == 1 ? "it" : "them")}.";
        return [new Finding { Severity = Severity.Warning, Check = "unfinished", Instrument = "", Kind = "", Count = files.Length, Examples = { new(files[0].FullName, -1, -1, "", text) } }];
    }

    /// <summary>Damage is reported and the other files are still read; rows behind damage that stops the reader are not.</summary>
    private static long Check(TickCatalog catalog, TickSeries series, SeriesDoctor doctor)
    {
        long rows = 0;
        foreach (string path in TickCatalog.PathsOf(series))
        {
            foreach (TickFileFault fault in TickFileVerifier.Verify(path, series.Kind)) doctor.AddFault("damage", fault.Path, fault.Batch, fault.Message);
        }

        try
        {
            IReadOnlyList<TickFileEntry> files = catalog.FilesOf(series);
            if (files.Count == 0) return 0;
            using CatalogFeed feed = CatalogFeed.OpenSeries(catalog, series, new(0), new());
            MarketEvent[] events = new MarketEvent[Batch];
            (int file, long left) = (0, files[0].Rows);
            doctor.Begin(files[0]);
            while (!feed.IsFinished)
            {
                int count = feed.Fill(events);
                for (int i = 0; i < count; i++, left--)
                {
                    while (left == 0)
                    {
                        left = files[++file].Rows;
                        doctor.Begin(files[file]);
                    }

                    doctor.Look(in events[i]);
                }

                rows += count;
            }
        }
        catch (TickFileException e)
        {
            doctor.AddFault("unreadable", e.Path, e.Batch, e.Message);
        }

        return rows;
    }

    private static void Print(ToolConsole console, Finding[] findings, string summary)
    {
        if (findings.Length > 0) console.Table(_header, findings.SelectMany(Lines));
        console.Line(summary);
    }

    private static IEnumerable<IReadOnlyList<string>> Lines(Finding finding)
    {
        string[] head = [finding.Severity.ToString().ToLowerInvariant(), finding.Check, finding.Instrument, finding.Kind, ToolConsole.Count(finding.Count)];
        if (finding.Examples.Count == 0) return [[.. head, "", "", "", "", ""]];
        return finding.Examples.Select(e => (IReadOnlyList<string>)
            [.. head, Path.GetFileName(e.File), e.Batch < 0 ? "" : $"{e.Batch}", e.Row < 0 ? "" : $"{e.Row}", e.Time, e.Text]);
    }

    private static long Sum(IEnumerable<Finding> findings, Severity severity) => findings.Where(f => f.Severity == severity).Sum(f => f.Count);
}
