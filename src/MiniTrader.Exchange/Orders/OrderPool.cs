using System.Numerics;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// All orders that work at the venue: one array taken at the start, a free list through it, and a table that finds an order by its
/// <see cref="ClientOrderId"/>. The table probes on from the id's slot; slots are dense, so that a look-up is nearly always one
/// read. Owned by the venue, engine thread only.
/// </summary>
internal sealed class OrderPool
{
    public const int None = -1;

    /// <summary>An element that no order ever has: of no side, so that it is never the one that somebody looks for.</summary>
    public const int Nobody = 0;

    private readonly WorkingOrder[] _orders;

    // Place + 1, zero is empty; at most half full.
    private readonly int[] _table;
    private readonly int _mask;
    private int _free;

    public OrderPool(int capacity)
    {
        _orders = new WorkingOrder[capacity + 1];
        _table = new int[2 * BitOperations.RoundUpToPowerOf2((uint)capacity)];
        _mask = _table.Length - 1;
        _free = Nobody + 1;
        for (int i = _free; i <= capacity; i++) _orders[i].Next = i < capacity ? i + 1 : None;
    }

    public ref WorkingOrder this[int index] => ref _orders[index];

    public int Count { get; private set; }

    public bool IsFull => _free == None;

    /// <summary>Orders that could be added.</summary>
    public int Room => _orders.Length - 1 - Count;

    /// <summary>Takes a cleared element for an order; the pool must not be full.</summary>
    public int Add(ClientOrderId id)
    {
        int index = _free;
        ref WorkingOrder order = ref _orders[index];
        _free = order.Next;
        order = default;
        order.Id = id;
        order.Next = order.Previous = order.ExpiryNext = order.ExpiryPrevious = None;
        order.Parent = order.FirstChild = order.NextChild = order.GroupNext = None;
        int at = id.Slot & _mask;
        while (_table[at] != 0) at = (at + 1) & _mask;
        _table[at] = index + 1;
        Count++;
        return index;
    }

    /// <summary>Gives the element back; the order must stand in no list.</summary>
    public void Remove(int index)
    {
        ref WorkingOrder order = ref _orders[index];
        Forget(order.Id, index);
        order.Id = ClientOrderId.None;
        order.Next = _free;
        _free = index;
        Count--;
    }

    /// <summary>The working order of that name, or <see cref="None"/>.</summary>
    public int Find(ClientOrderId id)
    {
        for (int at = id.Slot & _mask; _table[at] != 0; at = (at + 1) & _mask)
        {
            int index = _table[at] - 1;
            if (_orders[index].Id == id) return index;
        }

        return None;
    }

    /// <summary>Puts an order into a list behind all that sort before it or equal; walks from the tail, where most go.</summary>
    public void Insert(ref OrderList list, int index)
    {
        ref WorkingOrder order = ref _orders[index];
        int before = list.Tail;
        while (before != None && IsLess(order, _orders[before])) before = _orders[before].Previous;
        int after = before == None ? list.Head : _orders[before].Next;
        order.Previous = before;
        order.Next = after;
        if (before == None) list.Head = index;
        else _orders[before].Next = index;
        if (after == None) list.Tail = index;
        else _orders[after].Previous = index;
    }

    public void Unlink(ref OrderList list, int index)
    {
        ref WorkingOrder order = ref _orders[index];
        if (order.Previous == None) list.Head = order.Next;
        else _orders[order.Previous].Next = order.Next;
        if (order.Next == None) list.Tail = order.Previous;
        else _orders[order.Next].Previous = order.Previous;
        order.Next = order.Previous = None;
    }

    /// <summary>Empties an entry of the table and moves back those behind it that only stood there because it was taken.</summary>
    private void Forget(ClientOrderId id, int index)
    {
        int hole = id.Slot & _mask;
        while (_table[hole] != index + 1) hole = (hole + 1) & _mask;
        for (int at = (hole + 1) & _mask; _table[at] != 0; at = (at + 1) & _mask)
        {
            int home = _orders[_table[at] - 1].Id.Slot & _mask;
            if (((at - home) & _mask) < ((at - hole) & _mask)) continue;
            _table[hole] = _table[at];
            hole = at;
        }

        _table[hole] = 0;
    }

    private static bool IsLess(in WorkingOrder a, in WorkingOrder b) => a.Key != b.Key ? a.Key < b.Key : a.Priority < b.Priority;
}

/// <summary>Head and tail of a list that runs through the pool.</summary>
internal struct OrderList
{
    public int Head = OrderPool.None;
    public int Tail = OrderPool.None;

    public OrderList()
    {
    }
}
