using CsCheck;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>Feeds whose delay varies: hand-worked, and whole catalogs against a plain sort.</summary>
public sealed class DelayedFeedTests
{
    private static readonly TickKind[] _kinds = [TickKind.Quotes, TickKind.Trades, TickKind.Book];

    /// <summary>
    /// What left at 0 takes 30 and what left at 10 takes 5, so that it would arrive at 15: it is held back to 30. What left at 20 takes 20 and
    /// arrives at 40. The trade of 10 comes behind the quote of 10, because at one instant quotes are told first.
    /// </summary>
    [Fact]
    public void Nothing_of_an_instrument_overtakes_and_an_instant_arrives_together()
    {
        using TemporaryFolder folder = new();
        Timestamp t = TickData.Start;
        using (CatalogWriter writer = new(folder.Path, TickFileOptions.Default))
        {
            writer.Append(MergeTests.Instrument(0), [MergeTests.Quote(t, 1), MergeTests.Quote(t, 2), MergeTests.Quote(t + 10, 3), MergeTests.Quote(t + 20, 5)]);
            writer.Append(MergeTests.Instrument(0), [Trade(t + 10, 4)]);
            writer.Complete();
        }

        FeedRequest request = new() { FeedDelay = new Table(t, (0, 30), (10, 5), (20, 20)) };
        (long, long)[] heard = Heard(folder.Path, request, t, 1);
        Assert.Equal([(30, 1), (30, 2), (30, 3), (30, 4), (40, 5)], heard);
    }

    [Fact]
    public void The_range_begins_at_the_venue_and_ends_at_the_strategy()
    {
        using TemporaryFolder folder = new();
        Timestamp t = TickData.Start;
        using (CatalogWriter writer = new(folder.Path, TickFileOptions.Default))
        {
            writer.Append(MergeTests.Instrument(0), [MergeTests.Quote(t, 1), MergeTests.Quote(t + 10, 2), MergeTests.Quote(t + 20, 3), MergeTests.Quote(t + 30, 4)]);
            writer.Complete();
        }

        FeedRequest request = new() { FeedDelay = new Table(t, (0, 30), (10, 5), (20, 20), (30, 2)), From = t + 10, To = t + 40 };
        Assert.Equal([(15, 2)], Heard(folder.Path, request, t, 1));
    }

    /// <summary>Every shape of catalog; the delays of a hash, so that neither the order of asking nor the threads can matter.</summary>
    [Fact]
    public void A_delayed_merge_equals_a_plain_sort() => Gen.Select(Gen.Int[1, 5], Gen.Int[1, 200], Gen.Int[1, 400], Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 2], Gen.ULong).Sample(
        (instruments, rows, gap, shapes, isLz4, threads, seed) =>
        {
            using TemporaryFolder folder = new();
            Instrument[] table = [.. Enumerable.Range(0, instruments).Select(MergeTests.Instrument)];
            List<(int Instrument, TickKind Kind, MarketEvent[] Events)> series = [];
            using (CatalogWriter writer = new(folder.Path, new() { BatchRows = 40, Compression = isLz4 ? TickCompression.Lz4 : TickCompression.None }))
            {
                for (int i = 0; i < instruments; i++)
                {
                    for (int k = 0; k <= (int)((seed + (ulong)i) % 3); k++)
                    {
                        TickData.Shape shape = ((shapes >> ((i + k) % 2)) & 1) != 0 ? TickData.Shape.TwoClocks : TickData.Shape.Plain;
                        MarketEvent[] events = TickData.Events(_kinds[k], rows, seed + (ulong)((i * 10) + k), shape, i, gap);
                        writer.Append(table[i], events);
                        series.Add((i, _kinds[k], events));
                    }
                }

                writer.Complete();
            }

            bool isPart = seed % 4 == 0;
            FeedRequest request = new()
            {
                FeedDelay = new Hashed(),
                DecodeThreads = threads,
                From = isPart ? TickData.Start + (rows * gap / 4) : null,
                To = isPart ? TickData.Start + (rows * gap / 2) : null,
            };
            MarketEvent[] expected = Expected(series, request.From ?? Timestamp.MinValue, request.To ?? Timestamp.MaxValue);
            if (expected.Length == 0) return;
            using CatalogFeed feed = CatalogFeed.Open(TickCatalog.Open(folder.Path), new InstrumentTable(table), request);
            TickData.AssertSame(expected, TickData.Drain(feed, 1 + (int)(seed % 300)));
        },
        iter: 60,
        threads: 1);

    [Fact]
    public void A_request_with_two_delays_and_a_delay_below_zero_are_refused()
    {
        Assert.Contains("has both", Assert.Throws<TickDataException>(() => new FeedRequest { FeedDelay = new Hashed(), FeedLatencyNanoseconds = 1 }.Validated()).Message, StringComparison.Ordinal);
        using TemporaryFolder folder = new();
        using (CatalogWriter writer = new(folder.Path, TickFileOptions.Default))
        {
            writer.Append(MergeTests.Instrument(0), [MergeTests.Quote(TickData.Start, 1)]);
            writer.Complete();
        }

        FeedRequest request = new() { FeedDelay = new Table(TickData.Start, (0, -1)) };
        Assert.Contains("-1 ns", Assert.Throws<TickDataException>(() => Heard(folder.Path, request, TickData.Start, 1)).Message, StringComparison.Ordinal);
    }

    private static (long After, long Number)[] Heard(string folder, FeedRequest request, Timestamp start, int instruments)
    {
        InstrumentTable table = new(Enumerable.Range(0, instruments).Select(MergeTests.Instrument));
        using CatalogFeed feed = CatalogFeed.Open(TickCatalog.Open(folder), table, request);
        return [.. TickData.Drain(feed)
            .Where(e => (e.Header.Flags & EventFlags.ForStrategy) != 0)
            .Select(e => (e.Header.DueTime - start, e.Header.Kind == EventKind.Trade ? e.Trade.Price.Raw : e.Quote.Bid.Raw))];
    }

    /// <summary>All rows as venue and strategy see them; ties: venue side, instrument, the series that are delayed together before others, kind.</summary>
    private static MarketEvent[] Expected(List<(int Instrument, TickKind Kind, MarketEvent[] Events)> series, Timestamp from, Timestamp to)
    {
        List<(MarketEvent Event, int Stream)> all = [];
        int streams = 0;
        foreach (var group in series.GroupBy(s => s.Instrument))
        {
            InstrumentId id = new(group.Key);
            foreach ((_, _, MarketEvent[] events) in group)
            {
                IEnumerable<MarketEvent> venue = SeriesOracle.Emit(events, new() { Instrument = id, Side = CursorSide.Venue });
                all.AddRange(venue.Where(e => e.Header.VenueTime >= from && e.Header.VenueTime < to).Select(e => (e, streams)));
            }

            streams++;
        }

        foreach (var group in series.GroupBy(s => s.Instrument))
        {
            CursorSettings settings = new() { Instrument = new(group.Key), Side = CursorSide.Strategy };
            ulong stream = System.IO.Hashing.XxHash3.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(MergeTests.Instrument(group.Key).Name));
            List<MarketEvent> together = [];
            foreach ((_, TickKind kind, MarketEvent[] events) in group.Where(s => !HasTwoClocks(s.Events))) together.AddRange(SeriesOracle.Emit(events, settings));
            Timestamp last = Timestamp.MinValue;
            foreach (MarketEvent e in together.Where(e => e.Header.VenueTime >= from).OrderBy(e => e.Header.VenueTime))
            {
                MarketEvent late = e;
                late.Header.ReceivedTime = last = Timestamp.Max(last, e.Header.VenueTime + Hashed.Of(stream, e.Header.VenueTime));
                if (last < to) all.Add((late, streams));
            }

            streams++;
            foreach ((_, _, MarketEvent[] events) in group.Where(s => HasTwoClocks(s.Events)))
            {
                IEnumerable<MarketEvent> heard = SeriesOracle.Emit(events, settings);
                all.AddRange(heard.Where(e => e.Header.ReceivedTime >= from && e.Header.ReceivedTime < to).Select(e => (e, streams)));
                streams++;
            }
        }

        return [.. all.OrderBy(x => x.Event.Header.DueTime).ThenBy(x => x.Stream).Select(x => x.Event)];
    }

    private static bool HasTwoClocks(MarketEvent[] events) => events.Any(e => e.Header.ReceivedTime != e.Header.VenueTime);

    private static MarketEvent Trade(Timestamp time, long price)
    {
        MarketEvent e = default;
        e.Header = new() { VenueTime = time, ReceivedTime = time, Kind = EventKind.Trade, Flags = EventFlags.ForBoth };
        e.Trade.Price = new(price);
        return e;
    }

    /// <summary>Delays of a few instants, written down.</summary>
    private sealed class Table(Timestamp start, params (long At, long Delay)[] delays) : FeedDelay
    {
        public override void Draw(ulong stream, ReadOnlySpan<Timestamp> at, Span<long> nanoseconds)
        {
            for (int i = 0; i < at.Length; i++)
            {
                long after = at[i] - start;
                nanoseconds[i] = delays.Single(d => d.At == after).Delay;
            }
        }
    }

    /// <summary>Up to 5 µs, by the instrument and the instant.</summary>
    internal sealed class Hashed : FeedDelay
    {
        public static long Of(ulong stream, Timestamp at) => new SeededRandom(stream ^ (ulong)at.Nanoseconds).NextInt64(5_000);

        public override void Draw(ulong stream, ReadOnlySpan<Timestamp> at, Span<long> nanoseconds)
        {
            for (int i = 0; i < at.Length; i++) nanoseconds[i] = Of(stream, at[i]);
        }
    }
}
