using CsCheck;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>From inclusive, To exclusive, over batches and files, from every side of a series.</summary>
public sealed class SeekTests
{
    private static readonly Gen<(int Rows, int Files, int BatchRows, int From, int Span, int Side, bool TwoClocks, ulong Seed)> _ranges = Gen.Select(
        Gen.Int[0, 300], Gen.Int[1, 4], Gen.Int[1, 60], Gen.Int[-20, 320], Gen.Int[1, 320], Gen.Int[0, 3], Gen.Bool, Gen.ULong);

    [Fact]
    public void A_range_holds_exactly_the_rows_that_are_due_in_it()
    {
        using TemporaryFolder folder = new();
        int next = 0;
        _ranges.Sample(
            range =>
            {
                MarketEvent[] events = TickData.Events(TickKind.Quotes, range.Rows, range.Seed, range.TwoClocks ? TickData.Shape.TwoClocks : TickData.Shape.Plain);
                TickFile[] files = Split(folder, Interlocked.Increment(ref next), events, range.Files, range.BatchRows);
                CursorSettings settings = new()
                {
                    Instrument = new(0),
                    Side = (CursorSide)range.Side,
                    LatencyNanoseconds = 700,
                    From = TickData.Start.Nanoseconds + (range.From * 700L),
                    To = TickData.Start.Nanoseconds + ((range.From + range.Span) * 700L),
                };
                MarketEvent[] expected = [.. SeriesOracle.Emit(events, settings).Where(e => Due(e, settings) >= settings.From && Due(e, settings) < settings.To)];
                using MappedFeed feed = new(new SeriesCursor(files, settings, null), null);
                Assert.True(feed.TotalRows >= expected.Length);
                TickData.AssertSame(expected, TickData.Drain(feed, 37));
            },
            iter: 300);
    }

    private static long Due(in MarketEvent e, CursorSettings settings) =>
        settings.Side == CursorSide.Venue ? e.Header.VenueTime.Nanoseconds : e.Header.ReceivedTime.Nanoseconds;

    private static TickFile[] Split(TemporaryFolder folder, int name, MarketEvent[] events, int files, int batchRows)
    {
        List<TickFile> split = [];
        for (int i = 0; i < files; i++)
        {
            Range part = (events.Length * i / files)..(events.Length * (i + 1) / files);
            string path = folder.File($"{name}-{i}.arrow");
            TickData.Write(path, TickKind.Quotes, events.AsSpan()[part], new() { BatchRows = batchRows });
            split.Add(TickFile.Open(path, TickKind.Quotes));
        }

        return SeriesFiles.InOrder(split);
    }
}
