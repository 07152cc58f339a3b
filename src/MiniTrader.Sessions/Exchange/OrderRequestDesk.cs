using MiniTrader.Exchange;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>
/// Order entry: new orders, cancels, replaces, mass cancels. What is wrong with a message itself is refused here; what is wrong with the order is
/// for the venue to say. The matching thread owns it.
/// </summary>
internal sealed class OrderRequestDesk(SimulatedVenue venue, ExchangeOrders orders, SymbolTable symbols, ExecutionWriter writer, MarketReplay market)
{
    public long Orders { get; private set; }

    public MessageVerdict New(ExchangeClient client, in FixMessage message)
    {
        FieldView fields = message.Fields;
        ReadOnlySpan<byte> name = fields.Get(Tags.ClOrdID);
        if (name.IsEmpty) return MessageVerdict.ConditionallyRequiredFieldMissing;
        if (name.Length > NameTable.TextBytes) return Refuse(client, message, FixCodes.Other, "The ClOrdID is longer than 64 bytes."u8);
        if (orders.Find(client, name) != ExchangeOrders.None)
        {
            // Sent again because its sender was not sure: the first one counts, and its reports are on their way or were there.
            return message.IsPossResend ? MessageVerdict.Accepted : Refuse(client, message, FixCodes.DuplicateOrder, "The ClOrdID was used before."u8);
        }

        InstrumentId instrument = symbols.Find(fields);
        if (instrument.IsNone) return Refuse(client, message, FixCodes.UnknownSymbol, "There is no such symbol here."u8);
        if (!market.HasBegun) return Refuse(client, message, FixCodes.Other, "The market has not begun."u8);
        if (market.IsOver) return Refuse(client, message, FixCodes.Other, "The market is over: its data has ended."u8);
        OrderCommand command = new() { Kind = CommandKind.New, Instrument = instrument, Strategy = client.Strategy, SentTime = market.Now };
        int reason = Read(fields, ref command, out ReadOnlySpan<byte> fault);
        if (!fault.IsEmpty) return Refuse(client, message, reason, fault);

        int slot = orders.Add(client, name);
        if (slot == ExchangeOrders.None) return Refuse(client, message, FixCodes.Other, "The exchange remembers no more working orders."u8);
        ref ExchangeOrder order = ref orders[slot];
        order.Instrument = instrument;
        order.Side = command.Side;
        order.Type = command.Type;
        order.TimeInForce = command.TimeInForce;
        order.Quantity = order.Leaves = command.Quantity;
        order.Limit = command.LimitPrice;
        order.Stop = command.StopPrice;
        order.ExpireTime = command.ExpireTime;
        order.Changed = market.Now;
        order.Status = 'A';
        command.ClientOrderId = order.Id;
        Orders++;
        if (venue.Submit(command)) return MessageVerdict.Accepted;
        order.Status = '8';
        orders.Retire(client, slot);
        writer.Report(client, order, new ReportBody { ExecType = '8', ClOrdId = name, RejectReason = FixCodes.Other, Text = "The venue takes no more messages at the moment."u8 });
        return MessageVerdict.Accepted;
    }

    public MessageVerdict Cancel(ExchangeClient client, in FixMessage message)
    {
        int slot = Judge(client, message.Fields, isReplace: false, out ReadOnlySpan<byte> name);
        if (slot == ExchangeOrders.None) return MessageVerdict.Accepted;
        ref ExchangeOrder order = ref orders[slot];
        OrderCommand command = CommandOn(order, client, CommandKind.Cancel);
        Submit(client, slot, command, name, PendingRequest.Cancel);
        return MessageVerdict.Accepted;
    }

    public MessageVerdict Replace(ExchangeClient client, in FixMessage message)
    {
        FieldView fields = message.Fields;
        int slot = Judge(client, fields, isReplace: true, out ReadOnlySpan<byte> name);
        if (slot == ExchangeOrders.None) return MessageVerdict.Accepted;
        ref ExchangeOrder order = ref orders[slot];
        OrderCommand command = CommandOn(order, client, CommandKind.Replace);
        ReadOnlySpan<byte> fault = default;
        if (fields.GetQuantity(Tags.OrderQty, out command.Quantity) != FieldStatus.Ok) fault = "A replace needs the new OrderQty."u8;
        else if (order.HasLimit && !IsGiven(fields.GetPrice(Tags.Price, out command.LimitPrice), ref command.LimitPrice, order.Limit)) fault = "The new Price is no price."u8;
        else if (order.HasStop && !IsGiven(fields.GetPrice(Tags.StopPx, out command.StopPrice), ref command.StopPrice, order.Stop)) fault = "The new StopPx is no price."u8;
        else if (FixCodes.SideOf(fields.Get(Tags.Side)) != order.Side) fault = "A replace cannot change the side."u8;
        else if (fields.GetChar(Tags.OrdType, out char type) == FieldStatus.Ok && type != FixCodes.OfType(order.Type)) fault = "A replace cannot change the type."u8;
        else if (fields.GetChar(Tags.TimeInForce, out char time) == FieldStatus.Ok && time != FixCodes.OfTime(order.TimeInForce)) fault = "A replace cannot change the time in force."u8;
        if (!fault.IsEmpty)
        {
            RejectChange(client, isReplace: true, name, order, FixCodes.Other, fault);
            return MessageVerdict.Accepted;
        }

        order.PendingLimit = command.LimitPrice;
        order.PendingStop = command.StopPrice;
        Submit(client, slot, command, name, PendingRequest.Replace);
        return MessageVerdict.Accepted;
    }

    public MessageVerdict MassCancel(ExchangeClient client, in FixMessage message)
    {
        FieldView fields = message.Fields;
        bool isAll = fields.GetChar(Tags.MassCancelRequestType, out char type) == FieldStatus.Ok && type == '7';
        InstrumentId instrument = isAll ? InstrumentId.None : symbols.Find(fields);
        ReadOnlySpan<byte> fault = default;
        if (!isAll && type != '1') fault = "A mass cancel is of one symbol (530=1) or of all (530=7)."u8;
        else if (!isAll && instrument.IsNone) fault = "There is no such symbol here."u8;
        OrderSide side = FixCodes.SideOf(fields.Get(Tags.Side));
        int affected = 0;
        for (int slot = client.FirstOrder; slot != ExchangeOrders.None; slot = orders[slot].Next)
        {
            if ((isAll || orders[slot].Instrument == instrument) && (side == OrderSide.None || orders[slot].Side == side)) affected++;
        }

        OrderCommand command = new() { Kind = CommandKind.CancelAll, Instrument = instrument, Side = side, Strategy = client.Strategy, SentTime = market.Now };
        if (fault.IsEmpty && affected > 0 && !venue.Submit(command)) fault = "The venue takes no more messages at the moment."u8;
        writer.MassCancelReport(client, fields, fault.IsEmpty ? type : '0', fault.IsEmpty ? affected : 0, fault, market.Now);
        return MessageVerdict.Accepted;
    }

    private static bool IsGiven(FieldStatus status, ref Price price, Price otherwise)
    {
        if (status == FieldStatus.Missing) price = otherwise;
        return status is FieldStatus.Ok or FieldStatus.Missing;
    }

    /// <summary>Reads what a new order asks for; the answer is an OrdRejReason, and <paramref name="fault"/> empty when nothing is wrong.</summary>
    private static int Read(scoped FieldView fields, ref OrderCommand command, out ReadOnlySpan<byte> fault)
    {
        fault = default;
        command.Side = FixCodes.SideOf(fields.Get(Tags.Side));
        if (command.Side == OrderSide.None)
        {
            fault = "The side is 1 (buy), 2 (sell), 5 or 6 (sell short)."u8;
            return FixCodes.UnsupportedCharacteristic;
        }

        char time = '0';
        if (fields.GetChar(Tags.OrdType, out char type) != FieldStatus.Ok || !FixCodes.TryType(type, out command.Type)) fault = "This OrdType is not taken here."u8;
        else if (fields.GetChar(Tags.TimeInForce, out time) is not (FieldStatus.Ok or FieldStatus.Missing)) fault = "The TimeInForce is not one."u8;
        else if (!FixCodes.TryTime(time == '\0' ? '0' : time, out command.TimeInForce)) fault = "This TimeInForce is not taken here."u8;
        else if (!TryInstructions(fields, ref command)) fault = "An ExecInst taken here is 6 (participate don't initiate) or E (do not increase)."u8;
        if (!fault.IsEmpty) return FixCodes.UnsupportedCharacteristic;

        if (fields.GetQuantity(Tags.OrderQty, out command.Quantity) != FieldStatus.Ok || command.Quantity.Raw <= 0)
        {
            fault = "The OrderQty is missing or no positive number."u8;
            return FixCodes.IncorrectQuantity;
        }

        if (command.Type.NeedsLimitPrice() && fields.GetPrice(Tags.Price, out command.LimitPrice) != FieldStatus.Ok) fault = "This OrdType needs a Price."u8;
        else if (command.Type.NeedsStopPrice() && fields.GetPrice(Tags.StopPx, out command.StopPrice) != FieldStatus.Ok) fault = "This OrdType needs a StopPx."u8;
        else if (command.TimeInForce == TimeInForce.Gtd && fields.GetTimestamp(Tags.ExpireTime, out command.ExpireTime) != FieldStatus.Ok) fault = "A good-till-date order needs an ExpireTime."u8;
        return FixCodes.Other;
    }

    private static bool TryInstructions(scoped FieldView fields, ref OrderCommand command)
    {
        if (fields.GetQuantity(Tags.MaxFloor, out Quantity display) == FieldStatus.Ok) command.DisplayQuantity = display;
        if (!fields.TryGet(Tags.ExecInst, out ReadOnlySpan<byte> instructions)) return true;
        foreach (byte code in instructions)
        {
            if (code == ' ') continue;
            if (code is not ((byte)'6' or (byte)'E')) return false;
            command.Flags |= code == '6' ? OrderFlags.PostOnly : OrderFlags.ReduceOnly;
        }

        return true;
    }

    /// <summary>The order that a cancel or replace is of, none when it was refused.</summary>
    private int Judge(ExchangeClient client, FieldView fields, bool isReplace, out ReadOnlySpan<byte> name)
    {
        name = fields.Get(Tags.ClOrdID);
        ReadOnlySpan<byte> original = fields.Get(Tags.OrigClOrdID);
        int slot = orders.Find(client, original);
        if (slot == ExchangeOrders.None)
        {
            writer.CancelReject(client, isReplace, name, original, 0, '8', FixCodes.CancelUnknownOrder, "There is no such order of yours."u8, market.Now);
            return ExchangeOrders.None;
        }

        ref ExchangeOrder order = ref orders[slot];
        ReadOnlySpan<byte> fault = default;
        int reason = FixCodes.Other;
        if (name.Length > NameTable.TextBytes)
        {
            fault = "The ClOrdID is longer than 64 bytes."u8;
        }
        else if (orders.Find(client, name) != ExchangeOrders.None)
        {
            fault = "The ClOrdID was used before."u8;
            reason = FixCodes.DuplicateClOrdId;
        }
        else if (!order.IsWorking)
        {
            fault = "Too late: the order is done."u8;
            reason = FixCodes.TooLate;
        }
        else if (order.Pending != PendingRequest.None)
        {
            fault = "A request on the order is on its way."u8;
            reason = FixCodes.AlreadyPending;
        }

        if (fault.IsEmpty) return slot;
        RejectChange(client, isReplace, name, order, reason, fault);
        return ExchangeOrders.None;
    }

    private OrderCommand CommandOn(in ExchangeOrder order, ExchangeClient client, CommandKind kind) => new()
    {
        Kind = kind,
        ClientOrderId = order.Id,
        Instrument = order.Instrument,
        Strategy = client.Strategy,
        Side = order.Side,
        Type = order.Type,
        TimeInForce = order.TimeInForce,
        ExpireTime = order.ExpireTime,
        SentTime = market.Now,
    };

    private void Submit(ExchangeClient client, int slot, in OrderCommand command, scoped ReadOnlySpan<byte> name, PendingRequest request)
    {
        bool isReplace = request == PendingRequest.Replace;
        if (!orders.TryAddRequest(slot, name, request))
        {
            RejectChange(client, isReplace, name, orders[slot], FixCodes.Other, "The exchange remembers no more requests on working orders."u8);
            return;
        }

        if (venue.Submit(command)) return;
        RejectChange(client, isReplace, name, orders[slot], FixCodes.Other, "The venue takes no more messages at the moment."u8);
        orders.Settle(slot);
    }

    private void RejectChange(ExchangeClient client, bool isReplace, scoped ReadOnlySpan<byte> name, in ExchangeOrder order, int reason, scoped ReadOnlySpan<byte> text) =>
        writer.CancelReject(client, isReplace, name, orders.Names.TextOf(order.Name), writer.OrderIdOf(order), order.Status, reason, text, market.Now);

    private MessageVerdict Refuse(ExchangeClient client, in FixMessage message, int reason, scoped ReadOnlySpan<byte> text)
    {
        writer.Refuse(client, message, reason, text, market.Now);
        return MessageVerdict.Accepted;
    }
}
