using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>Places in the queues of a book of levels (L2): nobody sees who stands there, so the queue model says.</summary>
internal sealed class LevelQueues(Floor floor)
{
    private readonly OrderPool _pool = floor.Pool;
    private readonly QueueModel _queue = floor.Options.Queue;

    /// <summary>Applies a delta that is no clear, and moves our orders at its price.</summary>
    public void Apply(Market market, MarketBook book, LevelBook levels, in BookDelta delta)
    {
        BookResult result = levels.Apply(delta, out long before);
        long price = delta.Price.Raw;
        bool mayHold = book.Own.MayHold(delta.Side, price);
        if ((!mayHold && !book.HasUsed) || result > BookResult.Crossed) return;

        long now = delta.Action == BookAction.Delete ? 0 : delta.Size.Raw;
        if (now != before) book.UsedOf(delta.Side).Forget(price);
        if (mayHold) Move(market, delta.Side, price, before, now);
    }

    private void Move(Market market, OrderSide side, long price, long before, long now)
    {
        for (int i = FirstAt(market, side, price); i != OrderPool.None && _pool[i].Limit == price; i = _pool[i].Next)
        {
            ref WorkingOrder order = ref _pool[i];
            order.Ahead = order.IsHidden ? now : _queue.AfterLevel(order.Ahead, before, now, order.Traded);
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
