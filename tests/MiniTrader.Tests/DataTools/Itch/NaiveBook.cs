using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools.Itch;

/// <summary>A book of orders from deltas, as plainly as can be; it fails on a delta that cannot be.</summary>
internal sealed class NaiveBook
{
    public Dictionary<long, (OrderSide Side, long Price, long Size)> Orders { get; } = [];

    public long? BestBid => Best(OrderSide.Buy, prices => prices.Max());

    public long? BestAsk => Best(OrderSide.Sell, prices => prices.Min());

    public static NaiveBook Of(IEnumerable<MarketEvent> deltas)
    {
        NaiveBook book = new();
        foreach (MarketEvent e in deltas) book.Apply(e.BookDelta);
        return book;
    }

    public void Apply(in BookDelta delta)
    {
        (OrderSide side, long price, long size) = delta.Action is BookAction.Add or BookAction.Clear ? default : Orders[delta.OrderId];
        switch (delta.Action)
        {
            case BookAction.Add:
                Assert.True(delta.Size.Raw > 0);
                Orders.Add(delta.OrderId, (delta.Side, delta.Price.Raw, delta.Size.Raw));
                break;
            case BookAction.Modify:
                Assert.True(delta.Size.Raw > 0);
                Orders[delta.OrderId] = (side, delta.Price.Raw, delta.Size.Raw);
                break;
            case BookAction.Execute:
                Assert.InRange(delta.Size.Raw, 1, size);
                if (delta.Size.Raw == size) Orders.Remove(delta.OrderId);
                else Orders[delta.OrderId] = (side, price, size - delta.Size.Raw);
                break;
            case BookAction.Delete: Orders.Remove(delta.OrderId); break;
            case BookAction.Clear: Orders.Clear(); break;
            default: Assert.Fail($"{delta.Action}"); break;
        }
    }

    /// <summary>Price and size of the levels of a side, the best first.</summary>
    public (long Price, long Size)[] Levels(OrderSide side) =>
    [
        .. Orders.Values.Where(o => o.Side == side).GroupBy(o => o.Price).Select(g => (g.Key, g.Sum(o => o.Size))).OrderBy(l => side == OrderSide.Buy ? -l.Key : l.Key),
    ];

    private long? Best(OrderSide side, Func<IEnumerable<long>, long> best)
    {
        long[] prices = [.. Orders.Values.Where(o => o.Side == side).Select(o => o.Price)];
        return prices.Length == 0 ? null : best(prices);
    }
}
