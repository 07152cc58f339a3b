using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>Orders that take what quotes or the last trade show: on arrival, when they waited for a market, and when a stop triggers.</summary>
internal sealed class TakerMatching(Floor floor)
{
    private readonly VenueOptions _options = floor.Options;
    private readonly OrderPool _pool = floor.Pool;
    private readonly BookTaking _books = new(floor);
    private readonly SelfTrades _selfTrades = new(floor);

    /// <summary>Keeps orders of one account from meeting.</summary>
    public SelfTrades SelfTrades => _selfTrades;

    public bool HasMarket(Market market, OrderSide side) => market.HasTouch(side, floor.Now, _options.StaleAfterNanoseconds);

    /// <summary>True when an order with this limit would take from the market as it stands; false without one.</summary>
    public bool WouldTake(Market market, OrderSide side, long limit)
    {
        if (!HasMarket(market, side)) return false;
        int sign = side.Sign();
        return sign * (Bound(market, sign, limit) - market.TouchFor(side).Price) >= 0;
    }

    /// <summary>The price of a pegged order now, on the tick that is passive for it; false when what it follows is not quoted.</summary>
    public bool TryPeg(Market market, in WorkingOrder order, out long limit)
    {
        bool isKnown = order.Peg switch
        {
            PegReference.BestBid => floor.Prices.TryQuote(market, OrderSide.Buy, out limit),
            PegReference.BestAsk => floor.Prices.TryQuote(market, OrderSide.Sell, out limit),
            _ => floor.Prices.TryMid(market, out limit),
        };
        int sign = order.Sign;
        limit = Distance.Passive(limit + Distance.Of(order.Offset, order.OffsetUnit, limit, market.Tick), sign, market.Tick);
        if (order.Cap != 0 && sign * (limit - order.Cap) > 0) limit = order.Cap;
        return isKnown && market.CanTradeAt(limit);
    }

    /// <summary>Lets an order that stands in no list take what it can; then it is done, rests, waits or is cancelled.</summary>
    public void Execute(Market market, int index)
    {
        ref WorkingOrder order = ref _pool[index];
        bool isPriced = true;
        if (order.IsPegged && (isPriced = TryPeg(market, order, out long peg))) order.Limit = peg;
        if (!isPriced || !HasMarket(market, order.Side))
        {
            if (order.IsImmediate) floor.End(market, index, ReportKind.Cancelled, ReasonCode.NoMarket);
            else if (order.HasLimit && isPriced) RestAmongOwn(market, index);
            else floor.Wait(market, index);
            return;
        }

        if (order.IsPostOnly)
        {
            ExecutePostOnly(market, index);
            return;
        }

        Protect(market, ref order, market.TouchFor(order.Side).Price);
        if (order.TimeInForce == TimeInForce.Fok && !CanFillWhole(market, order))
        {
            floor.End(market, index, ReportKind.Cancelled, ReasonCode.FillOrKillUnfilled);
            return;
        }

        bool isDone = order.SelfTrade == SelfTradePrevention.None ? Take(market, index) : TakeAmongOwn(market, index);
        if (!isDone) Leave(market, index);
    }

    /// <summary>Keeps an order without a limit from taking too far beyond a price; a market-to-limit order takes at that price only.</summary>
    public static void Protect(Market market, ref WorkingOrder order, long price)
    {
        if (order.HasLimit || (order.Protection == 0 && order.Type != OrderType.MarketToLimit)) return;
        order.HasBound = true;
        order.Bound = price;
        if (order.Type == OrderType.MarketToLimit) return;
        long bound = price + (order.Sign * Distance.Of(order.Protection, order.ProtectionUnit, price, market.Tick));
        order.Bound = Distance.Passive(bound, order.Sign, market.Tick);
    }

    /// <summary>What becomes of an order, in no list, that has taken what there was.</summary>
    public void Leave(Market market, int index)
    {
        ref WorkingOrder order = ref _pool[index];
        if (order.IsImmediate)
        {
            floor.End(market, index, ReportKind.Cancelled, ReasonCode.ImmediateOrCancelRest);
        }
        else if (order.HasLimit)
        {
            floor.Rest(market, index);
        }
        else if (order.Type == OrderType.MarketToLimit)
        {
            order.Limit = order.Bound;
            order.HasBound = false;
            order.Become(order.Type.Becomes());
            floor.Change(order, ReasonCode.BecameLimit);
            floor.Rest(market, index);
        }
        else
        {
            floor.End(market, index, ReportKind.Cancelled, order.HasBound ? ReasonCode.PriceProtection : ReasonCode.NoLiquidity);
        }
    }

    /// <summary>Lets those that waited for a market take, first come first served.</summary>
    public void ExecuteWaiting(Market market)
    {
        if (market.Waiting.Head == OrderPool.None) return;
        int walk = floor.Walks.Begin(market.Waiting);
        while (floor.Walks.TryNext(walk, out int i))
        {
            if (_pool[i].IsPegged || !HasMarket(market, _pool[i].Side)) continue;
            floor.Unlink(market, i);
            Execute(market, i);
        }

        floor.Walks.End(walk);
    }

    private void ExecutePostOnly(Market market, int index)
    {
        ref WorkingOrder order = ref _pool[index];
        if (WouldTake(market, order.Side, order.Limit))
        {
            if (!TryReprice(market, ref order, market.TouchFor(order.Side).Price))
            {
                floor.End(market, index, ReportKind.Cancelled, ReasonCode.WouldTakeLiquidity);
                return;
            }
        }

        RestAmongOwn(market, index);
    }

    /// <summary>Moves a post-only order that asks for it a tick away from what it would take; false when it must not rest.</summary>
    public bool TryReprice(Market market, ref WorkingOrder order, long met)
    {
        long limit = met - (order.Sign * market.Tick);
        if ((order.Flags & OrderFlags.PostOnlyReprice) == 0 || !market.CanTradeAt(limit)) return false;
        order.Limit = limit;
        floor.Change(order, ReasonCode.PostOnlyRepriced);
        return true;
    }

    private void RestAmongOwn(Market market, int index)
    {
        if (_pool[index].SelfTrade != SelfTradePrevention.None && !_selfTrades.Clear(market, index, _pool[index].Limit)) return;
        floor.Rest(market, index);
    }

    /// <summary>Takes up to the nearest order of our own, which its mode then removes, and so on.</summary>
    private bool TakeAmongOwn(Market market, int index)
    {
        int sign = _pool[index].Sign;
        while (true)
        {
            bool isBounded = TryBound(market, _pool[index], out long bound);
            int other = _selfTrades.Nearest(market, _pool[index].Side);
            if (other == OrderPool.None || (isBounded && sign * (bound - _pool[other].Limit) < 0)) return Take(market, index);

            // A fill-or-kill order may not be left with part of a fill.
            bool isWhole = _pool[index].TimeInForce == TimeInForce.Fok;
            if (!isWhole && Take(market, index, true, _pool[other].Limit - sign)) return true;
            if (!_selfTrades.Meet(market, index, other)) return true;
        }
    }

    // A trade tells nothing about the spread around it: a limit at its very price is not known to be marketable.
    private static long Bound(Market market, int sign, long limit) => market.Driver == MatchSource.Trades ? limit - sign : limit;

    /// <summary>The worst price at which an order takes now.</summary>
    private static bool TryBound(Market market, in WorkingOrder order, out long bound)
    {
        bound = order.HasLimit ? Bound(market, order.Sign, order.Limit) : order.Bound;
        return order.HasLimit || order.HasBound;
    }

    private bool CanFillWhole(Market market, in WorkingOrder order)
    {
        bool isBounded = TryBound(market, order, out long bound);
        if (market.Book is not null) return _books.CanFill(market, order.Side, order.Leaves, isBounded, bound);
        long missing = order.Leaves;
        TouchWalk walk = new(market.TouchFor(order.Side), _options, market, order.Sign);
        while (missing > 0 && walk.TryNext(missing, out long quantity) && (!isBounded || order.Sign * (bound - walk.Price) >= 0))
        {
            walk.Take(quantity);
            missing -= quantity;
        }

        return missing == 0;
    }

    private bool Take(Market market, int index)
    {
        bool isBounded = TryBound(market, _pool[index], out long bound);
        return Take(market, index, isBounded, bound);
    }

    private bool Take(Market market, int index, bool isBounded, long bound)
    {
        if (market.Book is not null) return _books.Take(market, index, isBounded, bound);
        ref WorkingOrder order = ref _pool[index];
        ref Touch touch = ref market.TouchFor(order.Side);
        FillCause cause = market.Driver == MatchSource.Trades ? FillCause.LastTrade : FillCause.BookLevel;
        int sign = order.Sign;
        bool isDone = false;
        TouchWalk walk = new(touch, _options, market, sign);
        while (!isDone && walk.TryNext(order.Leaves, out long quantity) && (!isBounded || sign * (bound - walk.Price) >= 0))
        {
            walk.Take(quantity);
            floor.CheckUsed(index, walk.Used, touch.Size);
            isDone = floor.FillTaker(market, index, quantity, walk.Price, cause, walk.Depth);
        }

        if (_options.ConsumeLiquidity) walk.Commit(ref touch);
        market.Refresh();
        return isDone;
    }
}
