using MiniTrader.Fix;
using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.QuickFix;

/// <summary>
/// The order side over QuickFIX/n, as <see cref="FixOrders"/> is over our own session: takes commands from the engine's ring, sends them, and puts
/// what comes back into the ring of reports. All state is this agent's thread's; QuickFIX/n's threads reach it through the inbox only.
/// What reports mean, and what was taken already, is <see cref="ExecutionDesk"/>'s, the same as FixVenue's.
/// </summary>
internal sealed class QuickFixOrders : IAgent
{
    private const int CommandsOfOneRound = 64;

    /// <summary>Most reports that one message or command makes.</summary>
    private const int ReportsOfOneMessage = 4;

    private readonly FixDialect _dialect;
    private readonly FixVenue _venue;
    private readonly VenueOrders _orders;
    private readonly OrderMessages _messages;
    private readonly RingBacklog<ExecutionReport> _backlog;
    private readonly ExecutionDesk _desk;
    private readonly QuickFixInbox _inbox;
    private readonly QuickFixApplication _application;
    private readonly FixParser _parser = new();
    private readonly HeaderTemplate _header;
    private readonly byte[] _buffer = new byte[8_192];
    private bool _isLoggedOn;
    private volatile bool _asksMassCancel;
    private long _request;

    public QuickFixOrders(QuickFixOptions options, FixVenue venue, QuickFixInbox inbox, QuickFixApplication application)
    {
        FixVenueOptions venueOptions = options.Venue;
        _dialect = venueOptions.Dialect;
        _venue = venue;
        _inbox = inbox;
        _application = application;
        _orders = new VenueOrders(venueOptions.Orders);
        _messages = new OrderMessages(venueOptions);
        _backlog = new RingBacklog<ExecutionReport>(venue.ReportsIn, venueOptions.RingSlots);
        _desk = new ExecutionDesk(venueOptions, _orders, _messages, _backlog, Counts);
        _header = new HeaderTemplate(_dialect.BeginString, [], _dialect.TimestampPrecision);
    }

    public FixOrderCounts Counts { get; } = new();

    /// <summary>Asks for the venue's mass cancel of everything, from any thread; false where the dialect has none.</summary>
    public bool RequestMassCancel() => _asksMassCancel = _dialect.HasMassCancel;

    public int DoWork()
    {
        int work = _backlog.Flush();
        while (_backlog.Room >= ReportsOfOneMessage && _inbox.TryTake(out InboxEntry entry))
        {
            Take(entry);
            work++;
        }

        Timestamp now = QuickFixOptions.Now;
        if (_asksMassCancel && _isLoggedOn) AskForMassCancel(now);
        Span<OrderCommand> commands = _venue.CommandsOut.Poll(CommandsOfOneRound);
        int done = 0;
        for (; done < commands.Length && _backlog.Room >= ReportsOfOneMessage; done++) Handle(in commands[done], now);
        if (done > 0) _venue.CommandsOut.Release(done);
        return work + done + _backlog.Flush();
    }

    private void Take(InboxEntry entry)
    {
        _isLoggedOn = entry.Kind switch { InboxKind.Logon => true, InboxKind.Logout => false, _ => _isLoggedOn };
        if (entry.Kind == InboxKind.Logon) AskWhatBecameOfTheOrders();
        if (entry.Kind != InboxKind.Message) return;
        if (_parser.Parse(entry.Bytes, out FixMessage message, out _) != ParseStatus.Message)
        {
            Counts.Incomplete++;
            return;
        }

        Timestamp now = QuickFixOptions.Now;
        switch (message.MsgType)
        {
            case MsgTypes.ExecutionReport:
                _desk.OnExecution(in message, now);
                if (message.Fields.GetBool(Tags.LastRptRequested, out bool isLast) == FieldStatus.Ok && isLast) AskForTheUnconfirmed();
                break;
            case MsgTypes.OrderCancelReject:
                _desk.OnCancelReject(in message, now);
                break;
            case MsgTypes.BusinessMessageReject or MsgTypes.Reject:
                OnRefused(in message, now);
                break;
        }
    }

    private void Handle(in OrderCommand command, Timestamp now)
    {
        switch (command.Kind)
        {
            case CommandKind.New:
                SendNew(in command, now);
                break;
            case CommandKind.Cancel:
                Cancel(in command, now);
                break;
            case CommandKind.Replace:
                Replace(in command, now);
                break;
            case CommandKind.CancelAll:
                CancelAll(in command, now);
                break;
        }
    }

    private void SendNew(in OrderCommand command, Timestamp now)
    {
        ReasonCode reason = _isLoggedOn ? _messages.Check(in command) : ReasonCode.TechnicalReject;
        int slot = 0;
        if (reason == ReasonCode.None && !_orders.TryOpen(in command, out slot)) reason = ReasonCode.VenueCapacity;
        if (reason == ReasonCode.None)
        {
            FixWriter writer = Begin(MsgTypes.NewOrderSingle);
            _messages.WriteNew(ref writer, in command, now);
            if (TrySend(ref writer, command.ClientOrderId)) return;
            _orders[slot].IsWorking = false;
            reason = ReasonCode.TechnicalReject;
        }

        _desk.Refuse(in command, reason, now);
    }

    private void Cancel(in OrderCommand command, Timestamp now)
    {
        ReasonCode reason = Find(in command, ReasonCode.TooLateToCancel, out int slot);
        if (reason == ReasonCode.None && !TrySendCancel(ref _orders[slot], now)) reason = ReasonCode.TechnicalReject;
        if (reason != ReasonCode.None) _desk.Refuse(in command, reason, now);
    }

    private void Replace(in OrderCommand command, Timestamp now)
    {
        ReasonCode reason = Find(in command, ReasonCode.TooLateToReplace, out int slot);
        if (reason == ReasonCode.None && (!_dialect.HasReplace || !TrySendReplace(ref _orders[slot], in command, now))) reason = ReasonCode.TechnicalReject;
        if (reason != ReasonCode.None) _desk.Refuse(in command, reason, now);
    }

    /// <summary>Why a request cannot go out; none when the order works and the session is up.</summary>
    private ReasonCode Find(in OrderCommand command, ReasonCode tooLate, out int slot)
    {
        if (!_orders.TryFind(command.ClientOrderId, out slot)) return ReasonCode.VenueUnknownOrder;
        if (!_orders[slot].IsWorking) return tooLate;
        return _isLoggedOn ? ReasonCode.None : ReasonCode.TechnicalReject;
    }

    private bool TrySendReplace(ref VenueOrder order, in OrderCommand command, Timestamp now)
    {
        OrderCommand asked = order.Command;
        asked.Quantity = command.Quantity;
        if (!command.LimitPrice.IsZero) asked.LimitPrice = command.LimitPrice;
        if (!command.StopPrice.IsZero) asked.StopPrice = command.StopPrice;
        FixWriter writer = Begin(MsgTypes.OrderCancelReplaceRequest);
        _messages.WriteReplace(ref writer, in order, in asked, order.LastRequest + 1, now);
        if (!TrySend(ref writer, command.ClientOrderId)) return false;
        order.LastRequest++;
        order.Asked = asked;
        order.Pending = PendingRequest.Replace;
        return true;
    }

    private bool TrySendCancel(ref VenueOrder order, Timestamp now)
    {
        FixWriter writer = Begin(MsgTypes.OrderCancelRequest);
        _messages.WriteCancel(ref writer, in order, order.LastRequest + 1, now);
        if (!TrySend(ref writer, order.Command.ClientOrderId)) return false;
        order.LastRequest++;
        order.Pending = PendingRequest.Cancel;
        return true;
    }

    /// <summary>One cancel for each order of the strategy, as FixVenue does it.</summary>
    private void CancelAll(in OrderCommand command, Timestamp now)
    {
        for (int i = 0; i < _orders.Used && _isLoggedOn; i++)
        {
            ref VenueOrder order = ref _orders[i];
            if (!order.IsWorking || order.Pending == PendingRequest.Cancel || order.Command.Strategy != command.Strategy) continue;
            if (!command.Instrument.IsNone && order.Command.Instrument != command.Instrument) continue;
            if (command.Side != OrderSide.None && order.Command.Side != command.Side) continue;
            TrySendCancel(ref order, now);
        }
    }

    private void AskForMassCancel(Timestamp now)
    {
        FixWriter writer = Begin(MsgTypes.OrderMassCancelRequest);
        OrderMessages.WriteMassCancel(ref writer, ++_request, now);
        TrySend(ref writer, ClientOrderId.None);
        _asksMassCancel = false;
    }

    private void AskWhatBecameOfTheOrders()
    {
        bool hasOrders = false;
        for (int i = 0; i < _orders.Used; i++)
        {
            _orders[i].IsConfirmed = false;
            hasOrders |= _orders[i].IsWorking;
        }

        if (!hasOrders) return;
        if (!_dialect.HasMassStatus)
        {
            AskForTheUnconfirmed();
            return;
        }

        FixWriter writer = Begin(MsgTypes.OrderMassStatusRequest);
        OrderMessages.WriteMassStatusRequest(ref writer, ++_request);
        TrySend(ref writer, ClientOrderId.None);
    }

    private void AskForTheUnconfirmed()
    {
        if (!_dialect.HasOrderStatus) return;
        for (int i = 0; i < _orders.Used; i++)
        {
            ref VenueOrder order = ref _orders[i];
            if (!order.IsWorking || order.IsConfirmed) continue;
            FixWriter writer = Begin(MsgTypes.OrderStatusRequest);
            _messages.WriteStatusRequest(ref writer, in order);
            TrySend(ref writer, ClientOrderId.None);
        }
    }

    private void OnRefused(in FixMessage message, Timestamp now)
    {
        if (message.Fields.GetInt(Tags.RefSeqNum, out long number) != FieldStatus.Ok || !_application.TryFindSent(number, out ClientOrderId id)) return;
        if (_orders.TryFind(id, out int slot)) _desk.OnRequestRefused(ref _orders[slot], ReasonCode.TechnicalReject, now);
    }

    private FixWriter Begin(ulong msgType)
    {
        FixWriter writer = new(_buffer, _header);
        writer.BeginBare(msgType);
        return writer;
    }

    private bool TrySend(ref FixWriter writer, ClientOrderId order) =>
        _parser.Parse(writer.End(), out FixMessage message, out _) == ParseStatus.Message && _application.TrySend(QuickFixMessages.Outgoing(in message), order);
}
