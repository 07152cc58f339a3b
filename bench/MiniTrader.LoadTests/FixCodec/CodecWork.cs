using System.Globalization;
using System.Text;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.LoadTests;

/// <summary>The messages that the codec is measured on, and what is done to them: all that an order needs of its report, and an order as it is sent.</summary>
internal sealed class CodecWork
{
    private readonly FixParser _parser = new();
    private readonly byte[] _report = BuildReport();
    private readonly byte[] _buffer = new byte[1024];
    private readonly HeaderTemplate _header = new("FIX.4.4", [(Tags.SenderCompID, "MINITRADER"), (Tags.TargetCompID, "BROKER")]);
    private Timestamp _now = Timestamp.Parse("2026-11-22T10:00:00.123Z");
    private long _number = 100_000;

    /// <summary>The report that is parsed.</summary>
    public ReadOnlySpan<byte> Report => _report;

    /// <summary>Bytes of the last order that was written.</summary>
    public int OrderBytes { get; private set; }

    /// <summary>Frames, checks and indexes the report.</summary>
    public long Parse() => _parser.Parse(_report, out FixMessage message, out _) == ParseStatus.Message ? message.Fields.Count : throw Broken();

    /// <summary>The same, and reads the ten values that bring a fill to its order.</summary>
    public long ParseAndRead()
    {
        if (_parser.Parse(_report, out FixMessage message, out _) != ParseStatus.Message) throw Broken();
        FieldView fields = message.Fields;
        bool isRead = fields.GetInt(Tags.ClOrdID, out long order) == FieldStatus.Ok
            & fields.GetChar(Tags.ExecType, out char type) == FieldStatus.Ok
            & fields.GetChar(Tags.OrdStatus, out char status) == FieldStatus.Ok
            & fields.GetChar(Tags.Side, out char side) == FieldStatus.Ok
            & fields.GetPrice(Tags.LastPx, out Price price) == FieldStatus.Ok
            & fields.GetQuantity(Tags.LastQty, out Quantity quantity) == FieldStatus.Ok
            & fields.GetQuantity(Tags.CumQty, out Quantity filled) == FieldStatus.Ok
            & fields.GetQuantity(Tags.LeavesQty, out Quantity leaves) == FieldStatus.Ok
            & fields.GetTimestamp(Tags.TransactTime, out Timestamp time) == FieldStatus.Ok
            & fields.TryGet(Tags.ExecID, out ReadOnlySpan<byte> id);
        if (!isRead || message.MsgType != MsgTypes.ExecutionReport) throw Broken();
        return order + type + status + side + price.Raw + quantity.Raw + filled.Raw + leaves.Raw + time.Nanoseconds + id.Length;
    }

    /// <summary>A limit order with header, body length and checksum.</summary>
    public long Write()
    {
        _now += 1_000_000;
        _number++;
        FixWriter writer = new(_buffer, _header);
        writer.Begin(MsgTypes.NewOrderSingle, _number, _now);
        writer.Int(Tags.ClOrdID, _number);
        writer.Decimal(Tags.OrderQty, Quantity.FromUnits(100));
        writer.Char(Tags.OrdType, '2');
        writer.Decimal(Tags.Price, new Price(450_250_000_000 + (_number % 100 * 10_000_000)));
        writer.Char(Tags.Side, '1');
        writer.Text(Tags.Symbol, "SPY"u8);
        writer.Char(Tags.TimeInForce, '0');
        writer.Time(Tags.TransactTime, _now);
        OrderBytes = writer.End().Length;
        return OrderBytes;
    }

    private static byte[] BuildReport()
    {
        const string body = "35=8|34=4712|49=BRK|52=20261122-10:00:00.123|56=MT|6=450.25|11=123456789|14=60|17=E-77123|31=450.25|32=40|"
            + "37=O-12345|38=100|39=1|54=1|55=SPY|60=20261122-10:00:00.122|150=F|151=40|";
        string text = $"8=FIX.4.4|9={body.Length}|{body}".Replace('|', '\u0001');
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text}10={Checksum.Of(Encoding.ASCII.GetBytes(text)):D3}\u0001"));
    }

    private static InvalidOperationException Broken() => new("The codec did not read its own sample.");
}
