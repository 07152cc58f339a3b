using System.Diagnostics;
using System.Globalization;
using HdrHistogram;
using QuickFix;
using QuickFix.Fields;
using QuickFix.Store;
using QuickFix.Transport;
using Fix44 = QuickFix.FIX44;

namespace MiniTrader.LoadTests;

/// <summary>What <see cref="RoundTrip"/> does, with QuickFIX/n at both ends: stores in memory, no log, no data dictionary, TCP_NODELAY.</summary>
internal sealed class QuickFixRoundTrip : OrderRoundTrip
{
    private readonly ThreadedSocketAcceptor _acceptor;
    private readonly SocketInitiator _initiator;
    private readonly Client _client = new();

    public QuickFixRoundTrip()
    {
        int port = FreePort();
        SessionSettings venue = Settings("acceptor", "VENUE", "CLIENT", $"SocketAcceptHost=127.0.0.1\nSocketAcceptPort={port}");
        SessionSettings client = Settings("initiator", "CLIENT", "VENUE", $"SocketConnectHost=127.0.0.1\nSocketConnectPort={port}\nReconnectInterval=1");
        _acceptor = new(new Venue(), new MemoryStoreFactory(), venue, logFactory: null);
        _initiator = new(_client, new MemoryStoreFactory(), client, logFactoryNullable: null);
        _acceptor.Start();
        _initiator.Start();
        while (!_client.IsReady) Thread.Sleep(1);
    }

    public override void Dispose()
    {
        _initiator.Stop();
        _acceptor.Stop();
        _initiator.Dispose();
        _acceptor.Dispose();
        _client.Dispose();
    }

    protected override void Run(int orders, int window, LongHistogram? histogram) => _client.Run(orders, window, histogram);

    private static int FreePort()
    {
        using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static SessionSettings Settings(string type, string sender, string target, string more) => new(new StringReader(string.Create(CultureInfo.InvariantCulture, $"""
        [DEFAULT]
        ConnectionType={type}
        NonStopSession=Y
        HeartBtInt=30
        UseDataDictionary=N
        SocketNodelay=Y
        {more}
        [SESSION]
        BeginString=FIX.4.4
        SenderCompID={sender}
        TargetCompID={target}
        """)));

    private sealed class Client : QuickFixParty, IDisposable
    {
        private readonly SemaphoreSlim _room = new(0);
        private readonly ManualResetEventSlim _done = new();
        private volatile SessionID? _session;
        private LongHistogram? _histogram;
        private long _sentAt;
        private int _toSend;
        private int _answered;

        public bool IsReady => _session is not null;

        public override void OnLogon(SessionID sessionID) => _session = sessionID;

        public void Run(int orders, int window, LongHistogram? histogram)
        {
            (_toSend, _histogram, _answered) = (orders, histogram, 0);
            _done.Reset();
            while (_room.Wait(0))
            {
            }

            _room.Release(window);
            for (int i = 0; i < orders; i++)
            {
                _room.Wait();
                Volatile.Write(ref _sentAt, Stopwatch.GetTimestamp());
                Fix44.NewOrderSingle order = new(
                    new ClOrdID((1_000_000 + i).ToString(CultureInfo.InvariantCulture)), new Symbol("MSFT"), new Side(Side.BUY), new TransactTime(DateTime.UtcNow), new OrdType(OrdType.LIMIT));
                order.SetField(new HandlInst('1'));
                order.SetField(new OrderQty(100));
                order.SetField(new Price(101.25m));
                order.SetField(new TimeInForce(TimeInForce.DAY));
                Session.SendToTarget(order, _session!);
            }

            _done.Wait();
        }

        public override void FromApp(Message message, SessionID sessionID)
        {
            _histogram?.RecordValue((Stopwatch.GetTimestamp() - Volatile.Read(ref _sentAt)) * (1_000_000_000 / Stopwatch.Frequency));
            if (++_answered == _toSend) _done.Set();
            _room.Release();
        }

        public void Dispose()
        {
            _room.Dispose();
            _done.Dispose();
        }
    }

    private sealed class Venue : QuickFixParty
    {
        private long _executions;

        public override void FromApp(Message message, SessionID sessionID)
        {
            string id = (++_executions).ToString(CultureInfo.InvariantCulture);
            decimal price = message.GetDecimal(Tags.Price), quantity = message.GetDecimal(Tags.OrderQty);
            Fix44.ExecutionReport report = new(
                new OrderID(id), new ExecID(id), new ExecType(ExecType.TRADE), new OrdStatus(OrdStatus.FILLED), new Symbol(message.GetString(Tags.Symbol)), new Side(Side.BUY),
                new LeavesQty(0), new CumQty(quantity), new AvgPx(price));
            report.SetField(new ClOrdID(message.GetString(Tags.ClOrdID)));
            report.SetField(new LastPx(price));
            report.SetField(new LastQty(quantity));
            report.SetField(new OrderQty(quantity));
            report.SetField(new TransactTime(DateTime.UtcNow));
            Session.SendToTarget(report, sessionID);
        }
    }
}
