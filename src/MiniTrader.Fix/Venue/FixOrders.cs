using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.Fix;

/// <summary>
/// The order session of a venue: takes commands from the engine's ring, sends them as FIX requests, and puts what comes back into the ring of
/// reports. Whatever happens to the connection, each command is answered: one that cannot leave is refused at once, requests are never
/// sent again from the store, and after each logon the venue is asked what became of the orders. Everything but <see cref="Venue"/> is the FIX
/// thread's; no memory after the constructor.
/// </summary>
public sealed class FixOrders : FixApplication, IDisposable
{
    /// <summary>Commands taken in one round, so that no burst keeps the socket waiting.</summary>
    public const int CommandsOfOneRound = 64;

    /// <summary>Most reports that one message or command makes: a replace for a fill beyond the order, the fill, and the end of the order.</summary>
    private const int ReportsOfOneMessage = 4;

    private readonly FixDialect _dialect;
    private readonly VenueOrders _orders;
    private readonly OrderMessages _messages;
    private readonly RingBacklog<ExecutionReport> _backlog;
    private readonly ExecutionDesk _desk;
    private readonly SentRequests _sent = new();
    private readonly RingConsumer<OrderCommand> _commands;
    private FixSession? _session;

    /// <summary>Next slot of a request that goes over all orders; −1 when none is under way.</summary>
    private int _cancelAllNext = -1;
    private int _statusNext = -1;
    private bool _asksMassStatus;
    private bool _asksPositions;
    private bool _asksMassCancel;
    private long _request;

    public FixOrders(FixVenueOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        _dialect = options.Dialect;
        _orders = new VenueOrders(options.Orders);
        _messages = new OrderMessages(options);
        Venue = new FixVenue(options.RingSlots);
        _commands = Venue.CommandsOut;
        _backlog = new RingBacklog<ExecutionReport>(Venue.ReportsIn, options.RingSlots);
        _desk = new ExecutionDesk(options, _orders, _messages, _backlog, Counts);
        Positions = new FixPositions(options.Instruments, _dialect.Naming);
    }

    /// <summary>The engine's end.</summary>
    public FixVenue Venue { get; }

    public FixOrderCounts Counts { get; } = new();

    public FixPositions Positions { get; }

    /// <summary>Asks for the venue's mass cancel of everything with the next round; false where the dialect has none. The FIX thread only.</summary>
    public bool RequestMassCancel() => _asksMassCancel = _dialect.HasMassCancel && _session is not null;

    /// <summary>The session is up: what became of the orders and positions is asked first.</summary>
    public override void OnLogon(FixSession session)
    {
        _session = session;
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

    public override void OnLogout(FixSession session)
    {
        _session = null;
        _statusNext = -1;
        _asksMassStatus = _asksPositions = _asksMassCancel = false;
    }

    public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
    {
        _backlog.Flush();
        if (_backlog.Room < ReportsOfOneMessage) return MessageVerdict.Busy;
        MessageVerdict verdict = MessageVerdict.Accepted;
        switch (message.MsgType)
        {
            case MsgTypes.ExecutionReport:
                verdict = _desk.OnExecution(in message, session.Now);
                if (message.Fields.GetBool(Tags.LastRptRequested, out bool isLast) == FieldStatus.Ok && isLast) AskForTheUnconfirmed();
                break;
            case MsgTypes.OrderCancelReject:
                _desk.OnCancelReject(in message, session.Now);
                break;
            case MsgTypes.BusinessMessageReject:
                OnRefused(in message, session.Now);
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

    public override void OnSessionMessage(FixSession session, in FixMessage message)
    {
        if (message.MsgType == MsgTypes.Reject && _backlog.Room >= ReportsOfOneMessage) OnRefused(in message, session.Now);
    }

    /// <summary>An order that was late once is not sent a second time.</summary>
    public override bool MayResend(FixSession session, in FixMessage message) => false;

    public override int DoWork(Timestamp now)
    {
        int work = _backlog.Flush() + Ask(now);
        Span<OrderCommand> commands = _commands.Poll(CommandsOfOneRound);
        int done = 0;
        while (done < commands.Length && _backlog.Room >= ReportsOfOneMessage && Handle(in commands[done], now)) done++;
        if (done > 0) _commands.Release(done);
        return work + done + _backlog.Flush();
    }

    public void Dispose() => Venue.Dispose();

    /// <summary>False when the command must wait, because the socket takes no more.</summary>
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
        ReasonCode reason = _session is null ? ReasonCode.TechnicalReject : _messages.Check(in command);
        int slot = 0;
        if (reason == ReasonCode.None && !_orders.TryOpen(in command, out slot)) reason = ReasonCode.VenueCapacity;
        if (reason != ReasonCode.None) return Refuse(in command, reason, now);
        FixWriter writer = _session!.Begin(MsgTypes.NewOrderSingle);
        _messages.WriteNew(ref writer, in command, now);
        SendStatus status = Send(ref writer, command.ClientOrderId);
        if (status == SendStatus.Sent) return true;
        _orders[slot].IsWorking = false;
        return status != SendStatus.OutputFull && Refuse(in command, ReasonCode.TechnicalReject, now);
    }

    private bool Cancel(in OrderCommand command, Timestamp now)
    {
        if (!_orders.TryFind(command.ClientOrderId, out int slot)) return Refuse(in command, ReasonCode.VenueUnknownOrder, now);
        ref VenueOrder order = ref _orders[slot];
        if (!order.IsWorking) return Refuse(in command, ReasonCode.TooLateToCancel, now);
        if (_session is null) return Refuse(in command, ReasonCode.TechnicalReject, now);
        SendStatus status = SendCancel(ref order, now);
        if (status == SendStatus.Sent) return true;
        return status != SendStatus.OutputFull && Refuse(in command, ReasonCode.TechnicalReject, now);
    }

    private SendStatus SendCancel(ref VenueOrder order, Timestamp now)
    {
        FixWriter writer = _session!.Begin(MsgTypes.OrderCancelRequest);
        _messages.WriteCancel(ref writer, in order, order.LastRequest + 1, now);
        SendStatus status = Send(ref writer, order.Command.ClientOrderId);
        if (status != SendStatus.Sent) return status;
        order.LastRequest++;
        order.Pending = PendingRequest.Cancel;
        return status;
    }

    private bool Replace(in OrderCommand command, Timestamp now)
    {
        if (!_orders.TryFind(command.ClientOrderId, out int slot)) return Refuse(in command, ReasonCode.VenueUnknownOrder, now);
        ref VenueOrder order = ref _orders[slot];
        if (!order.IsWorking) return Refuse(in command, ReasonCode.TooLateToReplace, now);
        if (_session is null || !_dialect.HasReplace) return Refuse(in command, ReasonCode.TechnicalReject, now);
        OrderCommand asked = order.Command;
        asked.Quantity = command.Quantity;
        if (!command.LimitPrice.IsZero) asked.LimitPrice = command.LimitPrice;
        if (!command.StopPrice.IsZero) asked.StopPrice = command.StopPrice;
        FixWriter writer = _session.Begin(MsgTypes.OrderCancelReplaceRequest);
        _messages.WriteReplace(ref writer, in order, in asked, order.LastRequest + 1, now);
        SendStatus status = Send(ref writer, command.ClientOrderId);
        if (status == SendStatus.OutputFull) return false;
        if (status != SendStatus.Sent) return Refuse(in command, ReasonCode.TechnicalReject, now);
        order.LastRequest++;
        order.Asked = asked;
        order.Pending = PendingRequest.Replace;
        return true;
    }

    /// <summary>One cancel for each order of the strategy: the venue's own mass cancel would take other strategies' orders with it.</summary>
    private bool CancelAll(in OrderCommand command, Timestamp now)
    {
        if (_session is null) return true;
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

    /// <summary>Questions that wait for room in the output.</summary>
    private int Ask(Timestamp now)
    {
        if (_session is null) return 0;
        int asked = 0;
        if (_asksMassCancel)
        {
            FixWriter writer = _session.Begin(MsgTypes.OrderMassCancelRequest);
            OrderMessages.WriteMassCancel(ref writer, ++_request, now);
            _asksMassCancel = _session.Send(ref writer) == SendStatus.OutputFull;
            asked++;
        }

        if (_asksMassStatus)
        {
            FixWriter writer = _session.Begin(MsgTypes.OrderMassStatusRequest);
            OrderMessages.WriteMassStatusRequest(ref writer, ++_request);
            _asksMassStatus = _session.Send(ref writer) == SendStatus.OutputFull;
            asked++;
        }

        if (_asksPositions)
        {
            FixWriter writer = _session.Begin(MsgTypes.RequestForPositions);
            _messages.WritePositionRequest(ref writer, ++_request, now);
            _asksPositions = _session.Send(ref writer) == SendStatus.OutputFull;
            asked++;
        }

        for (; _statusNext >= 0 && asked < CommandsOfOneRound; asked++)
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

        FixWriter writer = _session!.Begin(MsgTypes.OrderStatusRequest);
        _messages.WriteStatusRequest(ref writer, in _orders[_statusNext]);
        if (Send(ref writer, ClientOrderId.None) == SendStatus.OutputFull) return false;
        _statusNext++;
        return true;
    }

    /// <summary>Working orders that the answer to a mass request left out are asked for by name.</summary>
    private void AskForTheUnconfirmed()
    {
        if (_dialect.HasOrderStatus && _statusNext < 0) _statusNext = 0;
    }

    private void OnRefused(in FixMessage message, Timestamp now)
    {
        if (message.Fields.GetInt(Tags.RefSeqNum, out long number) != FieldStatus.Ok || !_sent.TryFind(number, out ClientOrderId id)) return;
        if (_orders.TryFind(id, out int slot)) _desk.OnRequestRefused(ref _orders[slot], ReasonCode.TechnicalReject, now);
    }

    private bool Refuse(in OrderCommand command, ReasonCode reason, Timestamp now)
    {
        _desk.Refuse(in command, reason, now);
        return true;
    }

    private SendStatus Send(ref FixWriter writer, ClientOrderId order)
    {
        long number = _session!.Store.NextSender;
        SendStatus status = _session.Send(ref writer);
        if (status == SendStatus.Sent) _sent.Note(number, order);
        return status;
    }
}
