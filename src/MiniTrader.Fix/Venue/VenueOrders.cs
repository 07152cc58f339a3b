using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>The orders of a FIX venue by the slot in their name: one array, taken when it is built. The FIX thread only.</summary>
internal sealed class VenueOrders
{
    private readonly VenueOrder[] _orders;

    public VenueOrders(int capacity)
    {
        if (capacity is < 1 or > 1 << ClientOrderId.SlotBits) throw new ArgumentException($"{capacity} orders are outside 1 to {1 << ClientOrderId.SlotBits}.");
        _orders = new VenueOrder[capacity];
    }

    /// <summary>Slots up to here have been used.</summary>
    public int Used { get; private set; }

    public ref VenueOrder this[int slot] => ref _orders[slot];

    /// <summary>The order of a name that is in its slot, working or done; false for any other.</summary>
    public bool TryFind(ClientOrderId id, out int slot)
    {
        slot = id.Slot;
        return (uint)slot < (uint)_orders.Length && _orders[slot].Command.ClientOrderId == id;
    }

    /// <summary>The order that the venue calls so, found by looking at each: for reports that leave our name out, which are few.</summary>
    public bool TryFind(ReadOnlySpan<byte> venueName, out int slot)
    {
        for (slot = 0; slot < Used; slot++)
        {
            ref readonly VenueOrder order = ref _orders[slot];
            if (order.OrderIdLength > 0 && venueName.SequenceEqual(((ReadOnlySpan<byte>)order.OrderId)[..order.OrderIdLength])) return true;
        }

        return false;
    }

    /// <summary>Takes the slot of a new order; false when the name's slot is beyond the table.</summary>
    public bool TryOpen(in OrderCommand command, out int slot)
    {
        slot = command.ClientOrderId.Slot;
        if ((uint)slot >= (uint)_orders.Length) return false;
        ref VenueOrder order = ref _orders[slot];
        order = default;
        order.Command = command;
        order.Asked = command;
        order.IsWorking = true;
        order.Pending = PendingRequest.New;
        Used = Math.Max(Used, slot + 1);
        return true;
    }
}
