using System.Runtime.CompilerServices;
using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// What a change of the book does to working orders: moves their places in the queues, fills those that stand before what traded, and at
/// the end of a packet, when the book is one that stood there, crosses resting limits, feeds takers that waited and triggers stops.
/// </summary>
internal sealed class BookMatching(Floor floor, Followers followers, MarketBooks allBooks)
{
    private readonly OrderPool _pool = floor.Pool;
    private readonly VenueBooks _books = new(floor.Options, allBooks);
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
        Timestamp due = delta.Header.DueTime;
        market.QuoteTime = due;
        book.Wake();
        if (market.Working == 0 && !book.HasUsed)
        {
            BookResult result = book.Depth.Apply(delta);
            if (book.IsRebuilding || delta.Action == BookAction.Clear) FollowRebuilding(book, delta, result);
            if (book.Levels is { } idle)
            {
                market.KeepTouches(idle.Top);
                book.Quieten();
            }

            return false;
        }

        floor.Advance(due);
        if (book.Levels is { } levels && !book.IsRebuilding && delta.Action != BookAction.Clear)
        {
            // A level that changes moves places in queues and fills nobody; only the end of a packet may.
            _levelQueues.Apply(market, book, levels, delta);
            if ((delta.Header.Flags & EventFlags.Partial) != 0) return false;
            ref readonly TopOfBook top = ref levels.Top;
            if (book.IsCalm(top))
            {
                market.KeepTouches(top);
                book.Quieten();
                return false;
            }

            EndPacket(market, book, delta);
            return true;
        }

        OnOtherDelta(market, book, delta);
        return true;
    }

    /// <summary>
    /// Takes the end of a packet that leaves the best prices of a quiet book where they are; false, and nothing done, for any other delta. The
    /// floor's time stays behind: nothing reads it before it is moved on.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuiet(Market market, in BookDelta delta)
    {
        if (market.Book is not { Quiet: { } levels } book) return false;
        if (!levels.TryResize(delta, out long before)) return TryQuietBehind(market, book, levels, delta);
        market.QuoteTime = delta.Header.ReceivedTime;
        _levelQueues.Move(market, book, delta, before, delta.Size.Raw);
        market.KeepSizes(levels.Top);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryQuietBehind(Market market, MarketBook book, LevelBook levels, in BookDelta delta)
    {
        if (!levels.TryApplyBehind(delta, out BookResult result, out long before)) return false;
        market.QuoteTime = delta.Header.ReceivedTime;
        if (result <= BookResult.Crossed) _levelQueues.Move(market, book, delta, before, delta.Action == BookAction.Delete ? 0 : delta.Size.Raw);
        return true;
    }

    private void OnOtherDelta(Market market, MarketBook book, in BookDelta delta)
    {
        if (delta.Action == BookAction.Clear) Clear(book, delta);
        else if (book.IsRebuilding) book.Depth.Apply(delta);
        else _orderQueues.Apply(market, book, book.Orders!, delta);
        if ((delta.Header.Flags & EventFlags.Partial) == 0) EndPacket(market, book, delta);
    }

    /// <summary>Keeps up whether the book is being told anew while no order works in its market.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FollowRebuilding(MarketBook book, in BookDelta delta, BookResult result)
    {
        if (delta.Action == BookAction.Clear && result == BookResult.Applied) book.OnClear(delta);
        if ((delta.Header.Flags & EventFlags.Partial) == 0) book.TryEndRebuilding(delta);
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
        for (int i = market.Buys.Head; i != OrderPool.None; i = _pool[i].Next) book.Own.Add(_pool[i], i);
        for (int i = market.Sells.Head; i != OrderPool.None; i = _pool[i].Next) book.Own.Add(_pool[i], i);
        if (market.Working > 0) book.Rebuild();
    }

    private void EndPacket(Market market, MarketBook book, in BookDelta last)
    {
        if (book.TryEndRebuilding(last)) Requeue(market, book);
        bool isNew = market.ShowBook();
        if (isNew || book.IsUnsettled || book.HasUsed || market.Waiting.Head != OrderPool.None)
        {
            book.Settle(market.Hours.IsTrading(floor.Now));
            if (market.Working == 0 || book.IsUnsettled) return;
            Cross(market, book, ref market.Buys, OrderSide.Sell);
            Cross(market, book, ref market.Sells, OrderSide.Buy);
            followers.OnQuotes(market);
        }

        if (!book.IsUnsettled && !book.HasUsed && !market.HasFollowers) Calm(market, book);
    }

    /// <summary>All of our orders rest, and nothing is new to them: until the other side comes to one of them, packets change nothing.</summary>
    private void Calm(Market market, MarketBook book)
    {
        int buy = market.Buys.Head, sell = market.Sells.Head;
        book.Calm(
            bidBelow: sell == OrderPool.None ? long.MaxValue : _pool[sell].Limit,
            askAbove: buy == OrderPool.None ? long.MinValue : _pool[buy].Limit);
        if (book.Levels is { } levels && book.IsCalm(levels.Top)) book.Quieten();
    }

    /// <summary>Our orders keep what is ahead of them until they see the new book, which may be empty.</summary>
    private static void Clear(MarketBook book, in BookDelta delta)
    {
        if (book.Depth.Apply(delta) != BookResult.Applied) return;
        if (delta.Side != OrderSide.Sell) book.UsedBids.Clear();
        if (delta.Side != OrderSide.Buy) book.UsedAsks.Clear();
        book.OnClear(delta);
    }

    private void Requeue(Market market, MarketBook book)
    {
        book.Unsettle();
        Requeue(market.Buys, book);
        Requeue(market.Sells, book);
    }

    /// <summary>
    /// After a snapshot as much is ahead as before, in whole orders where there are any, and no more than is displayed. While levels are known in part,
    /// one that is not shown takes nobody away.
    /// </summary>
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
                long displayed = book.Depth.SizeAt(order.Side, price).Raw;
                if (displayed != 0 || !book.IsInPart) order.Ahead = QueueModel.AfterLevel(order.Ahead, displayed);
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
                if (quantity <= 0 || (_isConsumed && !book.TryUse(opposite, level.Price, quantity)))
                {
                    depth++;
                    continue;
                }

                if (_isConsumed) floor.CheckUsed(i, book.UsedOf(opposite).At(level.Price.Raw), level.Size.Raw);
                long before = order.Ahead;

                // In a book of orders those ahead of us are known to stand there still.
                if (book.Orders is null) order.Ahead = 0;
                if (floor.FillMaker(market, i, quantity, FillCause.QuoteCross, depth, before)) break;
            }
        }

        floor.Walks.End(walk);
    }
}
