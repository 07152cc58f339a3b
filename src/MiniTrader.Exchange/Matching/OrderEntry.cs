using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>What the venue does with a command when it arrives: new order, cancel, replace, cancel all.</summary>
internal sealed class OrderEntry(Floor floor, Market[] markets, TakerMatching takers, BarMatching bars)
{
    private readonly OrderPool _pool = floor.Pool;
    private long _highestSequence;

    /// <summary>Set when no event will come any more: an order that would wait ends at once.</summary>
    public bool IsEnded { get; set; }

    public void OnArrival(in OrderCommand command)
    {
        switch (command.Kind)
        {
            case CommandKind.New: New(command); break;
            case CommandKind.Cancel: Cancel(command); break;
            case CommandKind.Replace: Replace(command); break;
            case CommandKind.CancelAll: CancelAll(command); break;
            default: floor.Refuse(command, ReportKind.Rejected, ReasonCode.TechnicalReject); break;
        }
    }

    /// <summary>Expires every order, instrument by instrument.</summary>
    public void ExpireAll()
    {
        foreach (Market market in markets) ExpireAll(market);
    }

    /// <summary>The instrument is no more: every order ends.</summary>
    public void ExpireInstrument(Market market) => ExpireAll(market);

    /// <summary>The venue says that its session is over: day orders end.</summary>
    public void ExpireDay(Market market) => ExpireAll(market, onlyDay: true);

    private void New(in OrderCommand command)
    {
        _highestSequence = Math.Max(_highestSequence, command.ClientOrderId.Sequence);
        ReasonCode reason = Judge(command);
        if (reason != ReasonCode.None)
        {
            floor.Refuse(command, ReportKind.Rejected, reason);
            return;
        }

        Market market = markets[command.Instrument.Index];
        int index = _pool.Add(command.ClientOrderId);
        ref WorkingOrder order = ref _pool[index];
        order.VenueId = floor.NextVenueId();
        order.Instrument = command.Instrument;
        order.Strategy = command.Strategy;
        order.Side = command.Side;
        order.Type = command.Type;
        order.TimeInForce = command.TimeInForce;
        order.Flags = command.Flags;
        order.Trigger = command.Trigger;
        order.Tag = command.Tag;
        order.Quantity = command.Quantity.Raw;
        order.Limit = command.LimitPrice.Raw;
        order.Stop = command.StopPrice.Raw;
        order.Sent = command.SentTime;
        order.Arrived = floor.Now;
        order.Priority = floor.NextPriority();
        order.Deadline = order.Expiry = command.TimeInForce switch
        {
            TimeInForce.Day => market.Hours.EndOfDay(floor.Now),
            TimeInForce.Gtd => command.ExpireTime,
            _ => Timestamp.MaxValue,
        };
        floor.Expiries.Add(index);
        market.CountWorking(1);
        floor.Report(order, ReportKind.Accepted, ReasonCode.None);
        Enter(market, index);
    }

    /// <summary>Lets an order that stands in no list act on the market as it finds it.</summary>
    private void Enter(Market market, int index)
    {
        if (market.Driver == MatchSource.Bars) bars.Arrive(market, index);
        else if (_pool[index].IsStop) takers.ArriveStop(market, index);
        else takers.Execute(market, index);
        if (IsEnded) ExpireAll(market);
    }

    private ReasonCode Judge(in OrderCommand command)
    {
        if ((uint)command.Instrument.Index >= (uint)markets.Length || command.Side is not (OrderSide.Buy or OrderSide.Sell)) return ReasonCode.TechnicalReject;
        if (command.ClientOrderId.IsNone || _pool.Find(command.ClientOrderId) != OrderPool.None) return ReasonCode.TechnicalReject;
        if (floor.Now >= markets[command.Instrument.Index].Expiry) return ReasonCode.MarketClosed;
        if (command.Type > OrderType.StopLimit) return ReasonCode.UnsupportedOrderType;
        if (command.TimeInForce > TimeInForce.Gtd) return ReasonCode.UnsupportedTimeInForce;
        Market market = markets[command.Instrument.Index];
        market.ShowBook();
        if (!IsSupported(market, command)) return ReasonCode.UnsupportedFlag;
        if (command.Quantity.Raw <= 0 || command.Quantity.Raw % market.Lot != 0) return ReasonCode.VenueInvalidQuantity;
        bool hasLimit = command.Type is OrderType.Limit or OrderType.StopLimit, isStop = command.Type is OrderType.Stop or OrderType.StopLimit;
        if ((hasLimit && !IsPrice(market, command.LimitPrice)) || (isStop && !IsPrice(market, command.StopPrice))) return ReasonCode.VenueInvalidPrice;
        if (command.TimeInForce == TimeInForce.Gtd && command.ExpireTime <= floor.Now) return ReasonCode.ExpireTimeReached;
        if (_pool.IsFull) return ReasonCode.VenueCapacity;

        bool isImmediate = command.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok;
        if (isImmediate && !isStop && market.Driver != MatchSource.Bars && !takers.HasMarket(market, command.Side))
            return market.Hours.IsTrading(floor.Now) ? ReasonCode.NoMarket : ReasonCode.MarketClosed;
        bool isPostOnly = (command.Flags & OrderFlags.PostOnly) != 0;
        return isPostOnly && !isStop && WouldTake(market, command.Side, command.LimitPrice.Raw) ? ReasonCode.WouldTakeLiquidity : ReasonCode.None;
    }

    // What is not simulated is refused, so that no order is ever quietly something else.
    private static bool IsSupported(Market market, in OrderCommand command)
    {
        if ((command.Flags & ~OrderFlags.PostOnly) != 0) return false;
        bool isPostOnly = (command.Flags & OrderFlags.PostOnly) != 0;
        bool canRest = command.Type is OrderType.Limit or OrderType.StopLimit && command.TimeInForce is not (TimeInForce.Ioc or TimeInForce.Fok);
        if (isPostOnly && !canRest) return false;
        if (!command.DisplayQuantity.IsZero || !command.Offset.IsZero || !command.ActivationPrice.IsZero || !command.Protection.IsZero) return false;
        if (!command.Parent.IsNone || command.ListId != 0) return false;
        return command.Trigger switch
        {
            TriggerSource.Default => true,
            TriggerSource.BidAsk => market.Driver <= MatchSource.Quotes,
            TriggerSource.Last => market.Driver != MatchSource.Bars,
            _ => false,
        };
    }

    private static bool IsPrice(Market market, Price price) => price.Raw % market.Tick == 0 && market.CanTradeAt(price.Raw);

    private bool WouldTake(Market market, OrderSide side, long limit) => market.Driver == MatchSource.Bars
        ? BarMatching.WouldTake(market, side, limit)
        : takers.WouldTake(market, side, limit);

    private void Cancel(in OrderCommand command)
    {
        int index = _pool.Find(command.ClientOrderId);
        if (index == OrderPool.None)
        {
            floor.Refuse(command, ReportKind.CancelRejected, IsKnown(command) ? ReasonCode.TooLateToCancel : ReasonCode.VenueUnknownOrder);
            return;
        }

        floor.End(markets[_pool[index].Instrument.Index], index, ReportKind.Cancelled, ReasonCode.UserRequested);
    }

    private bool IsKnown(in OrderCommand command) => !command.ClientOrderId.IsNone && command.ClientOrderId.Sequence <= _highestSequence;

    private void Replace(in OrderCommand command)
    {
        int index = _pool.Find(command.ClientOrderId);
        if (index == OrderPool.None)
        {
            floor.Refuse(command, ReportKind.ReplaceRejected, IsKnown(command) ? ReasonCode.TooLateToReplace : ReasonCode.VenueUnknownOrder);
            return;
        }

        ref WorkingOrder order = ref _pool[index];
        Market market = markets[order.Instrument.Index];
        ReasonCode reason = JudgeReplace(market, order, command);
        if (reason != ReasonCode.None)
        {
            floor.Report(order, ReportKind.ReplaceRejected, reason);
            return;
        }

        long limit = order.HasLimit ? command.LimitPrice.Raw : order.Limit;
        long stop = order.IsStop ? command.StopPrice.Raw : order.Stop;
        bool keepsPlace = limit == order.Limit && stop == order.Stop && command.Quantity.Raw <= order.Quantity;
        order.Quantity = command.Quantity.Raw;
        order.Limit = limit;
        order.Stop = stop;
        ref ExecutionReport report = ref floor.Report(order, ReportKind.Replaced, ReasonCode.None);
        report.LastPrice = new(order.HasLimit ? limit : stop);
        report.LastQuantity = command.Quantity;
        if (order.Leaves == 0)
        {
            floor.Complete(market, index);
        }
        else if (!keepsPlace)
        {
            // It goes to the back of the queue as an order that arrives now would.
            floor.Unlink(market, index);
            order.Sent = command.SentTime;
            order.Arrived = floor.Now;
            order.Priority = floor.NextPriority();
            Enter(market, index);
        }
    }

    private ReasonCode JudgeReplace(Market market, in WorkingOrder order, in OrderCommand command)
    {
        if (command.Quantity.Raw <= 0 || command.Quantity.Raw % market.Lot != 0) return ReasonCode.VenueInvalidQuantity;
        if (command.Quantity.Raw < order.Filled) return ReasonCode.QuantityBelowFilled;
        if ((order.HasLimit && !IsPrice(market, command.LimitPrice)) || (order.IsStop && !IsPrice(market, command.StopPrice)))
            return ReasonCode.VenueInvalidPrice;
        bool wouldTake = order.IsPostOnly && !order.IsStop && command.LimitPrice.Raw != order.Limit
            && WouldTake(market, order.Side, command.LimitPrice.Raw);
        return wouldTake ? ReasonCode.WouldTakeLiquidity : ReasonCode.None;
    }

    private void CancelAll(in OrderCommand command)
    {
        if (!command.Instrument.IsNone)
        {
            if (command.Instrument.Index < markets.Length) CancelAll(markets[command.Instrument.Index], command.Strategy);
            return;
        }

        foreach (Market market in markets) CancelAll(market, command.Strategy);
    }

    private void CancelAll(Market market, StrategyId strategy)
    {
        if (market.Working == 0) return;
        int next;
        for (int list = 0; list < Market.Lists; list++)
        {
            for (int i = market.ListAt(list).Head; i != OrderPool.None; i = next)
            {
                next = _pool[i].Next;
                if (_pool[i].Strategy == strategy) floor.End(market, i, ReportKind.Cancelled, ReasonCode.UserRequested);
            }
        }
    }

    private void ExpireAll(Market market, bool onlyDay = false)
    {
        if (market.Working == 0) return;
        int next;
        for (int list = 0; list < Market.Lists; list++)
        {
            for (int i = market.ListAt(list).Head; i != OrderPool.None; i = next)
            {
                next = _pool[i].Next;
                if (onlyDay && _pool[i].TimeInForce != TimeInForce.Day) continue;
                floor.End(market, i, ReportKind.Expired, ReasonCode.SessionEnd);
            }
        }
    }
}
