using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <content>Fills: at what price and fee, and what follows from one.</content>
internal sealed partial class Floor
{
    /// <summary>Fills a resting order at its limit; true when that completes it.</summary>
    public bool FillMaker(Market market, int index, long quantity, FillCause cause, long causeId, long aheadBefore)
    {
        ref WorkingOrder order = ref Pool[index];
        if (order.IsHidden && market.Book?.Orders is not null) aheadBefore = order.Ahead = AheadOf(market, order);
        if (order.Ahead < 0 || order.Ahead > aheadBefore) Breach("the queue ahead grew or fell below zero.", order);
        if (aheadBefore > 0 && aheadBefore != QueueModel.UnknownAhead && aheadBefore > market.MostAhead(order.Side, order.Limit))
            Breach("more would be ahead of an order than its level displays.", order);
        return Fill(market, index, quantity, order.Limit, LiquiditySide.Maker, cause, causeId, aheadBefore);
    }

    /// <summary>What was displayed or traded fills once: called by whoever fills orders from it, with all that our orders took of it.</summary>
    public void CheckUsed(int index, long used, long shown)
    {
        if (used > shown) Breach("a displayed size would fill more than itself.", Pool[index]);
    }

    /// <summary>Fills an order that takes at a price that it met, made worse by the slippage model; true when that completes it.</summary>
    public bool FillTaker(Market market, int index, long quantity, long met, FillCause cause, long causeId)
    {
        ref WorkingOrder order = ref Pool[index];
        int sign = order.Sign;
        long price = met;
        if (_slippage.Kind != SlippageKind.None)
        {
            price += sign * SlippageOf(market, order, quantity, met);
            Price tick = new(market.Tick);
            price = sign > 0 ? new Price(price).CeilingTo(tick).Raw : new Price(price).FloorTo(tick).Raw;

            // Nobody pays us for taking what we sell: the last price is one tick, or what we met if that was lower still.
            if (!market.CanTradeAt(price)) price = Math.Min(met, market.Tick);
        }

        if (order.HasLimit && sign * (price - order.Limit) > 0) price = order.Limit;
        if (order.HasBound && sign * (price - order.Bound) > 0) price = order.Bound;
        if (sign * (price - met) < 0) Breach("a taker would be filled better than the price that it met.", order);
        return Fill(market, index, quantity, price, LiquiditySide.Taker, cause, causeId, 0);
    }

    /// <summary>Fills an order in an auction, at the auction's price; true when that completes it.</summary>
    public bool FillAuction(Market market, int index, long quantity, long price, long causeId) =>
        Fill(market, index, quantity, price, LiquiditySide.Taker, FillCause.Auction, causeId, 0);

    private bool Fill(Market market, int index, long quantity, long price, LiquiditySide liquidity, FillCause cause, long causeId, long aheadBefore)
    {
        ref WorkingOrder order = ref Pool[index];
        if (quantity <= 0 || quantity > order.Leaves) Breach("a fill must be above zero and not above what is left of the order.", order);
        if (order.HasLimit && order.Sign * (price - order.Limit) > 0) Breach("a fill would be worse than the limit.", order);
        if (Now < order.Arrived) Breach("a fill would come before the order arrived.", order);

        Price at = new(price);
        Quantity filled = new(quantity);
        decimal fee = _hasFees ? FeeOf(market, order, filled, at, liquidity) : 0m;
        order.Filled += quantity;
        ref ExecutionReport report = ref Report(order, ReportKind.Fill, ReasonCode.None);
        report.LastPrice = at;
        report.LastQuantity = filled;
        report.Fee = fee;
        report.Liquidity = liquidity;
        report.Cause = cause;
        report.CauseId = causeId;
        report.AheadBefore = new(aheadBefore);
        report.AheadAfter = new(liquidity == LiquiditySide.Maker ? order.Ahead : 0);
        market.AddToPosition(order.Strategy, order.Sign * quantity);
        return AfterFill(market, index, quantity, liquidity);
    }

    /// <summary>What follows from a fill for the order and for others; true when the order can take no more now.</summary>
    private bool AfterFill(Market market, int index, long quantity, LiquiditySide liquidity)
    {
        ref WorkingOrder order = ref Pool[index];
        if (order.IsLinked) _links.OnFill(market, index, quantity);
        ClientOrderId id = order.Id;
        StrategyId strategy = order.Strategy;
        if (order.Rest == 0)
        {
            Retire(market, index);
        }
        else if (order.Leaves == 0)
        {
            Unlink(market, index);
            Hold(market, index);
        }
        else if (order.Display > 0 && liquidity == LiquiditySide.Maker)
        {
            order.Shown -= quantity;
            if (order.Shown <= 0) ShowMore(market, index);
        }

        if (market.ReduceOnly > 0) _reduceOnly.OnPosition(market, strategy);
        return order.Id != id || order.Leaves == 0;
    }

    /// <summary>An iceberg shows its next part, which joins the queue behind all others.</summary>
    private void ShowMore(Market market, int index)
    {
        ref WorkingOrder order = ref Pool[index];
        order.Shown = Math.Min(order.Display, order.Leaves);
        Unlink(market, index);
        Rest(market, index);
    }

    private decimal FeeOf(Market market, in WorkingOrder order, Quantity quantity, Price price, LiquiditySide liquidity)
    {
        FeeBasis basis = new()
        {
            Price = price,
            Quantity = quantity,
            FilledBefore = new(order.Filled),
            Multiplier = market.Multiplier,
            Side = order.Side,
            Liquidity = liquidity,
            Instrument = order.Instrument,
            Time = Now,
            RollingValue = _turnover?.At(market.CurrencyIndex, Now) ?? 0m,
        };
        _turnover?.Add(market.CurrencyIndex, Now, basis.Value);
        return _fees.Of(basis);
    }

    private long SlippageOf(Market market, in WorkingOrder order, long quantity, long met) => _slippage.Distance(new SlippageBasis
    {
        Price = new(met),
        Spread = new(market.Spread),
        Tick = new(market.Tick),
        Side = order.Side,
        Instrument = order.Instrument,
        Time = Now,
        Quantity = new(quantity),
        Filled = new(order.Filled + quantity),
        DayVolume = new(market.Volume?.At(Now) ?? 0),
    });
}
