using MiniTrader.TickStore;

namespace MiniTrader.LoadTests;

/// <summary>A catalog in a temporary folder, deleted when it is disposed.</summary>
internal sealed class TemporaryCatalog : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"minitrader-loadtest-{Environment.ProcessId}-{Guid.NewGuid():N}");

    public TemporaryCatalog(Action<string> write)
    {
        try
        {
            write(_directory);
            Catalog = TickCatalog.Open(_directory);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public TickCatalog Catalog { get; }

    /// <summary>Runs something over a feed of the whole catalog.</summary>
    public double With(Func<CatalogFeed, double> run)
    {
        using CatalogFeed feed = CatalogFeed.Open(Catalog, Catalog.Instruments, new FeedRequest());
        return run(feed);
    }

    public void Dispose()
    {
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }
}
