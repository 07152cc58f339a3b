using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>
/// Writes and sends what the exchange says of orders: execution reports to their client and the drop copy, refusals to the client. A counterparty
/// whose output is full is hung up on, so that it holds up nobody; what it misses is in its store. The matching thread owns it.
/// </summary>
internal sealed class ExecutionWriter(SymbolTable symbols, long firstId)
{
    private readonly long _firstId = firstId;
    private long _executions;

    /// <summary>Set once the drop copy's session is there.</summary>
    public ExchangeClient? DropCopy { get; set; }

    public long Executions => _executions;

    public long SlowDisconnects { get; private set; }

    public long Undelivered { get; private set; }

    /// <summary>OrderID (37) of an order: unlike any of an earlier run.</summary>
    public long OrderIdOf(in ExchangeOrder order) => _firstId + order.Id.Sequence;

    /// <summary>One report, to the client and, unless it is only a status, to the drop copy under the same ExecID.</summary>
    public void Report(ExchangeClient client, in ExchangeOrder order, scoped in ReportBody body)
    {
        long id = NextId();
        Send(client, client, order, body, id);
        if (DropCopy is { } copy && !body.IsStatus) Send(copy, client, order, body, id);
    }

    /// <summary>Says that an order is refused which never got a place here; what it asked for is read from its own message.</summary>
    public void Refuse(ExchangeClient client, in FixMessage message, int reason, scoped ReadOnlySpan<byte> text, Timestamp now)
    {
        long id = NextId();
        WriteRefusal(client, client, in message, reason, text, now, id);
        if (DropCopy is { } copy) WriteRefusal(copy, client, in message, reason, text, now, id);
    }

    /// <summary>Answers a status request for an order that is not remembered.</summary>
    public void StatusUnknown(ExchangeClient client, scoped FieldView request, bool isMass, scoped ReadOnlySpan<byte> text, Timestamp now)
    {
        FixWriter writer = client.Session.Begin(MsgTypes.ExecutionReport);
        writer.Text(Tags.Account, client.Account);
        writer.Int(Tags.AvgPx, 0);
        CopyIf(ref writer, Tags.ClOrdID, request);
        writer.Int(Tags.CumQty, 0);
        writer.Int(Tags.ExecID, NextId());
        if (client.IsFix42) writer.Char(Tags.ExecTransType, '3');
        writer.Text(Tags.OrderID, "NONE"u8);
        writer.Char(Tags.OrdStatus, '8');
        CopyOr(ref writer, Tags.Side, request, "1"u8);
        CopyOr(ref writer, Tags.Symbol, request, "[N/A]"u8);
        writer.Text(Tags.Text, text);
        writer.Time(Tags.TransactTime, now);
        writer.Int(Tags.OrdRejReason, FixCodes.UnknownOrder);
        writer.Char(Tags.ExecType, client.IsFix42 ? '8' : 'I');
        writer.Int(Tags.LeavesQty, 0);
        if (isMass) CopyIf(ref writer, Tags.MassStatusReqID, request);
        if (!client.IsFix42) CopyIf(ref writer, Tags.OrdStatusReqID, request);
        if (isMass) writer.Int(Tags.TotNumReports, 0);
        if (isMass) writer.Bool(Tags.LastRptRequested, true);
        Finish(client, ref writer);
    }

    /// <summary>Refuses a cancel or replace. The order is null when there is none.</summary>
    public void CancelReject(
        ExchangeClient client, bool isReplace, scoped ReadOnlySpan<byte> clOrdId, scoped ReadOnlySpan<byte> origClOrdId, long orderId, char status, int reason,
        scoped ReadOnlySpan<byte> text, Timestamp now)
    {
        SendStatus sent = SendStatus.OutputFull;
        for (int attempt = 0; attempt < 2 && sent == SendStatus.OutputFull; attempt++)
        {
            FixWriter writer = client.Session.Begin(MsgTypes.OrderCancelReject);
            writer.Text(Tags.Account, client.Account);
            writer.Text(Tags.ClOrdID, clOrdId);
            if (orderId == 0) writer.Text(Tags.OrderID, "NONE"u8);
            else writer.Int(Tags.OrderID, orderId);
            writer.Char(Tags.OrdStatus, status);
            if (!origClOrdId.IsEmpty) writer.Text(Tags.OrigClOrdID, origClOrdId);
            if (!text.IsEmpty) writer.Text(Tags.Text, text);
            writer.Time(Tags.TransactTime, now);
            writer.Int(Tags.CxlRejReason, FixCodes.ForVersion(reason, client.IsFix42, FixCodes.AlreadyPending, FixCodes.BrokerOption));
            writer.Char(Tags.CxlRejResponseTo, isReplace ? '2' : '1');
            sent = Finish(client, ref writer);
        }
    }

    /// <summary>Answers a mass cancel request; the cancels follow one by one.</summary>
    public void MassCancelReport(ExchangeClient client, scoped FieldView request, char response, int affected, scoped ReadOnlySpan<byte> text, Timestamp now)
    {
        FixWriter writer = client.Session.Begin(MsgTypes.OrderMassCancelReport);
        CopyIf(ref writer, Tags.ClOrdID, request);
        writer.Int(Tags.OrderID, NextId());
        CopyIf(ref writer, Tags.Symbol, request);
        if (!text.IsEmpty) writer.Text(Tags.Text, text);
        writer.Time(Tags.TransactTime, now);
        CopyIf(ref writer, Tags.MassCancelRequestType, request);
        writer.Char(Tags.MassCancelResponse, response);
        if (response == '0') writer.Int(Tags.MassCancelRejectReason, 99);
        writer.Int(Tags.TotalAffectedOrders, affected);
        Finish(client, ref writer);
    }

    /// <summary>Sends a message of any kind; a counterparty that has no room for it is hung up on, and the caller writes it once more, for its store.</summary>
    public SendStatus Finish(ExchangeClient to, ref FixWriter writer)
    {
        SendStatus sent = to.Session.Send(ref writer);
        if (sent == SendStatus.OutputFull)
        {
            SlowDisconnects++;
            to.Session.GiveUp("It did not take its messages, and no more found room");
        }
        else if (sent is SendStatus.NotLoggedOn or SendStatus.Invalid)
        {
            Undelivered++;
        }

        return sent;
    }

    /// <summary>Hangs up on a drop copy that takes nothing.</summary>
    public void GiveUp(ExchangeClient client)
    {
        SlowDisconnects++;
        client.Session.GiveUp("It did not take its messages");
    }

    private void Send(ExchangeClient to, ExchangeClient client, in ExchangeOrder order, scoped in ReportBody body, long id)
    {
        // What FIX 4.2 has no word for is not said there.
        if (to.IsFix42 && body.ExecType == 'L') return;
        SendStatus sent = SendStatus.OutputFull;
        for (int attempt = 0; attempt < 2 && sent == SendStatus.OutputFull; attempt++)
        {
            FixWriter writer = to.Session.Begin(MsgTypes.ExecutionReport);
            Write(ref writer, to.IsFix42, client, order, body, id);
            sent = Finish(to, ref writer);
        }
    }

    private void Write(ref FixWriter writer, bool isFix42, ExchangeClient client, in ExchangeOrder order, scoped in ReportBody body, long id)
    {
        bool isTrade = body.ExecType == 'F';
        writer.Text(Tags.Account, client.Account);
        writer.Decimal(Tags.AvgPx, order.AveragePrice);
        writer.Text(Tags.ClOrdID, body.ClOrdId);
        if (isTrade && !body.Fee.IsZero)
        {
            writer.Decimal(Tags.Commission, body.Fee);
            writer.Char(Tags.CommType, '3');
        }

        writer.Decimal(Tags.CumQty, order.Filled);
        writer.Int(Tags.ExecID, id);
        if (isFix42) writer.Char(Tags.ExecTransType, body.IsStatus ? '3' : '0');
        if (isTrade || isFix42) writer.Decimal(Tags.LastPx, body.LastPrice);
        if (isTrade || isFix42) writer.Decimal(Tags.LastQty, body.LastQuantity);
        writer.Int(Tags.OrderID, OrderIdOf(order));
        writer.Decimal(Tags.OrderQty, order.Quantity);
        writer.Char(Tags.OrdStatus, isFix42 && body.ExecType == '5' ? '5' : order.Status);
        writer.Char(Tags.OrdType, FixCodes.OfType(order.Type));
        if (!body.OrigClOrdId.IsEmpty) writer.Text(Tags.OrigClOrdID, body.OrigClOrdId);
        if (order.HasLimit) writer.Decimal(Tags.Price, order.Limit);
        writer.Char(Tags.Side, order.Side == OrderSide.Buy ? '1' : '2');
        writer.Text(Tags.Symbol, symbols[order.Instrument]);
        if (!body.Text.IsEmpty) writer.Text(Tags.Text, body.Text);
        writer.Char(Tags.TimeInForce, FixCodes.OfTime(order.TimeInForce));
        writer.Time(Tags.TransactTime, order.Changed);
        if (order.HasStop) writer.Decimal(Tags.StopPx, order.Stop);
        if (body.ExecType == '8') writer.Int(Tags.OrdRejReason, FixCodes.ForVersion(body.RejectReason, isFix42, 8, 0));
        if (order.TimeInForce == TimeInForce.Gtd) writer.Time(Tags.ExpireTime, order.ExpireTime);
        writer.Char(Tags.ExecType, isFix42 ? ExecTypeOf42(order, body) : body.ExecType);
        writer.Decimal(Tags.LeavesQty, order.Leaves);
        if (body.ExecType == 'D') writer.Int(Tags.ExecRestatementReason, body.RestatementReason);
        if (body.TotalReports > 0 && !body.RequestId.IsEmpty) writer.Text(Tags.MassStatusReqID, body.RequestId);
        if (body.TotalReports == 0 && !isFix42 && !body.RequestId.IsEmpty) writer.Text(Tags.OrdStatusReqID, body.RequestId);
        if (isTrade && !isFix42) writer.Int(Tags.LastLiquidityInd, body.Liquidity == LiquiditySide.Maker ? 1 : 2);
        if (body.TotalReports > 0) writer.Int(Tags.TotNumReports, body.TotalReports);
        if (body.TotalReports > 0) writer.Bool(Tags.LastRptRequested, body.IsLastReport);
    }

    private long NextId() => _firstId + ++_executions;

    // FIX 4.2 has no trade and no order status of its own: the type repeats the status.
    private static char ExecTypeOf42(in ExchangeOrder order, scoped in ReportBody body) => body.ExecType is 'F' or 'I' ? order.Status : body.ExecType;

    private void WriteRefusal(ExchangeClient to, ExchangeClient client, in FixMessage message, int reason, scoped ReadOnlySpan<byte> text, Timestamp now, long id)
    {
        FieldView order = message.Fields;
        SendStatus sent = SendStatus.OutputFull;
        for (int attempt = 0; attempt < 2 && sent == SendStatus.OutputFull; attempt++)
        {
            FixWriter writer = to.Session.Begin(MsgTypes.ExecutionReport);
            writer.Text(Tags.Account, client.Account);
            writer.Int(Tags.AvgPx, 0);
            CopyIf(ref writer, Tags.ClOrdID, order);
            writer.Int(Tags.CumQty, 0);
            writer.Int(Tags.ExecID, id);
            if (to.IsFix42) writer.Char(Tags.ExecTransType, '0');
            writer.Text(Tags.OrderID, "NONE"u8);
            CopyIf(ref writer, Tags.OrderQty, order);
            writer.Char(Tags.OrdStatus, '8');
            CopyIf(ref writer, Tags.OrdType, order);
            CopyIf(ref writer, Tags.Price, order);
            CopyOr(ref writer, Tags.Side, order, "1"u8);
            CopyOr(ref writer, Tags.Symbol, order, "[N/A]"u8);
            writer.Text(Tags.Text, text);
            writer.Time(Tags.TransactTime, now);
            writer.Int(Tags.OrdRejReason, FixCodes.ForVersion(reason, to.IsFix42, 8, 0));
            writer.Char(Tags.ExecType, '8');
            writer.Int(Tags.LeavesQty, 0);
            sent = Finish(to, ref writer);
        }
    }

    private static void CopyIf(ref FixWriter writer, int tag, scoped FieldView from)
    {
        if (from.TryGet(tag, out ReadOnlySpan<byte> value) && !value.IsEmpty) writer.Text(tag, value);
    }

    private static void CopyOr(ref FixWriter writer, int tag, scoped FieldView from, scoped ReadOnlySpan<byte> otherwise) =>
        writer.Text(tag, from.TryGet(tag, out ReadOnlySpan<byte> value) && !value.IsEmpty ? value : otherwise);
}
