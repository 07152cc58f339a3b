using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
        if (result > BookResult.Crossed) return;
        long now = delta.Action == BookAction.Delete ? 0 : delta.Size.Raw;
        if (book.HasUsed && now != before) book.UsedOf(delta.Side).Forget(delta.Price.Raw);
        Move(market, book, delta, before, now);
    }

    /// <summary>Moves our orders at the price of a delta, whose level showed one size before and shows another now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move(Market market, MarketBook book, in BookDelta delta, long before, long now)
    {
        long price = delta.Price.Raw;
        int bucket = OwnPrices.BucketOf(delta.Side, price);
        int only = _isPessimistic ? book.Own.OnlyAt(bucket, price) : OrderPool.None;
        if (only != OrderPool.None) MoveOnly(ref _pool[only], now);
        else if (book.Own.MayHold(delta.Side, price)) MoveAll(market, book, bucket, delta.Side, price, before, now);
    }

    /// <summary>
    /// Moves the only order at a price as <see cref="Move(ref WorkingOrder, long, long)"/> would, or the element that no order has. What is ahead and what
    /// traded, which lie side by side, become the less of what they are and of what is shown now and zero: neither is below zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MoveOnly(ref WorkingOrder order, long now)
    {
        ref Vector128<long> place = ref Unsafe.As<long, Vector128<long>>(ref order.Ahead);
        place = Vector128.Min(place, Vector128.CreateScalar(now));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MoveAll(Market market, MarketBook book, int bucket, OrderSide side, long price, long before, long now)
    {
        int first = FirstAt(market, side, price);
        if (first == OrderPool.None) return;
        book.Own.Note(bucket, _pool[first], first);
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
