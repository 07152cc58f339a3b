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
internal sealed class TickToOrder : TickWay
{
    private static readonly InstrumentId _instrument = new(0);

    private readonly FixMarketData _data;
    private readonly FixOrders _orders;
    private readonly FixSession _dataSession, _dataVenue, _orderSession, _orderVenue;
    private readonly TradingEngine<FixVenuePort, NoRecorder> _engine;
    private readonly List<MessageStore> _stores = [];
    private readonly MarketEvent[] _slots = new MarketEvent[256];
    private readonly string? _folder;

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

    public long Fills => _engine.Counters.Fills;

    public override void Dispose()
    {
        _data.Dispose();
        _orders.Dispose();
        foreach (MessageStore store in _stores) store.Dispose();
    }

    protected override int Answer(int length)
    {
        _dataSession.Receive(Wire.AsSpan(0, length), Now);
        _engine.Process(_slots.AsSpan(0, _data.Feed.Fill(_slots)));
        _orders.DoWork(Now);
        return _orderSession.Output.Length;
    }

    /// <summary>Bytes of the venue's session.</summary>
    protected override int WriteTick()
    {
        FixWriter tick = _dataVenue.Begin(MsgTypes.MarketDataIncrementalRefresh);
        WriteEntries(ref tick);
        _dataVenue.Send(ref tick);
        int length = _dataVenue.Output.Length;
        _dataVenue.Output.CopyTo(Wire);
        _dataVenue.Sent(length);
        return length;
    }

    protected override string WhyNot() => $"{_engine.Counters.Denied} orders were denied.";

    /// <summary>Subscriptions, the order at the venue, its fill in the books.</summary>
    protected override void Settle()
    {
        _data.DoWork(Now);
        while (Carry(_dataSession, _dataVenue) | Carry(_dataVenue, _dataSession) | Carry(_orderSession, _orderVenue) | Carry(_orderVenue, _orderSession))
        {
        }

        _orders.DoWork(Now);
        _engine.Poll(Now);
    }

    private bool Carry(FixSession from, FixSession to)
    {
        int length = from.Output.Length;
        if (length == 0) return false;
        from.Output.CopyTo(Wire);
        from.Sent(length);
        to.Receive(Wire.AsSpan(0, length), Now);
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
        FixSession initiator = new(settings, OpenStore(name), ours, Now);
        FixSession acceptor = new(other, new MemoryMessageStore(Now, MemoryMessageStore.MaxBytes), theirs, Now);
        acceptor.Connected(Now);
        initiator.Connected(Now);
        while (Carry(initiator, acceptor) | Carry(acceptor, initiator))
        {
        }

        return (initiator, acceptor);
    }

    private MessageStore OpenStore(string name)
    {
        MessageStore store = _folder is null
            ? new MemoryMessageStore(Now, MemoryMessageStore.MaxBytes)
            : FileMessageStore.Open(Path.Combine(_folder, name + FileMessageStore.Extension), Now);
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
