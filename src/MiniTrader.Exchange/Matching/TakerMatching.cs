using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>Orders that take what quotes or the last trade show: on arrival, when they waited for a market, and when a stop triggers.</summary>
internal sealed class TakerMatching(Floor floor)
{
    private readonly VenueOptions _options = floor.Options;
    private readonly OrderPool _pool = floor.Pool;
    private readonly BookTaking _books = new(floor);

    public bool HasMarket(Market market, OrderSide side) => market.HasTouch(side, floor.Now, _options.StaleAfterNanoseconds);

    /// <summary>True when an order with this limit would take from the market as it stands; false without one.</summary>
    public bool WouldTake(Market market, OrderSide side, long limit)
    {
        if (!HasMarket(market, side)) return false;
        int sign = side.Sign();
        return sign * (Bound(market, sign, limit) - market.TouchFor(side).Price) >= 0;
    }

    /// <summary>Lets an order that stands in no list take what it can; then it is done, rests, waits or is cancelled.</summary>
    public void Execute(Market market, int index)
    {
        ref WorkingOrder order = ref _pool[index];
        if (!HasMarket(market, order.Side))
        {
            if (order.IsImmediate) floor.End(market, index, ReportKind.Cancelled, ReasonCode.NoMarket);
            else if (order.HasLimit) floor.Rest(market, index);
            else floor.Wait(market, index);
            return;
        }

        if (order.IsPostOnly)
        {
            if (WouldTake(market, order.Side, order.Limit)) floor.End(market, index, ReportKind.Cancelled, ReasonCode.WouldTakeLiquidity);
            else floor.Rest(market, index);
            return;
        }

        if (order.TimeInForce == TimeInForce.Fok && !CanFillWhole(market, order))
        {
            floor.End(market, index, ReportKind.Cancelled, ReasonCode.FillOrKillUnfilled);
            return;
        }

        if (Take(market, index)) return;
        if (order.IsImmediate) floor.End(market, index, ReportKind.Cancelled, ReasonCode.ImmediateOrCancelRest);
        else if (order.HasLimit) floor.Rest(market, index);
        else floor.End(market, index, ReportKind.Cancelled, ReasonCode.NoLiquidity);
    }

    /// <summary>Lets those that waited for a market take, first come first served.</summary>
    public void ExecuteWaiting(Market market)
    {
        int next;
        for (int i = market.Waiting.Head; i != OrderPool.None; i = next)
        {
            next = _pool[i].Next;
            if (!HasMarket(market, _pool[i].Side)) continue;
            floor.Unlink(market, i);
            Execute(market, i);
        }
    }

    /// <summary>Triggers the stops of one side that this price reaches and that listen to its source.</summary>
    public void Trigger(Market market, ref OrderList stops, long price, TriggerSource source)
    {
        int next;
        for (int i = stops.Head; i != OrderPool.None; i = next)
        {
            ref WorkingOrder order = ref _pool[i];
            next = order.Next;
            if (order.Sign * (price - order.Stop) < 0) break;
            if (!Listens(market, order.Trigger, source)) continue;
            floor.Trigger(market, i);
            Execute(market, i);
        }
    }

    /// <summary>A stop that arrives: acts at once when the market is already beyond its price, else waits for it.</summary>
    public void ArriveStop(Market market, int index)
    {
        ref WorkingOrder order = ref _pool[index];
        bool isLast = market.Driver == MatchSource.Trades || order.Trigger == TriggerSource.Last;
        bool isKnown = isLast
            ? market.Hours.IsTrading(floor.Now) && market.TradeTime != Timestamp.MinValue && market.TradeTime >= market.Hours.FreshSince(floor.Now)
            : HasMarket(market, order.Side);
        long price = isLast ? market.Last.Price : market.TouchFor(order.Side).Price;
        if (isKnown && order.Sign * (price - order.Stop) >= 0)
        {
            floor.Trigger(market, index);
            Execute(market, index);
        }
        else
        {
            floor.Park(market, index);
        }
    }

    private static bool Listens(Market market, TriggerSource wanted, TriggerSource source) => wanted switch
    {
        TriggerSource.Default => source == (market.Driver == MatchSource.Trades ? TriggerSource.Last : TriggerSource.BidAsk),
        _ => wanted == source,
    };

    // A trade tells nothing about the spread around it: a limit at its very price is not known to be marketable.
    private static long Bound(Market market, int sign, long limit) => market.Driver == MatchSource.Trades ? limit - sign : limit;

    private bool CanFillWhole(Market market, in WorkingOrder order)
    {
        long bound = Bound(market, order.Sign, order.Limit);
        if (market.Book is not null) return _books.CanFill(market, order.Side, order.Leaves, order.HasLimit, bound);
        long missing = order.Leaves;
        TouchWalk walk = new(market.TouchFor(order.Side), _options, market, order.Sign);
        while (missing > 0 && walk.TryNext(out long available) && (!order.HasLimit || order.Sign * (bound - walk.Price) >= 0))
        {
            long quantity = Math.Min(missing, available);
            walk.Take(quantity);
            missing -= quantity;
        }

        return missing == 0;
    }

    private bool Take(Market market, int index)
    {
        ref WorkingOrder order = ref _pool[index];
        ref Touch touch = ref market.TouchFor(order.Side);
        FillCause cause = market.Driver == MatchSource.Trades ? FillCause.LastTrade : FillCause.BookLevel;
        int sign = order.Sign;
        long bound = Bound(market, sign, order.Limit);
        bool isBounded = order.HasLimit;
        if (market.Book is not null) return _books.Take(market, index, isBounded, bound);
        bool isDone = false;
        TouchWalk walk = new(touch, _options, market, sign);
        while (!isDone && walk.TryNext(out long available) && (!isBounded || sign * (bound - walk.Price) >= 0))
        {
            long quantity = Math.Min(order.Leaves, available);
            walk.Take(quantity);
            isDone = floor.FillTaker(market, index, quantity, walk.Price, cause, walk.Depth);
        }

        if (_options.ConsumeLiquidity) walk.Commit(ref touch);
        market.Refresh();
        return isDone;
    }
}
