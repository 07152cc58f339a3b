using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Simulation.Fix;

/// <summary>
/// Two sessions, joined by a wire that keeps order and delivers in pieces of any size, but breaks, loses what was under way and now and then changes a
/// byte; and two processes that crash between any two steps and come back from their store. Everything follows from the seed.
/// </summary>
internal sealed class SessionWorld : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minitrader-world-").FullName;
    private readonly Side _initiator;
    private readonly Side _acceptor;
    private SeededRandom _random;
    private Timestamp _now = Timestamp.Parse("2024-03-04T09:00:00Z");
    private bool _isConnected;

    public SessionWorld(ulong seed)
    {
        _random = new(seed);
        SessionSettings common = new()
        {
            Id = new() { BeginString = "FIX.4.4", SenderCompId = "I", TargetCompId = "A" },
            ConnectionType = ConnectionType.Initiator,
            HeartBtInt = 5,
            MaxMessagesInResendRequest = (int)_random.NextInt64(3) * 4,
            EnableNextExpectedMsgSeqNum = _random.NextInt64(2) == 0,
        };
        SessionLimits limits = new() { MessageBytes = 1_024, OutputBytes = 12_288, HeldMessages = 1 + (int)_random.NextInt64(16), HeldBytes = 2_048, Fields = 64 };
        _initiator = new(this, common, limits);
        _acceptor = new(this, common with { Id = new() { BeginString = "FIX.4.4", SenderCompId = "A", TargetCompId = "I" }, ConnectionType = ConnectionType.Acceptor }, limits);
    }

    public int Breaks { get; private set; }

    public int Crashes { get; private set; }

    public int Changed { get; private set; }

    public string Summary => $"{Breaks} breaks, {Crashes} crashes, {Changed} bytes changed; {_initiator} {_acceptor}";

    /// <summary>The side whose messages did not all arrive, once each, in order; null when they did.</summary>
    public string? Wrong => _initiator.WrongAfter(_acceptor.LastSent) ?? _acceptor.WrongAfter(_initiator.LastSent);

    public long Delivered => _initiator.LastReceived + _acceptor.LastReceived;

    /// <summary>One thing happens, good or bad.</summary>
    public void Step()
    {
        _now += _random.NextInt64(200 * Timestamp.NanosecondsPerMillisecond);
        Side side = _random.NextInt64(2) == 0 ? _initiator : _acceptor;
        switch (_random.NextInt64(200))
        {
            case 0:
                Break();
                break;
            case 1:
                Break();
                side.Crash(_now);
                Crashes++;
                break;
            case 2:
                Changed += side.ChangeAByteOnTheWay(ref _random);
                break;
            case < 60:
                side.SendOne();
                break;
            default:
                side.Deliver(1 + (int)_random.NextInt64(400), _now);
                break;
        }

        KeepUp();
    }

    /// <summary>Nothing bad happens any more, until all that was sent has come or the patience is over.</summary>
    public void Settle()
    {
        for (int round = 0; round < 2_000 && Wrong is not null; round++)
        {
            _now += 100 * Timestamp.NanosecondsPerMillisecond;
            _initiator.Deliver(int.MaxValue, _now);
            _acceptor.Deliver(int.MaxValue, _now);
            KeepUp();
        }
    }

    public void Dispose()
    {
        _initiator.Dispose();
        _acceptor.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void KeepUp()
    {
        if (!_isConnected && _initiator.Session.ShouldConnect(_now))
        {
            _isConnected = true;
            _acceptor.Session.Connected(_now);
            _initiator.Session.Connected(_now);
        }

        _initiator.Session.Advance(_now);
        _acceptor.Session.Advance(_now);
        _initiator.PutOnTheWire(_acceptor);
        _acceptor.PutOnTheWire(_initiator);
        if (_initiator.Session.WantsHangUp || _acceptor.Session.WantsHangUp) HangUp();
    }

    private void HangUp()
    {
        // The side that hung up had its last words delivered; what the other had still under way is lost.
        (_initiator.Session.WantsHangUp ? _acceptor : _initiator).Deliver(int.MaxValue, _now);
        Break();
    }

    private void Break()
    {
        if (_isConnected) Breaks++;
        _isConnected = false;
        _initiator.Lose(_now);
        _acceptor.Lose(_now);
    }

    /// <summary>A process: its session, its store on disk, what its application has sent and got, and what is on the way to it.</summary>
    private sealed class Side : FixApplication, IDisposable
    {
        private readonly SessionWorld _world;
        private readonly SessionSettings _settings;
        private readonly SessionLimits _limits;
        private readonly List<byte> _onTheWay = [];
        private byte[] _input = [];
        private FileMessageStore _store;
        private string? _fault;

        public Side(SessionWorld world, SessionSettings settings, SessionLimits limits)
        {
            _world = world;
            _settings = settings;
            _limits = limits;
            (_store, Session) = Open(world._now);
        }

        public FixSession Session { get; private set; }

        public long LastSent { get; private set; }

        public long LastReceived { get; private set; }

        public string? WrongAfter(long sent) =>
            _fault ?? (LastReceived == sent ? null : $"{_settings.Id.SenderCompId} got {LastReceived} of {sent}; expects {Session.Store.NextTarget}");

        public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
        {
            message.Fields.GetInt(Tags.ClOrdID, out long id);
            if (id != LastReceived + 1) _fault ??= $"{_settings.Id.SenderCompId} got {id} after {LastReceived}";
            LastReceived = id;

            // An application that cannot take the message now and then is brought it again.
            return MessageVerdict.Accepted;
        }

        public void SendOne()
        {
            FixWriter order = Session.Begin(MsgTypes.NewOrderSingle);
            order.Int(Tags.ClOrdID, LastSent + 1);
            order.Text(Tags.Symbol, new string('S', 1 + (int)(LastSent % 300)));
            if (Session.Send(ref order) is SendStatus.Sent or SendStatus.Stored) LastSent++;
        }

        public void Deliver(int bytes, Timestamp now)
        {
            int count = Math.Min(bytes, _onTheWay.Count);
            if (count == 0) return;
            _input = [.. _input, .. _onTheWay[..count]];
            _onTheWay.RemoveRange(0, count);
            _input = _input[Session.Receive(_input, now)..];
        }

        public void PutOnTheWire(Side other)
        {
            // A socket's buffer is small against what a resend may be: the rest waits.
            while (Session.Output is { Length: > 0 } output && other._onTheWay.Count < 4_096)
            {
                int count = Math.Min(output.Length, 4_096);
                if (_world._isConnected) other._onTheWay.AddRange(output[..count]);
                Session.Sent(count);
            }
        }

        public int ChangeAByteOnTheWay(ref SeededRandom random)
        {
            if (_onTheWay.Count == 0) return 0;
            _onTheWay[(int)random.NextInt64(_onTheWay.Count)] ^= (byte)(1 << (int)random.NextInt64(8));
            return 1;
        }

        public void Lose(Timestamp now)
        {
            _onTheWay.Clear();
            _input = [];
            Session.Disconnected(now);
        }

        public void Crash(Timestamp now)
        {
            _store.Dispose();
            (_store, Session) = Open(now);
        }

        public void Dispose() => _store.Dispose();

        public override string ToString() => $"{_settings.Id.SenderCompId} sent {LastSent}, got {LastReceived}";

        private (FileMessageStore Store, FixSession Session) Open(Timestamp now)
        {
            FileMessageStore store = FileMessageStore.Open(Path.Combine(_world._folder, _settings.Id.FileName + FileMessageStore.Extension), now);
            return (store, new(_settings, store, this, now, limits: _limits));
        }
    }
}
