using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// Thins a series of any length out to a bounded number of points for a chart. Each bucket of consecutive points keeps its first,
/// lowest, highest and last, so that no peak is lost; when the buckets run out, neighbours are joined and each holds twice as many.
/// Values that are not finite are left out.
/// </summary>
public sealed class SeriesSampler
{
    private readonly Bucket[] _buckets;
    private long _width = 1, _inBucket;
    private int _count;

    /// <param name="capacity">Most buckets, even; a chart needs about one for two pixels.</param>
    public SeriesSampler(int capacity = 512)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(capacity % 2, 0, nameof(capacity));
        _buckets = new Bucket[capacity];
    }

    /// <summary>Points that were added.</summary>
    public long Added { get; private set; }

    /// <summary>Takes the next point; times must not go back.</summary>
    public void Add(Timestamp time, double value)
    {
        if (!double.IsFinite(value)) return;
        if (_inBucket == _width || _count == 0) Open();
        ChartPoint point = new(time, value);
        ref Bucket bucket = ref _buckets[_count - 1];
        if (_inBucket++ == 0) bucket = new Bucket(point);
        else bucket.Join(new Bucket(point));
        Added++;
    }

    /// <summary>At most four times the capacity, in order of time.</summary>
    public IReadOnlyList<ChartPoint> Points()
    {
        List<ChartPoint> points = new(_count * 4);
        for (int i = 0; i < _count; i++) _buckets[i].WriteTo(points);
        return points;
    }

    private void Open()
    {
        if (_count == _buckets.Length)
        {
            for (int i = 0; i < _count; i += 2)
            {
                _buckets[i].Join(_buckets[i + 1]);
                _buckets[i / 2] = _buckets[i];
            }

            _count /= 2;
            _width *= 2;
        }

        _count++;
        _inBucket = 0;
    }

    private struct Bucket(ChartPoint point)
    {
        private readonly ChartPoint _first = point;
        private ChartPoint _low = point;
        private ChartPoint _high = point;
        private ChartPoint _last = point;

        public void Join(Bucket later)
        {
            if (later._low.Value < _low.Value) _low = later._low;
            if (later._high.Value > _high.Value) _high = later._high;
            _last = later._last;
        }

        public readonly void WriteTo(List<ChartPoint> points)
        {
            points.Add(_first);
            bool lowFirst = _low.Time <= _high.Time;
            AddNew(points, lowFirst ? _low : _high);
            AddNew(points, lowFirst ? _high : _low);
            AddNew(points, _last);
        }

        private static void AddNew(List<ChartPoint> points, ChartPoint point)
        {
            if (points[^1] != point) points.Add(point);
        }
    }
}
