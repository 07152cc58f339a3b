using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Simulation.TickStore;

/// <summary>
/// Many series, many days, two clocks in some, LZ4 in some, decoded ahead: the merged stream is ordered, complete, and the same
/// for every number of decoding threads and every size of the caller's buffer.
/// </summary>
public sealed class ManySeriesTests
{
    private const int Instruments = 40;
    private const int RowsPerDay = 3_000;
    private const int Days = 3;

    [Theory]
    [InlineData(0L)]
    [InlineData(250_000L)]
    public void The_merged_stream_is_ordered_complete_and_repeatable(long latency)
    {
        string folder = Directory.CreateTempSubdirectory("minitrader-series-").FullName;
        try
        {
            long expected = Write(folder, latency);
            TickCatalog catalog = TickCatalog.Open(folder);
            ulong? first = null;
            foreach ((int threads, int buffer) in (ReadOnlySpan<(int, int)>)[(0, 1024), (1, 77), (3, 4096)])
            {
                using CatalogFeed feed = CatalogFeed.Open(catalog, catalog.Instruments, new() { FeedLatencyNanoseconds = latency, DecodeThreads = threads, Verify = true });
                Assert.Equal(expected, feed.TotalRows);
                ulong hash = Drain(feed, buffer, out long events);
                Assert.Equal(expected, events);
                Assert.Equal(first ?? hash, hash);
                first = hash;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ulong Drain(CatalogFeed feed, int buffer, out long events)
    {
        RollingHash hash = default;
        MarketEvent[] slots = new MarketEvent[buffer];
        (Timestamp Due, int Side, int Instrument) last = (Timestamp.MinValue, 0, 0);
        events = 0;
        while (feed.Fill(slots) is > 0 and int count)
        {
            for (int i = 0; i < count; i++)
            {
                EventHeader header = slots[i].Header;
                (Timestamp, int, int) key = (header.DueTime, (header.Flags & EventFlags.ForVenue) != 0 ? 0 : 1, header.Instrument.Index);
                if (key.CompareTo(last) < 0) Assert.Fail($"Event {events + i} is due at {header.DueTime}, behind one that is due at {last.Due}.");
                last = key;
                hash.Add(slots[i]);
            }

            events += count;
        }

        return hash.Value;
    }

    /// <summary>Returns how many events the merged stream must have.</summary>
    private static long Write(string folder, long latency)
    {
        long events = 0;
        foreach (TickCompression compression in (ReadOnlySpan<TickCompression>)[TickCompression.None, TickCompression.Lz4])
        {
            using CatalogWriter writer = new(folder, new() { Compression = compression, BatchRows = 1_000 });
            for (int i = (int)compression; i < Instruments; i += 2)
            {
                SeededRandom random = new((ulong)i);
                bool hasTwoClocks = i % 5 == 0;
                MarketEvent[] rows = new MarketEvent[RowsPerDay];
                for (int day = 0; day < Days; day++)
                {
                    long time = (20_000L + day) * Timestamp.NanosecondsPerDay;
                    for (int r = 0; r < rows.Length; r++)
                    {
                        time += random.NextInt64(4) * 1_000_000;
                        long received = time + (hasTwoClocks ? 1_000_000 : 0);
                        rows[r] = default;
                        rows[r].Header = new() { VenueTime = new(time), ReceivedTime = new(received), Kind = EventKind.Trade };
                        rows[r].Trade.Price = new(random.NextInt64(1_000) * 10_000_000);
                        rows[r].Trade.Size = Quantity.FromUnits(1 + random.NextInt64(9));
                    }

                    writer.Append(new() { Symbol = $"S{i:D2}", Venue = "SIM" }, rows);
                }

                events += (long)RowsPerDay * Days * (hasTwoClocks || latency != 0 ? 2 : 1);
            }

            writer.Complete();
        }

        return events;
    }
}
