namespace MiniTrader.Exchange;

/// <summary>
/// What our own fills have used up of the levels of one side of a book, price by price. What is used at a price comes back when the
/// market shows another size there. A few entries at a time, so that a search is a short scan.
/// </summary>
internal sealed class UsedLevels
{
    /// <summary>Most prices that can be used up at a time; what lies behind cannot be taken until one of them changes.</summary>
    public const int Capacity = 256;

    private readonly (long Price, long Used)[] _levels = new (long, long)[Capacity];

    public int Count { get; private set; }

    /// <summary>How many more prices can be used up.</summary>
    public int Room => Capacity - Count;

    /// <summary>How much of the level is used up.</summary>
    public long At(long price)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_levels[i].Price == price) return _levels[i].Used;
        }

        return 0;
    }

    /// <summary>Uses up more of a level; false when too many levels are used up already.</summary>
    public bool TryUse(long price, long quantity)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_levels[i].Price != price) continue;
            _levels[i].Used += quantity;
            return true;
        }

        if (Count == Capacity) return false;
        _levels[Count++] = (price, quantity);
        return true;
    }

    /// <summary>The market shows another size at this price: all of it is fresh.</summary>
    public void Forget(long price)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_levels[i].Price != price) continue;
            _levels[i] = _levels[--Count];
            return;
        }
    }

    public void Clear() => Count = 0;
}
