using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// All orders that work at the venue: one array taken at the start, a free list through it, and a table from the slot of a
/// <see cref="ClientOrderId"/> to the order's place. Owned by the venue, engine thread only.
/// </summary>
internal sealed class OrderPool
{
    public const int None = -1;

    private readonly WorkingOrder[] _orders;

    // Place + 1 by slot, zero is none: fresh zeroed pages cost nothing until a slot is used.
    private readonly int[] _bySlot = new int[1 << ClientOrderId.SlotBits];
    private int _free;

    public OrderPool(int capacity)
    {
        _orders = new WorkingOrder[capacity];
        for (int i = 0; i < capacity; i++) _orders[i].Next = i + 1 < capacity ? i + 1 : None;
    }

    public ref WorkingOrder this[int index] => ref _orders[index];

    public int Count { get; private set; }

    public bool IsFull => _free == None;

    /// <summary>Takes a cleared element for an order; the pool must not be full.</summary>
    public int Add(ClientOrderId id)
    {
        int index = _free;
        ref WorkingOrder order = ref _orders[index];
        _free = order.Next;
        order = default;
        order.Id = id;
        order.Next = order.Previous = order.ExpiryNext = order.ExpiryPrevious = None;
        _bySlot[id.Slot] = index + 1;
        Count++;
        return index;
    }

    /// <summary>Gives the element back; the order must stand in no list.</summary>
    public void Remove(int index)
    {
        ref WorkingOrder order = ref _orders[index];
        if (_bySlot[order.Id.Slot] == index + 1) _bySlot[order.Id.Slot] = 0;
        order.Id = ClientOrderId.None;
        order.Next = _free;
        _free = index;
        Count--;
    }

    /// <summary>The working order of that name, or <see cref="None"/>.</summary>
    public int Find(ClientOrderId id)
    {
        int index = _bySlot[id.Slot] - 1;
        return index >= 0 && _orders[index].Id == id ? index : None;
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
