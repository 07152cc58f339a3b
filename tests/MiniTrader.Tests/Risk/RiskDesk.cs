using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;

namespace MiniTrader.Tests.Risk;

/// <summary>A ledger, a gate and a hand to move them: what the engine and a venue would do around each verdict.</summary>
internal sealed class RiskDesk
{
    public static readonly InstrumentId Spy = new(0);
    public static readonly InstrumentId Gold = new(1);

    public RiskDesk(string limits, KillSwitch? killSwitch = null)
        : this(RiskLimits.Parse(limits), killSwitch)
    {
    }

    public RiskDesk(RiskLimits limits, KillSwitch? killSwitch = null)
    {
        InstrumentTable instruments = new(
        [
            new Instrument { Symbol = "SPY", Venue = "XNAS" },
            new Instrument { Symbol = "GC", Venue = "XCEC", AssetClass = AssetClass.Future, TickSize = Price.Parse("0.1"), Multiplier = 100m, Currency = Currency.Eur },
        ]);
        AccountOptions options = new() { InitialCash = 100_000m, Rates = new Dictionary<Currency, decimal> { [Currency.Eur] = 1.25m } };
        Ledger = new Ledger(instruments, strategyCount: 2, options);
        Gate = new RiskGate(Ledger, limits, killSwitch);
    }

    public Ledger Ledger { get; }

    public RiskGate Gate { get; }

    public Timestamp Now { get; set; } = Timestamp.Parse("2024-01-02T15:00");

    /// <summary>Shows a trade, which becomes the mark.</summary>
    public void Trade(InstrumentId instrument, string price)
    {
        MarketEvent e = new()
        {
            Trade = new()
            {
                Header = new() { VenueTime = Now, ReceivedTime = Now, Instrument = instrument, Kind = EventKind.Trade, Flags = EventFlags.ForBoth },
                Price = Price.Parse(price),
                Size = Quantity.FromUnits(1),
            },
        };
        Ledger.Marks.Observe(in e);
    }

    /// <summary>A new limit order, or a market order where no limit is given.</summary>
    public OrderCommand Order(OrderSide side, string quantity, string? limit = null, InstrumentId? instrument = null, ushort strategy = 0)
    {
        if (!Ledger.Orders.TryReserve(out ClientOrderId id)) throw new InvalidOperationException("The order table is full.");
        return new()
        {
            Kind = CommandKind.New,
            ClientOrderId = id,
            Instrument = instrument ?? Spy,
            Strategy = new(strategy),
            Side = side,
            Type = limit is null ? OrderType.Market : OrderType.Limit,
            Quantity = Quantity.Parse(quantity),
            LimitPrice = limit is null ? Price.Zero : Price.Parse(limit),
        };
    }

    public static OrderCommand Replace(ClientOrderId id, string quantity, string price) => new()
    {
        Kind = CommandKind.Replace,
        ClientOrderId = id,
        Instrument = Spy,
        Quantity = Quantity.Parse(quantity),
        LimitPrice = Price.Parse(price),
    };

    public static OrderCommand Cancel(ClientOrderId id, ushort strategy = 0) =>
        new() { Kind = CommandKind.Cancel, ClientOrderId = id, Strategy = new(strategy), Instrument = Spy };

    /// <summary>Judges, and when the command may pass tells the ledger as the engine does.</summary>
    public ReasonCode Send(in OrderCommand command)
    {
        ReasonCode code = Gate.Check(in command, Now);
        if (code != ReasonCode.None) return code;
        if (command.Kind == CommandKind.New) Ledger.Register(in command);
        Ledger.OnSent(in command);
        return code;
    }

    public ReasonCode Buy(string quantity, string? limit = null, InstrumentId? instrument = null) => Send(Order(OrderSide.Buy, quantity, limit, instrument));

    public ReasonCode Sell(string quantity, string? limit = null, InstrumentId? instrument = null) => Send(Order(OrderSide.Sell, quantity, limit, instrument));

    /// <summary>Sends an order and fills it at once; how a test comes by a position.</summary>
    public void Fill(OrderSide side, string quantity, string price, InstrumentId? instrument = null)
    {
        OrderCommand order = Order(side, quantity, price, instrument);
        Ledger.Register(in order);
        Ledger.OnSent(in order);
        Report(order.ClientOrderId, ReportKind.Fill, quantity, price);
    }

    public bool Report(ClientOrderId id, ReportKind kind, string quantity = "0", string price = "0")
    {
        ref readonly OrderRecord order = ref Ledger.Orders[id.Slot];
        ExecutionReport report = new()
        {
            ClientOrderId = id,
            Instrument = order.Instrument,
            Strategy = order.Strategy,
            Side = order.Side,
            Kind = kind,
            VenueTime = Now,
            ReceivedTime = Now,
            LastQuantity = Quantity.Parse(quantity),
            LastPrice = Price.Parse(price),
        };
        return Ledger.Apply(in report);
    }
}
