using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>What a quote does to working orders: moves queues, crosses resting limits, and lets all that follows prices follow.</summary>
internal sealed class QuoteMatching(Floor floor, Followers followers)
{
    private readonly OrderPool _pool = floor.Pool;
    private readonly QueueModel _queue = floor.Options.Queue;
    private readonly bool _isLimited = floor.Options.ConsumeLiquidity && floor.Options.Depth != DepthModel.Top;

    public void OnQuote(Market market, in QuoteTick quote)
    {
        if (market.Book is not null) return;
        long oldBid = market.Bid.Price, oldBidSize = market.Bid.Size, oldAsk = market.Ask.Price, oldAskSize = market.Ask.Size;
        bool isNewBid = market.Bid.Show(quote.Bid.Raw, quote.BidSize.Raw);
        bool isNewAsk = market.Ask.Show(quote.Ask.Raw, quote.AskSize.Raw);
        market.QuoteTime = floor.Now;
        market.Observe(MatchSource.Quotes);
        if (market.Working == 0 || market.Driver != MatchSource.Quotes) return;
        if (!market.Hours.IsTrading(floor.Now))
        {
            CapQueue(market.Buys, market.Bid);
            CapQueue(market.Sells, market.Ask);
            return;
        }

        if (isNewBid) MoveQueue(ref market.Buys, market.Bid, oldBid == market.Bid.Price ? oldBidSize : 0);
        if (isNewAsk) MoveQueue(ref market.Sells, market.Ask, oldAsk == market.Ask.Price ? oldAskSize : 0);
        Cross(market, ref market.Buys, ref market.Ask);
        Cross(market, ref market.Sells, ref market.Bid);
        followers.OnQuotes(market);
    }

    /// <summary>
    /// Our own side now shows <paramref name="own"/>: nothing is ahead of an order at a better price, no more than the displayed
    /// size of one at the same price, which showed <paramref name="before"/> if it was the best one already. Of levels behind the best
    /// one nothing is known.
    /// </summary>
    private void MoveQueue(ref OrderList orders, in Touch own, long before)
    {
        for (int i = orders.Head; i != OrderPool.None; i = _pool[i].Next)
        {
            ref WorkingOrder order = ref _pool[i];
            long better = order.Sign * (order.Limit - own.Price);
            if (own.Size > 0 && better < 0) break;
            order.Ahead = own.Size == 0 || better > 0 ? 0 : order.IsHidden ? own.Size : _queue.AfterLevel(order.Ahead, before, own.Size, order.Traded);
            order.Traded = 0;
        }
    }

    /// <summary>A market that does not trade moves nobody; but more than it displays at a price is not ahead of an order there.</summary>
    private void CapQueue(OrderList orders, in Touch own)
    {
        if (own.Size <= 0) return;
        for (int i = orders.Head; i != OrderPool.None; i = _pool[i].Next)
        {
            ref WorkingOrder order = ref _pool[i];
            if (order.Limit == own.Price) order.Ahead = QueueModel.AfterLevel(order.Ahead, own.Size);
        }
    }

    private void Cross(Market market, ref OrderList orders, ref Touch opposite)
    {
        if (opposite.Size == 0) return;
        int walk = floor.Walks.Begin(orders);
        while (floor.Walks.TryNext(walk, out int i))
        {
            ref WorkingOrder order = ref _pool[i];
            if (order.Sign * (order.Limit - opposite.Price) < 0) break;
            long available = _isLimited ? market.FloorToLot(opposite.Remaining) : long.MaxValue;
            if (available == 0) break;
            long quantity = Math.Min(order.Leaves, available);
            if (_isLimited)
            {
                opposite.Consumed += quantity;
                floor.CheckUsed(i, opposite.Consumed, opposite.Size);
            }

            long before = order.Ahead;
            order.Ahead = 0;
            floor.FillMaker(market, i, quantity, FillCause.QuoteCross, 0, before);
        }

        floor.Walks.End(walk);
    }
}
