using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// What splits and dividends do to working orders, after FINRA rule 5330. A split scales every price of an order (limit, stop, touch, cap, activation
/// price, price protection, and distances that are not in basis points), what is left of it, what its parent holds back and what it shows, in whole
/// lots; an order of which nothing is left is cancelled, and so is one that waits for an auction. A dividend lowers buy limits, sell stops and buys
/// if touched, the orders that the price would else fall onto, waiting children included. A price is rounded down to the tick where a
/// falling market comes to it, up for the others. An order that changed price stands behind all others there.
/// </summary>
internal sealed class CorporateActions(Floor floor)
{
    // As far as sums of two such are sure to fit; nobody has so much, and no price is as high.
    private const long TooMuch = long.MaxValue / 4;

    private readonly OrderPool _pool = floor.Pool;

    // Orders in hand: taken out of their list first, because they are sorted by the prices that change.
    private readonly int[] _inHand = new int[floor.Options.OrderCapacity];

    public void OnAction(Market market, in CorporateAction action)
    {
        if (action.IsSplit) Split(market, action.NewUnits, action.OldUnits);
        else if (action.Kind == CorporateActionKind.Dividend && action.Amount.Raw > 0) PayDividend(market, action.Amount.Raw);
    }

    private void Split(Market market, long newUnits, long oldUnits)
    {
        // Nobody trades at the prices of before any more.
        market.Forget();
        market.SplitPositions(newUnits, oldUnits);
        market.Volume?.Split(newUnits, oldUnits);
        long stamp = floor.LastPriority;
        for (int list = 0; list < Market.Lists && market.Working > 0; list++)
        {
            int count = TakeOut(market, list);
            for (int i = 0; i < count; i++)
            {
                ref WorkingOrder order = ref _pool[_inHand[i]];

                // An order before it has taken it along, or it was scaled in the list where it stood until then.
                if (order.Place == OrderPlace.None || order.Priority > stamp) continue;
                long left = Scaled(market, order.Leaves, newUnits, oldUnits), held = Scaled(market, order.Held, newUnits, oldUnits);
                OrderPlace place = Place(market, _inHand[i]);
                if (left + held == 0 || place is OrderPlace.Auction or OrderPlace.Released)
                {
                    floor.End(market, _inHand[i], ReportKind.Cancelled, ReasonCode.CorporateAction);
                    continue;
                }

                order.Held = held;
                order.Quantity = order.Filled + left + held;
                if (order.Display > 0) order.Display = order.Shown = Math.Max(market.Lot, Scaled(market, order.Display, newUnits, oldUnits));
                order.Limit = Rounded(market, Divided(order.Limit, newUnits, oldUnits), isDown: order.Side == OrderSide.Buy);
                order.Stop = Rounded(market, Divided(order.Stop, newUnits, oldUnits), isDown: order.TriggerSign < 0);
                order.Cap = Rounded(market, Divided(order.Cap, newUnits, oldUnits), isDown: order.Side == OrderSide.Buy);
                order.Activation = Rounded(market, Divided(order.Activation, newUnits, oldUnits), isDown: order.Side == OrderSide.Buy);
                if (order.OffsetUnit != OffsetUnit.BasisPoints)
                {
                    order.Offset = Divided(order.Offset, newUnits, oldUnits);
                    order.LimitOffset = Divided(order.LimitOffset, newUnits, oldUnits);
                }

                if (order.HasBound) order.Bound = Rounded(market, Divided(order.Bound, newUnits, oldUnits), isDown: order.Side == OrderSide.Buy);

                // Protection of nothing would be none.
                if (order.Protection > 0 && order.ProtectionUnit != OffsetUnit.BasisPoints)
                    order.Protection = Math.Max(1, Divided(order.Protection, newUnits, oldUnits));

                bool isImpossible = order.Quantity > TooMuch - market.Lot || Math.Max(Math.Abs(order.Limit), Math.Abs(order.Stop)) > TooMuch - market.Tick;
                if (isImpossible || (order.HasLimit && order.Limit == 0 && place == OrderPlace.Book) || (order.IsStop && order.Stop == 0 && !order.Trails))
                {
                    floor.End(market, _inHand[i], ReportKind.Cancelled, ReasonCode.CorporateAction);
                    continue;
                }

                // What a pegged order follows is not known before the first quote after the split.
                if (left == 0) place = OrderPlace.Held;
                else if (order.IsPegged && place == OrderPlace.Book) place = OrderPlace.Waiting;
                PutBack(market, _inHand[i], place);
            }
        }
    }

    private void PayDividend(Market market, long amount)
    {
        for (int list = 0; list < Market.Lists && market.Working > 0; list++)
        {
            int count = TakeOut(market, list);
            for (int i = 0; i < count; i++)
            {
                ref WorkingOrder order = ref _pool[_inHand[i]];
                if (!IsLowered(order)) continue;
                bool hasLimit = order.HasLimit && !order.Trails;
                long limit = hasLimit ? Rounded(market, order.Limit - amount, isDown: true) : order.Limit;
                long stop = order.IsStop ? Rounded(market, order.Stop - amount, isDown: true) : order.Stop;
                OrderPlace place = Place(market, _inHand[i]);
                bool isPossible = (!hasLimit || market.CanTradeAt(limit)) && (!order.IsStop || market.CanTradeAt(stop));
                if (!isPossible)
                {
                    floor.End(market, _inHand[i], ReportKind.Cancelled, ReasonCode.CorporateAction);
                    continue;
                }

                (order.Limit, order.Stop) = (limit, stop);
                PutBack(market, _inHand[i], place);
            }
        }
    }

    /// <summary>
    /// Orders that the price would fall onto: those that a falling price triggers, and buy limits. One before it may have taken an order along, and
    /// a pegged one finds its price by itself, as does a trailing stop that has no stop price yet.
    /// </summary>
    private static bool IsLowered(in WorkingOrder order)
    {
        if (order.IsPegged || order.Place is OrderPlace.None or OrderPlace.Waiting or OrderPlace.Auction or OrderPlace.Released) return false;
        if (order.Trails && order.IsStop) return order.HasStop && order.TriggerSign < 0;
        return order.IsStop ? order.TriggerSign < 0 : order.HasLimit && order.Side == OrderSide.Buy;
    }

    private int TakeOut(Market market, int list)
    {
        int count = 0;
        for (int i = market.ListAt(list).Head; i != OrderPool.None; i = _pool[i].Next) _inHand[count++] = i;
        return count;
    }

    /// <summary>Where an order stands; takes it out of there.</summary>
    private OrderPlace Place(Market market, int index)
    {
        OrderPlace place = _pool[index].Place;
        floor.Unlink(market, index);
        return place;
    }

    private void PutBack(Market market, int index, OrderPlace place)
    {
        ref WorkingOrder order = ref _pool[index];
        order.Priority = floor.NextPriority();
        if (place == OrderPlace.Book) floor.Rest(market, index);
        else if (place is OrderPlace.Stop or OrderPlace.Touch or OrderPlace.Trail) floor.Park(market, index);
        else if (place == OrderPlace.Held) floor.Hold(market, index);
        else floor.Wait(market, index);
        ref ExecutionReport report = ref floor.Report(order, ReportKind.Replaced, ReasonCode.CorporateAction);
        report.LastQuantity = new(order.Quantity);
        report.LastPrice = new(order.OwnPrice);
    }

    private static long Scaled(Market market, long quantity, long newUnits, long oldUnits) =>
        market.FloorToLot((long)Int128.Min((Int128)quantity * newUnits / oldUnits, TooMuch));

    private static long Divided(long price, long newUnits, long oldUnits) => (long)Int128.Clamp((Int128)price * oldUnits / newUnits, -TooMuch, TooMuch);

    private static long Rounded(Market market, long price, bool isDown)
    {
        Price tick = new(market.Tick);
        return isDown ? new Price(price).FloorTo(tick).Raw : new Price(price).CeilingTo(tick).Raw;
    }
}
