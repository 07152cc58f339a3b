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

    /// <summary>Asks for the venue's mass cancel of everything with the next round; false where the dialect has none.</summary>
    public bool RequestMassCancel() => _asksMassCancel = _dialect.HasMassCancel;

    /// <summary>The line is up: what became of the orders and positions is asked first.</summary>
    public void Begin()
    {
        bool hasOrders = false;
        for (int i = 0; i < _orders.Used; i++)
        {
            _orders[i].IsConfirmed = false;
            hasOrders |= _orders[i].IsWorking;
        }

        _asksMassStatus = hasOrders && _dialect.HasMassStatus;
        _statusNext = hasOrders && !_dialect.HasMassStatus && _dialect.HasOrderStatus ? 0 : -1;
        _asksPositions = _dialect.HasPositions;
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
            OrderMessages.WriteMassStatusRequest(ref writer, ++_request);
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

        FixWriter writer = _line.Begin(MsgTypes.OrderStatusRequest);
        _messages.WriteStatusRequest(ref writer, in _orders[_statusNext]);
        if (_line.Send(ref writer, ClientOrderId.None) == SendStatus.OutputFull) return false;
        _statusNext++;
        return true;
    }

    /// <summary>Working orders that the answer to a mass request left out are asked for by name.</summary>
    public void AskForTheUnconfirmed()
    {
        if (_dialect.HasOrderStatus && _statusNext < 0) _statusNext = 0;
    }
}
