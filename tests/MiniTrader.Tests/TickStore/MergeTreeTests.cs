using CsCheck;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>
/// The tournament and the staging of rows against a plain sort, over streams of every length: also with times that are too far apart for
/// one origin, and with a row at fault.
/// </summary>
public sealed class MergeTreeTests
{
    private static readonly Gen<long> _times = Gen.OneOf(
        Gen.Long[0, 20], Gen.Long[0, long.MaxValue - 1], Gen.Int[0, 4].Select(i => i == 4 ? long.MaxValue - 1 : 1L << (40 + (9 * i) - (i == 3 ? 6 : 0))));

    // Short streams, long ones that are staged many times, and sometimes more than three rounds of games.
    private static readonly Gen<long[][]> _streams = Gen.OneOf(
        _times.Array[0, 30].Array[2, 70], _times.Array[0, 5 * MergedFeed.StageRows].Array[2, 4], Gen.Long[0, 3].Array[60, 200].Array[2, 9]);

    [Fact]
    public void Rows_come_in_the_order_of_time_then_of_stream_then_of_place()
    {
        Gen.Select(_streams, Gen.Int[1, 300]).Sample(
            (streams, batch) =>
            {
                foreach (long[] stream in streams) Array.Sort(stream);
                (long, int, int)[] expected = [.. streams.SelectMany((s, i) => s.Select((due, row) => (due, i, row))).OrderBy(h => h)];
                using MergedFeed feed = Feed(streams);
                Assert.Equal(expected, Drain(feed, batch));
                Assert.Equal(0, feed.Fill(new MarketEvent[1]));
            },
            iter: 300);
    }

    [Fact]
    public void All_rows_ahead_of_one_at_fault_come_first_and_then_the_fault_again_and_again()
    {
        Gen.Select(_streams, Gen.Int[1, 300], Gen.Int[0, 1_000]).Sample(
            (streams, batch, which) =>
            {
                foreach (long[] stream in streams) Array.Sort(stream);
                int faulty = which % streams.Length;
                Exception fault = which % 2 == 0 ? new TickFileException("it ends here.") : new TickDataException("its delay is below zero.");

                // A stream's rows are at fault from its end on: what is due later, or as late in a later stream, must wait.
                (long, int, int) last = (streams[faulty].LastOrDefault(-1), faulty, int.MaxValue);
                (long, int, int)[] expected = [.. streams.SelectMany((s, i) => s.Select((due, row) => (due, i, row))).OrderBy(h => h).TakeWhile(h => h.CompareTo(last) < 0)];
                using MergedFeed feed = Feed(streams, faulty, fault);
                Assert.Equal(streams[faulty].Length > 0 ? expected : [], DrainToFault(feed, batch, fault));
                for (int again = 0; again < 2; again++) Assert.Same(fault, Assert.ThrowsAny<Exception>(() => feed.Fill(new MarketEvent[batch])));
            },
            iter: 300);
    }

    private static MergedFeed Feed(long[][] streams, int faulty = -1, Exception? fault = null) => new(
        [.. streams.Select((dues, i) => new ListCursor(dues, i, i == faulty ? fault : null))], [.. streams.Select(_ => CursorSide.Strategy)], null);

    private static List<(long Due, int Stream, int Row)> Drain(MergedFeed feed, int batch)
    {
        List<(long, int, int)> merged = [];
        MarketEvent[] slots = new MarketEvent[batch];
        while (!feed.IsFinished) Add(slots.AsSpan(0, feed.Fill(slots)), merged);
        return merged;
    }

    /// <summary>No call is without rows before the fault is thrown: one that is would look like the end.</summary>
    private static List<(long Due, int Stream, int Row)> DrainToFault(MergedFeed feed, int batch, Exception fault)
    {
        List<(long, int, int)> merged = [];
        MarketEvent[] slots = new MarketEvent[batch];
        while (true)
        {
            Assert.False(feed.IsFinished);
            int count;
            try
            {
                count = feed.Fill(slots);
            }
            catch (Exception thrown) when (ReferenceEquals(thrown, fault))
            {
                return merged;
            }

            Assert.NotEqual(0, count);
            Add(slots.AsSpan(0, count), merged);
        }
    }

    private static void Add(ReadOnlySpan<MarketEvent> events, List<(long, int, int)> merged)
    {
        foreach (ref readonly MarketEvent e in events) merged.Add((e.Header.ReceivedTime.Nanoseconds, e.Header.Instrument.Index, (int)e.Quote.Bid.Raw));
    }

    /// <summary>Rows from a list, in pieces of changing length as batches of a file would be; at the end a fault, if it is to have one, and then no more.</summary>
    private sealed unsafe class ListCursor(long[] dues, int stream, Exception? fault) : EventCursor
    {
        private int _row;
        private bool _hasThrown;

        public override long TotalRows => dues.Length;

        public override bool IsFinished => _row == dues.Length && (fault is null || _hasThrown);

        public override int Fill(MarketEvent* slots, int count)
        {
            if (_row == dues.Length && fault is not null && !_hasThrown)
            {
                _hasThrown = true;
                throw fault;
            }

            int filled = Math.Min(Math.Min(count, 1 + (_row * 7 % count)), dues.Length - _row);
            for (int i = 0; i < filled; i++, _row++)
            {
                slots[i] = default;
                slots[i].Header.Instrument = new InstrumentId(stream);
                slots[i].Header.ReceivedTime = new Timestamp(dues[_row]);
                slots[i].Quote.Bid = new Price(_row);
            }

            return filled;
        }

        public override void PrefetchNext(int rows)
        {
        }

        public override void Dispose()
        {
        }
    }
}
