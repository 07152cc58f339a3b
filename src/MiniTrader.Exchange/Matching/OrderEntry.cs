using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>What the venue does with a command when it arrives: new order or list, cancel, replace, cancel all.</summary>
internal sealed class OrderEntry(
    Floor floor, Market[] markets, OrderJudge judge, TakerMatching takers, BarMatching bars, Followers followers, AuctionMatching auctions)
{
    private readonly OrderPool _pool = floor.Pool;
    private readonly ListEntry _list = new(floor, judge);
    private long _highestSequence;

    /// <summary>Set when no event will come any more: an order that would wait ends at once.</summary>
    public bool IsEnded { get; set; }

    /// <param name="command">What arrived.</param>
    /// <param name="hasMore">It is an order of a list, and another one arrives with it.</param>
    public void OnArrival(in OrderCommand command, bool hasMore)
    {
        switch (command.Kind)
        {
            case CommandKind.New: New(command, hasMore); break;
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

    /// <summary>The venue says that its session is over: day orders end, and those for its close trade at it.</summary>
    public void ExpireDay(Market market)
    {
        ExpireAll(market, onlyDay: true);
        ReleaseChildren(market);
    }

    /// <summary>The time of an order is over.</summary>
    public void Expire(Market market, int index)
    {
        ref WorkingOrder order = ref _pool[index];
        if (!order.IsAuction)
        {
            floor.Expire(market, index);
        }
        else if (auctions.Close(market, index))
        {
            floor.Expiries.Remove(index);
            order.Expiry = order.Deadline + AuctionMatching.Patience;
            floor.Expiries.Add(index);
        }

        ReleaseChildren(market);
    }

    /// <summary>Lets the children begin to work that the step at hand has released, and those that these release.</summary>
    public void ReleaseChildren(Market market)
    {
        while (market.Released.Head != OrderPool.None)
        {
            int index = market.Released.Head;
            floor.Unlink(market, index);
            Enter(market, index);
        }
    }

    private void New(in OrderCommand command, bool hasMore)
    {
        _highestSequence = Math.Max(_highestSequence, command.ClientOrderId.Sequence);
        if (command.ListId == 0 && command.Contingency == Contingency.None && command.Release <= ChildRelease.WhenFilled && command.Parent.IsNone)
        {
            NewAlone(command);
            return;
        }

        if (!_list.TryAdd(command))
        {
            floor.Refuse(command, ReportKind.Rejected, ReasonCode.ListIncomplete);
            return;
        }

        if (hasMore) return;
        if (_list.Judge()) TakeList();
        _list.Clear();
    }

    /// <summary>Most orders belong to nobody, and need not wait for others to be judged.</summary>
    private void NewAlone(in OrderCommand command)
    {
        ReasonCode reason = judge.Judge(command, isChild: false);
        if (reason != ReasonCode.None)
        {
            floor.Refuse(command, ReportKind.Rejected, reason);
            return;
        }

        Market market = markets[command.Instrument.Index];
        int index = Add(command);
        floor.Report(_pool[index], ReportKind.Accepted, ReasonCode.None);
        Enter(market, index);
        ReleaseChildren(market);
    }

    private void TakeList()
    {
        for (int leg = 0; leg < _list.Count; leg++)
        {
            int index = Add(_list[leg]);
            int partner = _list.PartnerOf(leg);
            if (partner >= 0) floor.Links.Join(index, _pool.Find(_list[partner].ClientOrderId));
            floor.Report(_pool[index], ReportKind.Accepted, ReasonCode.None);
        }

        for (int leg = 0; leg < _list.Count; leg++)
        {
            // What an earlier order of the list did may have ended or even released this one already.
            Market market = markets[_list[leg].Instrument.Index];
            int index = _pool.Find(_list[leg].ClientOrderId);
            if (index != OrderPool.None && _pool[index].Place == OrderPlace.None) Enter(market, index);
            ReleaseChildren(market);
        }
    }

    private int Add(in OrderCommand command)
    {
        Market market = markets[command.Instrument.Index];
        int index = _pool.Add(command.ClientOrderId);
        ref WorkingOrder order = ref _pool[index];
        order.VenueId = floor.NextVenueId();
        order.Instrument = command.Instrument;
        order.Strategy = command.Strategy;
        order.Side = command.Side;
        order.Become(command.Type);
        order.TimeInForce = command.TimeInForce;
        order.Flags = command.Flags;
        order.Trigger = command.Trigger;
        order.Tag = command.Tag;
        order.Quantity = command.Quantity.Raw;
        order.Stop = command.StopPrice.Raw;
        order.Sent = command.SentTime;
        order.Arrived = floor.Now;
        order.Priority = floor.NextPriority();
        Condition(ref order, command);
        order.Deadline = order.Expiry = command.TimeInForce switch
        {
            TimeInForce.Day => market.Hours.EndOfDay(floor.Now),
            TimeInForce.Gtd => command.ExpireTime,
            TimeInForce.AtOpen or TimeInForce.AtClose => AuctionMatching.Deadline(market, command.TimeInForce, command.SentTime, floor.Now),
            _ => Timestamp.MaxValue,
        };
        floor.Expiries.Add(index);
        market.Count(order, +1);
        if (!command.Parent.IsNone) floor.Links.Adopt(index, _pool.Find(command.Parent));
        return index;
    }

    /// <summary>Notes what few orders have.</summary>
    private static void Condition(ref WorkingOrder order, in OrderCommand command)
    {
        order.OffsetUnit = command.OffsetUnit;
        order.Offset = command.Offset.Raw;
        order.Peg = command.Peg;
        order.Display = command.DisplayQuantity.Raw;
        order.Activation = command.ActivationPrice.Raw;
        order.Protection = command.Protection.Raw;
        order.ProtectionUnit = command.ProtectionUnit;
        order.SelfTrade = command.SelfTrade;
        order.Contingency = command.Contingency;
        order.Release = command.Release;
        order.HasStop = !command.StopPrice.IsZero;

        // One field of the command, three meanings: see OrderCommand.LimitPrice.
        if (order.Trails) order.LimitOffset = command.LimitPrice.Raw;
        else if (order.IsPegged) order.Cap = command.LimitPrice.Raw;
        else order.Limit = command.LimitPrice.Raw;
    }

    /// <summary>Lets an order that stands in no list act on the market as it finds it.</summary>
    private void Enter(Market market, int index)
    {
        ref WorkingOrder order = ref _pool[index];
        if (order.Leaves == 0)
        {
            floor.Hold(market, index);
            return;
        }

        order.Shown = order.Display;
        if (order.IsReduceOnly && !floor.ReduceOnly.Fit(market, index)) return;
        if (order.IsAuction) auctions.Arrive(market, index);
        else if (market.Driver == MatchSource.Bars) bars.Arrive(market, index);
        else if (order.IsStop) followers.Arrive(market, index);
        else takers.Execute(market, index);
        if (IsEnded) ExpireAll(market);
    }

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
        ReasonCode reason = judge.JudgeReplace(market, order, command);
        if (reason != ReasonCode.None)
        {
            floor.Report(order, ReportKind.ReplaceRejected, reason);
            return;
        }

        bool keepsPlace = Amend(ref order, command);
        ref ExecutionReport report = ref floor.Report(order, ReportKind.Replaced, ReasonCode.None);
        report.LastPrice = new(order.OwnPrice);
        report.LastQuantity = command.Quantity;
        if (order.Rest == 0)
        {
            floor.Complete(market, index);
        }
        else if (!keepsPlace && order.Place is not (OrderPlace.Held or OrderPlace.Released))
        {
            // It goes to the back of the queue as an order that arrives now would.
            floor.Unlink(market, index);
            order.Sent = command.SentTime;
            order.Arrived = floor.Now;
            order.Priority = floor.NextPriority();
            Enter(market, index);
        }

        ReleaseChildren(market);
    }

    /// <summary>Writes the new quantity and the new price or distance; true when the order keeps its place.</summary>
    private static bool Amend(ref WorkingOrder order, in OrderCommand command)
    {
        bool isNoLarger = command.Quantity.Raw <= order.Quantity, isHeld = order.Held == order.Quantity, isSame;
        order.Quantity = command.Quantity.Raw;
        order.Held = isHeld ? order.Quantity : Math.Min(order.Held, order.Rest);
        if (order.Trails || order.IsPegged)
        {
            isSame = command.Offset.Raw == order.Offset && command.OffsetUnit == order.OffsetUnit;
            order.Offset = command.Offset.Raw;
            order.OffsetUnit = command.OffsetUnit;

            // A new distance is measured from the market as it is now.
            if (!isSame) order.HasStop = false;
        }
        else
        {
            long limit = order.HasLimit ? command.LimitPrice.Raw : order.Limit, stop = order.IsStop ? command.StopPrice.Raw : order.Stop;
            isSame = limit == order.Limit && stop == order.Stop;
            (order.Limit, order.Stop) = (limit, stop);
        }

        return isSame && isNoLarger && order.Leaves > 0;
    }

    private void CancelAll(in OrderCommand command)
    {
        if (!command.Instrument.IsNone)
        {
            if (command.Instrument.Index < markets.Length) CancelAll(markets[command.Instrument.Index], command);
            return;
        }

        foreach (Market market in markets) CancelAll(market, command);
    }

    private void CancelAll(Market market, in OrderCommand command)
    {
        if (market.Working == 0) return;
        ReasonCode reason = command.Cause switch
        {
            CommandCause.KillSwitch => ReasonCode.KillSwitchCancel,
            CommandCause.MarginCall => ReasonCode.MarginCallCancel,
            _ => ReasonCode.UserRequested,
        };
        for (int list = 0; list < Market.Lists; list++)
        {
            int walk = floor.Walks.Begin(market.ListAt(list));
            while (floor.Walks.TryNext(walk, out int i))
            {
                bool isOne = _pool[i].Strategy == command.Strategy && (command.Side == OrderSide.None || command.Side == _pool[i].Side);
                if (isOne) floor.End(market, i, ReportKind.Cancelled, reason);
            }

            floor.Walks.End(walk);
        }
    }

    private void ExpireAll(Market market, bool onlyDay = false)
    {
        if (market.Working == 0) return;
        for (int list = 0; list < Market.Lists; list++)
        {
            int walk = floor.Walks.Begin(market.ListAt(list));
            while (floor.Walks.TryNext(walk, out int i))
            {
                TimeInForce timeInForce = _pool[i].TimeInForce;
                if (onlyDay && timeInForce == TimeInForce.AtClose) auctions.Close(market, i);
                else if (!onlyDay || timeInForce == TimeInForce.Day) floor.End(market, i, ReportKind.Expired, ReasonCode.SessionEnd);
            }

            floor.Walks.End(walk);
        }
    }
}
