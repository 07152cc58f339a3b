using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>What a book holds at each price, kept while importing to tell a crossed book and a level that was never there. One thread.</summary>
public sealed class PriceLevels
{
    private readonly SortedSet<long> _bids = [];
    private readonly SortedSet<long> _asks = [];
    private readonly Dictionary<long, long> _bidSizes = [];
    private readonly Dictionary<long, long> _askSizes = [];

    public int Count => _bids.Count + _asks.Count;

    /// <summary>The highest bid; null without one.</summary>
    public Price? BestBid => _bids.Count > 0 ? new(_bids.Max) : null;

    /// <summary>The lowest ask; null without one.</summary>
    public Price? BestAsk => _asks.Count > 0 ? new(_asks.Min) : null;

    public bool IsCrossed => _bids.Count > 0 && _asks.Count > 0 && _bids.Max >= _asks.Min;

    /// <summary>What a level shows; zero when it is not there.</summary>
    public long SizeAt(OrderSide side, long price) => Sizes(side).GetValueOrDefault(price);

    /// <summary>The prices of a side, best first.</summary>
    public IEnumerable<long> Prices(OrderSide side) => side == OrderSide.Buy ? _bids.Reverse() : _asks;

    /// <summary>Makes a level show a size; zero takes it away.</summary>
    public void Set(OrderSide side, long price, long size)
    {
        if (size <= 0)
        {
            if (Sizes(side).Remove(price)) Set(side).Remove(price);
            return;
        }

        if (Sizes(side).TryAdd(price, size)) Set(side).Add(price);
        else Sizes(side)[price] = size;
    }

    /// <summary>Adds to a level, or takes from it.</summary>
    public void Change(OrderSide side, long price, long by) => Set(side, price, SizeAt(side, price) + by);

    /// <summary>Empties a side, or both when it is none.</summary>
    public void Clear(OrderSide side = OrderSide.None)
    {
        if (side != OrderSide.Sell) Empty(_bids, _bidSizes);
        if (side != OrderSide.Buy) Empty(_asks, _askSizes);
    }

    private static void Empty(SortedSet<long> prices, Dictionary<long, long> sizes)
    {
        prices.Clear();
        sizes.Clear();
    }

    private SortedSet<long> Set(OrderSide side) => side == OrderSide.Buy ? _bids : _asks;

    private Dictionary<long, long> Sizes(OrderSide side) => side == OrderSide.Buy ? _bidSizes : _askSizes;
}
