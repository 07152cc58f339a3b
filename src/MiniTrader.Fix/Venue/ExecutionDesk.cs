using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// Turns what a venue says of orders into reports: finds the order, keeps its state, and leaves its trades to the <see cref="TradeDesk"/>. The FIX
/// thread only; no memory after the constructor.
/// </summary>
internal sealed class ExecutionDesk
{
    private readonly VenueOrders _orders;
    private readonly OrderMessages _messages;
    private readonly FixOrderCounts _counts;
    private readonly OrderReports _reports;
    private readonly TradeDesk _trades;
    private readonly bool _hasExecTransType;
    private readonly bool _namesOrdersItself;

    public ExecutionDesk(FixVenueOptions options, VenueOrders orders, OrderMessages messages, RingBacklog<ExecutionReport> backlog, FixOrderCounts counts)
    {
        (_orders, _messages, _counts) = (orders, messages, counts);
        _reports = new OrderReports(orders, backlog);
        _trades = new TradeDesk(options, _reports, counts);
        _hasExecTransType = options.Dialect.HasExecTransType;
        _namesOrdersItself = options.Dialect.NamesOrdersItself;
    }

    /// <summary>Takes an ExecutionReport (8).</summary>
    public MessageVerdict OnExecution(in FixMessage message, Timestamp received)
    {
        FieldView fields = message.Fields;
        _reports.Received = received;
        if (fields.GetChar(Tags.ExecType, out char type) != FieldStatus.Ok)
        {
            _counts.Incomplete++;
            return MessageVerdict.ConditionallyRequiredFieldMissing;
        }

        if (!TryFindOrder(in fields, out int slot, out int request)) return MessageVerdict.Accepted;
        ref VenueOrder order = ref _orders[slot];
        KeepOrderId(ref order, fields.Get(_namesOrdersItself ? Tags.ClOrdID : Tags.OrderID));
        switch (KindOf(in fields, type))
        {
            case '0':
                Accept(ref order, in fields);
                break;
            case 'F':
                return _trades.OnTrade(ref order, in fields);
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
                return _trades.OnUndone(ref order, in fields, type is 'H' || fields.Get(Tags.ExecTransType).SequenceEqual("1"u8));
            case 'I':
                OnStatus(ref order, in fields);
                break;
            case 'L':
                if (order.IsWorking) _reports.Emit(in order, in fields, ReportKind.Triggered, ReasonCode.None);
                break;
        }

        return MessageVerdict.Accepted;
    }

    /// <summary>Takes an OrderCancelReject (9).</summary>
    public void OnCancelReject(in FixMessage message, Timestamp received)
    {
        FieldView fields = message.Fields;
        _reports.Received = received;
        if (!TryFindOrder(in fields, out int slot, out _)) return;
        ref VenueOrder order = ref _orders[slot];
        bool isReplace = fields.GetChar(Tags.CxlRejResponseTo, out char to) == FieldStatus.Ok ? to == '2' : order.Pending == PendingRequest.Replace;
        order.Pending = PendingRequest.None;
        _reports.Emit(in order, in fields, isReplace ? ReportKind.ReplaceRejected : ReportKind.CancelRejected, RejectReasons.OfCancel(in fields, isReplace));
    }

    /// <summary>The session or the business of the venue refused the message of a request: whatever was asked last did not happen.</summary>
    public void OnRequestRefused(ref VenueOrder order, ReasonCode reason, Timestamp now)
    {
        _reports.Received = now;
        if (!order.IsWorking) return;
        if (order.IsAskedFor && (order.Pending == PendingRequest.None || (order.IsOfAnEarlierLogon && order.Pending != PendingRequest.New)))
        {
            // The venue does not know an order that it had accepted.
            order.IsAskedFor = false;
            Finish(ref order, default, ReportKind.Cancelled, ReasonCode.VenueUnknownOrder);
            return;
        }

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
        _reports.Emit(in order, default, kind, reason);
    }

    /// <summary>A command that never left.</summary>
    public void Refuse(in OrderCommand command, ReasonCode reason, Timestamp now) => _reports.Refuse(in command, reason, now);

    /// <summary>FIX 4.2 says in ExecTransType what later versions say in ExecType; fills of old versions have types of their own.</summary>
    private char KindOf(in FieldView fields, char type)
    {
        if (_hasExecTransType && fields.GetChar(Tags.ExecTransType, out char transaction) == FieldStatus.Ok && transaction != '0')
            return transaction switch { '1' => 'H', '2' => 'G', _ => 'I' };
        return type is '1' or '2' ? 'F' : type;
    }

    private bool TryFindOrder(in FieldView fields, out int slot, out int request)
    {
        bool isOurs = _messages.TryReadName(fields.Get(Tags.ClOrdID), out ClientOrderId id, out request)
            || _messages.TryReadName(fields.Get(Tags.OrigClOrdID), out id, out request);
        slot = 0;
        if (isOurs && _orders.TryFind(id, out slot)) return true;
        if (!isOurs && TryFindByVenueName(in fields, out slot))
        {
            request = _orders[slot].CurrentRequest;
            return true;
        }

        _counts.Foreign++;
        return false;
    }

    /// <summary>Reports that leave our name out: answers to mass requests of some venues, and refusals of venues that name orders themselves.</summary>
    private bool TryFindByVenueName(in FieldView fields, out int slot)
    {
        slot = 0;
        if (_namesOrdersItself)
            return (fields.TryGet(Tags.OrigClOrdID, out ReadOnlySpan<byte> name) && _orders.TryFind(name, out slot)) || (fields.TryGet(Tags.ClOrdID, out name) && _orders.TryFind(name, out slot));
        return !fields.Has(Tags.ClOrdID) && fields.TryGet(Tags.OrderID, out ReadOnlySpan<byte> id) && _orders.TryFind(id, out slot);
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
        _reports.Emit(in order, in fields, ReportKind.Accepted, ReasonCode.None);
    }

    private void OnCancelled(ref VenueOrder order, in FieldView fields)
    {
        _trades.Recover(ref order, in fields);
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
        _trades.Recover(ref order, in fields);
        TimeInForce time = order.Command.TimeInForce;
        if (time is TimeInForce.Ioc or TimeInForce.Fok)
            Finish(ref order, in fields, ReportKind.Cancelled, time == TimeInForce.Ioc ? ReasonCode.ImmediateOrCancelRest : ReasonCode.FillOrKillUnfilled);
        else
            Finish(ref order, in fields, ReportKind.Expired, time == TimeInForce.Gtd ? ReasonCode.ExpireTimeReached : ReasonCode.SessionEnd);
    }

    private void OnRejected(ref VenueOrder order, in FieldView fields, int request)
    {
        if (request == 0 && !order.IsAccepted) Finish(ref order, in fields, ReportKind.Rejected, RejectReasons.OfOrder(in fields));
        else OnRequestRefused(ref order, RejectReasons.OfOrder(in fields), _reports.Received);
    }

    private void OnReplaced(ref VenueOrder order, in FieldView fields, int request)
    {
        if (!order.IsWorking) return;
        TakeTerms(ref order, in fields, in order.Asked);
        order.CurrentRequest = Math.Max(order.CurrentRequest, request);
        if (request == order.LastRequest) order.Pending = PendingRequest.None;
        _reports.EmitReplaced(in order, in fields);
        _trades.Recover(ref order, in fields);
        if (order.Filled >= order.Command.Quantity) order.IsWorking = false;
    }

    /// <summary>The venue changed the order by itself: its size, its price, or its life.</summary>
    private void OnRestated(ref VenueOrder order, in FieldView fields)
    {
        if (!order.IsWorking) return;
        OrderCommand before = order.Command;
        TakeTerms(ref order, in fields, in before);
        if (!AreSame(in order.Command, in before)) _reports.EmitReplaced(in order, in fields);
        _trades.Recover(ref order, in fields);
        if (fields.GetQuantity(Tags.LeavesQty, out Quantity leaves) == FieldStatus.Ok && leaves.IsZero && order.Filled < order.Command.Quantity)
            Finish(ref order, in fields, ReportKind.Cancelled, ReasonCode.VenueDecision);
    }

    private void OnStatus(ref VenueOrder order, in FieldView fields)
    {
        order.IsConfirmed = true;
        order.IsAskedFor = false;
        if (!order.IsWorking)
        {
            // The last fills may be told after the end.
            _trades.Recover(ref order, in fields);
            return;
        }

        if (fields.GetChar(Tags.OrdStatus, out char status) != FieldStatus.Ok) return;
        switch (status)
        {
            case '0' or '1' or '9' or 'B':
                Accept(ref order, in fields);
                OnStanding(ref order, in fields);
                _trades.Recover(ref order, in fields);
                break;
            case '2':
                _trades.Recover(ref order, in fields);
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

    /// <summary>
    /// A status of a working order may be the only word on a replace. A request of an earlier logon that it shows no trace of never came to the venue.
    /// </summary>
    private void OnStanding(ref VenueOrder order, in FieldView fields)
    {
        OrderCommand before = order.Command;
        TakeTerms(ref order, in fields, in before);
        if (!AreSame(in order.Command, in before))
        {
            if (order.Pending == PendingRequest.Replace)
            {
                // Where what is stated is what was asked for, what is not stated is so too.
                OrderCommand stated = order.Command;
                TakeTerms(ref order, in fields, in order.Asked);
                if (AreSame(in order.Command, in order.Asked)) (order.Pending, order.CurrentRequest) = (PendingRequest.None, order.LastRequest);
                else order.Command = stated;
            }

            _reports.EmitReplaced(in order, in fields);
        }

        if (order.IsOfAnEarlierLogon && order.Pending != PendingRequest.None) OnRequestRefused(ref order, ReasonCode.TechnicalReject, _reports.Received);
    }

    private static bool AreSame(in OrderCommand a, in OrderCommand b) => a.Quantity == b.Quantity && a.LimitPrice == b.LimitPrice && a.StopPrice == b.StopPrice;

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
        _reports.Emit(in order, in fields, kind, reason);
    }
}
