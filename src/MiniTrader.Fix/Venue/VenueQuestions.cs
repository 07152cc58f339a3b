using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// What a venue is asked beside orders: what became of them and of the positions after each logon, and to cancel everything. What finds no room on the line is
/// asked with a later round. The desk's thread only; <see cref="RequestMassCancel"/> may come from any.
/// </summary>
internal sealed class VenueQuestions(FixDialect dialect, VenueOrders orders, OrderMessages messages, RequestLine line)
{
    private readonly FixDialect _dialect = dialect;
    private readonly VenueOrders _orders = orders;
    private readonly OrderMessages _messages = messages;
    private readonly RequestLine _line = line;
    private int _statusNext = -1;
    private bool _asksMassStatus;
    private bool _asksPositions;
    private volatile bool _asksMassCancel;
    private long _request;

    /// <summary>The mass status request that runs, zero when its answer is complete, and how many reports it has brought.</summary>
    private long _massRequest;
    private long _massReports;

    /// <summary>Asks for the venue's mass cancel of everything with the next round; false where the dialect has none.</summary>
    public bool RequestMassCancel() => _asksMassCancel = _dialect.HasMassCancel;

    /// <summary>The line is up: what became of the orders and positions is asked first.</summary>
    public void Begin()
    {
        bool hasOrders = false;
        for (int i = 0; i < _orders.Used; i++)
        {
            _orders[i].IsConfirmed = _orders[i].IsAskedFor = false;
            _orders[i].IsOfAnEarlierLogon = _orders[i].Pending != PendingRequest.None;
            hasOrders |= _orders[i].IsWorking;
        }

        _asksMassStatus = hasOrders && _dialect.HasMassStatus;
        _massRequest = _massReports = 0;
        _statusNext = hasOrders && !_dialect.HasMassStatus && HasOrderStatus ? 0 : -1;
        _asksPositions = _dialect.Positions != PositionRequestStyle.None;
    }

    public void End()
    {
        _statusNext = -1;
        _asksMassStatus = _asksPositions = _asksMassCancel = false;
    }

    /// <summary>Questions that wait for room in the output.</summary>
    public int Ask(Timestamp now)
    {
        if (!_line.IsUp) return 0;
        int asked = 0;
        if (_asksMassCancel)
        {
            FixWriter writer = _line.Begin(MsgTypes.OrderMassCancelRequest);
            OrderMessages.WriteMassCancel(ref writer, ++_request, now);
            _asksMassCancel = _line.Send(ref writer, ClientOrderId.None) == SendStatus.OutputFull;
            asked++;
        }

        if (_asksMassStatus)
        {
            FixWriter writer = _line.Begin(MsgTypes.OrderMassStatusRequest);
            OrderMessages.WriteMassStatusRequest(ref writer, _massRequest = ++_request);
            _asksMassStatus = _line.Send(ref writer, ClientOrderId.None) == SendStatus.OutputFull;
            asked++;
        }

        if (_asksPositions)
        {
            FixWriter writer = _line.Begin(MsgTypes.RequestForPositions);
            _messages.WritePositionRequest(ref writer, ++_request, now);
            _asksPositions = _line.Send(ref writer, ClientOrderId.None) == SendStatus.OutputFull;
            asked++;
        }

        for (; _statusNext >= 0 && asked < RequestDesk.CommandsOfOneRound; asked++)
        {
            if (!AskForNextStatus()) break;
        }

        return asked;
    }

    private bool AskForNextStatus()
    {
        while (_statusNext < _orders.Used && (!_orders[_statusNext].IsWorking || _orders[_statusNext].IsConfirmed)) _statusNext++;
        if (_statusNext >= _orders.Used)
        {
            _statusNext = -1;
            return false;
        }

        ref VenueOrder order = ref _orders[_statusNext];
        FixWriter writer = _line.Begin(_messages.StatusRequestType);
        _messages.WriteStatusRequest(ref writer, in order);
        if (_line.Send(ref writer, order.Command.ClientOrderId) == SendStatus.OutputFull) return false;
        order.IsAskedFor = true;
        _statusNext++;
        return true;
    }

    private bool HasOrderStatus => _dialect.OrderStatus != OrderStatusStyle.None;

    /// <summary>The answer to a mass request ends with a report that says so, or with the last of the number that each of its reports states.</summary>
    public void OnExecution(in FieldView fields)
    {
        if (fields.GetBool(Tags.LastRptRequested, out bool isLast) == FieldStatus.Ok && isLast) EndMassStatus();
        else if (IsOfMassRequest(fields.Get(Tags.MassStatusReqID)) && fields.GetInt(Tags.TotNumReports, out long reports) == FieldStatus.Ok && ++_massReports >= reports) EndMassStatus();
    }

    /// <summary>Some venues refuse a mass request where there is nothing to report.</summary>
    public void OnRefused(in FieldView fields)
    {
        bool isOfMassRequest = IsOfMassRequest(fields.Get(Tags.BusinessRejectRefID)) || (_massRequest != 0 && fields.Get(Tags.RefMsgType).SequenceEqual("AF"u8));
        if (isOfMassRequest) EndMassStatus();
    }

    private bool IsOfMassRequest(ReadOnlySpan<byte> id) => _massRequest != 0 && FieldValue.TryParseInt(id, out long number) == FieldStatus.Ok && number == _massRequest;

    /// <summary>Working orders that the answer left out are asked for by name.</summary>
    private void EndMassStatus()
    {
        _massRequest = 0;
        if (HasOrderStatus && _statusNext < 0) _statusNext = 0;
    }
}
