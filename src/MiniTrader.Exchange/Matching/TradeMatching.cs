using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// What a public trade does to working orders: fills limits that it printed through, advances the queue of those at its price,
/// and where trades are all there is also feeds takers and triggers stops. The trade's size is shared by all own orders, better
/// prices first, then by arrival.
/// </summary>
internal sealed class TradeMatching(Floor floor, TakerMatching takers)
{
    private readonly OrderPool _pool = floor.Pool;
    private readonly bool _isConsumed = floor.Options.ConsumeLiquidity;

    public void OnTrade(Market market, in TradeTick trade)
    {
        market.Last.Replace(trade.Price.Raw, trade.Size.Raw);
        market.TradeTime = floor.Now;
        market.Observe(MatchSource.Trades);
        if (market.Working == 0 || market.Driver > MatchSource.Trades || !market.Hours.IsTrading(floor.Now)) return;

        // Where the data has single orders, their executions say which of them traded; counting the print as well would count twice.
        bool isNews = market.Driver != MatchSource.Orders;
        if (isNews && trade.Aggressor != AggressorSide.Buyer) Hit(market, ref market.Buys, trade);
        if (isNews && trade.Aggressor != AggressorSide.Seller) Hit(market, ref market.Sells, trade);
        if (market.Driver == MatchSource.Trades) takers.ExecuteWaiting(market);
        takers.Trigger(market, ref market.BuyStops, trade.Price.Raw, TriggerSource.Last);
        takers.Trigger(market, ref market.SellStops, trade.Price.Raw, TriggerSource.Last);
    }

    private void Hit(Market market, ref OrderList orders, in TradeTick trade)
    {
        ref Touch last = ref market.Last;
        int next;
        for (int i = orders.Head; i != OrderPool.None; i = next)
        {
            ref WorkingOrder order = ref _pool[i];
            next = order.Next;
            long through = order.Sign * (order.Limit - last.Price);
            if (through < 0) break;

            long before = order.Ahead;
            long reach = last.Size;
            if (through > 0)
            {
                order.Ahead = 0;
            }
            else
            {
                reach = before >= reach ? 0 : reach - before;
                order.Ahead = QueueModel.AfterTrade(before, last.Size);
                order.Traded += last.Size;
            }

            // What ran past the queue, less what own orders before this one took of the same trade.
            long available = _isConsumed ? reach - last.Consumed : through > 0 ? long.MaxValue : reach;
            long quantity = market.FloorToLot(Math.Min(order.Leaves, available));
            if (quantity <= 0) continue;
            if (_isConsumed) last.Consumed += quantity;
            if (last.Consumed > last.Size) VenueInvariantException.Throw("a trade filled more than its size.", floor.EventSequence, order.Id);
            floor.FillMaker(market, i, quantity, through > 0 ? FillCause.TradeThrough : FillCause.QueueReached, trade.TradeId, before);
        }
    }
}
