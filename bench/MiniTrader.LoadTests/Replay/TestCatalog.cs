using MiniTrader.Feeds;
using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.LoadTests;

/// <summary>A catalog of generated quotes in a temporary folder, deleted when it is disposed.</summary>
internal sealed class TestCatalog : IDisposable
{
    private TestCatalog(string directory)
    {
        Directory = directory;
        Catalog = TickCatalog.Open(directory);
    }

    public string Directory { get; }

    public TickCatalog Catalog { get; }

    /// <param name="rows">Quotes of all instruments together.</param>
    /// <param name="instruments">How many instruments share them.</param>
    /// <param name="compression">Of the files' bodies.</param>
    public static TestCatalog Generate(long rows, int instruments, TickCompression compression)
    {
        GeneratedMarket market = new(new GeneratedMarketOptions { Seed = 11, Rows = rows, Instruments = instruments, TradeShare = 0, Days = (int)Math.Max(1, rows / 20_000_000) });
        string directory = Path.Combine(Path.GetTempPath(), $"minitrader-loadtest-{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            using CatalogWriter writer = new(directory, new TickFileOptions { Compression = compression });
            using GeneratedFeed feed = market.OpenFeed();
            MarketEvent[] slots = new MarketEvent[8_192];
            MarketEvent[] own = new MarketEvent[slots.Length];
            while (!feed.IsFinished)
            {
                int filled = feed.Fill(slots);
                for (int i = 0; i < instruments; i++)
                {
                    int count = 0;
                    foreach (ref readonly MarketEvent e in slots.AsSpan(0, filled))
                    {
                        if (e.Header.Instrument.Index == i) own[count++] = e;
                    }

                    writer.Append(market.Instruments[i], own.AsSpan(0, count));
                }
            }

            writer.Complete();
        }
        catch
        {
            Delete(directory);
            throw;
        }

        return new TestCatalog(directory);
    }

    public CatalogFeed OpenFeed(int decodeThreads = 0) =>
        CatalogFeed.Open(Catalog, Catalog.Instruments, new FeedRequest { DecodeThreads = decodeThreads });

    public void Dispose() => Delete(Directory);

    private static void Delete(string directory)
    {
        if (System.IO.Directory.Exists(directory)) System.IO.Directory.Delete(directory, recursive: true);
    }
}
