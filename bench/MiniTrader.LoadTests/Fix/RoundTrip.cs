using System.Diagnostics;
using HdrHistogram;
using MiniTrader.Fix;
using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.LoadTests;

/// <summary>
/// A client and a venue, each a FIX engine on a thread of its own, over TCP on this machine: NewOrderSingle there, ExecutionReport back. Everything that
/// a live session has is in the way: parsing, sequence numbers, store, socket.
/// </summary>
internal sealed class RoundTrip : OrderRoundTrip
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minitrader-roundtrip-").FullName;
    private readonly FixEngine _venueEngine;
    private readonly FixEngine _clientEngine;
    private readonly AgentThread _venueThread;
    private readonly AgentThread _clientThread;
    private readonly Client _client = new();

    public RoundTrip(bool spin, bool toFile)
    {
        SessionSettings venue = new()
        {
            Id = new() { BeginString = "FIX.4.4", SenderCompId = "VENUE", TargetCompId = "CLIENT" },
            ConnectionType = ConnectionType.Acceptor,
            Transport = new() { Accept = new("127.0.0.1", 0) },
            FileStorePath = toFile ? Path.Combine(_folder, "venue") : null,
        };
        _venueEngine = new([venue], new Venue()) { BusySpin = spin };
        SessionSettings client = venue with
        {
            Id = new() { BeginString = "FIX.4.4", SenderCompId = "CLIENT", TargetCompId = "VENUE" },
            ConnectionType = ConnectionType.Initiator,
            Transport = new() { Connect = [new("127.0.0.1", _venueEngine.Ports[0])], ReconnectInterval = 1 },
            FileStorePath = toFile ? Path.Combine(_folder, "client") : null,
        };
        _clientEngine = new([client], _client) { BusySpin = spin };
        IdleStrategy idle = spin ? new BusySpinIdleStrategy() : new YieldingIdleStrategy();
        _venueThread = new("venue", _venueEngine, idle);
        _clientThread = new("client", _clientEngine, idle);
        _venueThread.Start();
        _clientThread.Start();
        while (!_client.IsReady) Thread.Sleep(1);
    }

    public override void Dispose()
    {
        _clientEngine.RequestStop();
        _clientThread.Wait();
        _venueEngine.RequestStop();
        _venueThread.Wait();
        _clientThread.Dispose();
        _venueThread.Dispose();
        _clientEngine.Dispose();
        _venueEngine.Dispose();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    protected override void Run(int orders, int window, LongHistogram? histogram) => _client.Run(orders, window, histogram);

    private sealed class Client : FixApplication, IDisposable
    {
        private readonly ManualResetEventSlim _done = new();
        private FixSession? _session;
        private LongHistogram? _histogram;
        private long _sentAt;
        private int _toSend;
        private int _window;
        private int _answered;
        private int _sent;
        private volatile bool _isRunning;
        private volatile bool _isReady;

        public bool IsReady => _isReady;

        public void Dispose() => _done.Dispose();

        public void Run(int orders, int window, LongHistogram? histogram)
        {
            (_toSend, _window, _histogram, _sent, _answered) = (orders, window, histogram, 0, 0);
            _done.Reset();
            _isRunning = true;
            _done.Wait();
        }

        public override void OnLogon(FixSession session)
        {
            _session = session;
            _isReady = true;
        }

        public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
        {
            _histogram?.RecordValue((Stopwatch.GetTimestamp() - _sentAt) * (1_000_000_000 / Stopwatch.Frequency));
            if (++_answered == _toSend)
            {
                _isRunning = false;
                _done.Set();
            }
            else SendOrders(session);
            return MessageVerdict.Accepted;
        }

        public override int DoWork(Timestamp now) => _isRunning && _session is { IsLoggedOn: true } session ? SendOrders(session) : 0;

        private int SendOrders(FixSession session)
        {
            int count = 0;
            while (_sent < _toSend && _sent - _answered < _window)
            {
                _sentAt = Stopwatch.GetTimestamp();
                FixWriter order = session.Begin(MsgTypes.NewOrderSingle);
                order.Int(Tags.ClOrdID, 1_000_000 + _sent);
                order.Char(Tags.HandlInst, '1');
                order.Decimal(Tags.OrderQty, new Quantity(100_000_000_000));
                order.Char(Tags.OrdType, '2');
                order.Decimal(Tags.Price, new Price(101_250_000_000));
                order.Char(Tags.Side, '1');
                order.Text(Tags.Symbol, "MSFT"u8);
                order.Char(Tags.TimeInForce, '0');
                order.Time(Tags.TransactTime, session.Now);
                if (session.Send(ref order) != SendStatus.Sent) break;
                _sent++;
                count++;
            }

            return count;
        }
    }

    private sealed class Venue : FixApplication
    {
        private long _executions;

        public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
        {
            message.Fields.GetDecimal(Tags.Price, out long price);
            message.Fields.GetDecimal(Tags.OrderQty, out long quantity);
            FixWriter report = session.Begin(MsgTypes.ExecutionReport);
            report.Decimal(Tags.AvgPx, price);
            report.Text(Tags.ClOrdID, message.Fields.Get(Tags.ClOrdID));
            report.Decimal(Tags.CumQty, quantity);
            report.Int(Tags.ExecID, ++_executions);
            report.Decimal(Tags.LastPx, price);
            report.Decimal(Tags.LastQty, quantity);
            report.Int(Tags.OrderID, _executions);
            report.Decimal(Tags.OrderQty, quantity);
            report.Char(Tags.OrdStatus, '2');
            report.Char(Tags.Side, '1');
            report.Text(Tags.Symbol, message.Fields.Get(Tags.Symbol));
            report.Time(Tags.TransactTime, session.Now);
            report.Char(Tags.ExecType, 'F');
            report.Int(Tags.LeavesQty, 0);
            return session.Send(ref report) == SendStatus.OutputFull ? MessageVerdict.Busy : MessageVerdict.Accepted;
        }
    }
}
