using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// What a change of the book does to working orders: moves their places in the queues, fills those that stand before what traded, and at
/// the end of a packet, when the book is one that stood there, crosses resting limits, feeds takers that waited and triggers stops.
/// </summary>
internal sealed class BookMatching(Floor floor, Followers followers)
{
    private readonly OrderPool _pool = floor.Pool;
    private readonly VenueBooks _books = new(floor.Options);
    private readonly LevelQueues _levelQueues = new(floor);
    private readonly OrderQueues _orderQueues = new(floor);
    private readonly bool _isConsumed = floor.Options.ConsumeLiquidity;

    /// <summary>Takes the memory of a market's book before its data begins.</summary>
    public void Open(Market market, bool isByOrder)
    {
        if (market.Book is null && _books.Open(market, isByOrder) is { } book) Adopt(market, book);
    }

    /// <summary>True when something may have become due; false for a market in which nothing of ours works.</summary>
    public bool OnDelta(Market market, in BookDelta delta)
    {
        MarketBook? book = market.Book ?? Open(market, delta);
        if (book is null) return false;
        market.QuoteTime = delta.Header.DueTime;
        if (market.Working == 0 && !book.HasUsed)
        {
            if (delta.Action == BookAction.Clear) book.IsRebuilding = false;
            book.Depth.Apply(delta);
            return false;
        }

        floor.Advance(delta.Header.DueTime);
        if (delta.Action == BookAction.Clear) Clear(market, book, delta);
        else if (book.IsRebuilding) book.Depth.Apply(delta);
        else if (book.Orders is { } orders) _orderQueues.Apply(market, book, orders, delta);
        else _levelQueues.Apply(market, book, book.Levels!, delta);
        if ((delta.Header.Flags & EventFlags.Partial) == 0) EndPacket(market, book);
        return true;
    }

    private MarketBook? Open(Market market, in BookDelta delta)
    {
        MarketBook? book = _books.Open(market, delta);
        if (book is not null) Adopt(market, book);
        return book;
    }

    /// <summary>Orders that rested before there was a book stand behind all that it shows at first.</summary>
    private void Adopt(Market market, MarketBook book)
    {
        for (int i = market.Buys.Head; i != OrderPool.None; i = _pool[i].Next) book.Own.Add(OrderSide.Buy, _pool[i].Limit);
        for (int i = market.Sells.Head; i != OrderPool.None; i = _pool[i].Next) book.Own.Add(OrderSide.Sell, _pool[i].Limit);
        book.IsRebuilding = market.Working > 0;
    }

    private void EndPacket(Market market, MarketBook book)
    {
        if (book.IsRebuilding) Requeue(market, book);
        bool isNew = market.ShowBook();
        if (!isNew && !book.IsUnsettled && !book.HasUsed && market.Waiting.Head == OrderPool.None) return;
        book.IsUnsettled = !market.Hours.IsTrading(floor.Now);
        if (market.Working == 0 || book.IsUnsettled) return;
        Cross(market, book, ref market.Buys, OrderSide.Sell);
        Cross(market, book, ref market.Sells, OrderSide.Buy);
        followers.OnQuotes(market);
    }

    /// <summary>
    /// Before a snapshot our orders keep what is ahead of them until they see the new book; a book that is empty for another reason leaves
    /// nobody ahead.
    /// </summary>
    private void Clear(Market market, MarketBook book, in BookDelta delta)
    {
        if (delta.Side != OrderSide.Sell) book.UsedBids.Clear();
        if (delta.Side != OrderSide.Buy) book.UsedAsks.Clear();
        book.Depth.Apply(delta);
        book.IsRebuilding = (delta.Header.Flags & EventFlags.Snapshot) != 0;
        if (book.IsRebuilding) return;
        if (delta.Side != OrderSide.Sell) EmptyQueues(market.Buys);
        if (delta.Side != OrderSide.Buy) EmptyQueues(market.Sells);
    }

    private void EmptyQueues(OrderList orders)
    {
        for (int i = orders.Head; i != OrderPool.None; i = _pool[i].Next) _pool[i].Ahead = _pool[i].Traded = 0;
    }

    private void Requeue(Market market, MarketBook book)
    {
        book.IsRebuilding = false;
        book.IsUnsettled = true;
        Requeue(market.Buys, book);
        Requeue(market.Sells, book);
    }

    /// <summary>After a snapshot as much is ahead as before, in whole orders where there are any, and no more than is displayed.</summary>
    private void Requeue(OrderList orders, MarketBook book)
    {
        for (int i = orders.Head; i != OrderPool.None; i = _pool[i].Next)
        {
            ref WorkingOrder order = ref _pool[i];
            order.Traded = 0;
            Price price = new(order.Limit);
            if (book.Orders is { } queue)
            {
                order.Rank = queue.RankBehind(order.Side, price, new(order.Ahead), out Quantity ahead);
                order.Ahead = ahead.Raw;
            }
            else
            {
                order.Ahead = QueueModel.AfterLevel(order.Ahead, book.Depth.SizeAt(order.Side, price).Raw);
            }
        }
    }

    /// <summary>Resting limits that the other side's levels have come to, at their limits, better prices first, as far as the levels' sizes go.</summary>
    private void Cross(Market market, MarketBook book, ref OrderList own, OrderSide opposite)
    {
        int depth = 0, count = book.Depth.LevelCount(opposite);
        int walk = floor.Walks.Begin(own);
        while (depth < count && floor.Walks.TryNext(walk, out int i))
        {
            while (depth < count)
            {
                ref WorkingOrder order = ref _pool[i];
                BookLevel level = book.Depth.LevelAt(opposite, depth);
                if (order.Sign * (order.Limit - level.Price.Raw) < 0)
                {
                    depth = count;
                    break;
                }

                long available = _isConsumed ? market.FloorToLot(book.Remaining(opposite, level)) : long.MaxValue;
                long quantity = Math.Min(order.Leaves, available);
                if (quantity <= 0 || (_isConsumed && !book.UsedOf(opposite).TryUse(level.Price.Raw, quantity)))
                {
                    depth++;
                    continue;
                }

                long before = order.Ahead;

                // In a book of orders those ahead of us are known to stand there still.
                if (book.Orders is null) order.Ahead = 0;
                if (floor.FillMaker(market, i, quantity, FillCause.QuoteCross, depth, before)) break;
            }
        }

        floor.Walks.End(walk);
    }
}
