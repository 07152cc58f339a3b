using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// Turns what a venue says of orders into reports: keeps each order's state, takes every execution once, and fills in what was missed from status
/// answers. The FIX thread only; no memory after the constructor.
/// </summary>
internal sealed class ExecutionDesk(FixVenueOptions options, VenueOrders orders, OrderMessages messages, RingBacklog<ExecutionReport> backlog, FixOrderCounts counts)
{
    private readonly SeenExecutions _seen = new(options.Executions);
    private readonly bool _hasExecTransType = options.Dialect.HasExecTransType;
    private readonly bool _namesOrdersItself = options.Dialect.NamesOrdersItself;
    private Timestamp _received;

    /// <summary>Takes an ExecutionReport (8).</summary>
    public MessageVerdict OnExecution(in FixMessage message, Timestamp received)
    {
        FieldView fields = message.Fields;
        _received = received;
        if (fields.GetChar(Tags.ExecType, out char type) != FieldStatus.Ok) return Incomplete();
        if (!TryFindOrder(in fields, out int slot, out int request)) return MessageVerdict.Accepted;
        ref VenueOrder order = ref orders[slot];
        KeepOrderId(ref order, fields.Get(_namesOrdersItself ? Tags.ClOrdID : Tags.OrderID));
        switch (KindOf(in fields, type))
        {
            case '0':
                Accept(ref order, in fields);
                break;
            case 'F':
                return OnTrade(ref order, in fields);
            case '3' when order.Command.TimeInForce == TimeInForce.Day:
                Finish(ref order, in fields, ReportKind.Expired, ReasonCode.SessionEnd);
                break;
            case '4':
                OnCancelled(ref order, in fields);
                break;
            case '5':
                OnReplaced(ref order, in fields, request);
                break;
            case '8':
                OnRejected(ref order, in fields, request);
                break;
            case 'C':
                OnExpired(ref order, in fields);
                break;
            case 'D':
                OnRestated(ref order, in fields);
                break;
            case 'G' or 'H':
                return OnTradeUndone(ref order, in fields, type is 'H' || fields.Get(Tags.ExecTransType).SequenceEqual("1"u8));
            case 'I':
                OnStatus(ref order, in fields);
                break;
            case 'L':
                if (order.IsWorking) Emit(in order, in fields, ReportKind.Triggered, ReasonCode.None);
                break;
        }

        return MessageVerdict.Accepted;
    }

    /// <summary>Takes an OrderCancelReject (9).</summary>
    public void OnCancelReject(in FixMessage message, Timestamp received)
    {
        FieldView fields = message.Fields;
        _received = received;
        if (!TryFindOrder(in fields, out int slot, out _)) return;
        ref VenueOrder order = ref orders[slot];
        bool isReplace = fields.GetChar(Tags.CxlRejResponseTo, out char to) == FieldStatus.Ok ? to == '2' : order.Pending == PendingRequest.Replace;
        order.Pending = PendingRequest.None;
        Emit(in order, in fields, isReplace ? ReportKind.ReplaceRejected : ReportKind.CancelRejected, RejectReasons.OfCancel(in fields, isReplace));
    }

    /// <summary>The session or the business of the venue refused the message of a request: whatever was asked last did not happen.</summary>
    public void OnRequestRefused(ref VenueOrder order, ReasonCode reason, Timestamp now)
    {
        _received = now;
        if (!order.IsWorking) return;
        ReportKind kind = order.Pending switch
        {
            PendingRequest.New => ReportKind.Rejected,
            PendingRequest.Replace => ReportKind.ReplaceRejected,
            PendingRequest.Cancel => ReportKind.CancelRejected,
            _ => ReportKind.None,
        };
        if (kind == ReportKind.None) return;
        if (kind == ReportKind.Rejected) order.IsWorking = false;
        order.Pending = PendingRequest.None;
        Emit(in order, default, kind, reason);
    }

    /// <summary>A command that never left.</summary>
    public void Refuse(in OrderCommand command, ReasonCode reason, Timestamp now)
    {
        ExecutionReport report = new()
        {
            VenueTime = now,
            ReceivedTime = now,
            ClientOrderId = command.ClientOrderId,
            Instrument = command.Instrument,
            Strategy = command.Strategy,
            Kind = command.Kind switch
            {
                CommandKind.New => ReportKind.Rejected,
                CommandKind.Replace => ReportKind.ReplaceRejected,
                _ => ReportKind.CancelRejected,
            },
            Side = command.Side,
            Reason = reason,
            Tag = command.Tag,
        };
        if (orders.TryFind(command.ClientOrderId, out int slot))
        {
            ref VenueOrder order = ref orders[slot];
            report.Filled = order.Filled;
            report.Leaves = order.IsWorking ? order.Command.Quantity - order.Filled : Quantity.Zero;
        }

        backlog.Add(in report);
    }

    /// <summary>FIX 4.2 says in ExecTransType what later versions say in ExecType; fills of old versions have types of their own.</summary>
    private char KindOf(in FieldView fields, char type)
    {
        if (_hasExecTransType && fields.GetChar(Tags.ExecTransType, out char transaction) == FieldStatus.Ok && transaction != '0')
            return transaction switch { '1' => 'H', '2' => 'G', _ => 'I' };
        return type is '1' or '2' ? 'F' : type;
    }

    private bool TryFindOrder(in FieldView fields, out int slot, out int request)
    {
        bool isOurs = messages.TryReadName(fields.Get(Tags.ClOrdID), out ClientOrderId id, out request)
            || messages.TryReadName(fields.Get(Tags.OrigClOrdID), out id, out request);
        slot = 0;
        if (isOurs && orders.TryFind(id, out slot)) return true;
        counts.Foreign++;
        return false;
    }

    private static void KeepOrderId(ref VenueOrder order, ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty || id.Length > OrderIdBytes.BytesMax || id.SequenceEqual("NONE"u8)) return;
        id.CopyTo(order.OrderId);
        order.OrderIdLength = (byte)id.Length;
    }

    private void Accept(ref VenueOrder order, in FieldView fields)
    {
        if (order.IsAccepted || !order.IsWorking) return;
        order.IsAccepted = true;
        if (order.Pending == PendingRequest.New) order.Pending = PendingRequest.None;
        Emit(in order, in fields, ReportKind.Accepted, ReasonCode.None);
    }

    private MessageVerdict OnTrade(ref VenueOrder order, in FieldView fields)
    {
        if (fields.GetPrice(Tags.LastPx, out Price price) != FieldStatus.Ok || fields.GetQuantity(Tags.LastQty, out Quantity quantity) != FieldStatus.Ok
            || !quantity.IsPositive || !fields.Has(Tags.ExecID)) return Incomplete();
        if (!_seen.Add(fields.Get(Tags.OrderID), fields.Get(Tags.ExecID), 'F'))
        {
            counts.Repeated++;
            return MessageVerdict.Accepted;
        }

        // A fill that a status answer has told already is in the sum that this one states.
        if (fields.GetQuantity(Tags.CumQty, out Quantity cumulative) == FieldStatus.Ok && cumulative <= order.Filled && cumulative.IsPositive)
        {
            counts.Repeated++;
            return MessageVerdict.Accepted;
        }

        Fill(ref order, in fields, price, quantity);
        return MessageVerdict.Accepted;
    }

    private void Fill(ref VenueOrder order, in FieldView fields, Price price, Quantity quantity)
    {
        if (order.Filled + quantity > order.Command.Quantity)
        {
            // What traded is owned, whatever was ordered; the books learn first that the order is larger.
            counts.Overfills++;
            order.Command.Quantity = order.Filled + quantity;
            EmitReplaced(in order, in fields);
        }

        order.Filled += quantity;
        order.FilledValue += price.Times(quantity);
        if (order.Pending == PendingRequest.New) order.Pending = PendingRequest.None;
        order.IsAccepted = true;
        if (order.Filled == order.Command.Quantity) order.IsWorking = false;
        ExecutionReport report = ReportOf(in order, in fields, ReportKind.Fill, ReasonCode.None);
        report.LastPrice = price;
        report.LastQuantity = quantity;
        report.Leaves = order.Command.Quantity - order.Filled;
        if (fields.GetDecimal(Tags.Commission, out long fee) == FieldStatus.Ok) report.Fee = FixedPoint.ToDecimal(fee);
        if (fields.GetInt(Tags.LastLiquidityInd, out long liquidity) == FieldStatus.Ok)
            report.Liquidity = liquidity switch { 1 => LiquiditySide.Maker, 2 => LiquiditySide.Taker, _ => LiquiditySide.None };
        report.CauseId = SeenExecutions.NumberOf(fields.Get(Tags.TrdMatchID));
        backlog.Add(in report);
    }

    private void OnCancelled(ref VenueOrder order, in FieldView fields)
    {
        Recover(ref order, in fields);
        ReasonCode reason = order.Pending == PendingRequest.Cancel ? ReasonCode.UserRequested : order.Command.TimeInForce switch
        {
            TimeInForce.Ioc => ReasonCode.ImmediateOrCancelRest,
            TimeInForce.Fok => ReasonCode.FillOrKillUnfilled,
            _ => ReasonCode.VenueDecision,
        };
        Finish(ref order, in fields, ReportKind.Cancelled, reason);
    }

    private void OnExpired(ref VenueOrder order, in FieldView fields)
    {
        Recover(ref order, in fields);
        TimeInForce time = order.Command.TimeInForce;
        if (time is TimeInForce.Ioc or TimeInForce.Fok)
            Finish(ref order, in fields, ReportKind.Cancelled, time == TimeInForce.Ioc ? ReasonCode.ImmediateOrCancelRest : ReasonCode.FillOrKillUnfilled);
        else
            Finish(ref order, in fields, ReportKind.Expired, time == TimeInForce.Gtd ? ReasonCode.ExpireTimeReached : ReasonCode.SessionEnd);
    }

    private void OnRejected(ref VenueOrder order, in FieldView fields, int request)
    {
        if (request == 0 && !order.IsAccepted) Finish(ref order, in fields, ReportKind.Rejected, RejectReasons.OfOrder(in fields));
        else OnRequestRefused(ref order, RejectReasons.OfOrder(in fields), _received);
    }

    private void OnReplaced(ref VenueOrder order, in FieldView fields, int request)
    {
        if (!order.IsWorking) return;
        TakeTerms(ref order, in fields, in order.Asked);
        order.CurrentRequest = Math.Max(order.CurrentRequest, request);
        if (request == order.LastRequest) order.Pending = PendingRequest.None;
        EmitReplaced(in order, in fields);
        Recover(ref order, in fields);
        if (order.Filled >= order.Command.Quantity) order.IsWorking = false;
    }

    /// <summary>The venue changed the order by itself: its size, its price, or its life.</summary>
    private void OnRestated(ref VenueOrder order, in FieldView fields)
    {
        if (!order.IsWorking) return;
        OrderCommand before = order.Command;
        TakeTerms(ref order, in fields, in before);
        if (order.Command.Quantity != before.Quantity || order.Command.LimitPrice != before.LimitPrice || order.Command.StopPrice != before.StopPrice)
            EmitReplaced(in order, in fields);
        Recover(ref order, in fields);
        if (fields.GetQuantity(Tags.LeavesQty, out Quantity leaves) == FieldStatus.Ok && leaves.IsZero && order.Filled < order.Command.Quantity)
            Finish(ref order, in fields, ReportKind.Cancelled, ReasonCode.VenueDecision);
    }

    private MessageVerdict OnTradeUndone(ref VenueOrder order, in FieldView fields, bool isBust)
    {
        ReadOnlySpan<byte> original = fields.Get(Tags.ExecRefID);
        if (original.IsEmpty || !fields.Has(Tags.ExecID)) return Incomplete();
        if (!_seen.Add(fields.Get(Tags.OrderID), fields.Get(Tags.ExecID), isBust ? 'H' : 'G'))
        {
            counts.Repeated++;
            return MessageVerdict.Accepted;
        }

        if (fields.GetQuantity(Tags.CumQty, out Quantity cumulative) == FieldStatus.Ok && cumulative.Raw >= 0)
        {
            order.Filled = cumulative;
            if (fields.GetPrice(Tags.AvgPx, out Price average) == FieldStatus.Ok) order.FilledValue = average.Times(cumulative);
        }

        ExecutionReport report = ReportOf(in order, in fields, isBust ? ReportKind.Busted : ReportKind.Corrected, ReasonCode.VenueDecision);
        report.CauseId = report.ExecutionId.Value;
        report.ExecutionId = new ExecutionId(SeenExecutions.NumberOf(original));
        if (fields.GetDecimal(Tags.Commission, out long fee) == FieldStatus.Ok) report.Fee = FixedPoint.ToDecimal(fee);
        fields.GetPrice(Tags.LastPx, out report.LastPrice);
        fields.GetQuantity(Tags.LastQty, out report.LastQuantity);
        backlog.Add(in report);
        return MessageVerdict.Accepted;
    }

    private void OnStatus(ref VenueOrder order, in FieldView fields)
    {
        order.IsConfirmed = true;
        if (!order.IsWorking || fields.GetChar(Tags.OrdStatus, out char status) != FieldStatus.Ok) return;
        switch (status)
        {
            case '0' or '1' or '9' or 'B':
                Accept(ref order, in fields);
                Recover(ref order, in fields);
                break;
            case '2':
                Recover(ref order, in fields);
                break;
            case '4':
                OnCancelled(ref order, in fields);
                break;
            case 'C' or '3':
                OnExpired(ref order, in fields);
                break;
            case '8' when !order.IsAccepted:
                Finish(ref order, in fields, ReportKind.Rejected, ReasonCode.TechnicalReject);
                break;
            case '8':
                Finish(ref order, in fields, ReportKind.Cancelled, ReasonCode.VenueUnknownOrder);
                break;
        }
    }

    /// <summary>Fills that were never heard of, as one, at the price that brings our average to the venue's.</summary>
    private void Recover(ref VenueOrder order, in FieldView fields)
    {
        if (fields.GetQuantity(Tags.CumQty, out Quantity cumulative) != FieldStatus.Ok || cumulative <= order.Filled) return;
        Quantity missed = cumulative - order.Filled;
        Price price = order.Command.LimitPrice;
        if (fields.GetPrice(Tags.AvgPx, out Price average) == FieldStatus.Ok && !average.IsZero)
        {
            decimal value = average.Times(cumulative) - order.FilledValue;
            decimal each = decimal.Round(value / missed.ToDecimal(), FixedPoint.Decimals);
            if (Math.Abs(each) < long.MaxValue / FixedPoint.One) price = Price.FromDecimal(each);
        }

        counts.Recovered++;
        Fill(ref order, in fields, price, missed);
    }

    /// <summary>The terms that the venue states, and where it is silent those that were asked for.</summary>
    private static void TakeTerms(ref VenueOrder order, in FieldView fields, in OrderCommand silent)
    {
        order.Command.Quantity = fields.GetQuantity(Tags.OrderQty, out Quantity quantity) == FieldStatus.Ok && quantity.IsPositive ? quantity : silent.Quantity;
        order.Command.LimitPrice = fields.GetPrice(Tags.Price, out Price limit) == FieldStatus.Ok && !limit.IsZero ? limit : silent.LimitPrice;
        order.Command.StopPrice = fields.GetPrice(Tags.StopPx, out Price stop) == FieldStatus.Ok && !stop.IsZero ? stop : silent.StopPrice;
    }

    private void Finish(ref VenueOrder order, in FieldView fields, ReportKind kind, ReasonCode reason)
    {
        if (!order.IsWorking) return;
        order.IsWorking = false;
        order.Pending = PendingRequest.None;
        Emit(in order, in fields, kind, reason);
    }

    private void EmitReplaced(in VenueOrder order, in FieldView fields)
    {
        ExecutionReport report = ReportOf(in order, in fields, ReportKind.Replaced, ReasonCode.None);
        report.LastQuantity = order.Command.Quantity;
        report.LastPrice = order.Command.Type == OrderType.Stop ? order.Command.StopPrice : order.Command.LimitPrice;
        backlog.Add(in report);
    }

    private void Emit(in VenueOrder order, in FieldView fields, ReportKind kind, ReasonCode reason)
    {
        ExecutionReport report = ReportOf(in order, in fields, kind, reason);
        backlog.Add(in report);
    }

    private ExecutionReport ReportOf(in VenueOrder order, in FieldView fields, ReportKind kind, ReasonCode reason)
    {
        Timestamp venueTime = _received;
        if (fields.Count > 0 && fields.GetTimestamp(Tags.TransactTime, out Timestamp stated) is FieldStatus.Ok or FieldStatus.TooPrecise) venueTime = stated;
        return new ExecutionReport
        {
            VenueTime = venueTime,
            ReceivedTime = _received,
            ClientOrderId = order.Command.ClientOrderId,
            VenueOrderId = new VenueOrderId(SeenExecutions.NumberOf(((ReadOnlySpan<byte>)order.OrderId)[..order.OrderIdLength])),
            ExecutionId = new ExecutionId(fields.Count > 0 ? SeenExecutions.NumberOf(fields.Get(Tags.ExecID)) : 0),
            Instrument = order.Command.Instrument,
            Strategy = order.Command.Strategy,
            Kind = kind,
            Side = order.Command.Side,
            Filled = order.Filled,
            Leaves = order.IsWorking ? order.Command.Quantity - order.Filled : Quantity.Zero,
            Reason = reason,
            Tag = order.Command.Tag,
        };
    }

    private MessageVerdict Incomplete()
    {
        counts.Incomplete++;
        return MessageVerdict.ConditionallyRequiredFieldMissing;
    }
}
