using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>Writes the events of one series as a table. One thread.</summary>
public interface ITableWriter : IDisposable
{
    void Write(ReadOnlySpan<MarketEvent> events);

    /// <summary>Writes what is buffered and the end of the file; after the last row.</summary>
    void Complete();
}
