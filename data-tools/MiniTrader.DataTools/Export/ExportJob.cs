using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>What an export writes.</summary>
public enum ExportFormat : byte
{
    Csv,
    Parquet,
}

/// <summary>Writes each chosen series as one table: <c>SYMBOL.VENUE-kind.csv</c>. A file is seen only when it is complete.</summary>
public sealed record ExportJob
{
    private const int Batch = 8192;

    public required string Catalog { get; init; }

    public SeriesChoice Choice { get; init; } = new();

    public required string Folder { get; init; }

    public ExportFormat Format { get; init; }

    public bool UnixTime { get; init; }

    public bool Overwrite { get; init; }

    public void Run(ToolConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        TickCatalog catalog = TickCatalog.Open(Catalog);
        IReadOnlyList<TickSeries> chosen = Choice.Of(catalog);
        Directory.CreateDirectory(Folder);
        foreach (TickSeries series in chosen)
        {
            // Asked for by name it is an error; among all of a catalog it is passed over, and said.
            if (Choice.Kinds.Count == 0 && series.Kind.Event == EventKind.Signal)
            {
                console.Line($"{series}: not exported; signals are no tables");
                continue;
            }

            string path = Path.Combine(Folder, $"{series.Instrument.Name.Replace('/', '-')}-{series.Kind}.{Format.ToString().ToLowerInvariant()}");
            if (!Overwrite && File.Exists(path)) throw new ImportException($"{path} exists already. Remove it, or ask to --overwrite.");
            long rows = 0;
            long total = catalog.FilesOf(series).Sum(f => f.Rows);
            ToolProgress.Run(console, Path.GetFileName(path), total, progress => rows = Write(catalog, series, path, progress));
            console.Line($"{path}: {ToolConsole.Count(rows)} rows");
        }
    }

    private long Write(TickCatalog catalog, TickSeries series, string path, ToolProgress progress)
    {
        TickColumns present = catalog.FilesOf(series).Aggregate(TickColumns.None, (all, f) => all | f.Columns);
        string unfinished = path + ".tmp";
        try
        {
            long rows = 0;
            using (FileStream file = File.Create(unfinished))
            using (ITableWriter writer = Format == ExportFormat.Csv ? new CsvWriter(file, series, present, UnixTime) : new ParquetTableWriter(file, series, present))
            using (CatalogFeed feed = CatalogFeed.OpenSeries(catalog, series, new(0), Choice.Request))
            {
                MarketEvent[] events = new MarketEvent[Batch];
                while (!feed.IsFinished)
                {
                    int count = feed.Fill(events);
                    writer.Write(events.AsSpan(0, count));
                    rows += count;
                    progress.Advance(count);
                }

                writer.Complete();
            }

            File.Move(unfinished, path, Overwrite);
            return rows;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
