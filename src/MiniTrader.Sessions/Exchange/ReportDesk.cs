using MiniTrader.Exchange;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>What the venue reports becomes the state of an order and a message to its client. The matching thread owns it.</summary>
internal sealed class ReportDesk(SimulatedVenue venue, ExchangeOrders orders, IReadOnlyList<ExchangeClient> clients, ExecutionWriter writer)
{
    public long Fills { get; private set; }

    /// <summary>Takes what is due by <paramref name="now"/>; false when the drop copy is behind and something may be left.</summary>
    public bool TryTakeAll(Timestamp now, int outputBytes)
    {
        while (venue.NextDue <= now)
        {
            if (writer.DropCopy is { } copy && copy.IsBehind(outputBytes)) return false;
            if (!venue.TryTake(now, out ExecutionReport report)) break;
            On(report);
        }

        return true;
    }

    private void On(in ExecutionReport report)
    {
        int slot = orders.Find(report.ClientOrderId);
        if (slot == ExchangeOrders.None) throw new SessionFaultException($"The venue reports {report.Kind} of an order that the exchange does not remember.");
        ref ExchangeOrder order = ref orders[slot];
        ExchangeClient client = clients[order.Client];
        order.Changed = report.VenueTime;
        switch (report.Kind)
        {
            case ReportKind.Accepted:
                order.Status = '0';
                order.Leaves = report.Leaves;
                Say(client, order, '0', default);
                break;
            case ReportKind.Rejected:
                order.Status = '8';
                orders.Retire(client, slot);
                Say(client, order, '8', report.Reason);
                break;
            case ReportKind.Triggered:
                Say(client, order, 'L', default);
                break;
            case ReportKind.Fill:
                OnFill(client, slot, report);
                break;
            case ReportKind.Cancelled:
                order.Status = '4';
                bool isAsked = report.Reason == ReasonCode.UserRequested && order.Pending == PendingRequest.Cancel;
                orders.Retire(client, slot);
                if (isAsked) SayAnswered(client, order, '4', order.PendingName);
                else Say(client, order, '4', report.Reason);
                if (isAsked) orders.Settle(slot);
                break;
            case ReportKind.Expired:
                order.Status = 'C';
                orders.Retire(client, slot);
                Say(client, order, 'C', report.Reason);
                break;
            case ReportKind.Replaced:
                OnReplaced(client, slot, report);
                break;
            case ReportKind.CancelRejected:
            case ReportKind.ReplaceRejected:
                OnRefused(client, slot, report);
                break;
            default:
                throw new SessionFaultException($"The venue reports {report.Kind}, which the exchange does not know.");
        }
    }

    private void OnFill(ExchangeClient client, int slot, in ExecutionReport report)
    {
        Fills++;
        ref ExchangeOrder order = ref orders[slot];
        order.Value += (Int128)report.LastPrice.Raw * report.LastQuantity.Raw;
        order.Filled = report.Filled;
        order.Leaves = report.Leaves;
        order.Status = report.Leaves.IsZero ? '2' : '1';
        if (report.Leaves.IsZero) orders.Retire(client, slot);
        ReportBody body = new()
        {
            ExecType = 'F',
            ClOrdId = orders.Names.TextOf(order.Name),
            LastPrice = report.LastPrice,
            LastQuantity = report.LastQuantity,
            Fee = Price.FromDecimal(report.Fee),
            Liquidity = report.Liquidity,
        };
        writer.Report(client, order, body);
    }

    private void OnReplaced(ExchangeClient client, int slot, in ExecutionReport report)
    {
        ref ExchangeOrder order = ref orders[slot];
        order.Quantity = report.LastQuantity;
        order.Leaves = report.Leaves;
        if (report.Reason != ReasonCode.None)
        {
            Restate(client, slot, report);
            return;
        }

        int name = order.Name;
        order.Limit = order.PendingLimit;
        order.Stop = order.PendingStop;
        order.Name = order.PendingName;
        if (report.Leaves.IsZero)
        {
            order.Status = '2';
            orders.Retire(client, slot);
        }

        SayAnswered(client, order, '5', order.Name, name);
        orders.Settle(slot);
    }

    /// <summary>The venue changed the order by its own rules.</summary>
    private void Restate(ExchangeClient client, int slot, in ExecutionReport report)
    {
        const int corporateAction = 0, other = 99;
        ref ExchangeOrder order = ref orders[slot];
        order.Filled = report.Filled;
        if (order.HasLimit || report.Reason == ReasonCode.BecameLimit) order.Limit = report.LastPrice;
        else if (order.HasStop) order.Stop = report.LastPrice;
        if (report.Leaves.IsZero)
        {
            order.Status = '2';
            orders.Retire(client, slot);
        }

        ReportBody body = new()
        {
            ExecType = 'D',
            ClOrdId = orders.Names.TextOf(order.Name),
            Text = FixCodes.TextOf(report.Reason),
            RestatementReason = report.Reason == ReasonCode.CorporateAction ? corporateAction : other,
        };
        writer.Report(client, order, body);
    }

    private void OnRefused(ExchangeClient client, int slot, in ExecutionReport report)
    {
        ref ExchangeOrder order = ref orders[slot];

        // The request was answered already, when the order was cancelled together with all others.
        if (order.Pending == PendingRequest.None) return;
        writer.CancelReject(
            client, order.Pending == PendingRequest.Replace, orders.Names.TextOf(order.PendingName), orders.Names.TextOf(order.Name), writer.OrderIdOf(order),
            order.Status, FixCodes.CancelRejectReasonOf(report.Reason), FixCodes.TextOf(report.Reason), report.VenueTime);
        orders.Settle(slot);
    }

    private void Say(ExchangeClient client, in ExchangeOrder order, char execType, ReasonCode reason)
    {
        ReportBody body = new()
        {
            ExecType = execType,
            ClOrdId = orders.Names.TextOf(order.Name),
            Text = FixCodes.TextOf(reason),
            RejectReason = FixCodes.RejectReasonOf(reason),
        };
        writer.Report(client, order, body);
    }

    private void SayAnswered(ExchangeClient client, in ExchangeOrder order, char execType, int name) => SayAnswered(client, order, execType, name, order.Name);

    private void SayAnswered(ExchangeClient client, in ExchangeOrder order, char execType, int name, int original)
    {
        ReportBody body = new() { ExecType = execType, ClOrdId = orders.Names.TextOf(name), OrigClOrdId = orders.Names.TextOf(original) };
        writer.Report(client, order, body);
    }
}
