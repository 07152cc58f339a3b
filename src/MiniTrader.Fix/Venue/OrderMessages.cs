using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>Writes what we ask of a venue, by ascending tag, in its dialect. The FIX thread only; no memory after the constructor.</summary>
internal sealed class OrderMessages
{
    /// <summary>An order is only sent when this request of it could still be named, so that what works can be cancelled.</summary>
    private const int RequestsAhead = 1_000;

    private readonly FixDialect _dialect;
    private readonly DialectTable _table;
    private readonly WireInstruments _instruments;
    private readonly ClOrdIdText _names;
    private readonly byte[] _account;
    private readonly byte[] _securityIdSource;
    private readonly TimestampText _seconds = new(TimestampPrecision.Seconds);

    public OrderMessages(FixVenueOptions options)
    {
        _dialect = options.Dialect;
        _table = new DialectTable(_dialect);
        _instruments = options.Instruments;
        _names = new ClOrdIdText(options.OrderPrefix, _dialect.OrderNames);
        _account = Encoding.UTF8.GetBytes(options.Account);
        _securityIdSource = Encoding.ASCII.GetBytes(_dialect.SecurityIdSource);
    }

    /// <summary>Why the dialect cannot say a new order; none when it can.</summary>
    public ReasonCode Check(in OrderCommand command)
    {
        if (_instruments.NameOf(command.Instrument).IsEmpty) return ReasonCode.InvalidInstrument;
        ReasonCode reason = _table.Check(in command);
        return reason == ReasonCode.None && !CanName(command.ClientOrderId, RequestsAhead) ? ReasonCode.VenueCapacity : reason;
    }

    /// <summary>Why the dialect cannot say a replace of an order; none when it can.</summary>
    public ReasonCode CheckReplace(in VenueOrder order) => !_dialect.HasReplace ? ReasonCode.TechnicalReject
        : _table.IsReplaceable(order.Command.Type) ? ReasonCode.None : ReasonCode.UnsupportedOrderType;

    /// <summary>Whether the venue takes the name of a request.</summary>
    public bool CanName(ClientOrderId order, int request) => _names.LengthOf(order, request) <= _dialect.OrderNameLengthMax;

    public void WriteNew(ref FixWriter writer, in OrderCommand command, Timestamp now)
    {
        WriteAccount(ref writer, RequestFields.Account);
        WriteName(ref writer, Tags.ClOrdID, command.ClientOrderId, 0);
        RequestFields fields = _dialect.SendsTransactTime ? RequestFields.All : RequestFields.All & ~RequestFields.TransactTime;
        WriteTerms(ref writer, in command, fields & ~RequestFields.OrderId, default, now, isReplace: false, default);
    }

    public void WriteReplace(ref FixWriter writer, in VenueOrder order, in OrderCommand asked, int request, Timestamp now)
    {
        RequestFields fields = _dialect.ReplaceFields;
        WriteAccount(ref writer, fields);
        WriteRequestName(ref writer, in order, request);
        WriteTerms(ref writer, in asked, fields, OrderIdOf(in order), now, isReplace: true, in order);
    }

    public void WriteCancel(ref FixWriter writer, in VenueOrder order, int request, Timestamp now)
    {
        ref readonly OrderCommand command = ref order.Command;
        RequestFields fields = _dialect.CancelFields;
        WriteAccount(ref writer, fields);
        WriteRequestName(ref writer, in order, request);
        WriteSource(ref writer, fields);
        WriteOrderId(ref writer, fields, OrderIdOf(in order));
        if (Has(fields, RequestFields.Quantity)) writer.Decimal(Tags.OrderQty, command.Quantity);
        WriteOriginal(ref writer, in order);
        WriteInstrumentAndSide(ref writer, in command, fields);
        if (Has(fields, RequestFields.TransactTime)) writer.Time(Tags.TransactTime, now);
    }

    /// <summary>What is asked of one order, in a message of <see cref="StatusRequestType"/>.</summary>
    public void WriteStatusRequest(ref FixWriter writer, in VenueOrder order)
    {
        ref readonly OrderCommand command = ref order.Command;
        if (_dialect.OrderStatus == OrderStatusStyle.MassOfOne)
        {
            WriteStatusOfOne(ref writer, in order);
            return;
        }

        RequestFields fields = _dialect.StatusFields;
        WriteAccount(ref writer, fields);
        WriteName(ref writer, Tags.ClOrdID, command.ClientOrderId, order.CurrentRequest);
        WriteSource(ref writer, fields);
        WriteOrderId(ref writer, fields, OrderIdOf(in order));
        WriteInstrumentAndSide(ref writer, in command, fields);
    }

    public ulong StatusRequestType => _dialect.OrderStatus == OrderStatusStyle.MassOfOne ? MsgTypes.OrderMassStatusRequest : MsgTypes.OrderStatusRequest;

    public static void WriteMassStatusRequest(ref FixWriter writer, long request)
    {
        writer.Int(Tags.MassStatusReqID, request);
        writer.Int(Tags.MassStatusReqType, 7);
    }

    public static void WriteMassCancel(ref FixWriter writer, long request, Timestamp now)
    {
        writer.Int(Tags.ClOrdID, request);
        writer.Time(Tags.TransactTime, now);
        writer.Char(Tags.MassCancelRequestType, '7');
    }

    public void WritePositionRequest(ref FixWriter writer, long request, Timestamp now)
    {
        const int onCustomerSide = 1;
        bool isStandard = _dialect.Positions == PositionRequestStyle.Standard;
        if (isStandard)
        {
            WriteAccount(ref writer, RequestFields.Account);
            writer.Time(Tags.TransactTime, now);
            if (_account.Length > 0) writer.Int(Tags.AccountType, onCustomerSide);
        }

        writer.Int(Tags.PosReqID, request);
        if (isStandard) writer.Date(Tags.ClearingBusinessDate, now);
        if (_dialect.Positions != PositionRequestStyle.Bare) writer.Int(Tags.PosReqType, 0);
    }

    public bool TryReadName(ReadOnlySpan<byte> text, out ClientOrderId order, out int request) => _names.TryRead(text, out order, out request);

    /// <summary>The venue's name where it is known; ours, said to be ours, and the symbol where not.</summary>
    private void WriteStatusOfOne(ref FixWriter writer, in VenueOrder order)
    {
        const int orderIdType = 9014;
        ReadOnlySpan<byte> id = OrderIdOf(in order);
        if (id.IsEmpty) WriteInstrumentAndSide(ref writer, in order.Command, RequestFields.Instrument);
        if (id.IsEmpty) WriteName(ref writer, Tags.MassStatusReqID, order.Command.ClientOrderId, order.CurrentRequest);
        else writer.Text(Tags.MassStatusReqID, id);
        writer.Int(Tags.MassStatusReqType, id.IsEmpty ? 7 : 1);
        if (id.IsEmpty) writer.Int(orderIdType, 1);
    }

    private void WriteTerms(
        ref FixWriter writer, in OrderCommand command, RequestFields fields, scoped ReadOnlySpan<byte> orderId, Timestamp now, bool isReplace, in VenueOrder original)
    {
        bool hasConditions = Has(fields, RequestFields.Conditions), hasDisplay = hasConditions && command.DisplayQuantity.IsPositive;
        if (hasConditions) WriteExecInst(ref writer, command.Flags);
        if (hasConditions && _dialect.SendsHandlInst) writer.Char(Tags.HandlInst, '1');
        WriteSource(ref writer, fields);
        WriteOrderId(ref writer, fields, orderId);
        writer.Decimal(Tags.OrderQty, command.Quantity);
        if (Has(fields, RequestFields.OrderType)) writer.Char(Tags.OrdType, _table.LetterOf(command.Type));
        if (isReplace) WriteOriginal(ref writer, in original);
        if (command.Type.NeedsLimitPrice()) writer.Decimal(Tags.Price, command.LimitPrice);
        WriteInstrumentAndSide(ref writer, in command, fields);
        if (Has(fields, RequestFields.TimeInForce) && _table.SaysTime(in command)) writer.Char(Tags.TimeInForce, _table.LetterOf(command.TimeInForce));
        if (Has(fields, RequestFields.TransactTime)) writer.Time(Tags.TransactTime, now);
        bool isTriggered = command.Type.NeedsStopPrice();
        if (isTriggered && _dialect.Trigger != TriggerStyle.TriggerPrice) writer.Decimal(Tags.StopPx, command.StopPrice);
        if (hasDisplay && _dialect.DisplayQuantityTag == Tags.MaxFloor) writer.Decimal(Tags.MaxFloor, command.DisplayQuantity);
        if (Has(fields, RequestFields.ExpireTime) && command.TimeInForce == TimeInForce.Gtd) WriteExpiry(ref writer, command.ExpireTime);
        if (isTriggered && Has(fields, RequestFields.OrderType)) WriteTrigger(ref writer, in command);
        if (hasDisplay && _dialect.DisplayQuantityTag == Tags.DisplayQty) writer.Decimal(Tags.DisplayQty, command.DisplayQuantity);
    }

    private void WriteExecInst(ref FixWriter writer, OrderFlags flags)
    {
        bool isPostOnly = (flags & OrderFlags.PostOnly) != 0, isReduceOnly = (flags & OrderFlags.ReduceOnly) != 0;
        if (!isPostOnly)
        {
            if (isReduceOnly) writer.Char(Tags.ExecInst, 'E');
        }
        else if (_dialect.PostOnly == PostOnlyStyle.ParticipateOrReject) writer.Text(Tags.ExecInst, isReduceOnly ? "6AE"u8 : "6A"u8);
        else if (_dialect.PostOnly == PostOnlyStyle.NoCross) writer.Text(Tags.ExecInst, isReduceOnly ? "A E"u8 : "A"u8);
        else writer.Text(Tags.ExecInst, isReduceOnly ? "6 E"u8 : "6"u8);
    }

    /// <summary>A stop to buy waits for the price to rise, one that waits for a touch for it to fall; sales the other way.</summary>
    private void WriteTrigger(ref FixWriter writer, in OrderCommand command)
    {
        if (_dialect.Trigger == TriggerStyle.StopPx) return;
        if (_dialect.Trigger == TriggerStyle.TriggerPrice)
        {
            const int onPriceMovement = 4, activates = 1;
            writer.Int(Tags.TriggerType, onPriceMovement);
            writer.Int(Tags.TriggerAction, activates);
            writer.Decimal(Tags.TriggerPrice, command.StopPrice);
            const int ofLastTrade = 2;
            writer.Int(Tags.TriggerPriceType, ofLastTrade);
        }

        bool isTouch = command.Type is OrderType.MarketIfTouched or OrderType.LimitIfTouched;
        writer.Char(Tags.TriggerPriceDirection, command.Side == OrderSide.Buy != isTouch ? 'U' : 'D');
    }

    private void WriteExpiry(ref FixWriter writer, Timestamp time)
    {
        if (!_dialect.ExpiresAtSeconds)
        {
            writer.Time(Tags.ExpireTime, time);
            return;
        }

        Span<byte> text = stackalloc byte[TimestampText.BytesMax];
        _seconds.TryWrite(text, time);
        writer.Text(Tags.ExpireTime, text[.._seconds.Length]);
    }

    private void WriteName(ref FixWriter writer, int tag, ClientOrderId order, int request)
    {
        Span<byte> text = stackalloc byte[ClOrdIdText.BytesMax];
        writer.Text(tag, text[.._names.Write(text, order, request)]);
    }

    /// <summary>The name of a cancel or a replace. Where the venue names orders itself a request has none, and the order's own stands there until its is known.</summary>
    private void WriteRequestName(ref FixWriter writer, in VenueOrder order, int request)
    {
        if (!_dialect.NamesOrdersItself) WriteName(ref writer, Tags.ClOrdID, order.Command.ClientOrderId, request);
        else if (order.OrderIdLength == 0) WriteName(ref writer, Tags.ClOrdID, order.Command.ClientOrderId, 0);
    }

    private void WriteOriginal(ref FixWriter writer, in VenueOrder order)
    {
        if (!_dialect.NamesOrdersItself) WriteName(ref writer, Tags.OrigClOrdID, order.Command.ClientOrderId, order.CurrentRequest);
        else if (order.OrderIdLength > 0) writer.Text(Tags.OrigClOrdID, OrderIdOf(in order));
    }

    private void WriteAccount(ref FixWriter writer, RequestFields fields)
    {
        if (_account.Length > 0 && Has(fields, RequestFields.Account)) writer.Text(Tags.Account, _account);
    }

    private void WriteSource(ref FixWriter writer, RequestFields fields)
    {
        if (_dialect.Naming == InstrumentNaming.SecurityId && Has(fields, RequestFields.Instrument)) writer.Text(Tags.SecurityIDSource, _securityIdSource);
    }

    private void WriteOrderId(ref FixWriter writer, RequestFields fields, scoped ReadOnlySpan<byte> id)
    {
        if (Has(fields, RequestFields.OrderId) && !_dialect.NamesOrdersItself && !id.IsEmpty) writer.Text(Tags.OrderID, id);
    }

    private void WriteInstrumentAndSide(ref FixWriter writer, in OrderCommand command, RequestFields fields)
    {
        ReadOnlySpan<byte> name = _instruments.NameOf(command.Instrument);
        bool isNamed = Has(fields, RequestFields.Instrument);
        if (isNamed && _dialect.Naming == InstrumentNaming.SecurityId) writer.Text(Tags.SecurityID, name);
        if (Has(fields, RequestFields.Side)) writer.Char(Tags.Side, command.Side == OrderSide.Buy ? '1' : '2');
        if (isNamed && _dialect.Naming == InstrumentNaming.Symbol) writer.Text(Tags.Symbol, name);
    }

    private static bool Has(RequestFields fields, RequestFields one) => (fields & one) != 0;

    private static ReadOnlySpan<byte> OrderIdOf(in VenueOrder order) => ((ReadOnlySpan<byte>)order.OrderId)[..order.OrderIdLength];
}
