using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// Writes one tick file: rows go into native column buffers, full buffers become record batches of a file beside the target,
/// which takes the target's name when it is complete. Owned and called by one thread.
/// </summary>
public sealed class TickFileWriter : IDisposable
{
    public static TickFileWriter Create(string path, TickFileInfo info, TickFileOptions options) => throw new NotImplementedException();

    public long Rows => throw new NotImplementedException();

    /// <summary>Adds rows of the file's kind, ordered by received time.</summary>
    /// <exception cref="TickDataException">A row is of another kind or out of order; the sentence names file and row. Nothing of the call is kept.</exception>
    public void Append(ReadOnlySpan<MarketEvent> events) => throw new NotImplementedException();

    /// <summary>Writes what is buffered and the footer, and gives the file its name.</summary>
    public void Complete() => throw new NotImplementedException();

    /// <summary>Removes the file unless it was completed.</summary>
    public void Dispose()
    {
    }
}
