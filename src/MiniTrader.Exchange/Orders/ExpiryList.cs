using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// The orders that end at a time, soonest first, equal times by arrival: a list through the pool of its own links. Day orders
/// share their time, so that almost all are put at the tail.
/// </summary>
internal sealed class ExpiryList(OrderPool pool)
{
    private int _head = OrderPool.None;
    private int _tail = OrderPool.None;

    public int Head => _head;

    /// <summary>The soonest expiry, "never" when there is none.</summary>
    public Timestamp NextDue { get; private set; } = Timestamp.MaxValue;

    /// <summary>Adds an order by its <see cref="WorkingOrder.Expiry"/>; "never" is not added.</summary>
    public void Add(int index)
    {
        ref WorkingOrder order = ref pool[index];
        if (order.Expiry == Timestamp.MaxValue) return;
        int before = _tail;
        while (before != OrderPool.None && IsLater(pool[before], order)) before = pool[before].ExpiryPrevious;
        int after = before == OrderPool.None ? _head : pool[before].ExpiryNext;
        order.ExpiryPrevious = before;
        order.ExpiryNext = after;
        if (before == OrderPool.None) _head = index;
        else pool[before].ExpiryNext = index;
        if (after == OrderPool.None) _tail = index;
        else pool[after].ExpiryPrevious = index;
        NextDue = pool[_head].Expiry;
    }

    public void Remove(int index)
    {
        ref WorkingOrder order = ref pool[index];
        if (order.Expiry == Timestamp.MaxValue) return;
        if (order.ExpiryPrevious == OrderPool.None) _head = order.ExpiryNext;
        else pool[order.ExpiryPrevious].ExpiryNext = order.ExpiryNext;
        if (order.ExpiryNext == OrderPool.None) _tail = order.ExpiryPrevious;
        else pool[order.ExpiryNext].ExpiryPrevious = order.ExpiryPrevious;
        order.ExpiryNext = order.ExpiryPrevious = OrderPool.None;
        order.Expiry = Timestamp.MaxValue;
        NextDue = _head == OrderPool.None ? Timestamp.MaxValue : pool[_head].Expiry;
    }

    private static bool IsLater(in WorkingOrder a, in WorkingOrder b) =>
        a.Expiry != b.Expiry ? a.Expiry > b.Expiry : a.VenueId.Value > b.VenueId.Value;
}
