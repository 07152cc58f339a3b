namespace MiniTrader.Analytics;

/// <summary>
/// Keeps every item while there are few, every third when there are more, then every ninth: an even choice of a stream of any
/// length in bounded memory. The stride is odd so that items which take turns, a buy and then a sell, are both kept.
/// </summary>
internal sealed class ThinnedList<T>(int capacity)
{
    private readonly List<T> _items = new(Math.Min(capacity, 64));
    private long _added;

    /// <summary>Every how manieth item is kept.</summary>
    public long Stride { get; private set; } = 1;

    public IReadOnlyList<T> Items => _items;

    public void Add(T item)
    {
        if (_added++ % Stride != 0) return;
        if (_items.Count == capacity)
        {
            int kept = (_items.Count + 2) / 3;
            for (int i = 0; i < kept; i++) _items[i] = _items[3 * i];
            _items.RemoveRange(kept, _items.Count - kept);
            Stride *= 3;
            if ((_added - 1) % Stride != 0) return;
        }

        _items.Add(item);
    }
}
