using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Engine;

/// <summary>An engine around one strategy that takes a position in the first instrument at its first quote, and a tape to write for it.</summary>
internal sealed class CarryRun
{
    private readonly List<MarketEvent> _events = [];
    private readonly Ledger _ledger;
    private readonly TradingEngine<SimulatedVenuePort, EntryRecorder> _engine;
    private readonly Taker _taker = new();
    private readonly List<LedgerEntry> _entries = [];

    public CarryRun(CarryOptions carry, params Instrument[] instruments)
        : this(carry, new MarginOptions(), VenueOptions.Instant, instruments)
    {
    }

    public CarryRun(CarryOptions carry, MarginOptions margin, params Instrument[] instruments)
        : this(carry, margin, VenueOptions.Instant, instruments)
    {
    }

    public CarryRun(CarryOptions carry, MarginOptions margin, VenueOptions venue, params Instrument[] instruments)
    {
        InstrumentTable table = new(instruments);
        _ledger = new Ledger(table, 1, new AccountOptions { InitialCash = 100_000m, Carry = carry });
        _engine = new(
            new EngineOptions { EquityInterval = 0, Margin = margin },
            _ledger,
            new RiskGate(_ledger, RiskLimits.Parse("collar-bps=off,max-order-notional=off,max-order-quantity=off,max-position=off")),
            [new StrategySeat(_taker, [])],
            new SimulatedVenuePort(new SimulatedVenue(table, venue with { Depth = DepthModel.Top, StaleAfterNanoseconds = 0 })),
            new EntryRecorder(_entries));
    }

    public IReadOnlyList<LedgerEntry> Entries => _entries;

    /// <summary>Why orders were cancelled, in turn.</summary>
    public IReadOnlyList<ReasonCode> Cancelled => _taker.Cancelled;

    public AccountSnapshot Account => _ledger.Account.Snapshot();

    public EngineCounters Counters => _engine.Counters;

    public ref readonly Position Position => ref _ledger.Total[new(0)];

    public int Working => _ledger.Total.WorkingOrders;

    public ref readonly Position Of(int instrument) => ref _ledger.Total[new(instrument)];

    /// <summary>Bid and ask are one price, so that taking costs nothing.</summary>
    public CarryRun Hold(long quantity, string price, string? limit = null)
    {
        _taker.Quantity = quantity;
        _taker.Limit = limit is null ? null : Price.Parse(limit);
        return Quote(0, price);
    }

    public CarryRun Quote(double milliseconds, string price, int instrument = 0)
    {
        MarketEvent e = Head(milliseconds, EventKind.Quote, instrument);
        e.Quote.Bid = e.Quote.Ask = Price.Parse(price);
        e.Quote.BidSize = e.Quote.AskSize = Quantity.FromUnits(1_000_000);
        _events.Add(e);
        return this;
    }

    public CarryRun Action(double milliseconds, CorporateActionKind kind, string amount = "0", string price = "0", long newUnits = 0, long oldUnits = 0)
    {
        MarketEvent e = Head(milliseconds, EventKind.CorporateAction, 0);
        (e.Action.Kind, e.Action.Amount, e.Action.Price, e.Action.NewUnits, e.Action.OldUnits) = (kind, Price.Parse(amount), Price.Parse(price), newUnits, oldUnits);
        _events.Add(e);
        return this;
    }

    public void Finish()
    {
        _engine.Process(_events.OrderBy(e => e.Header.DueTime).ToArray());
        _engine.Finish();
    }

    /// <summary>Equity by its parts is cash plus what the positions are worth: nothing was booked on one side only.</summary>
    public void AssertCashAgrees()
    {
        AccountSnapshot account = Account;
        decimal worth = 0;
        for (int i = 0; i < _ledger.Instruments.Count; i++)
        {
            ref readonly Position position = ref _ledger.Total[new(i)];
            decimal multiplier = _ledger.Instruments[i].Multiplier;
            worth += _ledger.Instruments[i].IsMarginSettled
                ? position.Unrealised(_ledger.Marks[new(i)].Value, multiplier)
                : position.MarketValue(_ledger.Marks[new(i)].Value, multiplier);
            Assert.Equal(_ledger.BookOf(new(0))[new(i)].Quantity, position.Quantity);
        }

        Assert.Equal(account.Equity, account.Cash + worth);
    }

    private static MarketEvent Head(double milliseconds, EventKind kind, int instrument)
    {
        MarketEvent e = default;
        e.Header.VenueTime = e.Header.ReceivedTime = Tape.At(milliseconds);
        e.Header.Kind = kind;
        e.Header.Flags = EventFlags.ForBoth;
        e.Header.Instrument = new(instrument);
        return e;
    }

    private sealed class Taker : Strategy
    {
        private bool _isDone;

        public long Quantity { get; set; }

        public Price? Limit { get; set; }

        public List<ReasonCode> Cancelled { get; } = [];

        public override void OnReport(in ExecutionReport report)
        {
            if (report.Kind == ReportKind.Cancelled) Cancelled.Add(report.Reason);
        }

        public override void OnQuote(in QuoteTick quote)
        {
            if (_isDone || quote.Instrument.Index != 0 || Quantity == 0) return;
            _isDone = true;
            if (Quantity > 0) Orders.Buy(new(0), MiniTrader.Model.Quantity.FromUnits(Quantity));
            else Orders.Sell(new(0), MiniTrader.Model.Quantity.FromUnits(-Quantity));
            if (Limit is { } limit) Orders.BuyLimit(new(0), MiniTrader.Model.Quantity.FromUnits(1), limit);
        }
    }

    /// <summary>Keeps the entries and nothing else.</summary>
    private readonly struct EntryRecorder(List<LedgerEntry> entries) : IRecorder
    {
        public bool RecordsMarket => false;

        public void OnEntry(in LedgerEntry entry, long eventNumber) => entries.Add(entry);

        public void OnMarket(in MarketEvent marketEvent)
        {
        }

        public void OnCommand(in OrderCommand command, ReasonCode denial, long eventNumber)
        {
        }

        public void OnDenial(in Denial denial, CommandKind kind, long eventNumber)
        {
        }

        public void OnReport(in ExecutionReport report, long eventNumber)
        {
        }

        public void OnTimer(in TimerTick timer, StrategyId strategy, long eventNumber)
        {
        }

        public void OnEquity(Timestamp time, in AccountSnapshot snapshot, long eventNumber)
        {
        }

        public void OnMark(Timestamp time, InstrumentId instrument, Price price, long eventNumber)
        {
        }
    }
}
