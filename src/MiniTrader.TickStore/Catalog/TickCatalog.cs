using System.Collections.Concurrent;
using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// A folder of tick files and the reference data of their instruments. Opening reads names and <c>instruments.json</c>; footers
/// are read when a series is asked for, and kept: open the catalog again to see files that came later. A series is read as it was before an import or as it is
/// after it, and while an import is unfinished not at all. Read-only; any thread.
/// </summary>
public sealed class TickCatalog
{
    private readonly ConcurrentDictionary<TickSeries, TickFile[]> _opened = new();

    private TickCatalog(string directory, InstrumentTable instruments, IReadOnlyList<TickSeries> series)
    {
        Directory = directory;
        Instruments = instruments;
        Series = series;
    }

    public string Directory { get; }

    public InstrumentTable Instruments { get; }

    /// <summary>Sorted by instrument name, then kind.</summary>
    public IReadOnlyList<TickSeries> Series { get; }

    /// <exception cref="TickDataException">There is no catalog, or its reference data lacks an instrument that has files.</exception>
    public static TickCatalog Open(string directory)
    {
        directory = CatalogPaths.Full(directory);
        if (File.Exists(directory)) throw new TickDataException($"{directory} is a file. Name the catalog folder that it is to be imported into, or that it lies in.");
        if (!System.IO.Directory.Exists(directory)) throw new TickDataException($"{directory} does not exist. Import or generate data into it first.");
        using FileStream? hold = CatalogLock.Share(directory);
        Placement.ThrowIfUnfinished(directory);
        InstrumentTable instruments = new(InstrumentFile.Read(directory));
        List<TickSeries> series = [];
        foreach (string kindFolder in Folders(directory, CatalogPaths.KindPrefix))
        {
            if (!TickKind.TryParse(Value(kindFolder, CatalogPaths.KindPrefix), out TickKind kind))
                throw new TickDataException($"{kindFolder} names a kind that is unknown. Kinds are quotes, trades, bars-1m and the like, book, status, actions and signals.");
            foreach (string venueFolder in Folders(kindFolder, CatalogPaths.VenuePrefix))
            {
                foreach (string symbolFolder in Folders(venueFolder, CatalogPaths.SymbolPrefix))
                {
                    if (!System.IO.Directory.EnumerateFileSystemEntries(symbolFolder, "*" + CatalogPaths.Extension).Any()) continue;
                    string name = $"{Value(symbolFolder, CatalogPaths.SymbolPrefix)}.{Value(venueFolder, CatalogPaths.VenuePrefix)}";
                    Instrument instrument = instruments.FirstOrDefault(i => i.Name == name)
                        ?? throw new TickDataException($"{symbolFolder} has files of {name}, but {CatalogPaths.InstrumentsFile} does not list it. Add its tick size, lot size and currency there.");
                    series.Add(new TickSeries(instrument, kind, symbolFolder));
                }
            }
        }

        series.Sort((a, b) => string.CompareOrdinal(a.Instrument.Name, b.Instrument.Name) is not 0 and int order ? order : a.Kind.CompareTo(b.Kind));
        return new TickCatalog(directory, instruments, series);
    }

    /// <summary>The files of a series in the order of time; files without rows are passed over.</summary>
    /// <exception cref="TickFileException">A file is damaged, or two files overlap in time; the sentence names them.</exception>
    public IReadOnlyList<TickFileEntry> FilesOf(TickSeries series) =>
        [.. OpenFiles(series).Select(f => new TickFileEntry(
            f.Path, f.Rows, f.Blocks.Length, f.Length, new Timestamp(f.FirstReceived), new Timestamp(f.LastReceived), f.Compression, f.Schema.Present, f.IsOurs)
            {
                BatchRows = [.. f.Statistics.Select(b => (int)b.Rows)],
            })];

    /// <summary>Every tick file of a series, sound or not, by name: what a doctor goes through.</summary>
    public static IReadOnlyList<string> PathsOf(TickSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return [.. System.IO.Directory.EnumerateFiles(series.Directory, "*" + CatalogPaths.Extension).Order(StringComparer.Ordinal)];
    }

    internal TickFile[] OpenFiles(TickSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return _opened.GetOrAdd(series, ReadFooters);
    }

    private TickFile[] ReadFooters(TickSeries series)
    {
        using FileStream? hold = CatalogLock.Share(Directory);
        Placement.ThrowIfUnfinished(Directory);
        TickFile[] files = SeriesFiles.Open(series.Directory, series.Kind);
        foreach (TickFile file in files)
        {
            if (file.Schema.Metadata.TryGetValue(FileMetadata.Instrument, out string? name) && name != series.Instrument.Name)
                throw new TickFileException(file.Path, $"its schema says that it holds {name}, but it lies in the folder of {series.Instrument.Name}.");
        }

        return files;
    }

    private static IOrderedEnumerable<string> Folders(string directory, string prefix) =>
        System.IO.Directory.EnumerateDirectories(directory, prefix + "*").Order(StringComparer.Ordinal);

    private static string Value(string folder, string prefix) => CatalogPaths.Unescape(Path.GetFileName(folder)[prefix.Length..]);
}
