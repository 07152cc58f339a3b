using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// The series of one instrument as its strategy hears them over a feed whose delay varies: merged by the time at which they left, then
/// each instant's rows delayed by one draw, and held back to the row before where a draw would overtake. Rows that a file stores with a received
/// time keep it. Owned by one feed; its thread is the feed's.
/// </summary>
internal sealed unsafe class DelayedCursor : EventCursor
{
    private const int StageRows = 64;

    private readonly SeriesCursor[] _series;
    private readonly FeedDelay _delay;
    private readonly ulong _stream;
    private readonly long _to;
    private readonly MarketEvent[] _staged;
    private readonly int[] _heads, _ends;
    private readonly Timestamp[] _instants = new Timestamp[StageRows];
    private readonly long[] _delays = new long[StageRows];
    private Timestamp _instant = Timestamp.MinValue;
    private long _latency;
    private Timestamp _last = Timestamp.MinValue;
    private bool _isFinished;

    /// <param name="series">In the order that settles ties, without a latency of their own. Where there are several, none has received times.</param>
    /// <param name="delay">How long a message takes.</param>
    /// <param name="stream">See <see cref="FeedDelay.Draw"/>.</param>
    /// <param name="to">Rows received at this time or later do not come.</param>
    public DelayedCursor(SeriesCursor[] series, FeedDelay delay, ulong stream, long to)
    {
        _series = series;
        _delay = delay;
        _stream = stream;
        _to = to;
        _staged = new MarketEvent[series.Length * StageRows];
        _heads = new int[series.Length];
        _ends = new int[series.Length];
        foreach (SeriesCursor cursor in series) TotalRows += cursor.TotalRows;
    }

    public override long TotalRows { get; }

    public override bool IsFinished => _isFinished;

    public override int Fill(MarketEvent* slots, int count)
    {
        if (_isFinished || count == 0) return 0;
        count = Math.Min(count, StageRows);
        int run = _series.Length == 1 ? _series[0].Fill(slots, count) : Merge(slots, count);
        Span<MarketEvent> rows = new(slots, run);
        if (run == 0) _isFinished = true;
        else if (_series[0].HasReceivedTime) Keep(rows);
        else Delay(rows);
        return Cut(rows);
    }

    public override void PrefetchNext(int rows)
    {
        foreach (SeriesCursor series in _series) series.PrefetchNext(rows);
    }

    public override void Dispose()
    {
        _isFinished = true;
        foreach (SeriesCursor series in _series) series.Dispose();
    }

    /// <summary>Takes the earliest rows of all series, up to where one has to be read on: a fault may only be met when no row waits.</summary>
    private int Merge(MarketEvent* slots, int count)
    {
        for (int i = 0; i < _series.Length; i++)
        {
            if (_heads[i] == _ends[i]) Refill(i);
        }

        for (int written = 0; written < count; written++)
        {
            int next = Earliest();
            if (next < 0) return written;
            slots[written] = _staged[_heads[next]++];
            if (_heads[next] == _ends[next]) return written + 1;
        }

        return count;
    }

    private void Refill(int series)
    {
        int first = series * StageRows;

        // SAFETY: each series has this many slots of its own.
        fixed (MarketEvent* slots = &_staged[first])
        {
            _heads[series] = first;
            _ends[series] = first + _series[series].Fill(slots, StageRows);
        }
    }

    private int Earliest()
    {
        int earliest = -1;
        for (int i = 0; i < _series.Length; i++)
        {
            if (_heads[i] == _ends[i]) continue;
            if (earliest < 0 || _staged[_heads[i]].Header.ReceivedTime < _staged[_heads[earliest]].Header.ReceivedTime) earliest = i;
        }

        return earliest;
    }

    private void Delay(Span<MarketEvent> rows)
    {
        int instants = 0;
        Timestamp left = _instant;
        foreach (ref MarketEvent row in rows)
        {
            if (row.Header.ReceivedTime != left) _instants[instants++] = left = row.Header.ReceivedTime;
        }

        Span<long> delays = _delays.AsSpan(0, instants);
        if (instants > 0) _delay.Draw(_stream, _instants.AsSpan(0, instants), delays);
        int next = 0;
        foreach (ref MarketEvent row in rows)
        {
            if (row.Header.ReceivedTime != _instant)
            {
                _instant = row.Header.ReceivedTime;
                _latency = Checked(delays[next++]);
            }

            _last = Timestamp.Max(_last, _instant + _latency);
            row.Header.ReceivedTime = _last;
        }
    }

    /// <summary>Received times of the data, behind rows of another file that were delayed.</summary>
    private void Keep(Span<MarketEvent> rows)
    {
        foreach (ref MarketEvent row in rows) row.Header.ReceivedTime = _last = Timestamp.Max(_last, row.Header.ReceivedTime);
    }

    /// <summary>How many of the rows are heard within the range; none comes behind the first that is not.</summary>
    private int Cut(ReadOnlySpan<MarketEvent> rows)
    {
        int count = rows.Length;
        while (count > 0 && rows[count - 1].Header.ReceivedTime.Nanoseconds >= _to) count--;
        _isFinished |= count < rows.Length;
        return count;
    }

    private static long Checked(long delay) => delay >= 0
        ? Math.Min(delay, FeedRequest.MaxFeedLatencyNanoseconds)
        : throw new TickDataException($"A feed delay of {delay} ns was drawn; it must not be below zero.");
}
