using System.Text;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Tests.Fix.Session;

/// <summary>An initiator and an acceptor joined without a socket; what one has to send, the other gets at once.</summary>
internal sealed class SessionPair
{
    private readonly byte[] _wire = new byte[1 << 20];

    public SessionPair(Func<SessionSettings, SessionSettings>? initiator = null, Func<SessionSettings, SessionSettings>? acceptor = null)
    {
        SessionSettings settings = new()
        {
            Id = new() { BeginString = "FIX.4.4", SenderCompId = "I", TargetCompId = "A" },
            ConnectionType = ConnectionType.Initiator,
        };
        SessionSettings other = settings with { Id = new() { BeginString = "FIX.4.4", SenderCompId = "A", TargetCompId = "I" }, ConnectionType = ConnectionType.Acceptor };
        Initiator = new(initiator?.Invoke(settings) ?? settings, new MemoryMessageStore(Now), InitiatorSide, Now);
        Acceptor = new(acceptor?.Invoke(other) ?? other, new MemoryMessageStore(Now), AcceptorSide, Now);
    }

    public Timestamp Now { get; set; } = Timestamp.Parse("2024-03-04T09:00:00Z");

    public Recorder InitiatorSide { get; } = new();

    public Recorder AcceptorSide { get; } = new();

    public FixSession Initiator { get; }

    public FixSession Acceptor { get; }

    public void Connect()
    {
        Acceptor.Connected(Now);
        Initiator.Connected(Now);
        Exchange();
    }

    public void Disconnect()
    {
        Initiator.Disconnected(Now);
        Acceptor.Disconnected(Now);
    }

    /// <summary>Time passes; then all that is to be said is said.</summary>
    public void Pass(double seconds)
    {
        Now += (long)(seconds * Timestamp.NanosecondsPerSecond);
        Initiator.Advance(Now);
        Acceptor.Advance(Now);
        Exchange();
    }

    public void Exchange()
    {
        while (Carry(Initiator, Acceptor) | Carry(Acceptor, Initiator))
        {
        }
    }

    public static SendStatus Order(FixSession session, long id)
    {
        FixWriter order = session.Begin(MsgTypes.NewOrderSingle);
        order.Int(Tags.ClOrdID, id);
        order.Text(Tags.Symbol, "X"u8);
        return session.Send(ref order);
    }

    private bool Carry(FixSession from, FixSession to)
    {
        int length = from.Output.Length;
        from.Output.CopyTo(_wire);
        from.Sent(length);
        if (length > 0) to.Receive(_wire.AsSpan(0, length), Now);
        return length > 0;
    }
}

/// <summary>Keeps the numbers of the orders that came and what the session said.</summary>
internal sealed class Recorder : FixApplication
{
    public List<long> Orders { get; } = new(4_096);

    public List<string> SessionMessages { get; } = [];

    public int Logons { get; private set; }

    public int Logouts { get; private set; }

    public string? Refusal { get; set; }

    public int BusyTimes { get; set; }

    public bool KeepsText { get; set; } = true;

    public override void OnLogon(FixSession session) => Logons++;

    public override void OnLogout(FixSession session) => Logouts++;

    public override string? RefuseLogon(FixSession session, in FixMessage logon) => Refusal;

    public override void OnSessionMessage(FixSession session, in FixMessage message)
    {
        if (KeepsText) SessionMessages.Add(Encoding.Latin1.GetString(message.Bytes).Replace('\u0001', '|'));
    }

    public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
    {
        if (BusyTimes-- > 0) return MessageVerdict.Busy;
        message.Fields.GetInt(Tags.ClOrdID, out long id);
        Orders.Add(id);
        return MessageVerdict.Accepted;
    }
}
