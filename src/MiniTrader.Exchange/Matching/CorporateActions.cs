using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// What splits and dividends do to working orders, after FINRA rule 5330. A split scales limits, stops and what is left of an order, in whole
/// lots; an order of which nothing is left is cancelled, and so is one of a kind that follows the market or waits for another. A
/// dividend lowers buy limits and sell stops, the orders that the price would else fall onto. A price is rounded down to the tick for a
/// buy limit or sell stop, up for the others. An order that changed price stands behind all others there.
/// </summary>
internal sealed class CorporateActions(Floor floor)
{
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
        for (int list = 0; list < Market.Lists && market.Working > 0; list++)
        {
            int count = TakeOut(market, list);
            for (int i = 0; i < count; i++)
            {
                ref WorkingOrder order = ref _pool[_inHand[i]];

                // An order before it has taken it along.
                if (order.Place == OrderPlace.None) continue;
                long left = Scaled(market, order.Leaves, newUnits, oldUnits);
                OrderPlace place = Place(market, _inHand[i]);
                if (left == 0 || order.IsPegged || place is not (OrderPlace.Book or OrderPlace.Stop or OrderPlace.Waiting))
                {
                    floor.End(market, _inHand[i], ReportKind.Cancelled, ReasonCode.CorporateAction);
                    continue;
                }

                order.Held = Scaled(market, order.Held, newUnits, oldUnits);
                order.Quantity = order.Filled + left + order.Held;
                if (order.Display > 0) order.Display = order.Shown = Math.Max(market.Lot, Scaled(market, order.Display, newUnits, oldUnits));
                order.Limit = Rounded(market, (long)((Int128)order.Limit * oldUnits / newUnits), isDown: order.Side == OrderSide.Buy);
                order.Stop = Rounded(market, (long)((Int128)order.Stop * oldUnits / newUnits), isDown: order.Side == OrderSide.Sell);
                PutBack(market, _inHand[i], place);
            }
        }
    }

    private void PayDividend(Market market, long amount)
    {
        for (int list = 0; list < Market.Lists && market.Working > 0; list++)
        {
            bool isLowered = list is Market.BuyList or Market.SellStopList;
            int count = isLowered ? TakeOut(market, list) : 0;
            for (int i = 0; i < count; i++)
            {
                ref WorkingOrder order = ref _pool[_inHand[i]];

                // A pegged order finds its price by itself; and an order before it may have taken it along.
                if (order.IsPegged || order.Place == OrderPlace.None) continue;
                long limit = order.HasLimit ? Rounded(market, order.Limit - amount, isDown: true) : 0;
                long stop = order.IsStop ? Rounded(market, order.Stop - amount, isDown: true) : 0;
                OrderPlace place = Place(market, _inHand[i]);
                bool isPossible = (!order.HasLimit || market.CanTradeAt(limit)) && (!order.IsStop || market.CanTradeAt(stop));
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
        else if (place == OrderPlace.Stop) floor.Park(market, index);
        else floor.Wait(market, index);
        ref ExecutionReport report = ref floor.Report(order, ReportKind.Replaced, ReasonCode.CorporateAction);
        report.LastQuantity = new(order.Quantity);
        report.LastPrice = new(order.HasLimit ? order.Limit : order.Stop);
    }

    private static long Scaled(Market market, long quantity, long newUnits, long oldUnits) =>
        market.FloorToLot((long)((Int128)quantity * newUnits / oldUnits));

    private static long Rounded(Market market, long price, bool isDown)
    {
        Price tick = new(market.Tick);
        return isDown ? new Price(price).FloorTo(tick).Raw : new Price(price).CeilingTo(tick).Raw;
    }
}
