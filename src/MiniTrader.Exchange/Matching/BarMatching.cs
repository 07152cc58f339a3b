using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// What a bar does to working orders. The bar is walked along its path when it is complete, and every order takes part only in
/// what lies behind its own sending. At the open: orders that wait, limits and stops that the open has passed, all at the open.
/// Between two points: limits at their price, stops at their trigger. Volume is shared in that order.
/// </summary>
internal sealed class BarMatching(Floor floor, TakerMatching takers, AuctionMatching auctions)
{
    private readonly OrderPool _pool = floor.Pool;
    private readonly VenueOptions _options = floor.Options;

    public void OnBar(Market market, in Bar bar)
    {
        market.Observe(MatchSource.Bars);
        if (market.Driver != MatchSource.Bars || !market.Bars.Accepts(bar)) return;

        // A day's bar covers more than the session; a shorter one wholly outside it is not the market that our orders are in.
        bool isTrading = bar.Interval.Unit == BarUnit.Day
            ? market.Hours.StatusAllows
            : market.Hours.WasTrading(bar.OpenTime) || market.Hours.WasTrading(bar.VenueTime - 1);
        if (!isTrading) return;

        bool isLimited = _options.ConsumeLiquidity && market.Bars.HasVolume && bar.Interval.Source is BarSource.Trade or BarSource.Mid;
        BarPass pass = new(bar, isLimited);
        Walk(market, bar, ref pass);
        Remember(market, bar, pass);
        market.Volume?.Add(floor.Now, bar.Interval.Source is BarSource.Bid or BarSource.Ask ? 0 : bar.Volume.Raw);
        ExpireOld(market, pass);
    }

    /// <summary>A new or replaced order while bars match: it waits for the next bar, unless it may have this bar's close.</summary>
    public void Arrive(Market market, int index)
    {
        ref WorkingOrder order = ref _pool[index];
        ref BarClose close = ref market.Bars.CloseFor(order.Side);
        bool isNow = _options.BarFill == BarFill.ThisClose && close.Time == order.Sent && !order.IsPostOnly;
        bool isKnown = close.Time != Timestamp.MinValue;
        if (isNow && order.IsStop && IsReached(ref order, close.Price, market.Tick)) floor.Trigger(market, index);
        if (order.IsStop)
        {
            floor.Park(market, index);
            return;
        }

        // The last close is the best that bars tell about the price at which it arrives.
        if (isKnown && order.Type != OrderType.MarketToLimit) TakerMatching.Protect(market, ref order, close.Price);
        if (order.IsPostOnly && isKnown && WouldTake(market, order.Side, order.Limit) && !takers.TryReprice(market, ref order, close.Price))
        {
            floor.End(market, index, ReportKind.Cancelled, ReasonCode.WouldTakeLiquidity);
            return;
        }

        if (order.SelfTrade != SelfTradePrevention.None && order.HasLimit && !takers.SelfTrades.Clear(market, index, order.Limit)) return;
        if (isNow && (!order.HasLimit || order.Sign * (order.Limit - close.Price) >= 0))
        {
            bool isWhole = order.TimeInForce != TimeInForce.Fok || market.FloorToLot(close.Budget) >= order.Leaves;
            long quantity = isWhole ? Math.Min(order.Leaves, market.FloorToLot(close.Budget)) : 0;
            if (quantity > 0 && close.Budget != long.MaxValue) close.Budget -= quantity;
            if (quantity > 0 && floor.FillTaker(market, index, quantity, close.Price, FillCause.BarTouch, (long)BarPoint.Close)) return;
            if (order.IsImmediate)
            {
                CancelRest(market, index);
                return;
            }
        }

        if (order.HasLimit && !order.IsImmediate) floor.Rest(market, index);
        else floor.Wait(market, index);
    }

    /// <summary>True when a limit is at or beyond the last close, the best that bars tell about now.</summary>
    public static bool WouldTake(Market market, OrderSide side, long limit)
    {
        ref BarClose close = ref market.Bars.CloseFor(side);
        return close.Time != Timestamp.MinValue && side.Sign() * (limit - close.Price) >= 0;
    }

    private static bool IsReached(ref WorkingOrder order, long price, long tick) =>
        order.Trails ? TrailingStops.Advance(ref order, price, tick) : order.TriggerSign * (price - order.Stop) >= 0;

    private void Walk(Market market, in Bar bar, ref BarPass pass)
    {
        Visit(market, ref pass, BarPoint.Open, bar.Open.Raw);
        bool isLowFirst = _options.BarPath == BarPath.Adaptive && bar.Open.Raw - bar.Low.Raw < bar.High.Raw - bar.Open.Raw;
        if (isLowFirst) VisitIfMoved(market, ref pass, BarPoint.Low, bar.Low.Raw);
        VisitIfMoved(market, ref pass, BarPoint.High, bar.High.Raw);
        if (!isLowFirst) VisitIfMoved(market, ref pass, BarPoint.Low, bar.Low.Raw);
        Visit(market, ref pass, BarPoint.Close, bar.Close.Raw);
    }

    private void VisitIfMoved(Market market, ref BarPass pass, BarPoint point, long price)
    {
        if (price != pass.Price) Visit(market, ref pass, point, price);
    }

    private void Visit(Market market, ref BarPass pass, BarPoint point, long price)
    {
        pass.Enter(point, price);
        if (market.Working == 0) return;
        auctions.OnBarPoint(market, ref pass);
        FillWaiting(market, ref pass);
        FillLimits(market, ref pass, ref market.Buys, OrderSide.Buy);
        FillLimits(market, ref pass, ref market.Sells, OrderSide.Sell);
        TriggerStops(market, ref pass, ref market.BuyStops, OrderSide.Buy);
        TriggerStops(market, ref pass, ref market.SellStops, OrderSide.Sell);
        TriggerStops(market, ref pass, ref market.BuyTouches, OrderSide.Buy);
        TriggerStops(market, ref pass, ref market.SellTouches, OrderSide.Sell);
        FollowTrails(market, ref pass);
        ReleaseChildren(market, ref pass);
    }

    private void FillWaiting(Market market, ref BarPass pass)
    {
        bool isOpenFill = _options.BarFill == BarFill.NextOpen;
        if (market.Waiting.Head == OrderPool.None) return;
        int walk = floor.Walks.Begin(market.Waiting);
        while (floor.Walks.TryNext(walk, out int i))
        {
            ref WorkingOrder order = ref _pool[i];
            BarShare share = pass.ShareOf(order);
            if (!pass.Matches(order.Side) || share == BarShare.None) continue;
            if (isOpenFill ? share != BarShare.Whole : pass.Point != BarPoint.Close) continue;
            TakeAt(market, ref pass, i, pass.Price, FillCause.BarTouch);
        }

        floor.Walks.End(walk);
    }

    private void FillLimits(Market market, ref BarPass pass, ref OrderList orders, OrderSide side)
    {
        if (orders.Head == OrderPool.None || !pass.Matches(side)) return;
        int walk = floor.Walks.Begin(orders);
        while (floor.Walks.TryNext(walk, out int i))
        {
            ref WorkingOrder order = ref _pool[i];
            if (order.Sign * (order.Limit - pass.Price) < 0) break;
            if (!pass.Reaches(order)) continue;
            long quantity = Math.Min(order.Leaves, market.FloorToLot(pass.Budget));
            if (quantity == 0) break;
            pass.Use(quantity);
            order.Ahead = 0;
            if (pass.Point == BarPoint.Open && !order.IsPostOnly)
                floor.FillTaker(market, i, quantity, pass.Price, FillCause.BarGap, (long)pass.Point);
            else
                floor.FillMaker(market, i, quantity, FillCause.BarTouch, (long)pass.Point, 0);
        }

        floor.Walks.End(walk);
    }

    private void TriggerStops(Market market, ref BarPass pass, ref OrderList stops, OrderSide side)
    {
        if (stops.Head == OrderPool.None || !pass.Matches(side)) return;
        int walk = floor.Walks.Begin(stops);
        while (floor.Walks.TryNext(walk, out int i))
        {
            ref WorkingOrder order = ref _pool[i];
            if (order.TriggerSign * (pass.Price - order.Stop) < 0) break;
            if (pass.Reaches(order)) Trigger(market, ref pass, i);
        }

        floor.Walks.End(walk);
    }

    /// <summary>Between two points the price goes one way: towards the stop, which it may reach, or away from it, which takes the stop along.</summary>
    private void FollowTrails(Market market, ref BarPass pass)
    {
        if (market.Trails.Head == OrderPool.None) return;
        int walk = floor.Walks.Begin(market.Trails);
        while (floor.Walks.TryNext(walk, out int i))
        {
            ref WorkingOrder order = ref _pool[i];
            if (!pass.Matches(order.Side) || !pass.Reaches(order)) continue;
            if (TrailingStops.Advance(ref order, pass.Price, market.Tick)) Trigger(market, ref pass, i);
        }

        floor.Walks.End(walk);
    }

    /// <summary>A stop that the price has reached at this point of the path, or on the way to it.</summary>
    private void Trigger(Market market, ref BarPass pass, int index)
    {
        ref WorkingOrder order = ref _pool[index];

        // Reached on the way: at the trigger. Already passed when the order first meets the bar: at the price that it meets.
        bool isInside = pass.ShareOf(order) == BarShare.Whole && pass.Point != BarPoint.Open && order.TriggerSign * (pass.Previous - order.Stop) < 0;
        long price = isInside ? order.Stop : pass.Price;
        floor.Trigger(market, index);
        TakerMatching.Protect(market, ref order, price);
        if (order.HasLimit && (order.IsPostOnly || order.Sign * (order.Limit - price) < 0))
        {
            if (order.IsImmediate) CancelRest(market, index);
            else floor.Rest(market, index);
            return;
        }

        // In the list of those that wait, so that what this point cannot fill goes on at the next.
        if (order.HasLimit && !order.IsImmediate) floor.Rest(market, index);
        else floor.Wait(market, index);
        TakeAt(market, ref pass, index, price, pass.Point == BarPoint.Open ? FillCause.BarGap : FillCause.BarTouch);
    }

    /// <summary>Children that this point's fills released: they act at once on the price as it is here, and then on what follows of the path.</summary>
    private void ReleaseChildren(Market market, ref BarPass pass)
    {
        while (market.Released.Head != OrderPool.None)
        {
            int index = market.Released.Head;
            ref WorkingOrder order = ref _pool[index];
            floor.Unlink(market, index);
            order.Shown = order.Display;
            if (order.IsReduceOnly && !floor.ReduceOnly.Fit(market, index)) continue;
            bool isMet = pass.Matches(order.Side) && pass.Reaches(order);
            if (order.IsStop)
            {
                floor.Park(market, index);
                if (isMet && IsReached(ref order, pass.Price, market.Tick)) Trigger(market, ref pass, index);
                continue;
            }

            if (order.HasLimit && !order.IsImmediate) floor.Rest(market, index);
            else floor.Wait(market, index);
            bool isTaker = !order.IsPostOnly && (!order.HasLimit || order.Sign * (order.Limit - pass.Price) >= 0);
            if (isMet && isTaker) TakeAt(market, ref pass, index, pass.Price, FillCause.BarTouch);
        }
    }

    private void TakeAt(Market market, ref BarPass pass, int index, long price, FillCause cause)
    {
        ref WorkingOrder order = ref _pool[index];
        if (order.SelfTrade != SelfTradePrevention.None && !order.HasLimit && !takers.SelfTrades.Clear(market, index, price)) return;
        if (order.Type == OrderType.MarketToLimit) TakerMatching.Protect(market, ref order, price);
        bool isProtected = order.HasBound && order.Sign * (order.Bound - price) < 0;
        long available = market.FloorToLot(pass.Budget);
        bool isMarketable = !isProtected && (!order.HasLimit || order.Sign * (order.Limit - price) >= 0);
        if (!isMarketable || (order.TimeInForce == TimeInForce.Fok && available < order.Leaves)) available = 0;
        long quantity = Math.Min(order.Leaves, available);
        if (quantity > 0)
        {
            pass.Use(quantity);
            if (floor.FillTaker(market, index, quantity, price, cause, (long)pass.Point)) return;
        }

        if (order.IsImmediate)
        {
            CancelRest(market, index);
        }
        else if (isProtected)
        {
            floor.End(market, index, ReportKind.Cancelled, ReasonCode.PriceProtection);
        }
        else if (order.Type == OrderType.MarketToLimit && quantity > 0)
        {
            floor.Unlink(market, index);
            takers.Leave(market, index);
        }
    }

    private void CancelRest(Market market, int index) => floor.End(
        market,
        index,
        ReportKind.Cancelled,
        _pool[index].TimeInForce == TimeInForce.Fok ? ReasonCode.FillOrKillUnfilled : ReasonCode.ImmediateOrCancelRest);

    private static void Remember(Market market, in Bar bar, in BarPass pass)
    {
        OrderSide side = pass.Matches(OrderSide.Buy) ? OrderSide.Buy : OrderSide.Sell;
        ref BarClose close = ref market.Bars.CloseFor(side);
        close.Price = bar.Close.Raw;
        close.Time = bar.VenueTime;
        close.Budget = pass.Budget;
    }

    /// <summary>
    /// An order that ends at a time inside a bar still has the whole bar, whose inside cannot be told apart, and ends behind it.
    /// </summary>
    private void ExpireOld(Market market, in BarPass pass)
    {
        if (market.Working == 0 || floor.Expiries.NextDue == Timestamp.MaxValue) return;
        for (int list = 0; list < Market.Lists; list++)
        {
            int walk = floor.Walks.Begin(market.ListAt(list));
            while (floor.Walks.TryNext(walk, out int i))
            {
                ref WorkingOrder order = ref _pool[i];
                if (order.Deadline <= pass.End && pass.Matches(order.Side) && !order.IsAuction) floor.Expire(market, i);
            }

            floor.Walks.End(walk);
        }
    }
}
