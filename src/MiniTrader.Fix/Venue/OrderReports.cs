using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>Makes the engine's reports of a venue's orders and puts them on their way. The FIX thread only.</summary>
internal sealed class OrderReports(VenueOrders orders, RingBacklog<ExecutionReport> backlog)
{
    /// <summary>When the message at hand came.</summary>
    public Timestamp Received { get; set; }

    /// <summary>The order has the terms that it now has.</summary>
    public void EmitReplaced(in VenueOrder order, in FieldView fields)
    {
        ExecutionReport report = Of(in order, in fields, ReportKind.Replaced, ReasonCode.None);
        report.LastQuantity = order.Command.Quantity;
        report.LastPrice = order.Command.Type == OrderType.Stop ? order.Command.StopPrice : order.Command.LimitPrice;
        backlog.Add(in report);
    }

    public void Emit(in VenueOrder order, in FieldView fields, ReportKind kind, ReasonCode reason)
    {
        ExecutionReport report = Of(in order, in fields, kind, reason);
        backlog.Add(in report);
    }

    public void Emit(in ExecutionReport report) => backlog.Add(in report);

    /// <summary>A report of an order as it stands, with what the message says of times and names; the fields may be none.</summary>
    public ExecutionReport Of(in VenueOrder order, in FieldView fields, ReportKind kind, ReasonCode reason)
    {
        Timestamp venueTime = Received;
        if (fields.Count > 0 && fields.GetTimestamp(Tags.TransactTime, out Timestamp stated) is FieldStatus.Ok or FieldStatus.TooPrecise) venueTime = stated;
        return new ExecutionReport
        {
            VenueTime = venueTime,
            ReceivedTime = Received,
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
}
