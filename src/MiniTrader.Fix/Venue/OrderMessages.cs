using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>Writes what we ask of a venue, by ascending tag, in its dialect. The FIX thread only; no memory after the constructor.</summary>
internal sealed class OrderMessages
{
    private readonly FixDialect _dialect;
    private readonly WireInstruments _instruments;
    private readonly ClOrdIdText _names;
    private readonly byte[] _account;
    private readonly byte[] _securityIdSource;
    private readonly char[] _orderTypes = new char[256];
    private readonly char[] _timesInForce = new char[256];

    public OrderMessages(FixVenueOptions options)
    {
        _dialect = options.Dialect;
        _instruments = options.Instruments;
        _names = new ClOrdIdText(options.OrderPrefix);
        _account = Encoding.UTF8.GetBytes(options.Account);
        _securityIdSource = Encoding.ASCII.GetBytes(_dialect.SecurityIdSource);
        foreach ((OrderType type, char letter) in _dialect.OrderTypes) _orderTypes[(int)type] = letter;
        foreach ((TimeInForce time, char letter) in _dialect.TimesInForce) _timesInForce[(int)time] = letter;
    }

    /// <summary>Why the dialect cannot say a command; none when it can.</summary>
    public ReasonCode Check(in OrderCommand command)
    {
        if (_instruments.NameOf(command.Instrument).IsEmpty) return ReasonCode.InvalidInstrument;
        if (_orderTypes[(int)command.Type] == 0) return ReasonCode.UnsupportedOrderType;
        if (_timesInForce[(int)command.TimeInForce] == 0) return ReasonCode.UnsupportedTimeInForce;
        if (command.Trigger != TriggerSource.Default) return ReasonCode.UnsupportedTrigger;

        // What no field carries is refused here, because the venue would take the order without it.
        bool isFlagUnknown = (command.Flags & (OrderFlags.Hidden | OrderFlags.PostOnlyReprice)) != 0
            || !command.Protection.IsZero || !command.Offset.IsZero || !command.ActivationPrice.IsZero
            || !command.Parent.IsNone || command.ListId != 0 || command.Contingency != Contingency.None || command.SelfTrade != SelfTradePrevention.None
            || ((command.Flags & OrderFlags.PostOnly) != 0 && _dialect.PostOnly == PostOnlyStyle.None)
            || ((command.Flags & OrderFlags.ReduceOnly) != 0 && !_dialect.HasReduceOnly)
            || (command.DisplayQuantity.IsPositive && _dialect.DisplayQuantityTag == 0);
        return isFlagUnknown ? ReasonCode.UnsupportedFlag : ReasonCode.None;
    }

    public void WriteNew(ref FixWriter writer, in OrderCommand command, Timestamp now)
    {
        WriteAccount(ref writer);
        WriteName(ref writer, Tags.ClOrdID, command.ClientOrderId, 0);
        WriteTerms(ref writer, in command, isReplace: false, command.ClientOrderId, 0, default, now);
    }

    public void WriteReplace(ref FixWriter writer, in VenueOrder order, in OrderCommand asked, int request, Timestamp now)
    {
        WriteAccount(ref writer);
        WriteName(ref writer, Tags.ClOrdID, asked.ClientOrderId, request);
        WriteTerms(ref writer, in asked, isReplace: true, asked.ClientOrderId, order.CurrentRequest, OrderIdOf(in order), now);
    }

    public void WriteCancel(ref FixWriter writer, in VenueOrder order, int request, Timestamp now)
    {
        ref readonly OrderCommand command = ref order.Command;
        if (_dialect.SendsOrderDetailsInCancel) WriteAccount(ref writer);
        WriteName(ref writer, Tags.ClOrdID, command.ClientOrderId, request);
        if (_dialect.NamesInstrumentInCancel) WriteSource(ref writer);
        WriteOrderId(ref writer, in order);
        if (_dialect.SendsOrderDetailsInCancel) writer.Decimal(Tags.OrderQty, command.Quantity);
        WriteOriginal(ref writer, command.ClientOrderId, order.CurrentRequest, OrderIdOf(in order));
        bool isNamed = _dialect.NamesInstrumentInCancel;
        if (isNamed && _dialect.Naming == InstrumentNaming.SecurityId) writer.Text(Tags.SecurityID, _instruments.NameOf(command.Instrument));
        if (_dialect.SendsOrderDetailsInCancel) WriteSide(ref writer, in command);
        if (isNamed && _dialect.Naming == InstrumentNaming.Symbol) writer.Text(Tags.Symbol, _instruments.NameOf(command.Instrument));
        if (_dialect.SendsTransactTime) writer.Time(Tags.TransactTime, now);
    }

    public void WriteStatusRequest(ref FixWriter writer, in VenueOrder order)
    {
        ref readonly OrderCommand command = ref order.Command;
        WriteAccount(ref writer);
        WriteName(ref writer, Tags.ClOrdID, command.ClientOrderId, order.CurrentRequest);
        WriteSource(ref writer);
        WriteOrderId(ref writer, in order);
        WriteInstrumentAndSide(ref writer, in command);
    }

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
        WriteAccount(ref writer);
        writer.Time(Tags.TransactTime, now);
        writer.Int(Tags.PosReqID, request);
        writer.Date(Tags.ClearingBusinessDate, now);
        writer.Int(Tags.PosReqType, 0);
    }

    public bool TryReadName(ReadOnlySpan<byte> text, out ClientOrderId order, out int request) => _names.TryRead(text, out order, out request);

    private void WriteTerms(ref FixWriter writer, in OrderCommand command, bool isReplace, ClientOrderId name, int original, scoped ReadOnlySpan<byte> orderId, Timestamp now)
    {
        bool isPostOnly = (command.Flags & OrderFlags.PostOnly) != 0, isReduceOnly = (command.Flags & OrderFlags.ReduceOnly) != 0;
        if (isPostOnly || isReduceOnly) WriteExecInst(ref writer, isPostOnly, isReduceOnly);
        if (_dialect.SendsHandlInst) writer.Char(Tags.HandlInst, '1');
        WriteSource(ref writer);
        if (isReplace && _dialect.SendsOrderId && !_dialect.NamesOrdersItself && !orderId.IsEmpty) writer.Text(Tags.OrderID, orderId);
        writer.Decimal(Tags.OrderQty, command.Quantity);
        writer.Char(Tags.OrdType, _orderTypes[(int)command.Type]);
        if (isReplace) WriteOriginal(ref writer, name, original, orderId);
        if (HasLimit(command.Type)) writer.Decimal(Tags.Price, command.LimitPrice);
        WriteInstrumentAndSide(ref writer, in command);
        writer.Char(Tags.TimeInForce, _timesInForce[(int)command.TimeInForce]);
        if (_dialect.SendsTransactTime) writer.Time(Tags.TransactTime, now);
        if (HasStop(command.Type)) writer.Decimal(Tags.StopPx, command.StopPrice);
        bool hasDisplay = command.DisplayQuantity.IsPositive;
        if (hasDisplay && _dialect.DisplayQuantityTag == Tags.MaxFloor) writer.Decimal(Tags.MaxFloor, command.DisplayQuantity);
        if (command.TimeInForce == TimeInForce.Gtd) writer.Time(Tags.ExpireTime, command.ExpireTime);
        if (hasDisplay && _dialect.DisplayQuantityTag == Tags.DisplayQty) writer.Decimal(Tags.DisplayQty, command.DisplayQuantity);
    }

    private void WriteExecInst(ref FixWriter writer, bool isPostOnly, bool isReduceOnly)
    {
        byte post = _dialect.PostOnly == PostOnlyStyle.NoCross ? (byte)'A' : (byte)'6';
        if (isPostOnly && isReduceOnly) writer.Text(Tags.ExecInst, [post, (byte)' ', (byte)'E']);
        else writer.Char(Tags.ExecInst, isPostOnly ? (char)post : 'E');
    }

    private void WriteName(ref FixWriter writer, int tag, ClientOrderId order, int request)
    {
        Span<byte> text = stackalloc byte[ClOrdIdText.BytesMax];
        writer.Text(tag, text[.._names.Write(text, order, request)]);
    }

    private void WriteOriginal(ref FixWriter writer, ClientOrderId order, int request, scoped ReadOnlySpan<byte> venueName)
    {
        if (_dialect.NamesOrdersItself && !venueName.IsEmpty) writer.Text(Tags.OrigClOrdID, venueName);
        else WriteName(ref writer, Tags.OrigClOrdID, order, request);
    }

    private void WriteAccount(ref FixWriter writer)
    {
        if (_account.Length > 0) writer.Text(Tags.Account, _account);
    }

    private void WriteSource(ref FixWriter writer)
    {
        if (_dialect.Naming == InstrumentNaming.SecurityId) writer.Text(Tags.SecurityIDSource, _securityIdSource);
    }

    private void WriteOrderId(ref FixWriter writer, in VenueOrder order)
    {
        ReadOnlySpan<byte> id = OrderIdOf(in order);
        if (_dialect.SendsOrderId && !_dialect.NamesOrdersItself && !id.IsEmpty) writer.Text(Tags.OrderID, id);
    }

    private void WriteInstrumentAndSide(ref FixWriter writer, in OrderCommand command)
    {
        ReadOnlySpan<byte> name = _instruments.NameOf(command.Instrument);
        if (_dialect.Naming == InstrumentNaming.SecurityId) writer.Text(Tags.SecurityID, name);
        WriteSide(ref writer, in command);
        if (_dialect.Naming == InstrumentNaming.Symbol) writer.Text(Tags.Symbol, name);
    }

    private static void WriteSide(ref FixWriter writer, in OrderCommand command) => writer.Char(Tags.Side, command.Side == OrderSide.Buy ? '1' : '2');

    private static ReadOnlySpan<byte> OrderIdOf(in VenueOrder order) => ((ReadOnlySpan<byte>)order.OrderId)[..order.OrderIdLength];

    private static bool HasLimit(OrderType type) => type is OrderType.Limit or OrderType.StopLimit or OrderType.LimitIfTouched;

    private static bool HasStop(OrderType type) => type is OrderType.Stop or OrderType.StopLimit or OrderType.MarketIfTouched or OrderType.LimitIfTouched;
}
