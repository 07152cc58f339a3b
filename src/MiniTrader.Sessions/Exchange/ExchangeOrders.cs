using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>
/// The orders of all clients: those that work and, as far as there is room, those that are done, so that a status request is answered truthfully
/// long after. Slots and names are of fixed number; what has been done for longest makes room. The matching thread owns it.
/// </summary>
internal sealed class ExchangeOrders
{
    public const int None = -1;

    // On average two requests for each order remembered.
    private const int NamesPerOrder = 2;

    private readonly ExchangeOrder[] _orders;
    private readonly int[] _done;
    private long _doneHead, _doneTail;
    private int _fresh;
    private long _sequence;

    public ExchangeOrders(int capacity)
    {
        _orders = new ExchangeOrder[capacity];
        _done = new int[capacity];
        Names = new NameTable(NamesPerOrder * capacity);
    }

    public NameTable Names { get; }

    public ref ExchangeOrder this[int slot] => ref _orders[slot];

    /// <summary>Makes an order under a name that its client has not used; none when every order remembered works.</summary>
    public int Add(ExchangeClient client, ReadOnlySpan<byte> name)
    {
        if (_fresh == _orders.Length && _doneHead == _doneTail) return None;
        if (!HasName()) return None;
        int slot = _fresh < _orders.Length ? _fresh++ : ForgetOldest();
        ref ExchangeOrder order = ref _orders[slot];
        order = default;
        order.Id = ClientOrderId.Create(++_sequence, slot);
        order.Client = client.Index;
        order.Name = order.LastName = Names.Add(client.Index, name, slot, NameTable.None);
        order.PendingName = NameTable.None;
        order.IsWorking = true;
        order.Previous = client.LastOrder;
        order.Next = None;
        if (client.LastOrder == None) client.FirstOrder = slot;
        else _orders[client.LastOrder].Next = slot;
        client.LastOrder = slot;
        client.WorkingOrders++;
        return slot;
    }

    /// <summary>Notes a request on an order under a name that its client has not used; false when every name remembered is of a working order.</summary>
    public bool TryAddRequest(int slot, ReadOnlySpan<byte> name, PendingRequest request)
    {
        if (!HasName()) return false;
        ref ExchangeOrder order = ref _orders[slot];
        order.PendingName = order.LastName = Names.Add(order.Client, name, slot, order.LastName);
        order.Pending = request;
        return true;
    }

    /// <summary>The request was answered. A done order that waited only for that may now be forgotten in its turn.</summary>
    public void Settle(int slot)
    {
        ref ExchangeOrder order = ref _orders[slot];
        if (order.Pending == PendingRequest.None) return;
        order.Pending = PendingRequest.None;
        order.PendingName = NameTable.None;
        if (!order.IsWorking) _done[_doneTail++ % _done.Length] = slot;
    }

    /// <summary>The order is done: it leaves its client's working orders and is remembered for as long as there is room.</summary>
    public void Retire(ExchangeClient client, int slot)
    {
        ref ExchangeOrder order = ref _orders[slot];
        order.IsWorking = false;
        order.Leaves = Quantity.Zero;
        if (client.StatusCursor == slot) client.StatusCursor = order.Next;
        if (order.Previous == None) client.FirstOrder = order.Next;
        else _orders[order.Previous].Next = order.Next;
        if (order.Next == None) client.LastOrder = order.Previous;
        else _orders[order.Next].Previous = order.Previous;
        client.WorkingOrders--;
        if (order.Pending == PendingRequest.None) _done[_doneTail++ % _done.Length] = slot;
    }

    /// <summary>The slot of an order by the name that the venue knows, none when it was forgotten.</summary>
    public int Find(ClientOrderId id) => id.Slot < _fresh && _orders[id.Slot].Id == id ? id.Slot : None;

    /// <summary>The slot of an order by a request of its client.</summary>
    public int Find(ExchangeClient client, ReadOnlySpan<byte> name)
    {
        int at = Names.Find(client.Index, name);
        return at == NameTable.None ? None : Names.SlotOf(at);
    }

    private bool HasName()
    {
        for (long left = _doneTail - _doneHead; Names.IsFull; left--)
        {
            if (left == 0) return false;

            // Its slot waits for its turn again, now without a name.
            _done[_doneTail++ % _done.Length] = ForgetOldest();
        }

        return true;
    }

    private int ForgetOldest()
    {
        int slot = _done[_doneHead++ % _done.Length];
        int name = _orders[slot].LastName;
        while (name != NameTable.None) name = Names.Remove(name);
        _orders[slot].LastName = NameTable.None;
        _orders[slot].Id = ClientOrderId.None;
        return slot;
    }
}
