using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MiniTrader.Fix;
using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.EndToEnd.Fix.Cpp;

/// <summary>Our side: a FIX engine on a thread of its own, sending what the test puts into a queue, and a small venue where it is the acceptor.</summary>
internal sealed class TradingParty : FixApplication, IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<Action<FixSession>> _work = new();
    private readonly BlockingCollection<string> _lines = [];
    private readonly List<string> _seen = [];
    private readonly Dictionary<string, long> _resting = [];
    private readonly FixEngine _engine;
    private readonly AgentThread _thread;
    private readonly bool _isVenue;
    private long _executions;

    public TradingParty(string folder, int port, bool isVenue, TransportSettings? transport = null)
    {
        _isVenue = isVenue;
        SessionSettings settings = new()
        {
            Id = new() { BeginString = "FIX.4.4", SenderCompId = isVenue ? "VENUE" : "CLIENT", TargetCompId = isVenue ? "CLIENT" : "VENUE" },
            ConnectionType = isVenue ? ConnectionType.Acceptor : ConnectionType.Initiator,
            Transport = transport ?? new() { Accept = new("127.0.0.1", port), Connect = [new("127.0.0.1", port)], ReconnectInterval = 1 },
            FileStorePath = Path.Combine(folder, "our-store"),
            FileLogPath = Path.Combine(folder, "our-log"),
            Username = new("someone"),
            Password = new("hush-hush"),
        };
        _engine = new([settings], this);
        _thread = new("fix", _engine, new YieldingIdleStrategy());
        _thread.Start();
    }

    /// <summary>Runs on the FIX thread.</summary>
    public void Do(Action<FixSession> work) => _work.Enqueue(work);

    public void Order(string id, string symbol, long quantity) => Do(session =>
    {
        FixWriter order = session.Begin(MsgTypes.NewOrderSingle);
        order.Text(Tags.ClOrdID, id);
        order.Char(Tags.HandlInst, '1');
        order.Int(Tags.OrderQty, quantity);
        order.Char(Tags.OrdType, '1');
        order.Char(Tags.Side, '1');
        order.Text(Tags.Symbol, symbol);
        order.Time(Tags.TransactTime, session.Now);
        session.Send(ref order);
    });

    public void Change(ulong type, string id, string orig, long quantity) => Do(session =>
    {
        FixWriter change = session.Begin(type);
        change.Text(Tags.ClOrdID, id);
        change.Int(Tags.OrderQty, quantity);
        change.Text(Tags.OrigClOrdID, orig);
        change.Char(Tags.Side, '1');
        change.Text(Tags.Symbol, "X");
        change.Time(Tags.TransactTime, session.Now);
        session.Send(ref change);
    });

    public override void OnLogon(FixSession session) => _lines.Add("LOGON");

    public override void OnLogout(FixSession session) => _lines.Add("LOGOUT");

    public override void OnSessionMessage(FixSession session, in FixMessage message) => _lines.Add("ADMIN " + Text(in message));

    public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
    {
        _lines.Add("IN " + Text(in message));
        if (_isVenue) Answer(session, in message);
        return MessageVerdict.Accepted;
    }

    public override int DoWork(Timestamp now)
    {
        int count = 0;
        while (_work.TryDequeue(out Action<FixSession>? work))
        {
            work(_engine.Sessions[0]);
            count++;
        }

        return count;
    }

    /// <summary>The first line from now on that holds all of these parts.</summary>
    public string Await(params string[] parts)
    {
        using CancellationTokenSource limit = new(_limit);
        try
        {
            while (true)
            {
                string line = _lines.Take(limit.Token);
                _seen.Add(line);
                if (parts.All(p => line.Contains(p, StringComparison.Ordinal))) return line;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No line with {string.Join(", ", parts)} came. These did:\n{string.Join('\n', _seen)}");
        }
    }

    public void Dispose()
    {
        _engine.RequestStop();
        Exception? fault = _thread.Wait();
        _thread.Dispose();
        _engine.Dispose();
        _lines.Dispose();
        if (fault is not null) throw fault;
    }

    private static string Text(in FixMessage message) => Encoding.Latin1.GetString(message.Bytes).Replace('\u0001', '|');

    private void Answer(FixSession session, in FixMessage message)
    {
        string id = Encoding.ASCII.GetString(message.Fields.Get(Tags.ClOrdID));
        string orig = Encoding.ASCII.GetString(message.Fields.Get(Tags.OrigClOrdID));
        message.Fields.GetInt(Tags.OrderQty, out long quantity);
        if (message.MsgType == MsgTypes.NewOrderSingle)
        {
            string symbol = Encoding.ASCII.GetString(message.Fields.Get(Tags.Symbol));
            if (symbol == "REJECT")
            {
                Report(session, id, "", '8', '8', 0, 0);
                return;
            }

            Report(session, id, "", '0', '0', 0, quantity);
            if (symbol == "PART") Report(session, id, "", 'F', '1', quantity / 2, quantity);
            if (symbol is "FILL" or "PART") Report(session, id, "", 'F', '2', quantity, quantity);
            else _resting[id] = quantity;
            return;
        }

        bool isCancel = message.MsgType == MsgTypes.OrderCancelRequest;
        if (!_resting.Remove(orig, out long rested))
        {
            FixWriter reject = session.Begin(MsgTypes.OrderCancelReject);
            reject.Text(Tags.ClOrdID, id);
            reject.Text(Tags.OrderID, "NONE"u8);
            reject.Char(Tags.OrdStatus, '8');
            reject.Text(Tags.OrigClOrdID, orig);
            reject.Char(Tags.CxlRejReason, '1');
            reject.Char(Tags.CxlRejResponseTo, isCancel ? '1' : '2');
            session.Send(ref reject);
            return;
        }

        if (!isCancel) _resting[id] = quantity;
        Report(session, id, orig, isCancel ? '4' : '5', isCancel ? '4' : '0', 0, isCancel ? rested : quantity);
    }

    private void Report(FixSession session, string id, string orig, char execType, char status, long filled, long quantity)
    {
        FixWriter report = session.Begin(MsgTypes.ExecutionReport);
        report.Int(Tags.AvgPx, 0);
        report.Text(Tags.ClOrdID, id);
        report.Int(Tags.CumQty, filled);
        report.Int(Tags.ExecID, ++_executions);
        report.Text(Tags.OrderID, "V" + id);
        report.Char(Tags.OrdStatus, status);
        if (orig.Length > 0) report.Text(Tags.OrigClOrdID, orig);
        report.Char(Tags.Side, '1');
        report.Text(Tags.Symbol, "X"u8);
        report.Char(Tags.ExecType, execType);
        report.Int(Tags.LeavesQty, status is '4' or '8' ? 0 : quantity - filled);
        session.Send(ref report);
    }
}
