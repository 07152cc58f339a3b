using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>An order of a LOBSTER book. Below zero stand ids of orders that we make up for what was there before the file began.</summary>
internal readonly record struct LobsterOrder(long Id, long Size);

/// <summary>The levels of one side, each with its orders from the front of the queue. One thread.</summary>
internal sealed class LobsterSide(OrderSide side)
{
    private readonly SortedDictionary<long, List<LobsterOrder>> _levels = new(side == OrderSide.Buy ? Comparer<long>.Create((a, b) => b.CompareTo(a)) : Comparer<long>.Default);

    public OrderSide Side { get; } = side;

    /// <summary>True when a price is behind another from the best price's view.</summary>
    public bool IsBehind(long price, long other) => Side == OrderSide.Buy ? price < other : price > other;

    public ReadOnlySpan<LobsterOrder> OrdersAt(long price) => _levels.TryGetValue(price, out List<LobsterOrder>? orders) ? CollectionsMarshal.AsSpan(orders) : [];

    public long SizeAt(long price)
    {
        long sum = 0;
        foreach (LobsterOrder order in OrdersAt(price)) sum += order.Size;
        return sum;
    }

    public void Add(long price, LobsterOrder order)
    {
        if (!_levels.TryGetValue(price, out List<LobsterOrder>? orders)) _levels[price] = orders = [];
        orders.Add(order);
    }

    /// <summary>Sets what is left of an order; zero removes it.</summary>
    public void Reduce(long price, int place, long left)
    {
        List<LobsterOrder> orders = _levels[price];
        if (left > 0)
        {
            orders[place] = orders[place] with { Size = left };
            return;
        }

        orders.RemoveAt(place);
        if (orders.Count == 0) _levels.Remove(price);
    }

    /// <summary>Fills in the prices from the best one to the last that is not behind <paramref name="last"/>; null takes all.</summary>
    public void CopyPrices(long? last, List<long> prices)
    {
        prices.Clear();
        foreach (long price in _levels.Keys)
        {
            if (last is { } worst && IsBehind(price, worst)) return;
            prices.Add(price);
        }
    }
}
