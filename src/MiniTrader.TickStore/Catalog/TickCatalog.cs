using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// A folder of tick files and the reference data of their instruments. Opening reads names and <c>instruments.json</c>; footers
/// are read when a series is asked for. Read-only; any one thread.
/// </summary>
public sealed class TickCatalog
{
    private TickCatalog(string directory) => Directory = directory;

    public string Directory { get; }

    public InstrumentTable Instruments => throw new NotImplementedException();

    /// <summary>Sorted by instrument name, then kind.</summary>
    public IReadOnlyList<TickSeries> Series => throw new NotImplementedException();

    public static TickCatalog Open(string directory) => new(directory);

    /// <summary>The files of a series in the order of time.</summary>
    /// <exception cref="TickFileException">A file is damaged, or two files overlap in time; the sentence names them.</exception>
    public IReadOnlyList<TickFileEntry> FilesOf(TickSeries series) => throw new NotImplementedException();
}
