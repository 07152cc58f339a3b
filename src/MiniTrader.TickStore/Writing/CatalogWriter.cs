using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// Writes many series of a catalog at once: <c>kind=K/venue=V/symbol=S/PARTITION.arrow</c>. Files appear under their names only
/// in <see cref="Complete"/>, together with <c>instruments.json</c>. Owned and called by one thread.
/// </summary>
public sealed class CatalogWriter : IDisposable
{
    public CatalogWriter(string directory, TickFileOptions options)
    {
        Directory = directory;
        _ = options;
    }

    public string Directory { get; }

    /// <summary>Adds an instrument's reference data to the catalog; appending registers by itself.</summary>
    /// <exception cref="TickDataException">The catalog has other data for this name and may not overwrite it.</exception>
    public void Register(Instrument instrument) => throw new NotImplementedException();

    /// <summary>Appends events of one kind to the file of <paramref name="partition"/>, usually the trading date.</summary>
    public void Append(Instrument instrument, DateOnly partition, ReadOnlySpan<MarketEvent> events) => throw new NotImplementedException();

    /// <summary>Appends events of one kind; each goes to the file of its UTC date.</summary>
    public void Append(Instrument instrument, ReadOnlySpan<MarketEvent> events) => throw new NotImplementedException();

    /// <summary>Finishes every file, checks that no two of a series overlap in time, and puts all of them in their places.</summary>
    public CatalogWriteSummary Complete() => throw new NotImplementedException();

    /// <summary>Removes every file that was not put in its place.</summary>
    public void Dispose()
    {
    }
}
