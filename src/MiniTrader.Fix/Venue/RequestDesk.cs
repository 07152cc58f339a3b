using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.Fix;

/// <summary>
/// Commands from the engine's ring to requests on a line, and the line's messages to reports in the engine's ring. Whatever happens to the connection, each
/// command is answered: one that cannot leave is refused at once. One thread; no memory after the constructor.
/// </summary>
internal sealed class RequestDesk
{
    /// <summary>Commands taken in one round, so that no burst keeps the socket waiting.</summary>
    public const int CommandsOfOneRound = 64;

    /// <summary>
    /// Most reports that one message or command makes: the order accepted, its terms, a request refused, a replace for a fill beyond the order, the fill, and the
    /// end of the order.
    /// </summary>
    private const int ReportsOfOneMessage = 6;

    private readonly FixDialect _dialect;
    private readonly RequestLine _line;
    private readonly VenueOrders _orders;
    private readonly OrderMessages _messages;
    private readonly RingBacklog<ExecutionReport> _backlog;
    private readonly ExecutionDesk _desk;
    private readonly VenueQuestions _questions;
    private readonly RingConsumer<OrderCommand> _commands;

    /// <summary>Next slot of a cancel that goes over all orders; −1 when none is under way.</summary>
    private int _cancelAllNext = -1;

    public RequestDesk(FixVenueOptions options, FixVenue venue, RequestLine line, FixOrderCounts counts)
    {
        _dialect = options.Dialect;
        _line = line;
        _orders = new VenueOrders(options.Orders);
        _messages = new OrderMessages(options);
        _commands = venue.CommandsOut;
        _backlog = new RingBacklog<ExecutionReport>(venue.ReportsIn, options.RingSlots);
        _desk = new ExecutionDesk(options, _orders, _messages, _backlog, counts);
        _questions = new VenueQuestions(_dialect, _orders, _messages, line);
        Positions = new FixPositions(options.Instruments, _dialect.Naming);
    }

    public FixPositions Positions { get; }

    /// <summary>Whether a message would be taken now; otherwise the engine has to take reports first.</summary>
    public bool HasRoom
    {
        get
        {
            _backlog.Flush();
            return _backlog.Room >= ReportsOfOneMessage;
        }
    }

    public bool RequestMassCancel() => _questions.RequestMassCancel();

    public void OnUp() => _questions.Begin();

    public void OnDown() => _questions.End();

    /// <summary>Takes a message for the application, or a session-level reject.</summary>
    public MessageVerdict OnMessage(in FixMessage message, Timestamp now)
    {
        if (!HasRoom) return MessageVerdict.Busy;
        MessageVerdict verdict = MessageVerdict.Accepted;
        switch (message.MsgType)
        {
            case MsgTypes.ExecutionReport:
                verdict = _desk.OnExecution(in message, now);
                _questions.OnExecution(message.Fields);
                break;
            case MsgTypes.OrderCancelReject:
                _desk.OnCancelReject(in message, now);
                break;
            case MsgTypes.BusinessMessageReject or MsgTypes.Reject:
                OnRefused(in message, now);
                break;
            case MsgTypes.PositionReport:
                Positions.Apply(in message);
                break;
            case MsgTypes.RequestForPositionsAck or MsgTypes.OrderMassCancelReport:
                break;
            default:
                verdict = MessageVerdict.UnsupportedType;
                break;
        }

        _backlog.Flush();
        return verdict;
    }

    public int DoWork(Timestamp now)
    {
        int work = _backlog.Flush() + _questions.Ask(now);
        Span<OrderCommand> commands = _commands.Poll(CommandsOfOneRound);
        int done = 0;
        while (done < commands.Length && _backlog.Room >= ReportsOfOneMessage && Handle(in commands[done], now)) done++;
        if (done > 0) _commands.Release(done);
        return work + done + _backlog.Flush();
    }

    /// <summary>False when the command must wait, because the line takes no more.</summary>
    private bool Handle(in OrderCommand command, Timestamp now) => command.Kind switch
    {
        CommandKind.New => SendNew(in command, now),
        CommandKind.Cancel => Cancel(in command, now),
        CommandKind.Replace => Replace(in command, now),
        CommandKind.CancelAll => CancelAll(in command, now),
        _ => true,
    };

    private bool SendNew(in OrderCommand command, Timestamp now)
    {
        ReasonCode reason = !_line.IsUp ? ReasonCode.TechnicalReject : _messages.Check(in command);
        int slot = 0;
        if (reason == ReasonCode.None && !_orders.TryOpen(in command, out slot)) reason = ReasonCode.VenueCapacity;
        if (reason != ReasonCode.None) return Refuse(in command, reason, now);
        FixWriter writer = _line.Begin(MsgTypes.NewOrderSingle);
        _messages.WriteNew(ref writer, in command, now);
        SendStatus status = _line.Send(ref writer, command.ClientOrderId);
        if (status == SendStatus.Sent) return true;
        _orders[slot].IsWorking = false;
        return status != SendStatus.OutputFull && Refuse(in command, ReasonCode.TechnicalReject, now);
    }

    private bool Cancel(in OrderCommand command, Timestamp now)
    {
        if (!_orders.TryFind(command.ClientOrderId, out int slot)) return Refuse(in command, ReasonCode.VenueUnknownOrder, now);
        ref VenueOrder order = ref _orders[slot];
        if (!order.IsWorking) return Refuse(in command, ReasonCode.TooLateToCancel, now);
        if (!_line.IsUp) return Refuse(in command, ReasonCode.TechnicalReject, now);
        SendStatus status = SendCancel(ref order, now);
        if (status == SendStatus.Sent) return true;
        return status != SendStatus.OutputFull && Refuse(in command, ReasonCode.TechnicalReject, now);
    }

    private SendStatus SendCancel(ref VenueOrder order, Timestamp now)
    {
        if (!_messages.CanName(order.Command.ClientOrderId, order.LastRequest + 1)) return SendStatus.Invalid;
        FixWriter writer = _line.Begin(MsgTypes.OrderCancelRequest);
        _messages.WriteCancel(ref writer, in order, order.LastRequest + 1, now);
        SendStatus status = _line.Send(ref writer, order.Command.ClientOrderId);
        if (status == SendStatus.Sent) NoteRequest(ref order, PendingRequest.Cancel);
        return status;
    }

    private bool Replace(in OrderCommand command, Timestamp now)
    {
        if (!_orders.TryFind(command.ClientOrderId, out int slot)) return Refuse(in command, ReasonCode.VenueUnknownOrder, now);
        ref VenueOrder order = ref _orders[slot];
        if (!order.IsWorking) return Refuse(in command, ReasonCode.TooLateToReplace, now);
        ReasonCode reason = !_line.IsUp || !_messages.CanName(command.ClientOrderId, order.LastRequest + 1) ? ReasonCode.TechnicalReject : _messages.CheckReplace(in order);
        if (reason != ReasonCode.None) return Refuse(in command, reason, now);
        OrderCommand asked = order.Command;
        asked.Quantity = command.Quantity;
        if (!command.LimitPrice.IsZero) asked.LimitPrice = command.LimitPrice;
        if (!command.StopPrice.IsZero) asked.StopPrice = command.StopPrice;
        FixWriter writer = _line.Begin(MsgTypes.OrderCancelReplaceRequest);
        _messages.WriteReplace(ref writer, in order, in asked, order.LastRequest + 1, now);
        SendStatus status = _line.Send(ref writer, command.ClientOrderId);
        if (status == SendStatus.OutputFull) return false;
        if (status != SendStatus.Sent) return Refuse(in command, ReasonCode.TechnicalReject, now);
        order.Asked = asked;
        NoteRequest(ref order, PendingRequest.Replace);
        return true;
    }

    /// <summary>A venue that names orders itself knows its requests by no name.</summary>
    private void NoteRequest(ref VenueOrder order, PendingRequest request)
    {
        if (!_dialect.NamesOrdersItself) order.LastRequest++;
        order.Pending = request;
        order.IsOfAnEarlierLogon = false;
    }

    /// <summary>One cancel for each order of the strategy: the venue's own mass cancel would take other strategies' orders with it.</summary>
    private bool CancelAll(in OrderCommand command, Timestamp now)
    {
        if (!_line.IsUp) return true;
        for (int i = Math.Max(0, _cancelAllNext); i < _orders.Used; i++)
        {
            ref VenueOrder order = ref _orders[i];
            if (!order.IsWorking || order.Pending == PendingRequest.Cancel || order.Command.Strategy != command.Strategy) continue;
            if (!command.Instrument.IsNone && order.Command.Instrument != command.Instrument) continue;
            if (command.Side != OrderSide.None && order.Command.Side != command.Side) continue;
            if (SendCancel(ref order, now) != SendStatus.OutputFull) continue;
            _cancelAllNext = i;
            return false;
        }

        _cancelAllNext = -1;
        return true;
    }

    /// <summary>A reject names our message by its number, or what it was about by our name of it.</summary>
    private void OnRefused(in FixMessage message, Timestamp now)
    {
        FieldView fields = message.Fields;
        _questions.OnRefused(fields);
        ClientOrderId id = ClientOrderId.None;
        bool isNamed = fields.GetInt(Tags.RefSeqNum, out long number) == FieldStatus.Ok && _line.TryFindSent(number, out id) && !id.IsNone;
        if ((isNamed || _messages.TryReadName(fields.Get(Tags.BusinessRejectRefID), out id, out _)) && _orders.TryFind(id, out int slot)) _desk.OnRequestRefused(ref _orders[slot], ReasonCode.TechnicalReject, now);
    }

    private bool Refuse(in OrderCommand command, ReasonCode reason, Timestamp now)
    {
        _desk.Refuse(in command, reason, now);
        return true;
    }
}
