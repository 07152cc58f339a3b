using BenchmarkDotNet.Attributes;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;

namespace MiniTrader.Benchmarks.Risk;

/// <summary>Nanoseconds of one verdict: a new limit order that passes every limit, one that is denied, and a cancel.</summary>
[MemoryDiagnoser]
public class RiskGateBenchmarks
{
    private RiskGate _gate = null!;
    private RiskGate _gateWithLoss = null!;
    private OrderCommand _allowed;
    private OrderCommand _denied;
    private OrderCommand _cancel;
    private Timestamp _now = Timestamp.Parse("2024-01-02T15:00");

    [GlobalSetup]
    public void SetUp()
    {
        InstrumentTable instruments = new([new Instrument { Symbol = "SPY", Venue = "XNAS" }]);
        Ledger ledger = new(instruments, 1, new AccountOptions());
        const string limits = "max-order-quantity=100,max-order-notional=100000,max-position=1000,collar-bps=200,collar-ticks=100,max-messages-per-second=1000";
        _gate = new RiskGate(ledger, RiskLimits.Parse(limits));
        _gateWithLoss = new RiskGate(ledger, RiskLimits.Parse(limits + ",max-daily-loss=5000"));

        MarketEvent quote = default;
        quote.Header.Kind = EventKind.Quote;
        (quote.Quote.Bid, quote.Quote.Ask) = (Price.Parse("449.99"), Price.Parse("450.01"));
        (quote.Quote.BidSize, quote.Quote.AskSize) = (Quantity.FromUnits(300), Quantity.FromUnits(200));
        ledger.Marks.Observe(in quote);

        // A position makes the loss a sum over something.
        OrderCommand first = Order(ledger, "100");
        ledger.Register(in first);
        ledger.OnSent(in first);
        ExecutionReport fill = new()
        {
            ClientOrderId = first.ClientOrderId,
            Side = OrderSide.Buy,
            Kind = ReportKind.Fill,
            LastQuantity = Quantity.FromUnits(100),
            LastPrice = Price.Parse("450"),
        };
        ledger.Apply(in fill);

        OrderCommand working = Order(ledger, "10");
        ledger.Register(in working);
        ledger.OnSent(in working);
        _cancel = new() { Kind = CommandKind.Cancel, ClientOrderId = working.ClientOrderId };
        _allowed = Order(ledger, "100");
        _denied = Order(ledger, "101");
    }

    [Benchmark(Baseline = true)]
    public ReasonCode New_order_allowed() => _gate.Check(in _allowed, _now += Timestamp.NanosecondsPerMillisecond);

    [Benchmark]
    public ReasonCode New_order_allowed_with_daily_loss() => _gateWithLoss.Check(in _allowed, _now += Timestamp.NanosecondsPerMillisecond);

    [Benchmark]
    public ReasonCode New_order_denied_by_quantity() => _gate.Check(in _denied, _now += Timestamp.NanosecondsPerMillisecond);

    [Benchmark]
    public ReasonCode Cancel() => _gate.Check(in _cancel, _now += Timestamp.NanosecondsPerMillisecond);

    private static OrderCommand Order(Ledger ledger, string quantity)
    {
        ledger.Orders.TryReserve(out ClientOrderId id);
        return new()
        {
            Kind = CommandKind.New,
            ClientOrderId = id,
            Side = OrderSide.Buy,
            Type = OrderType.Limit,
            Quantity = Quantity.Parse(quantity),
            LimitPrice = Price.Parse("450.01"),
        };
    }
}
