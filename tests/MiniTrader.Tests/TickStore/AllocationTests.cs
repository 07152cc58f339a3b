using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>Reading allocates when a file is opened, and never per event or per batch.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class AllocationTests
{
    [Theory]
    [InlineData(TickCompression.None, 1, 0L, 0)]
    [InlineData(TickCompression.None, 4, 0L, 0)]
    [InlineData(TickCompression.None, 4, 1000L, 0)]
    [InlineData(TickCompression.Lz4, 1, 0L, 0)]
    [InlineData(TickCompression.Lz4, 2, 0L, 1)]
    public void Filling_allocates_nothing(TickCompression compression, int instruments, long latency, int threads)
    {
        using TemporaryFolder folder = new();
        Instrument[] table = [.. Enumerable.Range(0, instruments).Select(MergeTests.Instrument)];
        using (CatalogWriter writer = new(folder.Path, new() { Compression = compression, BatchRows = 512 }))
        {
            foreach (Instrument instrument in table) writer.Append(instrument, TickData.Events(TickKind.Quotes, 20_000, 1));
            writer.Complete();
        }

        Run(folder.Path, table, new() { FeedLatencyNanoseconds = latency, DecodeThreads = threads, Verify = true });
        if (latency != 0) Run(folder.Path, table, new() { FeedDelay = new DelayedFeedTests.Hashed(), DecodeThreads = threads, Verify = true });
    }

    private static void Run(string folder, Instrument[] table, FeedRequest request)
    {
        using CatalogFeed feed = CatalogFeed.Open(TickCatalog.Open(folder), new InstrumentTable(table), request);
        MarketEvent[] slots = new MarketEvent[256];
        for (int i = 0; i < 20; i++) feed.Fill(slots);

        long events = 0;
        long allocated = Allocations.OnceOf(() =>
        {
            while (feed.Fill(slots) is > 0 and int count) events += count;
        });
        Assert.True(events > 10_000);
        Assert.Equal(0, allocated);
    }
}
