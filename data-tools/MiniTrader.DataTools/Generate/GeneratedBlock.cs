using MiniTrader.Feeds;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Events of one day taken from a generated feed and sorted into the files they go to: one pile for each instrument's quotes and
/// one for its trades. Filled by one thread, then written by another; never both at a time.
/// </summary>
internal sealed class GeneratedBlock
{
    private const int Capacity = 1 << 16;

    private readonly GeneratedMarket _market;
    private readonly MarketEvent[] _events = new MarketEvent[Capacity];
    private readonly MarketEvent[] _sorted = new MarketEvent[Capacity];
    private readonly int[] _starts;
    private readonly int[] _ends;

    public GeneratedBlock(GeneratedMarket market)
    {
        _market = market;
        _starts = new int[market.Instruments.Count * 2];
        _ends = new int[market.Instruments.Count * 2];
    }

    public int Count { get; private set; }

    /// <summary>Takes the next events; none when the feed is finished.</summary>
    public void Fill(GeneratedFeed feed)
    {
        Count = feed.IsFinished ? 0 : feed.Fill(_events);
        Sort(_events.AsSpan(0, Count));
    }

    /// <summary>Hands the piles on, one UTC date after the other: a date's files are done before the next date's begin.</summary>
    public void Write(CatalogSink sink)
    {
        for (int pile = 0; pile < _ends.Length; pile++) _starts[pile] = pile == 0 ? 0 : _ends[pile - 1];
        for (int read = 0; read < Count;)
        {
            Timestamp end = Timestamp.MaxValue;
            for (int pile = 0; pile < _ends.Length; pile++)
            {
                if (_starts[pile] < _ends[pile]) end = Timestamp.Min(end, EndOfDay(_sorted[_starts[pile]].Header.VenueTime));
            }

            for (int pile = 0; pile < _ends.Length; pile++) read += WriteBefore(end, pile, sink);
        }
    }

    private int WriteBefore(Timestamp end, int pile, CatalogSink sink)
    {
        ReadOnlySpan<MarketEvent> rest = _sorted.AsSpan(_starts[pile], _ends[pile] - _starts[pile]);
        int count = rest.Length;
        if (count > 0 && rest[^1].Header.VenueTime >= end)
        {
            count = 0;
            while (rest[count].Header.VenueTime < end) count++;
        }

        if (count > 0) sink.Append(_market.Instruments[pile >> 1], rest[0].Header.VenueTime.Date, rest[..count]);
        _starts[pile] += count;
        return count;
    }

    private static Timestamp EndOfDay(Timestamp time) => time.FloorTo(Timestamp.NanosecondsPerDay) + Timestamp.NanosecondsPerDay;

    /// <summary>A stable counting sort: each pile keeps the order of time.</summary>
    private void Sort(ReadOnlySpan<MarketEvent> events)
    {
        Array.Clear(_ends);
        foreach (ref readonly MarketEvent e in events) _ends[PileOf(e)]++;
        int start = 0;
        for (int pile = 0; pile < _ends.Length; pile++) (_ends[pile], start) = (start, start + _ends[pile]);
        foreach (ref readonly MarketEvent e in events) _sorted[_ends[PileOf(e)]++] = e;
    }

    private static int PileOf(in MarketEvent e) => (e.Header.Instrument.Index << 1) | (e.Header.Kind == EventKind.Trade ? 1 : 0);
}
