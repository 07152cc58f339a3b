using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Stops, if-touched orders and trailing stops while quotes, books or trades drive: what each event triggers, and what one does that
/// arrives when its price is passed already.
/// </summary>
internal sealed class TriggerMatching(Floor floor, TakerMatching takers)
{
    private readonly OrderPool _pool = floor.Pool;
    private readonly ReferencePrices _prices = floor.Prices;

    /// <summary>The best quotes are new.</summary>
    public void OnQuotes(Market market)
    {
        if (market.Ask.Size > 0) Fire(market, ref market.BuyStops, market.Ask.Price, TriggerSource.BidAsk);
        if (market.Bid.Size > 0) Fire(market, ref market.SellStops, market.Bid.Price, TriggerSource.BidAsk);
        if (market.Ask.Size > 0) Fire(market, ref market.BuyTouches, market.Ask.Price, TriggerSource.BidAsk);
        if (market.Bid.Size > 0) Fire(market, ref market.SellTouches, market.Bid.Price, TriggerSource.BidAsk);
        if (HasTriggers(market) && _prices.TryMid(market, out long mid))
        {
            FireAll(market, mid, TriggerSource.Mid);
            FireAll(market, mid, TriggerSource.Mark);
        }

        if (market.Trails.Head != OrderPool.None) Follow(market);
    }

    /// <summary>A trade was seen.</summary>
    public void OnTrade(Market market)
    {
        long last = market.Last.Price;
        FireAll(market, last, TriggerSource.Last);
        if (HasTriggers(market))
        {
            // A mark is the mid wherever there is one.
            if (!_prices.TryMid(market, out _)) FireAll(market, last, TriggerSource.Mark);
            if (_prices.TryGet(market, TriggerSource.DoubleLast, OrderSide.Buy, +1, out long lower))
            {
                long higher = Math.Max(last, market.PreviousLast);
                Fire(market, ref market.BuyStops, lower, TriggerSource.DoubleLast);
                Fire(market, ref market.SellStops, higher, TriggerSource.DoubleLast);
                Fire(market, ref market.BuyTouches, higher, TriggerSource.DoubleLast);
                Fire(market, ref market.SellTouches, lower, TriggerSource.DoubleLast);
            }
        }

        if (market.Trails.Head != OrderPool.None) Follow(market);
    }

    /// <summary>One that arrives, or that its parent released: acts at once when the market is at or beyond its price, else waits for it.</summary>
    public void Arrive(Market market, int index)
    {
        ref WorkingOrder order = ref _pool[index];
        if (!_prices.TryGet(market, order.Trigger, order.Side, order.TriggerSign, out long price)) floor.Park(market, index);
        else if (order.Trails ? TrailingStops.Advance(ref order, price, market.Tick) : order.TriggerSign * (price - order.Stop) >= 0) Act(market, index);
        else floor.Park(market, index);
    }

    private static bool HasTriggers(Market market) =>
        market.BuyStops.Head != OrderPool.None || market.SellStops.Head != OrderPool.None
        || market.BuyTouches.Head != OrderPool.None || market.SellTouches.Head != OrderPool.None;

    private void FireAll(Market market, long price, TriggerSource source)
    {
        Fire(market, ref market.BuyStops, price, source);
        Fire(market, ref market.SellStops, price, source);
        Fire(market, ref market.BuyTouches, price, source);
        Fire(market, ref market.SellTouches, price, source);
    }

    /// <summary>Triggers those of a list that this price reaches and that listen to its source.</summary>
    private void Fire(Market market, ref OrderList orders, long price, TriggerSource source)
    {
        if (orders.Head == OrderPool.None) return;
        int walk = floor.Walks.Begin(orders);
        while (floor.Walks.TryNext(walk, out int i))
        {
            ref WorkingOrder order = ref _pool[i];
            if (order.TriggerSign * (price - order.Stop) < 0) break;
            if (ReferencePrices.Resolve(market, order.Trigger) == source) Act(market, i);
        }

        floor.Walks.End(walk);
    }

    private void Follow(Market market)
    {
        int walk = floor.Walks.Begin(market.Trails);
        while (floor.Walks.TryNext(walk, out int i))
        {
            ref WorkingOrder order = ref _pool[i];
            if (!_prices.TryGet(market, order.Trigger, order.Side, order.TriggerSign, out long price)) continue;
            if (TrailingStops.Advance(ref order, price, market.Tick)) Act(market, i);
        }

        floor.Walks.End(walk);
    }

    private void Act(Market market, int index)
    {
        floor.Trigger(market, index);
        takers.Execute(market, index);
    }
}
