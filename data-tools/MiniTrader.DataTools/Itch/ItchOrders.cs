using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>An order in the book.</summary>
/// <param name="Shares">What is left of it.</param>
/// <param name="Price">In 1e-4 dollars.</param>
internal readonly record struct ItchOrder(uint Shares, uint Price, ushort Locate, OrderSide Side);

/// <summary>
/// The orders in the book, by id: messages that change an order name neither its side nor its price. Holds what is live, so that
/// memory is bounded by the book and not by the day.
/// </summary>
internal sealed class ItchOrders
{
    private readonly Dictionary<ulong, ItchOrder> _orders = [];

    public int Count => _orders.Count;

    public bool Contains(ulong id) => _orders.ContainsKey(id);

    public bool TryFind(ulong id, out ItchOrder order) => _orders.TryGetValue(id, out order);

    public void Add(ulong id, ItchOrder order) => _orders.Add(id, order);

    public void Remove(ulong id) => _orders.Remove(id);

    /// <summary>Takes shares from an order, which goes when none are left; there must be as many.</summary>
    public uint Reduce(ulong id, uint shares)
    {
        ref ItchOrder order = ref CollectionsMarshal.GetValueRefOrNullRef(_orders, id);
        uint left = order.Shares - shares;
        if (left == 0) _orders.Remove(id);
        else order = order with { Shares = left };
        return left;
    }
}
