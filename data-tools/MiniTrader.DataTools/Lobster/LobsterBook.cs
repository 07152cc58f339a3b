using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// The book that a message file makes, and the deltas of each step. What was there before the file began is one made-up order a level, ahead
/// of all others, and messages about orders that were never seen take from it. One thread.
/// </summary>
internal sealed class LobsterBook
{
    private readonly LobsterSide _bids = new(OrderSide.Buy);
    private readonly LobsterSide _asks = new(OrderSide.Sell);
    private readonly Dictionary<long, (OrderSide Side, long Price)> _orders = [];
    private readonly List<BookDelta> _deltas = [];
    private long _lastMadeUp;

    /// <summary>The changes since <see cref="Begin"/>: action, side, id, price and size.</summary>
    public ReadOnlySpan<BookDelta> Deltas => CollectionsMarshal.AsSpan(_deltas);

    public LobsterSide this[OrderSide side] => side == OrderSide.Buy ? _bids : _asks;

    public void Begin() => _deltas.Clear();

    public void Clear() => Say(BookAction.Clear, OrderSide.None, 0, 0, 0);

    public bool Holds(long id) => _orders.ContainsKey(id);

    public void Add(OrderSide side, long price, long id, long size)
    {
        this[side].Add(price, new(id, size));
        if (id > 0) _orders.Add(id, (side, price));
        Say(BookAction.Add, side, price, id, size);
    }

    public void AddMadeUp(OrderSide side, long price, long size) => Add(side, price, --_lastMadeUp, size);

    /// <summary>
    /// Takes size from an order, then from what was there before, then from the back of its queue: an order that was never seen, or one
    /// that lost size while its level was out of view, leaves the level all the same. Answers what could not be taken.
    /// </summary>
    public long Take(OrderSide side, long price, long id, long size, bool isTrade)
    {
        if (_orders.TryGetValue(id, out (OrderSide Side, long Price) known))
        {
            (side, price) = known;
            size = TakeAt(this[side], price, PlaceOf(side, price, id), size, isTrade);
        }

        return TakeAny(this[side], price, size, isTrade);
    }

    /// <summary>Makes a level show a size: what lacks is a made-up order at the back, what is too much goes from made-up orders, then from the back.</summary>
    public void Correct(OrderSide side, long price, long size)
    {
        LobsterSide levels = this[side];
        long excess = levels.SizeAt(price) - size;
        if (excess < 0) AddMadeUp(side, price, -excess);
        else TakeAny(levels, price, excess, isTrade: false);
    }

    private long TakeAny(LobsterSide levels, long price, long size, bool isTrade)
    {
        while (size > 0)
        {
            int place = MadeUpAt(levels, price);
            if (place < 0) place = levels.OrdersAt(price).Length - 1;
            if (place < 0) return size;
            size = TakeAt(levels, price, place, size, isTrade);
        }

        return 0;
    }

    private long TakeAt(LobsterSide levels, long price, int place, long size, bool isTrade)
    {
        LobsterOrder order = levels.OrdersAt(price)[place];
        long taken = Math.Min(size, order.Size), left = order.Size - taken;
        levels.Reduce(price, place, left);
        if (left == 0) _orders.Remove(order.Id);
        if (isTrade) Say(BookAction.Execute, levels.Side, price, order.Id, taken);
        else Say(left == 0 ? BookAction.Delete : BookAction.Modify, levels.Side, price, order.Id, left);
        return size - taken;
    }

    private int PlaceOf(OrderSide side, long price, long id)
    {
        ReadOnlySpan<LobsterOrder> orders = this[side].OrdersAt(price);
        for (int i = 0; i < orders.Length; i++)
        {
            if (orders[i].Id == id) return i;
        }

        throw new InvalidOperationException($"Order {id} is not in its queue.");
    }

    private static int MadeUpAt(LobsterSide levels, long price)
    {
        ReadOnlySpan<LobsterOrder> orders = levels.OrdersAt(price);
        for (int i = 0; i < orders.Length; i++)
        {
            if (orders[i].Id < 0) return i;
        }

        return -1;
    }

    private void Say(BookAction action, OrderSide side, long price, long id, long size) => _deltas.Add(new()
    {
        Action = action,
        Side = side,
        OrderId = id,
        Price = ItchRules.PriceOf((uint)price),
        Size = new(size * FixedPoint.One),
    });
}
