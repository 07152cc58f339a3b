using System.Globalization;
using System.Text;
using MiniTrader.Exchange;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.EndToEnd.Venues;

/// <summary>
/// A simulated venue as the counterparty of one FIX session: order entry in plain FIX 4.4. It answers as strictly as it can, because the tests
/// are about the side that listens. Driven by the test's thread.
/// </summary>
internal sealed class WireExchange(SimulatedVenue venue, Func<Timestamp> now, string[] symbols) : FixApplication
{
    private readonly Dictionary<string, WireOrder> _byName = [];
    private readonly Dictionary<ClientOrderId, WireOrder> _orders = [];
    private FixSession? _session;
    private long _sequence;
    private long _executions;

    /// <summary>Every execution report goes out twice, the second as a possible resend would come.</summary>
    public bool SaysEverythingTwice { get; set; }

    public bool IsLoggedOn => _session is not null;

    public override void OnLogon(FixSession session) => _session = session;

    public override void OnLogout(FixSession session) => _session = null;

    public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
    {
        FieldView fields = message.Fields;
        string name = Text(in fields, Tags.ClOrdID), original = Text(in fields, Tags.OrigClOrdID);
        WireOrder? order = _byName.GetValueOrDefault(message.MsgType == MsgTypes.OrderStatusRequest ? name : original);
        switch (message.MsgType)
        {
            case MsgTypes.NewOrderSingle:
                Enter(in fields, name);
                break;
            case MsgTypes.OrderCancelRequest or MsgTypes.OrderCancelReplaceRequest:
                Change(in fields, order, name, original, message.MsgType == MsgTypes.OrderCancelReplaceRequest);
                break;
            case MsgTypes.OrderStatusRequest:
                SayStatus(order, name, isLast: false);
                break;
            case MsgTypes.OrderMassStatusRequest:
                SayAll();
                break;
            case MsgTypes.OrderMassCancelRequest:
                AcceptMassCancel(name);
                foreach (WireOrder working in Working()) Submit(working.Command with { Kind = CommandKind.Cancel });
                break;
            default:
                return MessageVerdict.UnsupportedType;
        }

        Drain();
        return MessageVerdict.Accepted;
    }

    /// <summary>Tells the client what happened at the venue; what happens without a session is told by no one.</summary>
    public void Drain()
    {
        while (venue.TryTake(now(), out ExecutionReport report)) Say(_orders[report.ClientOrderId], in report);
    }

    private void Enter(in FieldView fields, string name)
    {
        WireOrder order = new() { Name = name };
        OrderCommand command = new() { Kind = CommandKind.New, ClientOrderId = ClientOrderId.Create(++_sequence, (int)_sequence) };
        fields.GetQuantity(Tags.OrderQty, out command.Quantity);
        fields.GetPrice(Tags.Price, out command.LimitPrice);
        fields.GetChar(Tags.OrdType, out char type);
        fields.GetChar(Tags.TimeInForce, out char time);
        fields.GetChar(Tags.Side, out char side);
        command.Instrument = new(Array.IndexOf(symbols, Text(in fields, Tags.Symbol)));
        command.Side = side == '1' ? OrderSide.Buy : OrderSide.Sell;
        command.Type = type == '1' ? OrderType.Market : OrderType.Limit;
        command.TimeInForce = time switch { '3' => TimeInForce.Ioc, '4' => TimeInForce.Fok, '0' => TimeInForce.Day, _ => TimeInForce.Gtc };
        if (Text(in fields, Tags.ExecInst) == "6") command.Flags = OrderFlags.PostOnly;
        order.Command = command;
        _byName[name] = _orders[command.ClientOrderId] = order;
        Submit(command);
    }

    private void Change(in FieldView fields, WireOrder? order, string name, string original, bool isReplace)
    {
        if (order is null || order.Status != '0')
        {
            FixWriter reject = _session!.Begin(MsgTypes.OrderCancelReject);
            reject.Text(Tags.ClOrdID, name);
            reject.Text(Tags.OrderID, order is null ? "NONE" : order.VenueName);
            reject.Char(Tags.OrdStatus, order?.Status ?? '8');
            reject.Text(Tags.OrigClOrdID, original);
            reject.Int(Tags.CxlRejReason, order is null ? 1 : 0);
            reject.Char(Tags.CxlRejResponseTo, isReplace ? '2' : '1');
            _session.Send(ref reject);
            return;
        }

        _byName[name] = order;
        order.Requests.Enqueue(name);
        OrderCommand command = order.Command with { Kind = isReplace ? CommandKind.Replace : CommandKind.Cancel };
        if (isReplace)
        {
            fields.GetQuantity(Tags.OrderQty, out command.Quantity);
            fields.GetPrice(Tags.Price, out command.LimitPrice);
        }

        Submit(command);
    }

    private void Submit(OrderCommand command)
    {
        command.SentTime = now();
        if (!venue.Submit(in command)) throw new InvalidOperationException("The simulated venue's queue is full.");
    }

    private void Say(WireOrder order, in ExecutionReport report)
    {
        order.VenueName = string.Create(CultureInfo.InvariantCulture, $"V{report.VenueOrderId.Value}");
        bool answers = order.Requests.Count > 0 && report.Kind is ReportKind.Cancelled or ReportKind.Replaced or ReportKind.CancelRejected or ReportKind.ReplaceRejected;
        string original = order.Name, name = answers && order.Requests.TryDequeue(out string? request) ? request : order.Name;
        if (report.Kind is ReportKind.CancelRejected or ReportKind.ReplaceRejected) throw new InvalidOperationException($"The tests ask for no {report.Kind} of a working order.");
        char type = report.Kind switch
        {
            ReportKind.Accepted => '0',
            ReportKind.Fill => 'F',
            ReportKind.Replaced => '5',
            ReportKind.Cancelled => '4',
            ReportKind.Expired => 'C',
            _ => '8',
        };
        if (report.Kind == ReportKind.Fill) order.Value += report.LastPrice.Times(report.LastQuantity);
        if (report.Kind == ReportKind.Replaced)
        {
            OrderCommand command = order.Command;
            (command.Quantity, command.LimitPrice) = (report.LastQuantity, report.LastPrice);
            order.Command = command;
            order.Name = name;
        }

        order.Filled = report.Filled;
        order.Status = type is '4' or 'C' or '8' ? type : report.Leaves.IsZero ? '2' : '0';
        long execution = ++_executions;
        Report(order, name, original, type, execution, in report);
        if (SaysEverythingTwice) Report(order, name, original, type, execution, in report);
    }

    private void Report(WireOrder order, string name, string original, char type, long execution, in ExecutionReport report)
    {
        if (_session is null) return;
        FixWriter writer = _session.Begin(MsgTypes.ExecutionReport);
        WriteNames(ref writer, name, order.VenueName, execution);
        if (name != original) writer.Text(Tags.OrigClOrdID, original);
        writer.Char(Tags.ExecType, type);
        WriteState(ref writer, order);
        if (type == 'F')
        {
            writer.Decimal(Tags.LastPx, report.LastPrice);
            writer.Decimal(Tags.LastQty, report.LastQuantity);
        }

        writer.Time(Tags.TransactTime, report.VenueTime);
        _session.Send(ref writer);
    }

    private void SayAll()
    {
        WireOrder[] working = [.. Working()];
        for (int i = 0; i < working.Length; i++) SayStatus(working[i], working[i].Name, isLast: i == working.Length - 1);
        if (working.Length == 0) SayStatus(null, "", isLast: true);
    }

    private void SayStatus(WireOrder? order, string name, bool isLast)
    {
        FixWriter writer = _session!.Begin(MsgTypes.ExecutionReport);
        WriteNames(ref writer, name.Length == 0 ? "NONE" : name, order?.VenueName ?? "NONE", 0);
        writer.Char(Tags.ExecType, 'I');
        if (order is not null) WriteState(ref writer, order);
        else writer.Char(Tags.OrdStatus, '8');
        if (isLast) writer.Bool(Tags.LastRptRequested, true);
        _session.Send(ref writer);
    }

    private void AcceptMassCancel(string name)
    {
        FixWriter writer = _session!.Begin(MsgTypes.OrderMassCancelReport);
        writer.Text(Tags.ClOrdID, name);
        writer.Text(Tags.OrderID, "NONE");
        writer.Char(Tags.MassCancelRequestType, '7');
        writer.Char(531, '7');
        _session.Send(ref writer);
    }

    private IEnumerable<WireOrder> Working() => _orders.Values.Where(o => o.Status == '0');

    private static void WriteNames(ref FixWriter writer, string name, string venueName, long execution)
    {
        writer.Text(Tags.ClOrdID, name);
        writer.Text(Tags.OrderID, venueName);
        writer.Int(Tags.ExecID, execution);
    }

    private void WriteState(ref FixWriter writer, WireOrder order)
    {
        bool isDone = order.Status != '0';
        writer.Char(Tags.OrdStatus, order.Status == '0' && order.Filled.IsPositive ? '1' : order.Status);
        writer.Text(Tags.Symbol, symbols[order.Command.Instrument.Index]);
        writer.Char(Tags.Side, order.Command.Side == OrderSide.Buy ? '1' : '2');
        writer.Decimal(Tags.OrderQty, order.Command.Quantity);
        if (order.Command.Type == OrderType.Limit) writer.Decimal(Tags.Price, order.Command.LimitPrice);
        writer.Decimal(Tags.LeavesQty, isDone ? Quantity.Zero : order.Command.Quantity - order.Filled);
        writer.Decimal(Tags.CumQty, order.Filled);
        writer.Decimal(Tags.AvgPx, order.Filled.IsZero ? Price.Zero : Price.FromDecimal(decimal.Round(order.Value / order.Filled.ToDecimal(), FixedPoint.Decimals)));
    }

    private static string Text(in FieldView fields, int tag) => Encoding.ASCII.GetString(fields.Get(tag));
}

/// <summary>An order as the counterparty keeps it.</summary>
internal sealed class WireOrder
{
    /// <summary>The ClOrdID that names it now.</summary>
    public required string Name { get; set; }

    public OrderCommand Command { get; set; }

    public string VenueName { get; set; } = "NONE";

    /// <summary>Names of the requests that have not been answered, oldest first.</summary>
    public Queue<string> Requests { get; } = [];

    /// <summary>OrdStatus, with 0 for everything that works.</summary>
    public char Status { get; set; } = '0';

    public Quantity Filled { get; set; }

    public decimal Value { get; set; }
}
