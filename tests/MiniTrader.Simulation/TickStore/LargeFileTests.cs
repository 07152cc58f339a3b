using System.Diagnostics;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Simulation.TickStore;

/// <summary>
/// Files beyond 2 GiB: offsets are 64-bit all the way, seeking lands behind the two-gigabyte mark, and reading the whole file
/// keeps resident memory within the window. Set MINITRADER_LARGE_FILES=1 to run; it writes about 2.4 GB.
/// </summary>
public sealed class LargeFileTests
{
    private const int Rows = 60_000_000;
    private const long MaxResidentGrowthBytes = 256L << 20;

    [Fact]
    public void A_file_of_more_than_two_gigabytes_is_read_and_sought_in_flat_memory()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("MINITRADER_LARGE_FILES") == "1", "It writes 2.4 GB; set MINITRADER_LARGE_FILES=1 to run it.");
        string folder = Directory.CreateTempSubdirectory("minitrader-large-").FullName;
        try
        {
            Instrument instrument = new() { Symbol = "BIG", Venue = "SIM" };
            using (CatalogWriter writer = new(folder, TickFileOptions.Default))
            {
                MarketEvent[] events = new MarketEvent[10_000];
                for (long row = 0; row < Rows; row += events.Length)
                {
                    for (int i = 0; i < events.Length; i++) events[i] = Quote(row + i);
                    writer.Append(instrument, new DateOnly(2024, 3, 4), events);
                }

                Assert.True(writer.Complete().Bytes > 2_200_000_000);
            }

            TickCatalog catalog = TickCatalog.Open(folder);
            MarketEvent[] slots = new MarketEvent[1024];
            using (CatalogFeed feed = CatalogFeed.Open(catalog, catalog.Instruments, new()))
            {
                long next = 0, resident = 0;
                while (feed.Fill(slots) is > 0 and int count)
                {
                    for (int i = 0; i < count; i++)
                    {
                        if (slots[i].Quote.Bid.Raw != Quote(next).Quote.Bid.Raw) Assert.Fail($"Row {next} is wrong.");
                        next++;
                    }

                    if (resident == 0 && next >= 2_000_000) resident = Process.GetCurrentProcess().WorkingSet64;
                }

                Assert.Equal(Rows, next);
                Assert.True(Process.GetCurrentProcess().WorkingSet64 - resident < MaxResidentGrowthBytes);
            }

            const long Late = Rows - 1_000;
            using CatalogFeed tail = CatalogFeed.Open(catalog, catalog.Instruments, new() { From = Quote(Late).Header.VenueTime, Verify = true });
            Assert.Equal(1_000, tail.Fill(slots));
            Assert.Equal(Quote(Late).Quote.Bid, slots[0].Quote.Bid);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static MarketEvent Quote(long row)
    {
        MarketEvent e = default;
        Timestamp time = new(1_709_562_600_000_000_000 + (row * 1_000));
        e.Header = new() { VenueTime = time, ReceivedTime = time, Kind = EventKind.Quote, Flags = EventFlags.ForBoth };
        e.Quote.Bid = new(row * 10);
        e.Quote.Ask = new((row * 10) + 5);
        return e;
    }
}
