using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>A book of orders in one dictionary, each with its turn; applies our deltas by the definition of each action.</summary>
internal sealed class NaiveOrders
{
    private readonly Dictionary<long, (OrderSide Side, long Price, long Size, long Turn)> _orders = [];
    private long _turn;

    /// <summary>Orders by side, price and place in the queue.</summary>
    public IEnumerable<(long Id, OrderSide Side, long Price, long Size)> Queues =>
        _orders.OrderBy(o => (o.Value.Side, o.Value.Price, o.Value.Turn)).Select(o => (o.Key, o.Value.Side, o.Value.Price, o.Value.Size));

    public void Apply(in BookDelta delta)
    {
        (long id, OrderSide side) = (delta.OrderId, delta.Side);
        bool isKnown = _orders.TryGetValue(id, out (OrderSide Side, long Price, long Size, long Turn) order);
        if (isKnown != delta.Action is BookAction.Modify or BookAction.Delete or BookAction.Execute && delta.Action != BookAction.Clear)
            Assert.Fail($"{delta.Action} of order {id}, which is {(isKnown ? "" : "not ")}there");
        switch (delta.Action)
        {
            case BookAction.Clear:
                foreach (long gone in _orders.Where(o => side == OrderSide.None || o.Value.Side == side).Select(o => o.Key).ToArray()) _orders.Remove(gone);
                break;
            case BookAction.Add:
                _orders[id] = (side, delta.Price.Raw, delta.Size.Raw, _turn++);
                break;
            case BookAction.Modify:
                bool keepsPlace = order.Price == delta.Price.Raw && delta.Size.Raw <= order.Size;
                _orders[id] = (side, delta.Price.Raw, delta.Size.Raw, keepsPlace ? order.Turn : _turn++);
                break;
            case BookAction.Execute:
                if (delta.Size.Raw <= 0 || delta.Size.Raw > order.Size) Assert.Fail($"order {id} executes more than it shows");
                if (order.Size == delta.Size.Raw) _orders.Remove(id);
                else _orders[id] = order with { Size = order.Size - delta.Size.Raw };
                break;
            case BookAction.Delete:
                _orders.Remove(id);
                break;
            default:
                Assert.Fail($"{delta.Action} is no action");
                break;
        }
    }
}
