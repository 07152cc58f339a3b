using BenchmarkDotNet.Attributes;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Benchmarks.Fix;

/// <summary>Nanoseconds and bytes of the codec's parts: parse a report, read one price of it, write an order, check an order against the built-in table.</summary>
[MemoryDiagnoser]
public class FixCodecBenchmarks
{
    private readonly FixParser _parser = new();
    private readonly MessageValidator _validator = new(FixDictionary.BuiltIn);
    private readonly HeaderTemplate _header = new("FIX.4.4", [(Tags.SenderCompID, "MINITRADER"), (Tags.TargetCompID, "BROKER")]);
    private readonly byte[] _buffer = new byte[1024];
    private byte[] _report = [];
    private Timestamp _now = Timestamp.Parse("2026-11-22T10:00:00.123Z");

    [GlobalSetup]
    public void SetUp()
    {
        FixWriter writer = new(_buffer, _header);
        writer.Begin(MsgTypes.ExecutionReport, 4712, _now);
        writer.Int(Tags.ClOrdID, 123_456_789);
        writer.Decimal(Tags.CumQty, Quantity.FromUnits(60));
        writer.Text(Tags.ExecID, "E-77123"u8);
        writer.Decimal(Tags.LastPx, Price.Parse("450.25"));
        writer.Decimal(Tags.LastQty, Quantity.FromUnits(40));
        writer.Text(Tags.OrderID, "O-12345"u8);
        writer.Char(Tags.OrdStatus, '1');
        writer.Char(Tags.Side, '1');
        writer.Text(Tags.Symbol, "SPY"u8);
        writer.Time(Tags.TransactTime, _now);
        writer.Char(Tags.ExecType, 'F');
        writer.Decimal(Tags.LeavesQty, Quantity.FromUnits(40));
        _report = writer.End().ToArray();
    }

    [Benchmark(Baseline = true)]
    public int Parse()
    {
        _parser.Parse(_report, out FixMessage message, out _);
        return message.Fields.Count;
    }

    [Benchmark]
    public long Parse_and_read_a_price()
    {
        _parser.Parse(_report, out FixMessage message, out _);
        message.Fields.GetPrice(Tags.LastPx, out Price price);
        return price.Raw;
    }

    [Benchmark]
    public bool Parse_and_validate()
    {
        _parser.Parse(_report, out FixMessage message, out _);
        return _validator.Validate(message).IsOk;
    }

    [Benchmark]
    public int Write_an_order()
    {
        FixWriter writer = new(_buffer, _header);
        writer.Begin(MsgTypes.NewOrderSingle, 4712, _now += 1_000);
        writer.Int(Tags.ClOrdID, 123_456_789);
        writer.Decimal(Tags.OrderQty, Quantity.FromUnits(100));
        writer.Char(Tags.OrdType, '2');
        writer.Decimal(Tags.Price, new Price(450_250_000_000));
        writer.Char(Tags.Side, '1');
        writer.Text(Tags.Symbol, "SPY"u8);
        writer.Time(Tags.TransactTime, _now);
        return writer.End().Length;
    }
}
