using System.Diagnostics;
using HdrHistogram;
using MiniTrader.Engine;
using MiniTrader.Fix;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Strategies;

namespace MiniTrader.LoadTests;

/// <summary>
/// The whole way of a live session but for the sockets, on one thread: a market data session, the engine with its risk gate and books, a strategy that
/// answers each quote with an order, and the order session. The venue at the other ends fills what it gets, outside of the measured time.
/// </summary>
internal sealed class TickToOrder : IDisposable
{
    private static readonly InstrumentId _instrument = new(0);

    private readonly FixMarketData _data;
    private readonly FixOrders _orders;
    private readonly FixSession _dataSession, _dataVenue, _orderSession, _orderVenue;
    private readonly TradingEngine<FixVenuePort, NoRecorder> _engine;
    private readonly List<MessageStore> _stores = [];
    private readonly MarketEvent[] _slots = new MarketEvent[256];
    private readonly byte[] _wire = new byte[1 << 16];
    private Timestamp _now = Timestamp.Parse("2026-11-23T10:00:00Z");
    private readonly string? _folder;
    private long _round;

    /// <param name="folder">Where our sessions keep their messages; null for memory.</param>
    public TickToOrder(string? folder)
    {
        _folder = folder;
        InstrumentTable instruments = new([new Instrument { Symbol = "MSFT", Venue = "X" }]);
        WireInstruments names = new(instruments);
        FixDialect dialect = FixDialects.Fix44 with { MarketData = new() { Depth = 1, HasRptSeq = true } };
        _data = new(new() { Dialect = dialect, Instruments = names, Subscribed = [_instrument], RingSlots = 1_024 });
        _orders = new(new() { Dialect = dialect, Instruments = names, OrderPrefix = "LOAD" });
        (_dataSession, _dataVenue) = Connect("DATA", _data, new DataVenue());
        (_orderSession, _orderVenue) = Connect("ORDERS", _orders, new FillingVenue());
        Ledger ledger = new(instruments, 1, new AccountOptions());
        RiskGate risk = new(ledger, RiskLimits.Parse("max-messages-per-second=off,max-position=1000000"));
        _engine = new(new EngineOptions(), ledger, risk, [new StrategySeat(new Answering(), [])], new FixVenuePort(_orders.Venue), default);
        Settle();
        FixWriter snapshot = _dataVenue.Begin(MsgTypes.MarketDataSnapshot);
        snapshot.Raw("55=MSFT\u000183=0\u0001268=2\u0001269=0\u0001270=101.24\u0001271=500\u0001269=1\u0001270=101.26\u0001271=500\u0001"u8);
        _dataVenue.Send(ref snapshot);
        Settle();
        _engine.Process(_slots.AsSpan(0, _data.Feed.Fill(_slots)));
        Settle();
    }

    public int TickBytes { get; private set; }

    public int OrderBytes { get; private set; }

    public long Fills => _engine.Counters.Fills;

    public void Run(int rounds, LongHistogram? histogram)
    {
        double perTick = 1e9 / Stopwatch.Frequency;
        for (int i = 0; i < rounds; i++)
        {
            int length = WriteTick();
            long start = Stopwatch.GetTimestamp();
            _dataSession.Receive(_wire.AsSpan(0, length), _now);
            _engine.Process(_slots.AsSpan(0, _data.Feed.Fill(_slots)));
            _orders.DoWork(_now);
            int sent = _orderSession.Output.Length;
            long end = Stopwatch.GetTimestamp();
            if (sent == 0) throw new InvalidOperationException($"Tick {_round} was not answered with an order: {_engine.Counters.Denied} were denied.");
            histogram?.RecordValue(Math.Max(1, (long)((end - start) * perTick)));
            (TickBytes, OrderBytes) = (length, sent);
            Settle();
        }
    }

    public void Dispose()
    {
        _data.Dispose();
        _orders.Dispose();
        foreach (MessageStore store in _stores) store.Dispose();
    }

    /// <summary>An increment of two entries, new best bid and ask, as bytes of the venue's session.</summary>
    private int WriteTick()
    {
        _now += 20_000_000;
        _round++;
        long size = 100 + (_round % 900);
        FixWriter tick = _dataVenue.Begin(MsgTypes.MarketDataIncrementalRefresh);
        tick.Time(Tags.TransactTime, _now);
        tick.Int(Tags.NoMDEntries, 2);
        for (int side = 0; side < 2; side++)
        {
            tick.Char(Tags.MDUpdateAction, '1');
            tick.Char(Tags.MDEntryType, (char)('0' + side));
            tick.Text(Tags.Symbol, "MSFT"u8);
            tick.Decimal(Tags.MDEntryPx, new Price((101_240_000_000 + (side * 20_000_000L)) + (_round % 2 * 10_000_000L)));
            tick.Decimal(Tags.MDEntrySize, Quantity.FromUnits(size));
            tick.Int(Tags.RptSeq, (_round * 2) - 1 + side);
        }

        _dataVenue.Send(ref tick);
        int length = _dataVenue.Output.Length;
        _dataVenue.Output.CopyTo(_wire);
        _dataVenue.Sent(length);
        return length;
    }

    /// <summary>Everything that is on its way arrives: subscriptions, the order at the venue, its fill in the books.</summary>
    private void Settle()
    {
        _data.DoWork(_now);
        while (Carry(_dataSession, _dataVenue) | Carry(_dataVenue, _dataSession) | Carry(_orderSession, _orderVenue) | Carry(_orderVenue, _orderSession))
        {
        }

        _orders.DoWork(_now);
        _engine.Poll(_now);
    }

    private bool Carry(FixSession from, FixSession to)
    {
        int length = from.Output.Length;
        if (length == 0) return false;
        from.Output.CopyTo(_wire);
        from.Sent(length);
        to.Receive(_wire.AsSpan(0, length), _now);
        return true;
    }

    private (FixSession Ours, FixSession Theirs) Connect(string name, FixApplication ours, FixApplication theirs)
    {
        SessionSettings settings = new()
        {
            Id = new() { BeginString = "FIX.4.4", SenderCompId = "MT" + name, TargetCompId = "VENUE" },
            ConnectionType = ConnectionType.Initiator,
            CheckLatency = false,
        };
        SessionSettings other = settings with { Id = settings.Id with { SenderCompId = "VENUE", TargetCompId = "MT" + name }, ConnectionType = ConnectionType.Acceptor };
        FixSession initiator = new(settings, OpenStore(name), ours, _now);
        FixSession acceptor = new(other, new MemoryMessageStore(_now, MemoryMessageStore.MaxBytes), theirs, _now);
        acceptor.Connected(_now);
        initiator.Connected(_now);
        while (Carry(initiator, acceptor) | Carry(acceptor, initiator))
        {
        }

        return (initiator, acceptor);
    }

    private MessageStore OpenStore(string name)
    {
        MessageStore store = _folder is null
            ? new MemoryMessageStore(_now, MemoryMessageStore.MaxBytes)
            : FileMessageStore.Open(Path.Combine(_folder, name + FileMessageStore.Extension), _now);
        _stores.Add(store);
        return store;
    }

    /// <summary>Buys and sells in turn at the other side's price, one order for each quote.</summary>
    private sealed class Answering : Strategy
    {
        private bool _hasBought;

        public override void OnQuote(in QuoteTick quote)
        {
            _hasBought = !_hasBought;
            if (_hasBought) Orders.BuyLimit(_instrument, Quantity.FromUnits(100), quote.Ask, TimeInForce.Ioc);
            else Orders.SellLimit(_instrument, Quantity.FromUnits(100), quote.Bid, TimeInForce.Ioc);
        }
    }

    private sealed class DataVenue : FixApplication
    {
        public override MessageVerdict OnMessage(FixSession session, in FixMessage message) => MessageVerdict.Accepted;
    }

    private sealed class FillingVenue : FixApplication
    {
        private long _executions;

        public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
        {
            FixWriter report = session.Begin(MsgTypes.ExecutionReport);
            report.Text(Tags.ClOrdID, message.Fields.Get(Tags.ClOrdID));
            report.Int(Tags.ExecID, ++_executions);
            report.Text(Tags.LastPx, message.Fields.Get(Tags.Price));
            report.Text(Tags.LastQty, message.Fields.Get(Tags.OrderQty));
            report.Int(Tags.OrderID, _executions);
            report.Char(Tags.OrdStatus, '2');
            report.Char(Tags.ExecType, 'F');
            return session.Send(ref report) == SendStatus.Sent ? MessageVerdict.Accepted : MessageVerdict.Busy;
        }
    }
}
