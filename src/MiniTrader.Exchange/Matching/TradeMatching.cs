using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// What a public trade does to working orders: fills limits that it printed through, advances the queue of those at its price,
/// and where trades are all there is also feeds takers and triggers stops. The trade's size is shared by all own orders, better
/// prices first, then by arrival.
/// </summary>
internal sealed class TradeMatching(Floor floor, Followers followers, AuctionMatching auctions)
{
    private readonly OrderPool _pool = floor.Pool;
    private readonly bool _isConsumed = floor.Options.ConsumeLiquidity;

    public void OnTrade(Market market, in TradeTick trade)
    {
        // What was agreed elsewhere says nothing of this market's price now.
        if (trade.Condition == TradeCondition.OffBook) return;

        // The value of an index, or a row that corrects another: nobody traded, so nothing fills, triggers or moves up.
        if (trade.Size.IsZero) return;
        market.PreviousLast = market.Last.Price;
        market.PreviousTradeTime = market.TradeTime;
        market.Last.Replace(trade.Price.Raw, trade.Size.Raw);
        market.TradeTime = floor.Now;
        market.HasAuctions |= AuctionMatching.IsPrint(trade);
        market.Observe(MatchSource.Trades);
        bool isTrading = market.Hours.IsTrading(floor.Now);
        if (isTrading)
        {
            market.SessionLast = trade.Price.Raw;
            market.SessionLastTime = floor.Now;
        }

        if (market.Working == 0 || market.Driver > MatchSource.Trades) return;
        auctions.OnTrade(market, trade, isTrading);
        if (!isTrading) return;

        // Where the data has single orders, their executions say which of them traded; counting the print as well would count twice.
        bool isNews = market.Driver != MatchSource.Orders;
        if (isNews && trade.Aggressor != AggressorSide.Buyer) Hit(market, ref market.Buys, trade);
        if (isNews && trade.Aggressor != AggressorSide.Seller) Hit(market, ref market.Sells, trade);
        followers.OnTrade(market);
    }

    private void Hit(Market market, ref OrderList orders, in TradeTick trade)
    {
        ref Touch last = ref market.Last;
        long stamp = floor.LastPriority;
        int walk = floor.Walks.Begin(orders);
        while (floor.Walks.TryNext(walk, out int i))
        {
            ref WorkingOrder order = ref _pool[i];
            long through = order.Sign * (order.Limit - last.Price);
            if (through < 0) break;
            if (order.Priority > stamp) continue;

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
            long quantity = market.FloorToLot(Math.Min(through > 0 ? order.Leaves : order.Visible, available));
            if (quantity <= 0) continue;
            if (_isConsumed) last.Consumed += quantity;
            floor.CheckUsed(i, last.Consumed, last.Size);
            floor.FillMaker(market, i, quantity, through > 0 ? FillCause.TradeThrough : FillCause.QueueReached, trade.TradeId, before);
        }

        floor.Walks.End(walk);
    }
}
