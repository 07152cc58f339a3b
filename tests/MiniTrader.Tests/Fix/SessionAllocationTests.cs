using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>Whole paths through two sessions, store included: an order out and its fill back, a snapshot and an increment in, and an order and its fill over a
/// socket. None takes managed memory.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class SessionAllocationTests
{
    private const int Rounds = 4_000;

    /// <summary>Room for every message of a test.</summary>
    private const int StoreBytes = 1 << 22;

    private readonly byte[] _wire = new byte[1 << 16];
    private readonly Answers _answers = new();
    private Timestamp _now = FakeVenue.Start;

    [Fact]
    public void An_order_out_through_the_session_and_its_fill_back_allocate_nothing()
    {
        WireInstruments names = new(new InstrumentTable([new Instrument { Symbol = "SPY", Venue = "X" }]));
        using FixOrders orders = new(new FixVenueOptions { Dialect = FixDialects.Fix44, Instruments = names, OrderPrefix = "R1", Orders = 64 });
        (FixSession ours, FixSession theirs) = Connect(orders);
        long sequence = 0, fills = 0;
        Allocations.ExpectNone(Rounds, () =>
        {
            OrderCommand command = default;
            command.Kind = CommandKind.New;
            command.ClientOrderId = ClientOrderId.Create(++sequence, (int)(sequence % 64));
            command.Side = OrderSide.Buy;
            command.Type = OrderType.Limit;
            command.Quantity = Quantity.FromUnits(100);
            command.LimitPrice = new Price(450_010_000_000);
            orders.Venue.Submit(in command);
            orders.DoWork(_now);
            Exchange(ours, theirs);
            while (orders.Venue.TryTake(_now, out ExecutionReport report)) fills += report.Kind == ReportKind.Fill ? 1 : 0;
        });
        Assert.Equal(2 * Rounds, fills);
    }

    [Fact]
    public void Snapshots_and_increments_through_the_session_allocate_nothing()
    {
        InstrumentTable instruments = new([new Instrument { Symbol = "SPY", Venue = "X" }]);
        FixDialect dialect = FixDialects.Fix44 with { MarketData = new() { HasRptSeq = true, EntryTypes = "012" } };
        using FixMarketData data = new(new FixFeedOptions { Dialect = dialect, Instruments = new WireInstruments(instruments), Subscribed = [new InstrumentId(0)], RingSlots = 1_024 });
        (FixSession ours, FixSession theirs) = Connect(data);
        data.DoWork(_now);
        Exchange(ours, theirs);
        MarketEvent[] slots = new MarketEvent[64];
        byte[] snapshot = FixText.Bytes("55=SPY|60=20261122-10:00:00.25|83=1|268=3|269=0|270=400.1|271=5|269=1|270=400.2|271=6|269=1|270=400.3|271=7|");
        byte[] increment = FixText.Bytes("268=3|279=1|269=0|55=SPY|270=400.1|271=9|83=2|279=2|269=1|270=400.2|83=3|279=0|269=2|270=400.2|271=2|83=4|");
        long events = 0;
        Allocations.ExpectNone(Rounds, () =>
        {
            Say(theirs, MsgTypes.MarketDataSnapshot, snapshot);
            Say(theirs, MsgTypes.MarketDataIncrementalRefresh, increment);
            Exchange(ours, theirs);
            events += data.Feed.Fill(slots);
        });
        Assert.Equal(7L * 2 * Rounds, events);
        Assert.Equal(0, data.Counts.Gaps + data.Counts.Ignored);
    }

    /// <summary>Both engines and both ends of the connection on this thread. Long enough for the duties of every millisecond to come many times.</summary>
    [Fact]
    public void An_order_and_its_fill_over_a_socket_allocate_nothing()
    {
        SessionSettings venue = new()
        {
            Id = new() { BeginString = "FIX.4.4", SenderCompId = "ISLD", TargetCompId = "TW" },
            ConnectionType = ConnectionType.Acceptor,
            PersistMessages = false,
            Transport = new() { Accept = new("127.0.0.1", 0) },
        };
        using FixEngine acceptor = new([venue], _answers) { BusySpin = true };
        SessionSettings client = venue with
        {
            Id = new() { BeginString = "FIX.4.4", SenderCompId = "TW", TargetCompId = "ISLD" },
            ConnectionType = ConnectionType.Initiator,
            Transport = new() { Connect = [new("127.0.0.1", acceptor.Ports[0])], ReconnectInterval = 1 },
        };
        Counting fills = new();
        using FixEngine initiator = new([client], fills) { BusySpin = true };
        FixSession session = initiator.Sessions[0];
        while (!session.IsLoggedOn) Work();
        byte[] order = FixText.Bytes("11=R1|38=100|40=2|44=450.01|54=1|55=SPY|");
        Allocations.ExpectNone(Rounds, () =>
        {
            Say(session, MsgTypes.NewOrderSingle, order);
            long heard = fills.Heard;
            while (fills.Heard == heard) Work();
        });

        void Work()
        {
            initiator.DoWork();
            acceptor.DoWork();
        }
    }

    private static void Say(FixSession session, ulong type, byte[] body)
    {
        FixWriter writer = session.Begin(type);
        writer.Raw(body);
        if (session.Send(ref writer) != SendStatus.Sent) throw new InvalidOperationException("The message was not sent.");
    }

    private (FixSession Ours, FixSession Theirs) Connect(FixApplication application)
    {
        SessionSettings settings = new()
        {
            Id = new() { BeginString = "FIX.4.4", SenderCompId = "TW", TargetCompId = "ISLD" },
            ConnectionType = ConnectionType.Initiator,
        };
        SessionSettings other = settings with { Id = settings.Id with { SenderCompId = "ISLD", TargetCompId = "TW" }, ConnectionType = ConnectionType.Acceptor };
        FixSession ours = new(settings, new MemoryMessageStore(_now, StoreBytes), application, _now);
        FixSession theirs = new(other, new MemoryMessageStore(_now, StoreBytes), _answers, _now);
        theirs.Connected(_now);
        ours.Connected(_now);
        Exchange(ours, theirs);
        Assert.True(ours.IsLoggedOn && theirs.IsLoggedOn);
        return (ours, theirs);
    }

    private void Exchange(FixSession ours, FixSession theirs)
    {
        _now += 1_000_000;
        while (Carry(ours, theirs) | Carry(theirs, ours))
        {
        }
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

    private sealed class Counting : FixApplication
    {
        public long Heard { get; private set; }

        public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
        {
            Heard++;
            return MessageVerdict.Accepted;
        }
    }

    /// <summary>Fills every order at its price.</summary>
    private sealed class Answers : FixApplication
    {
        private long _executions;

        public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
        {
            if (message.MsgType != MsgTypes.NewOrderSingle) return MessageVerdict.Accepted;
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
