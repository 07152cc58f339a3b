using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>Prices of orders that follow the best bid, the mid or the best ask.</summary>
internal sealed class PegMatching(Floor floor, TakerMatching takers)
{
    private readonly OrderPool _pool = floor.Pool;

    /// <summary>The quotes are new: each pegged order whose price is another one now joins the queue there, or takes.</summary>
    public void OnQuotes(Market market)
    {
        if (market.Pegs == 0) return;
        long stamp = floor.LastPriority;
        Move(market, ref market.Buys, stamp);
        Move(market, ref market.Sells, stamp);
        Move(market, ref market.Waiting, stamp);
    }

    private void Move(Market market, ref OrderList orders, long stamp)
    {
        int walk = floor.Walks.Begin(orders);
        while (floor.Walks.TryNext(walk, out int i))
        {
            ref WorkingOrder order = ref _pool[i];
            if (!order.IsPegged || order.Priority > stamp) continue;
            bool isKnown = takers.TryPeg(market, order, out long limit);
            if (isKnown == (order.Place == OrderPlace.Book) && (!isKnown || limit == order.Limit)) continue;
            floor.Unlink(market, i);
            order.Priority = floor.NextPriority();
            takers.Execute(market, i);
        }

        floor.Walks.End(walk);
    }
}
