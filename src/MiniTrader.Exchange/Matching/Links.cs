using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// What one order's life means for others: groups of which one cancels or shrinks the others, and children that their parent releases.
/// Others are ended and made smaller at once, so that no two orders of a group fill by one event; children begin to work when the
/// step at hand is over.
/// </summary>
internal sealed class Links(Floor floor)
{
    /// <summary>Most parents above one order.</summary>
    public const int MaxGenerations = 8;

    private readonly OrderPool _pool = floor.Pool;

    /// <summary>Puts two orders into one group.</summary>
    public void Join(int index, int other)
    {
        ref WorkingOrder order = ref _pool[index];
        ref WorkingOrder first = ref _pool[other];
        order.GroupNext = first.GroupNext == OrderPool.None ? other : first.GroupNext;
        first.GroupNext = index;
    }

    /// <summary>Makes an order wait for its parent; all of it is held.</summary>
    public void Adopt(int child, int parent)
    {
        ref WorkingOrder order = ref _pool[child];
        order.Parent = parent;
        order.Generation = (byte)(_pool[parent].Generation + 1);
        order.Held = order.Quantity;
        order.NextChild = _pool[parent].FirstChild;
        _pool[parent].FirstChild = child;
    }

    /// <summary>An order was filled; it may be done, but still stands in the pool.</summary>
    public void OnFill(Market market, int index, long quantity)
    {
        int next;
        for (int i = _pool[index].GroupNext; i != OrderPool.None && i != index; i = next)
        {
            next = _pool[i].GroupNext;
            if (_pool[i].Contingency == Contingency.Oco) floor.End(market, i, ReportKind.Cancelled, ReasonCode.OneCancelsOther);
            else floor.Shrink(market, i, quantity, ReasonCode.OneUpdatesOther, ReasonCode.OneCancelsOther);
        }

        long left = _pool[index].Rest;
        for (int i = _pool[index].FirstChild; i != OrderPool.None; i = _pool[i].NextChild) Release(market, i, left, left + quantity);
    }

    /// <summary>
    /// The venue made an order smaller: of what its children hold back, the part that waited for what is gone goes with it, as all of it would with the order.
    /// </summary>
    public void OnShrunk(Market market, int index, long quantity)
    {
        long left = _pool[index].Rest;
        int next;
        for (int i = _pool[index].FirstChild; i != OrderPool.None; i = next)
        {
            ref WorkingOrder child = ref _pool[i];
            next = child.NextChild;
            long gone = child.Held - StillHeld(market, child, left, left + quantity);
            if (gone == 0) continue;
            child.Held -= gone;
            floor.Shrink(market, i, gone, ReasonCode.ParentFilledLess, ReasonCode.ParentEnded);
        }
    }

    /// <summary>An order leaves the pool: so does what it held back.</summary>
    public void OnGone(Market market, int index)
    {
        LeaveGroup(index);
        LeaveParent(index);
        int next;
        for (int i = _pool[index].FirstChild; i != OrderPool.None; i = next)
        {
            next = _pool[i].NextChild;
            Orphan(market, i);
        }
    }

    /// <summary>Of what a child holds back, the part stays held that its parent's unfilled quantity is of what it was; in whole lots.</summary>
    private void Release(Market market, int child, long left, long before)
    {
        ref WorkingOrder order = ref _pool[child];
        if (order.Held == 0 || (order.Release == ChildRelease.WhenFilled && left > 0)) return;
        long held = StillHeld(market, order, left, before);
        if (held == order.Held) return;
        order.Held = held;
        if (order.Place != OrderPlace.Released) floor.Schedule(market, child);
    }

    private static long StillHeld(Market market, in WorkingOrder order, long left, long before)
    {
        long held = (long)((Int128)order.Held * left / before), rest = held % market.Lot;
        return Math.Min(order.Held, rest == 0 ? held : held - rest + market.Lot);
    }

    private void Orphan(Market market, int child)
    {
        ref WorkingOrder order = ref _pool[child];
        order.Parent = order.NextChild = OrderPool.None;
        if (order.Held == 0) return;
        order.Quantity -= order.Held;
        order.Held = 0;
        if (order.Rest == 0) floor.End(market, child, ReportKind.Cancelled, ReasonCode.ParentEnded);
        else floor.Change(order, ReasonCode.ParentFilledLess);
    }

    private void LeaveGroup(int index)
    {
        int after = _pool[index].GroupNext;
        if (after == OrderPool.None) return;
        int before = after;
        while (_pool[before].GroupNext != index) before = _pool[before].GroupNext;
        _pool[before].GroupNext = before == after ? OrderPool.None : after;
        _pool[index].GroupNext = OrderPool.None;
    }

    private void LeaveParent(int index)
    {
        int parent = _pool[index].Parent;
        if (parent == OrderPool.None) return;
        if (_pool[parent].FirstChild == index)
        {
            _pool[parent].FirstChild = _pool[index].NextChild;
        }
        else
        {
            int i = _pool[parent].FirstChild;
            while (_pool[i].NextChild != index) i = _pool[i].NextChild;
            _pool[i].NextChild = _pool[index].NextChild;
        }

        _pool[index].Parent = OrderPool.None;
    }
}
