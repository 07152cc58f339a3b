namespace MiniTrader.Exchange;

/// <summary>
/// Walks through the lists of the pool that stand while anything is taken out of them: a fill of one order may end others, those that the
/// walk would come to next included. Walks are nested like calls. Every walk over a list in which orders may fill goes through here.
/// <code>
/// int walk = walks.Begin(list);
/// while (walks.TryNext(walk, out int index)) { … }
/// walks.End(walk);
/// </code>
/// </summary>
internal sealed class OrderWalks(OrderPool pool)
{
    /// <summary>Walks within walks: an event's, and those of what follows from a fill. Deeper ones would be a mistake in the venue.</summary>
    public const int MaxDepth = 64;

    private readonly int[] _next = new int[MaxDepth];
    private int _depth;

    public int Begin(in OrderList list)
    {
        _next[_depth] = list.Head;
        return _depth++;
    }

    public bool TryNext(int walk, out int index)
    {
        index = _next[walk];
        if (index == OrderPool.None) return false;
        _next[walk] = pool[index].Next;
        return true;
    }

    /// <summary>Ends a walk, however far it came.</summary>
    public void End(int walk) => _depth = walk;

    /// <summary>An order is about to leave its list: no walk comes to it any more.</summary>
    public void Skip(int index)
    {
        for (int i = 0; i < _depth; i++)
        {
            if (_next[i] == index) _next[i] = pool[index].Next;
        }
    }
}
