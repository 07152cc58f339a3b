using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Places in the queues of a book of orders (L3): ours stands among the real ones. What goes ahead of it moves it forward by just that;
/// what goes behind it never does. It fills when an order behind it, or at a worse price, trades: whoever took that one would
/// have met ours first.
/// </summary>
internal sealed class OrderQueues(Floor floor)
{
    private readonly OrderPool _pool = floor.Pool;
    private readonly bool _isConsumed = floor.Options.ConsumeLiquidity;

    /// <summary>Applies a delta that is no clear, moves our orders and fills those that it proves filled.</summary>
    public void Apply(Market market, MarketBook book, OrderBook orders, in BookDelta delta)
    {
        bool isKnown = orders.TryGetOrder(delta.OrderId, out RestingOrder old);
        BookResult result = orders.Apply(delta);
        if (result > BookResult.OverExecuted || (isKnown && IsSame(delta, old))) return;
        if (book.HasUsed) Refresh(book, isKnown, old, delta);
        if (!isKnown) return;
        if (delta.Action == BookAction.Execute)
        {
            bool isTrading = market.Hours.IsTrading(floor.Now);
            Execute(market, old, Math.Min(old.Size.Raw, delta.Size.Raw), isTrading);
        }
        else if (book.Own.MayHold(old.Side, old.Price.Raw))
        {
            Leave(market, old, LeftOver(delta, old));
        }
    }

    private static void Refresh(MarketBook book, bool isKnown, in RestingOrder old, in BookDelta delta)
    {
        if (isKnown) book.UsedOf(old.Side).Forget(old.Price.Raw);
        if (delta.Action is BookAction.Add or BookAction.Modify && delta.Size.IsPositive) book.UsedOf(isKnown ? old.Side : delta.Side).Forget(delta.Price.Raw);
    }

    private static bool IsSame(in BookDelta delta, in RestingOrder old) =>
        delta.Action == BookAction.Modify && delta.Price == old.Price && delta.Size == old.Size;

    /// <summary>How much of an order still stands at its old place.</summary>
    private static long LeftOver(in BookDelta delta, in RestingOrder old)
    {
        bool keepsPlace = delta.Action == BookAction.Modify && delta.Price == old.Price && delta.Size <= old.Size;
        return keepsPlace ? delta.Size.Raw : 0;
    }

    /// <summary>All but <paramref name="rest"/> of an order leaves its place without a trade.</summary>
    private void Leave(Market market, in RestingOrder gone, long rest)
    {
        long left = gone.Size.Raw - rest;
        for (int i = HeadOf(market, gone.Side); i != OrderPool.None; i = _pool[i].Next)
        {
            ref WorkingOrder order = ref _pool[i];
            long better = order.Sign * (order.Limit - gone.Price.Raw);
            if (better < 0) return;
            if (better == 0 && OrderBook.IsAhead(gone.Rank, order.Rank)) order.Ahead = Math.Max(0, order.Ahead - left);
        }
    }

    /// <summary>Part of an order traded: ours behind it move forward, ours before it would have been taken first.</summary>
    private void Execute(Market market, in RestingOrder traded, long size, bool isTrading)
    {
        long left = size;
        long stamp = floor.LastPriority;
        int walk = floor.Walks.Begin(traded.Side == OrderSide.Buy ? market.Buys : market.Sells);
        while (floor.Walks.TryNext(walk, out int i))
        {
            ref WorkingOrder order = ref _pool[i];
            long better = order.Sign * (order.Limit - traded.Price.Raw);
            if (better < 0) break;
            if (order.Priority > stamp) continue;
            long before = order.Ahead;
            if (better == 0 && (order.IsHidden || OrderBook.IsAhead(traded.Rank, order.Rank)))
            {
                order.Ahead = Math.Max(0, before - size);
                continue;
            }

            if (!isTrading) continue;
            long quantity = market.FloorToLot(Math.Min(better == 0 ? order.Visible : order.Leaves, _isConsumed ? left : long.MaxValue));
            if (quantity <= 0) continue;
            left -= quantity;
            if (_isConsumed) floor.CheckUsed(i, size - left, size);
            floor.FillMaker(market, i, quantity, better > 0 ? FillCause.TradeThrough : FillCause.QueueReached, traded.Id, before);
        }

        floor.Walks.End(walk);
    }

    private static int HeadOf(Market market, OrderSide side) => side == OrderSide.Buy ? market.Buys.Head : market.Sells.Head;
}
