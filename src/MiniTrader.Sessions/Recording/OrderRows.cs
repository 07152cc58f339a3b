using MiniTrader.Analytics;
using MiniTrader.Model;
using MiniTrader.Portfolio;

namespace MiniTrader.Sessions;

/// <summary>
/// Follows each order from its command to its end, and writes its row into the run folder then. The ledger keeps orders only as long as the
/// engine needs them and in memory that is used again; a row keeps all that was said of one. Owned by the recorder and used by its thread.
/// </summary>
internal sealed class OrderRows(RunFolderWriter folder, InstrumentTable instruments)
{
    private readonly Dictionary<ClientOrderId, OpenOrder> _open = [];
    private long _lastSequence;

    public bool IsOpen(ClientOrderId id) => _open.ContainsKey(id);

    /// <summary>True for an order that was written down here, open or done.</summary>
    public bool WasSeen(ClientOrderId id) => id.Sequence >= 1 && id.Sequence <= _lastSequence;

    /// <summary>How long an open order, or its latest replace, was on its way to the venue.</summary>
    public long EntryLatencyOf(ClientOrderId id) => _open[id].EntryLatency;

    public void OnCommand(in OrderCommand command, ReasonCode denial)
    {
        if (command.Kind == CommandKind.Replace && denial == ReasonCode.None && _open.TryGetValue(command.ClientOrderId, out OpenOrder? replaced))
            _open[command.ClientOrderId] = replaced with { ReplaceSent = command.SentTime };
        if (command.Kind != CommandKind.New) return;
        _lastSequence = Math.Max(_lastSequence, command.ClientOrderId.Sequence);
        OrderRow row = new()
        {
            ClientOrderId = command.ClientOrderId,
            Strategy = command.Strategy,
            Instrument = instruments.Has(command.Instrument) ? command.Instrument : InstrumentId.None,
            Side = command.Side,
            Type = command.Type,
            TimeInForce = command.TimeInForce,
            Flags = command.Flags,
            Quantity = command.Quantity,
            LimitPrice = command.LimitPrice,
            StopPrice = command.StopPrice,
            SubmittedTime = command.SentTime,
            LastTime = command.SentTime,
            Tag = command.Tag,
            DecisionPrice = command.DecisionPrice,
            Status = denial == ReasonCode.None ? OrderStatus.Submitted : OrderStatus.Denied,
            Reason = denial,
        };
        if (denial == ReasonCode.None) _open[command.ClientOrderId] = new OpenOrder(row, 0m);
        else folder.Add(in row);
    }

    /// <summary>What a report makes of an open order.</summary>
    public void OnReport(in ExecutionReport report)
    {
        OpenOrder open = _open[report.ClientOrderId];
        OrderRow row = open.Row with { LastTime = report.ReceivedTime };
        decimal value = open.FilledValue;
        switch (report.Kind)
        {
            case ReportKind.Accepted:
                row = row with { Status = OrderStatus.Accepted };
                open = open with { EntryLatency = report.VenueTime - row.SubmittedTime };
                break;
            case ReportKind.Triggered:
                row = row with { Status = OrderStatus.Triggered };
                open = open with { IsTriggered = true };
                break;
            case ReportKind.Replaced:
                row = Replaced(row, open.IsTriggered, in report);
                if (report.Reason == ReasonCode.None) row = row with { Replaces = row.Replaces + 1 };
                if (report.Reason == ReasonCode.None && open.ReplaceSent > Timestamp.MinValue) open = open with { EntryLatency = report.VenueTime - open.ReplaceSent };
                break;
            case ReportKind.Fill:
                value += report.LastPrice.Times(report.LastQuantity);
                row = Filled(row, row.Filled + report.LastQuantity, value);
                break;
            case ReportKind.Rejected:
                row = row with { Status = OrderStatus.Rejected, Reason = report.Reason };
                break;
            case ReportKind.Cancelled:
                row = row with { Status = OrderStatus.Cancelled, Reason = report.Reason };
                break;
            case ReportKind.Expired:
                row = row with { Status = OrderStatus.Expired, Reason = report.Reason };
                break;
        }

        if (row.Status.IsDone())
        {
            _open.Remove(report.ClientOrderId);
            folder.Add(in row);
        }
        else
        {
            _open[report.ClientOrderId] = open with { Row = row, FilledValue = value };
        }
    }

    /// <summary>A fill of an order that may still be open was taken back, or is now of this price and quantity.</summary>
    public void OnRevision(in FillRecord before, Price price, Quantity quantity)
    {
        if (!_open.TryGetValue(before.ClientOrderId, out OpenOrder? open)) return;
        Quantity filled = open.Row.Filled + quantity - before.Quantity;
        decimal value = open.FilledValue + price.Times(quantity) - before.Price.Times(before.Quantity);
        OrderRow order = filled.IsZero
            ? open.Row with { Filled = filled, AveragePrice = 0m, Status = OrderStatus.Accepted }
            : Filled(open.Row with { Quantity = Quantity.Max(open.Row.Quantity, filled) }, filled, value);
        _open[before.ClientOrderId] = open with { Row = order, FilledValue = value };
    }

    /// <summary>What still works when the run ends is written as it stands.</summary>
    public void WriteOpen()
    {
        foreach (OpenOrder order in _open.Values.OrderBy(o => o.Row.ClientOrderId.Sequence)) folder.Add(order.Row);
        _open.Clear();
    }

    private static OrderRow Replaced(OrderRow row, bool isTriggered, in ExecutionReport report)
    {
        row = row.Type.TellsStop(isTriggered)
            ? row with { Quantity = report.LastQuantity, StopPrice = report.LastPrice }
            : row with { Quantity = report.LastQuantity, LimitPrice = report.LastPrice };

        // Replaced down to what is filled, an order is done, and no further report says so.
        return row.Filled == row.Quantity ? row with { Status = OrderStatus.Filled } : row;
    }

    private static OrderRow Filled(OrderRow row, Quantity filled, decimal value) => row with
    {
        Filled = filled,
        AveragePrice = value / filled.ToDecimal(),
        Status = filled == row.Quantity ? OrderStatus.Filled : OrderStatus.PartiallyFilled,
    };

    /// <summary>An order that still works, price times quantity of its fills, and how long it, or its latest replace, was on its way.</summary>
    private sealed record OpenOrder(OrderRow Row, decimal FilledValue)
    {
        public long EntryLatency { get; init; }

        public bool IsTriggered { get; init; }

        public Timestamp ReplaceSent { get; init; } = Timestamp.MinValue;
    }
}
