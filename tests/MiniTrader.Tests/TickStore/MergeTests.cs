using CsCheck;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>The merge of a whole catalog against a plain stable sort: ties, latency, two clocks, many kinds, LZ4, threads.</summary>
public sealed class MergeTests
{
    private static readonly TickKind[] _kinds = [TickKind.Quotes, TickKind.Trades, TickKind.Bars(BarInterval.Create(1, BarUnit.Minute))];

    private static readonly Gen<(int Instruments, int Rows, int Gap, int Latency, int Shapes, bool Lz4, int Threads, ulong Seed)> _catalogs = Gen.Select(
        Gen.Int[1, 9], Gen.Int[1, 200], Gen.Int[1, 500], Gen.Int[0, 3].Select(i => i == 3 ? 300 : i / 2), Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 2], Gen.ULong);

    [Fact]
    public void The_merge_equals_a_stable_sort()
    {
        _catalogs.Sample(
            c =>
            {
                using TemporaryFolder folder = new();
                TickFileOptions options = new() { BatchRows = 40, Compression = c.Lz4 ? TickCompression.Lz4 : TickCompression.None };
                Instrument[] instruments = [.. Enumerable.Range(0, c.Instruments).Select(i => Instrument(i))];
                List<(InstrumentId, TickKind, MarketEvent[])> series = [];
                using (CatalogWriter writer = new(folder.Path, options))
                {
                    for (int i = 0; i < c.Instruments; i++)
                    {
                        for (int k = 0; k <= (int)((c.Seed + (ulong)i) % (ulong)_kinds.Length); k++)
                        {
                            TickData.Shape shape = ((c.Shapes >> ((i + k) % 2)) & 1) != 0 ? TickData.Shape.TwoClocks : TickData.Shape.Plain;
                            MarketEvent[] events = TickData.Events(_kinds[k], c.Rows, c.Seed + (ulong)((i * 10) + k), shape, i, c.Gap);
                            writer.Append(instruments[i], events);
                            series.Add((new InstrumentId(i), _kinds[k], events));
                        }
                    }

                    writer.Complete();
                }

                FeedRequest request = new() { FeedLatencyNanoseconds = c.Latency, DecodeThreads = c.Threads, Verify = true };
                MarketEvent[] expected = SeriesOracle.Merge(series, c.Latency);
                using CatalogFeed feed = CatalogFeed.Open(TickCatalog.Open(folder.Path), new InstrumentTable(instruments), request);
                Assert.Equal(expected.Length, feed.TotalRows);
                TickData.AssertSame(expected, TickData.Drain(feed, 1 + (int)(c.Seed % 300)));
            },
            iter: 60,
            threads: 1);
    }

    /// <summary>Three rows of two instruments at one instant, latency 5 ns; every event of the merged stream spelled out.</summary>
    [Fact]
    public void Ties_go_to_the_venue_side_then_the_instrument_then_the_file()
    {
        using TemporaryFolder folder = new();
        Timestamp t = TickData.Start;
        using (CatalogWriter writer = new(folder.Path, TickFileOptions.Default))
        {
            writer.Append(Instrument(1), [Quote(t, 10), Quote(t, 11), Quote(t + 5, 12)]);
            writer.Append(Instrument(0), [Quote(t, 20), Quote(t + 5, 21)]);
            writer.Complete();
        }

        FeedRequest request = new() { FeedLatencyNanoseconds = 5 };
        using CatalogFeed feed = CatalogFeed.Open(TickCatalog.Open(folder.Path), new InstrumentTable([Instrument(0), Instrument(1)]), request);
        (long Due, long Bid, EventFlags For)[] seen = [.. TickData.Drain(feed).Select(e => (e.Header.DueTime - t, e.Quote.Bid.Raw, e.Header.Flags))];
        Assert.Equal(
            [
                (0, 20, EventFlags.ForVenue), (0, 10, EventFlags.ForVenue), (0, 11, EventFlags.ForVenue),
                (5, 21, EventFlags.ForVenue), (5, 12, EventFlags.ForVenue),
                (5, 20, EventFlags.ForStrategy), (5, 10, EventFlags.ForStrategy), (5, 11, EventFlags.ForStrategy),
                (10, 21, EventFlags.ForStrategy), (10, 12, EventFlags.ForStrategy),
            ],
            seen);
    }

    /// <summary>
    /// The first day has one clock and is delayed by 1,000, the second says when it was received, which is sooner. Whatever range is asked for, it is a
    /// part of the whole.
    /// </summary>
    [Fact]
    public void Received_times_do_not_overtake_what_an_earlier_file_delays()
    {
        using TemporaryFolder folder = new();
        Timestamp t = TickData.Start;
        using (CatalogWriter writer = new(folder.Path, new() { BatchRows = 2 }))
        {
            writer.Append(Instrument(0), new DateOnly(2024, 3, 4), [Quote(t, 1), Quote(t + 10, 2)]);
            writer.Append(Instrument(0), new DateOnly(2024, 3, 5), [Received(t + 15, 5, 3), Received(t + 25, 5, 4), Received(t + 985, 5, 5), Received(t + 1_007, 5, 6)]);
            writer.Complete();
        }

        (long, long)[] all = [(1_000, 1), (1_010, 2), (1_010, 3), (1_010, 4), (1_010, 5), (1_012, 6)];
        Assert.Equal(all, Heard(null, null));
        foreach (long from in (long[])[0, 20, 1_000, 1_001, 1_010, 1_011, 1_012])
        {
            foreach (long to in (long[])[1_005, 1_010, 1_011, 1_012, 1_013])
            {
                if (from < to) Assert.Equal(all.Where(h => h.Item1 >= from && h.Item1 < to), Heard(t + from, t + to));
            }
        }

        (long Due, long Bid)[] Heard(Timestamp? from, Timestamp? to)
        {
            FeedRequest request = new() { FeedLatencyNanoseconds = 1_000, From = from, To = to };
            using CatalogFeed feed = CatalogFeed.Open(TickCatalog.Open(folder.Path), new InstrumentTable([Instrument(0)]), request);
            return [.. TickData.Drain(feed).Where(e => (e.Header.Flags & EventFlags.ForStrategy) != 0).Select(e => (e.Header.DueTime - t, e.Quote.Bid.Raw))];
        }
    }

    [Fact]
    public void Damage_in_one_series_comes_to_light_behind_all_rows_ahead_of_it()
    {
        using TemporaryFolder folder = new();
        MarketEvent[] a = TickData.Events(TickKind.Quotes, 300, 1), b = TickData.Events(TickKind.Quotes, 300, 2, instrument: 1);
        string path;
        using (CatalogWriter writer = new(folder.Path, new() { BatchRows = 100 }))
        {
            writer.Append(Instrument(0), a);
            writer.Append(Instrument(1), b);
            path = Path.Combine(folder.Path, writer.Complete().Files.Single(f => f.Instrument == "S1.SIM").Path);
        }

        byte[] bytes = File.ReadAllBytes(path);
        bytes[TickFile.Open(path, TickKind.Quotes).Blocks[1].BodyOffset + 3000]++;
        File.WriteAllBytes(path, bytes);

        using CatalogFeed feed = CatalogFeed.Open(TickCatalog.Open(folder.Path), new InstrumentTable([Instrument(0), Instrument(1)]), new() { Verify = true });
        List<MarketEvent> seen = [];
        MarketEvent[] slots = new MarketEvent[64];
        TickFileException? fault = null;
        while (fault is null)
        {
            try
            {
                int count = feed.Fill(slots);
                Assert.NotEqual(0, count);
                seen.AddRange(slots.AsSpan(0, count));
            }
            catch (TickFileException thrown)
            {
                fault = thrown;
            }
        }

        Assert.Contains("batch 1: its data does not match", fault.Message, StringComparison.Ordinal);
        MarketEvent[] expected = SeriesOracle.Merge([(new(0), TickKind.Quotes, a), (new(1), TickKind.Quotes, b)], 0);
        TickData.AssertSame(expected.AsSpan(0, seen.Count), seen.ToArray());
        Assert.Equal(100, seen.Count(e => e.Header.Instrument.Index == 1));
        Assert.Throws<TickFileException>(() => feed.Fill(slots));
    }

    internal static Instrument Instrument(int index) => new() { Symbol = $"S{index}", Venue = "SIM" };

    internal static MarketEvent Quote(Timestamp time, long bid)
    {
        MarketEvent e = default;
        e.Header = new() { VenueTime = time, ReceivedTime = time, Kind = EventKind.Quote, Flags = EventFlags.ForBoth };
        e.Quote.Bid = new(bid);
        return e;
    }

    private static MarketEvent Received(Timestamp venue, long later, long bid)
    {
        MarketEvent e = Quote(venue, bid);
        e.Header.ReceivedTime += later;
        return e;
    }
}
