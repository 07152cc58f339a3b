using System.Text;
using MiniTrader.Exchange;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>
/// The exchange behind its sessions: who comes in, which desk a message is for, and in which order market, venue and reports take their turns.
/// All of it is on one thread, the one that drives the sessions and matches.
/// </summary>
internal sealed class ExchangeApplication : FixApplication
{
    // How much of the market is shown between two looks at the sockets.
    private const int EventsPerRound = 256;
    private const long DropCopyPatience = 2 * Timestamp.NanosecondsPerSecond;

    private readonly ExchangeOptions _options;
    private readonly SessionLimits _limits;
    private readonly SimulatedVenue _venue;
    private readonly Dictionary<FixSession, ExchangeClient> _bySession = [];
    private readonly List<ExchangeClient> _clients = [];
    private readonly MarketReplay _market;
    private readonly ExecutionWriter _writer;
    private readonly ReportDesk _reports;
    private readonly OrderRequestDesk _orders;
    private readonly StatusDesk _status;
    private readonly MarketDataDesk _marketData;
    private readonly SecurityDesk _securities;
    private readonly bool _admits;
    private int _admitted;
    private int _loggedOn;
    private long _refused;
    private bool _hasSaidOver;
    private int _copyWaits;
    private Timestamp _copyWaitsSince;

    public ExchangeApplication(InstrumentTable instruments, IFeed feed, SimulatedVenue venue, ExchangeOptions options, SessionLimits limits, bool admits, long firstId)
    {
        (_options, _limits, _venue, _admits) = (options, limits, venue, admits);
        SymbolTable symbols = new(instruments);
        ExchangeOrders orders = new(options.OrderCapacity);
        _market = new(feed, options);
        _writer = new(symbols, firstId);
        _reports = new(venue, orders, _clients, _writer);
        _orders = new(venue, orders, symbols, _writer, _market);
        _status = new(orders, symbols, _writer, _market, limits.OutputBytes);
        _marketData = new(venue, symbols, new(symbols, _writer), new(symbols, _writer), _clients, options.SubscriptionCapacity, limits.OutputBytes);
        _securities = new(symbols, _writer, _market, limits.OutputBytes);
    }

    public ExchangeCounts Counts => new()
    {
        Clients = _loggedOn,
        Refused = _refused,
        Orders = _orders.Orders,
        Executions = _writer.Executions,
        Fills = _reports.Fills,
        MarketEvents = _market.Events,
        SlowDisconnects = _writer.SlowDisconnects,
        SkippedTrades = _marketData.SkippedTrades,
        Undelivered = _writer.Undelivered,
        MarketIsOver = _market.IsOver,
    };

    /// <summary>Makes a session known before it logs on, so that what it is to hear is stored for it.</summary>
    public void AddClient(FixSession session)
    {
        ExchangeClient client = new(_clients.Count, session) { IsDropCopy = session.Id.TargetCompId == _options.DropCopy };
        _clients.Add(client);
        _bySession.Add(session, client);
        if (client.IsDropCopy) _writer.DropCopy = client;
    }

    public override SessionSettings? Admit(in FixMessage logon)
    {
        string version = Encoding.UTF8.GetString(logon.BeginString);
        string name = Encoding.UTF8.GetString(logon.Fields.Get(Tags.SenderCompID));
        bool isOurs = Encoding.UTF8.GetString(logon.Fields.Get(Tags.TargetCompID)) == _options.CompId;
        bool isFree = name.Length is > 0 and <= 64 && name != _options.DropCopy && _admitted < _options.ClientCapacity;
        if (!_admits || !isOurs || !isFree || version is not ("FIX.4.2" or "FIX.4.4"))
        {
            _refused++;
            return null;
        }

        _admitted++;
        return ExchangeSession.SettingsOf(_options, version, name);
    }

    public override void OnLogon(FixSession session)
    {
        if (!_bySession.ContainsKey(session)) AddClient(session);
        ExchangeClient client = _bySession[session];
        if (client.HasLoggedOn) return;
        client.HasLoggedOn = true;
        _loggedOn++;
    }

    public override void OnLogout(FixSession session)
    {
        if (!_bySession.TryGetValue(session, out ExchangeClient? client)) return;
        _marketData.UnsubscribeAll(client);
        client.StatusTotal = client.ListCursor = 0;
        client.WantsSessionStatus = false;
    }

    public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
    {
        ExchangeClient client = _bySession[session];
        if (client.IsDropCopy) return MessageVerdict.UnsupportedType;

        // Answers find room, and the venue has said all that was due, or the message waits.
        if (client.IsBehind(_limits.OutputBytes) || IsCopyBehind(session.Now) || !TakeReports()) return MessageVerdict.Busy;
        MessageVerdict verdict = message.MsgType switch
        {
            MsgTypes.NewOrderSingle => _orders.New(client, in message),
            MsgTypes.OrderCancelRequest => _orders.Cancel(client, in message),
            MsgTypes.OrderCancelReplaceRequest => _orders.Replace(client, in message),
            MsgTypes.OrderMassCancelRequest => _orders.MassCancel(client, in message),
            MsgTypes.OrderStatusRequest => _status.One(client, in message),
            MsgTypes.OrderMassStatusRequest => _status.Mass(client, in message),
            MsgTypes.MarketDataRequest => _marketData.Request(client, in message),
            MsgTypes.SecurityListRequest => _securities.List(client, in message),
            MsgTypes.TradingSessionStatusRequest => _securities.SessionStatus(client, in message),
            _ => MessageVerdict.UnsupportedType,
        };
        TakeReports();
        return verdict;
    }

    /// <summary>Market data is of the moment: what a client missed is a gap, and it asks for a snapshot.</summary>
    public override bool MayResend(FixSession session, in FixMessage message) =>
        message.MsgType is not (MsgTypes.MarketDataSnapshot or MsgTypes.MarketDataIncrementalRefresh);

    public override int DoWork(Timestamp now)
    {
        if (IsCopyBehind(now)) return 0;
        int work = _marketData.CatchUp();
        for (int i = 0; i < EventsPerRound; i++)
        {
            _market.Advance(now);
            if (!_market.HasBegun || !TakeReports() || !_market.TryPeek(out MarketEvent due)) break;
            _market.Taken();
            if ((due.Header.Flags & EventFlags.ForVenue) != 0) _venue.OnMarket(due);
            _marketData.OnMarket(due);
            work++;
        }

        if (_market.IsOver && !_hasSaidOver) End();
        return work;
    }

    private void End()
    {
        _hasSaidOver = true;
        _venue.OnEnd(_market.Now);
        _marketData.OnEnd();
        TakeReports();
        _securities.SayStatus(_clients);
    }

    private bool TakeReports() => _reports.TryTakeAll(_market.Now, _limits.OutputBytes);

    /// <summary>Whether the drop copy has to catch up first. One that takes nothing at all for a while is hung up on.</summary>
    private bool IsCopyBehind(Timestamp now)
    {
        if (_writer.DropCopy is not { } copy || !copy.IsBehind(_limits.OutputBytes))
        {
            _copyWaits = 0;
            return false;
        }

        int waits = copy.Session.Output.Length;
        if (waits != _copyWaits)
        {
            _copyWaits = waits;
            _copyWaitsSince = now;
        }
        else if (now - _copyWaitsSince > DropCopyPatience)
        {
            _writer.GiveUp(copy);
            return false;
        }

        return true;
    }
}
