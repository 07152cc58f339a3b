using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>What a file's footer says: enough to choose files without reading rows.</summary>
/// <param name="First">Received time of the first row.</param>
/// <param name="Last">Received time of the last row.</param>
/// <param name="Batches">Record batches.</param>
/// <param name="HasChecksums">False for files of other writers, which carry none.</param>
public sealed record TickFileEntry(
    string Path,
    long Rows,
    int Batches,
    long Bytes,
    Timestamp First,
    Timestamp Last,
    TickCompression Compression,
    TickColumns Columns,
    bool HasChecksums)
{
    /// <summary>Rows of each batch, in the order of the file.</summary>
    public IReadOnlyList<int> BatchRows { get; init; } = [];
}
