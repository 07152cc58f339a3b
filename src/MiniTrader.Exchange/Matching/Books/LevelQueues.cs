using System.Runtime.CompilerServices;
using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>Places in the queues of a book of levels (L2): nobody sees who stands there, so the queue model says.</summary>
internal sealed class LevelQueues(Floor floor)
{
    private readonly OrderPool _pool = floor.Pool;
    private readonly QueueModel _queue = floor.Options.Queue;
    private readonly bool _isPessimistic = floor.Options.Queue.Kind is QueueKind.RiskAverse or QueueKind.Fifo;

    /// <summary>Applies a delta that is no clear, and moves our orders at its price.</summary>
    public void Apply(Market market, MarketBook book, LevelBook levels, in BookDelta delta)
    {
        BookResult result = levels.Apply(delta, out long before);
        long price = delta.Price.Raw;
        if (result > BookResult.Crossed) return;
        long now = delta.Action == BookAction.Delete ? 0 : delta.Size.Raw;
        if (book.HasUsed && now != before) book.UsedOf(delta.Side).Forget(price);
        int bucket = OwnPrices.BucketOf(delta.Side, price);
        int only = _isPessimistic ? book.Own.OnlyIn(bucket) : OrderPool.None;
        if (only != OrderPool.None) MoveOnly(ref _pool[only], delta.Side, price, now);
        else if (book.Own.MayHold(delta.Side, price)) MoveAll(market, book, bucket, delta.Side, price, before, now);
    }

    /// <summary>
    /// Moves an order if it rests at this price and leaves any other as it is. Which it will be follows no pattern, so that both are
    /// written in the same way, without a branch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MoveOnly(ref WorkingOrder order, OrderSide side, long price, long now)
    {
        bool isIt = (order.Limit == price) & (order.Side == side);
        long keep = (long)Unsafe.As<bool, byte>(ref isIt) - 1;
        long moved = order.IsHidden ? now : QueueModel.AfterLevel(order.Ahead, now);
        order.Ahead = (order.Ahead & keep) | (moved & ~keep);
        order.Traded &= keep;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MoveAll(Market market, MarketBook book, int bucket, OrderSide side, long price, long before, long now)
    {
        int first = FirstAt(market, side, price);
        if (first == OrderPool.None) return;
        book.Own.Note(bucket, first);
        for (int i = first; i != OrderPool.None && _pool[i].Limit == price; i = _pool[i].Next) Move(ref _pool[i], before, now);
    }

    private void Move(ref WorkingOrder order, long before, long now)
    {
        order.Ahead = order.IsHidden ? now : _queue.AfterLevel(order.Ahead, before, now, order.Traded);
        order.Traded = 0;
    }

    private int FirstAt(Market market, OrderSide side, long price)
    {
        int i = side == OrderSide.Buy ? market.Buys.Head : market.Sells.Head;
        long key = side == OrderSide.Buy ? -price : price;
        while (i != OrderPool.None && _pool[i].Key < key) i = _pool[i].Next;
        return i != OrderPool.None && _pool[i].Key == key ? i : OrderPool.None;
    }
}
