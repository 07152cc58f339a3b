using System.Buffers.Text;
using System.Globalization;
using HdrHistogram;
using MiniTrader.Fix;
using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.LoadTests;

/// <summary>
/// Many clients of an exchange and its drop copy, each a session of its own, on one thread. Every client keeps a number of orders under way for as
/// long as it is told: a third of them are market orders, the rest rest far from the market and are cancelled, some after a replace.
/// </summary>
internal sealed class LoadClients : FixApplication, IDisposable
{
    private const string DropCopy = "DROPCOPY";
    private const int NameDigits = 4;

    private readonly int _window;
    private readonly FixEngine _engine;
    private readonly AgentThread _thread;
    private readonly Dictionary<FixSession, int> _index = [];
    private readonly FixSession[] _sessions;
    private readonly ClientTally[] _own;
    private readonly ClientTally[] _copy;
    private readonly long[] _orders;
    private readonly int[] _underWay;
    private readonly long[] _sentAt;
    private long _copied;
    private long _heard;
    private int _loggedOn;
    private long _lost;
    private volatile bool _isSending;

    public LoadClients(int port, int clients, int window)
    {
        _window = window;
        string[] names = [.. Enumerable.Range(0, clients).Select(i => "C" + i.ToString("D4", CultureInfo.InvariantCulture)), DropCopy];
        SessionLimits limits = new() { MessageBytes = 1 << 14, Fields = 1 << 10, OutputBytes = 1 << 17, HeldMessages = 1 << 10, HeldBytes = 1 << 18 };
        _engine = new(
            [.. names.Select(name => new SessionSettings
            {
                Id = new() { BeginString = "FIX.4.4", SenderCompId = name, TargetCompId = "EXCHANGE" },
                ConnectionType = ConnectionType.Initiator,
                PersistMessages = false,
                Transport = new() { Connect = [new("127.0.0.1", port)], ReconnectInterval = 1 },
            })],
            this, limits);
        _sessions = [.. names.Select(n => _engine.Sessions.First(s => s.Id.SenderCompId == n))];
        for (int i = 0; i < _sessions.Length; i++) _index[_sessions[i]] = i;
        _own = new ClientTally[clients];
        _copy = new ClientTally[clients];
        _orders = new long[clients];
        _underWay = new int[clients];
        _sentAt = new long[clients];
        _thread = new("clients", _engine, new YieldingIdleStrategy());
        _thread.Start();
    }

    /// <summary>From an order of each client in turn to its first report.</summary>
    public LongHistogram Answers { get; } = new(TimeSpan.TicksPerMinute * 100, 3);

    public bool AreLoggedOn => Volatile.Read(ref _loggedOn) == _sessions.Length;

    public long Orders => _orders.Sum();

    public long Heard => Volatile.Read(ref _heard);

    public long Copied => Volatile.Read(ref _copied);

    /// <summary>Sessions lost on the way; reports that none of ours.</summary>
    public long Lost => Volatile.Read(ref _lost);

    public bool AreDone => !_isSending && _underWay.All(n => n == 0);

    public Exception? Fault => _thread.Fault;

    public IReadOnlyList<ClientTally> Own => _own;

    public IReadOnlyList<ClientTally> Copy => _copy;

    public void Send(bool isSending) => _isSending = isSending;

    public override void OnLogon(FixSession session) => _loggedOn++;

    public override void OnLogout(FixSession session)
    {
        _loggedOn--;
        _lost++;
    }

    public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
    {
        if (message.MsgType != MsgTypes.ExecutionReport) return MessageVerdict.Accepted;
        int client = _index[session];
        if (client == _own.Length)
        {
            ReadOnlySpan<byte> account = message.Fields.Get(Tags.Account);
            if (account.Length != NameDigits + 1 || !Utf8Parser.TryParse(account[1..], out int of, out _) || of >= _copy.Length) _lost++;
            else _copy[of].Add(in message);
            _copied++;
            return MessageVerdict.Accepted;
        }

        if (_sentAt[client] != 0)
        {
            Answers.RecordValue((session.Now.Nanoseconds - _sentAt[client]) is > 0 and var waited ? waited : 1);
            _sentAt[client] = 0;
        }

        _heard++;
        if (_own[client].Add(in message)) _underWay[client]--;
        return MessageVerdict.Accepted;
    }

    public override int DoWork(Timestamp now)
    {
        if (!_isSending) return 0;
        int sent = 0;
        for (int client = 0; client < _own.Length; client++)
        {
            while (_underWay[client] < _window && SendOne(_sessions[client], client, now)) sent++;
        }

        return sent;
    }

    public void Dispose()
    {
        _engine.RequestStop();
        _thread.Wait();
        _thread.Dispose();
        _engine.Dispose();
    }

    private bool SendOne(FixSession session, int client, Timestamp now)
    {
        // An order and what follows it find room together, or wait together.
        if (!session.IsLoggedOn || session.Output.Length > 1 << 15) return false;
        long number = ++_orders[client];
        bool isMarket = number % 3 == 0, isBuy = number % 2 == 0;
        Write(session, MsgTypes.NewOrderSingle, number * 4, 0, isMarket, isBuy, 5, now);
        _underWay[client]++;
        if (_sentAt[client] == 0) _sentAt[client] = now.Nanoseconds;
        if (isMarket) return true;
        bool isReplaced = number % 6 == 1;
        if (isReplaced) Write(session, MsgTypes.OrderCancelReplaceRequest, (number * 4) + 1, number * 4, isMarket, isBuy, 4, now);
        Write(session, MsgTypes.OrderCancelRequest, (number * 4) + 2, (number * 4) + (isReplaced ? 1 : 0), isMarket, isBuy, 5, now);
        return true;
    }

    private static void Write(FixSession session, ulong type, long name, long original, bool isMarket, bool isBuy, int units, Timestamp now)
    {
        FixWriter order = session.Begin(type);
        order.Int(Tags.ClOrdID, name);
        if (type != MsgTypes.OrderCancelRequest)
        {
            order.Int(Tags.OrderQty, units);
            order.Char(Tags.OrdType, isMarket ? '1' : '2');
        }

        if (original != 0) order.Int(Tags.OrigClOrdID, original);
        if (type != MsgTypes.OrderCancelRequest && !isMarket) order.Decimal(Tags.Price, isBuy ? new Price(1_000_000_000) : new Price(100_000_000_000_000));
        order.Char(Tags.Side, isBuy ? '1' : '2');
        order.Text(Tags.Symbol, "GEN1"u8);
        order.Time(Tags.TransactTime, now);
        if (session.Send(ref order) != SendStatus.Sent) throw new InvalidOperationException($"{session.Id} did not take a message that there was room for.");
    }
}
