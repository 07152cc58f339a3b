namespace MiniTrader.Analytics;

/// <summary>
/// Keeps every item while there are few, every second when there are more, then every fourth: an even choice of a stream of any
/// length in bounded memory.
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
            for (int i = 0; 2 * i < _items.Count; i++) _items[i] = _items[2 * i];
            _items.RemoveRange((_items.Count + 1) / 2, _items.Count / 2);
            Stride *= 2;
            if ((_added - 1) % Stride != 0) return;
        }

        _items.Add(item);
    }
}
