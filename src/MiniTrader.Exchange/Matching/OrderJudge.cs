using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>Whether the venue takes an order, and if not why. What it cannot simulate it refuses, so that no order is ever quietly something else.</summary>
internal sealed class OrderJudge(Floor floor, Market[] markets, TakerMatching takers)
{
    private const OrderFlags KnownFlags = OrderFlags.PostOnly | OrderFlags.ReduceOnly | OrderFlags.Hidden | OrderFlags.PostOnlyReprice;

    /// <summary>Judges an order by itself; <see cref="ReasonCode.None"/> takes it.</summary>
    /// <param name="command">The order.</param>
    /// <param name="isChild">It will wait for its parent: the market as it is now says nothing about it.</param>
    public ReasonCode Judge(in OrderCommand command, bool isChild)
    {
        if ((uint)command.Instrument.Index >= (uint)markets.Length || command.Side is not (OrderSide.Buy or OrderSide.Sell)) return ReasonCode.TechnicalReject;
        if (command.ClientOrderId.IsNone || floor.Pool.Find(command.ClientOrderId) != OrderPool.None) return ReasonCode.TechnicalReject;
        if (floor.Now >= markets[command.Instrument.Index].Expiry) return ReasonCode.MarketClosed;
        if (command.Type > OrderType.Pegged) return ReasonCode.UnsupportedOrderType;
        Market market = markets[command.Instrument.Index];

        // In the middle of a packet the order sees what is told so far; the packet's end is news to the others all the same.
        if (market.ShowBook()) market.Book!.Unsettle();
        if (market.ForgetBadQuote()) floor.BadEvents++;
        if (command.TimeInForce > TimeInForce.AtClose || (IsAuction(command) && command.Type > OrderType.Limit)) return ReasonCode.UnsupportedTimeInForce;
        if (!IsSupported(command)) return ReasonCode.UnsupportedFlag;
        if (!ReferencePrices.CanShow(market, command.Trigger)) return ReasonCode.UnsupportedTrigger;
        if (command.Type == OrderType.Pegged && market.Driver > MatchSource.Quotes) return ReasonCode.UnsupportedPeg;
        ReasonCode form = Form(market, command);
        if (form != ReasonCode.None) return form;
        if (command.TimeInForce == TimeInForce.Gtd && command.ExpireTime <= floor.Now) return ReasonCode.ExpireTimeReached;
        if (floor.Pool.IsFull || ((command.Flags & OrderFlags.ReduceOnly) != 0 && !market.KnowsPositionOf(command.Strategy))) return ReasonCode.VenueCapacity;
        return isChild || IsAuction(command) ? ReasonCode.None : Now(market, command);
    }

    /// <summary>Judges what a replace would make of an order.</summary>
    public ReasonCode JudgeReplace(Market market, in WorkingOrder order, in OrderCommand command)
    {
        if (command.Quantity.Raw <= 0 || command.Quantity.Raw % market.Lot != 0) return ReasonCode.VenueInvalidQuantity;
        if (command.Quantity.Raw < order.Filled) return ReasonCode.QuantityBelowFilled;

        // Nobody says how much of the addition the parent's fills of before would have released.
        if (command.Quantity.Raw > order.Quantity && order.Held > 0 && order.Held < order.Quantity) return ReasonCode.InvalidContingency;
        bool follows = order.Trails || order.IsPegged;

        // A new distance for an order that has become one with a price of its own in the meantime.
        if (command.Type.Follows() && !follows) return ReasonCode.StopAlreadyTriggered;
        if (follows && order.Trails && command.Offset.Raw <= 0) return ReasonCode.VenueInvalidOffset;
        if (!follows && order.HasLimit && !IsPrice(market, command.LimitPrice)) return ReasonCode.VenueInvalidPrice;
        if (!follows && order.IsStop && !IsPrice(market, command.StopPrice)) return ReasonCode.VenueInvalidPrice;
        bool mayTake = follows || order.IsStop || !order.IsPostOnly || (order.Flags & OrderFlags.PostOnlyReprice) != 0;
        return !mayTake && command.LimitPrice.Raw != order.Limit && WouldTake(market, order.Side, command.LimitPrice.Raw)
            ? ReasonCode.WouldTakeLiquidity
            : ReasonCode.None;
    }

    private static bool IsAuction(in OrderCommand command) => command.TimeInForce is TimeInForce.AtOpen or TimeInForce.AtClose;

    /// <summary>Whether the conditions go together; one that means nothing for the type is refused.</summary>
    private static bool IsSupported(in OrderCommand command)
    {
        OrderTraits traits = command.Type.Traits();
        bool isPostOnly = (command.Flags & (OrderFlags.PostOnly | OrderFlags.PostOnlyReprice)) != 0;
        bool isHidden = (command.Flags & OrderFlags.Hidden) != 0, isIceberg = !command.DisplayQuantity.IsZero;
        bool canRest = command.Type.HasLimit() && command.TimeInForce <= TimeInForce.Gtd && command.TimeInForce is not (TimeInForce.Ioc or TimeInForce.Fok);
        if ((command.Flags & ~KnownFlags) != 0 || command.SelfTrade > SelfTradePrevention.Decrement) return false;
        if ((isPostOnly || isHidden || isIceberg) && !canRest) return false;
        if (isHidden && isIceberg) return false;
        if (!command.Protection.IsZero && (command.Type.Becomes() != OrderType.Market || IsAuction(command))) return false;
        if (!command.Offset.IsZero && !command.Type.Follows()) return false;
        if (!command.ActivationPrice.IsZero && (traits & OrderTraits.Trails) == 0) return false;
        return command.Peg == PegReference.None || (traits & OrderTraits.Pegs) != 0;
    }

    private static ReasonCode Form(Market market, in OrderCommand command)
    {
        OrderType type = command.Type;
        long quantity = command.Quantity.Raw, display = command.DisplayQuantity.Raw;
        if (quantity <= 0 || quantity % market.Lot != 0) return ReasonCode.VenueInvalidQuantity;
        if (display != 0 && (display < 0 || display > quantity || display % market.Lot != 0)) return ReasonCode.VenueInvalidDisplayQuantity;
        if (type.NeedsLimitPrice() && !IsPrice(market, command.LimitPrice)) return ReasonCode.VenueInvalidPrice;
        if (type.NeedsStopPrice() && !IsPrice(market, command.StopPrice)) return ReasonCode.VenueInvalidPrice;
        if (command.Protection.Raw < 0 || command.ProtectionUnit > OffsetUnit.BasisPoints) return ReasonCode.VenueInvalidOffset;
        if (!type.Follows()) return ReasonCode.None;
        if (command.OffsetUnit > OffsetUnit.BasisPoints) return ReasonCode.VenueInvalidOffset;
        if (type == OrderType.Pegged)
        {
            if (command.Peg is PegReference.None or > PegReference.BestAsk) return ReasonCode.VenueInvalidOffset;
            return command.LimitPrice.IsZero || IsPrice(market, command.LimitPrice) ? ReasonCode.None : ReasonCode.VenueInvalidPrice;
        }

        if (command.Offset.Raw <= 0 || (type.HasLimit() && command.LimitPrice.Raw < 0)) return ReasonCode.VenueInvalidOffset;
        if (!command.StopPrice.IsZero && !IsPrice(market, command.StopPrice)) return ReasonCode.VenueInvalidPrice;
        return command.ActivationPrice.IsZero || IsPrice(market, command.ActivationPrice) ? ReasonCode.None : ReasonCode.VenueInvalidPrice;
    }

    /// <summary>What the market and the position as they are now say about an order that begins to work at once.</summary>
    private ReasonCode Now(Market market, in OrderCommand command)
    {
        if ((command.Flags & OrderFlags.ReduceOnly) != 0 && ReduceOnly.Room(market, command.Strategy, command.Side) == 0) return ReasonCode.NothingToReduce;

        if (command.Type.HasTrigger() || command.Type == OrderType.Pegged) return ReasonCode.None;
        bool isImmediate = command.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok;
        if (isImmediate && market.Driver != MatchSource.Bars && !takers.HasMarket(market, command.Side))
            return market.Hours.IsTrading(floor.Now) ? ReasonCode.NoMarket : ReasonCode.MarketClosed;
        bool isRejected = (command.Flags & (OrderFlags.PostOnly | OrderFlags.PostOnlyReprice)) == OrderFlags.PostOnly;
        return isRejected && WouldTake(market, command.Side, command.LimitPrice.Raw) ? ReasonCode.WouldTakeLiquidity : ReasonCode.None;
    }

    private static bool IsPrice(Market market, Price price) => price.Raw % market.Tick == 0 && market.CanTradeAt(price.Raw);

    private bool WouldTake(Market market, OrderSide side, long limit) => market.Driver == MatchSource.Bars
        ? BarMatching.WouldTake(market, side, limit)
        : takers.WouldTake(market, side, limit);
}
