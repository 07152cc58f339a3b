using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>One file that a catalog writer put in its place.</summary>
/// <param name="Path">Relative to the catalog.</param>
public sealed record WrittenFile(string Path, string Instrument, TickKind Kind, long Rows, Timestamp First, Timestamp Last, long Bytes);

/// <summary>What a catalog writer wrote, files in the order of their paths.</summary>
public sealed record CatalogWriteSummary(IReadOnlyList<WrittenFile> Files)
{
    public long Rows => Files.Sum(f => f.Rows);

    public long Bytes => Files.Sum(f => f.Bytes);
}
