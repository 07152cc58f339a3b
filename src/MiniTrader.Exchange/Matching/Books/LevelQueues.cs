using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>Places in the queues of a book of levels (L2): nobody sees who stands there, so the queue model says.</summary>
internal sealed class LevelQueues(Floor floor)
{
    private readonly OrderPool _pool = floor.Pool;
    private readonly QueueModel _queue = floor.Options.Queue;

    /// <summary>Applies a delta that is no clear, and moves our orders at its price.</summary>
    public void Apply(Market market, MarketBook book, in BookDelta delta)
    {
        int first = FirstAt(market, delta.Side, delta.Price.Raw);
        UsedLevels used = book.UsedOf(delta.Side);
        long before = first != OrderPool.None || used.Count > 0 ? book.Depth.SizeAt(delta.Side, delta.Price).Raw : 0;
        BookResult result = book.Depth.Apply(delta);
        if (result > BookResult.Crossed || (first == OrderPool.None && used.Count == 0)) return;

        long now = delta.Action == BookAction.Delete ? 0 : delta.Size.Raw;
        if (now != before) used.Forget(delta.Price.Raw);
        for (int i = first; i != OrderPool.None && _pool[i].Limit == delta.Price.Raw; i = _pool[i].Next)
        {
            ref WorkingOrder order = ref _pool[i];
            order.Ahead = _queue.AfterLevel(order.Ahead, before, now, order.Traded);
            order.Traded = 0;
        }
    }

    private int FirstAt(Market market, OrderSide side, long price)
    {
        int i = side == OrderSide.Buy ? market.Buys.Head : market.Sells.Head;
        long key = side == OrderSide.Buy ? -price : price;
        while (i != OrderPool.None && _pool[i].Key < key) i = _pool[i].Next;
        return i != OrderPool.None && _pool[i].Key == key ? i : OrderPool.None;
    }
}
