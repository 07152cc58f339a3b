using System.Text;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Tests.Fix;

/// <summary>
/// Two FIX sessions wired to each other without sockets or a clock: ours with the application under test, and a venue's that writes down what it is
/// asked and says what the test tells it to.
/// </summary>
internal sealed class FakeVenue : FixApplication
{
    public static readonly Timestamp Start = Timestamp.Parse("2026-11-22T10:00:00Z");

    private readonly FixApplication _application;
    private readonly byte[] _toVenue = new byte[1 << 20];
    private readonly byte[] _toUs = new byte[1 << 20];
    private int _toVenueLength;
    private int _toUsLength;

    public FakeVenue(FixApplication application, FixDialect dialect, string? username = null, string? password = null)
    {
        _application = application;
        SessionId id = new() { BeginString = dialect.BeginString, SenderCompId = "TW", TargetCompId = "ISLD", TargetSubId = dialect.TargetSubId, SenderSubId = dialect.SenderSubId };
        SessionSettings settings = new()
        {
            Id = id,
            ConnectionType = ConnectionType.Initiator,
            DefaultApplVerId = dialect.DefaultApplVerId,
            TimestampPrecision = dialect.TimestampPrecision,
            ResetOnLogon = true,
            CheckLatency = false,
            Username = username is null ? null : new Secret(username),
            Password = password is null ? null : new Secret(password),
        };
        SessionSettings other = settings with
        {
            Id = id with { SenderCompId = "ISLD", TargetCompId = "TW", TargetSubId = dialect.SenderSubId, SenderSubId = dialect.TargetSubId },
            ConnectionType = ConnectionType.Acceptor,
            Username = null,
            Password = null,
        };
        Ours = new FixSession(settings, new MemoryMessageStore(), application, Start);
        Theirs = new FixSession(other, new MemoryMessageStore(), this, Start);
    }

    public FixSession Ours { get; }

    public FixSession Theirs { get; }

    public Timestamp Now { get; private set; } = Start;

    /// <summary>Every application message that we sent and was not looked at, without header and trailer.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The last logon that we sent.</summary>
    public byte[] Logon { get; private set; } = [];

    public void Connect()
    {
        Ours.Connected(Now);
        Theirs.Connected(Now);
        Run();
    }

    public void Disconnect()
    {
        _toUsLength = _toVenueLength = 0;
        Ours.Disconnected(Now);
        Theirs.Disconnected(Now);
    }

    /// <summary>Says a message to us: its type and body fields, <c>35=8|39=0|…</c>.</summary>
    public void Say(string body)
    {
        string type = body[3..body.IndexOf('|', StringComparison.Ordinal)];
        FixWriter writer = Theirs.Begin(MsgTypes.Pack(Encoding.ASCII.GetBytes(type)));
        writer.Raw(FixText.Bytes(body[(body.IndexOf('|', StringComparison.Ordinal) + 1)..]));
        Xunit.Assert.Equal(SendStatus.Sent, Theirs.Send(ref writer));
        Run();
    }

    /// <summary>Lets both sides work until nothing moves.</summary>
    public void Run()
    {
        bool moved = true;
        while (moved)
        {
            Now += 1_000_000;
            moved = _application.DoWork(Now) > 0;
            moved |= Move(Ours, Theirs, _toVenue, ref _toVenueLength);
            moved |= Move(Theirs, Ours, _toUs, ref _toUsLength);
        }
    }

    public string TakeAsked()
    {
        Xunit.Assert.NotEmpty(Asked);
        string first = Asked[0];
        Asked.RemoveAt(0);
        return first;
    }

    public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
    {
        StringBuilder body = new($"35={Encoding.ASCII.GetString(message.MsgTypeText)}|");
        for (int i = 3; i < message.Fields.Count; i++)
        {
            if (!StandardTags.IsHeader(message.Fields.TagAt(i)) && !StandardTags.IsTrailer(message.Fields.TagAt(i))) body.Append(FixText.Show(message.Fields.RawAt(i)));
        }

        Asked.Add(body.ToString());
        return MessageVerdict.Accepted;
    }

    public override string? RefuseLogon(FixSession session, in FixMessage logon)
    {
        Logon = logon.Bytes.ToArray();
        return null;
    }

    private bool Move(FixSession from, FixSession to, byte[] wire, ref int length)
    {
        ReadOnlySpan<byte> output = from.Output;
        output.CopyTo(wire.AsSpan(length));
        length += output.Length;
        bool moved = output.Length > 0;
        if (moved) from.Sent(output.Length);
        int taken = to.Receive(wire.AsSpan(0, length), Now);
        wire.AsSpan(taken, length - taken).CopyTo(wire);
        length -= taken;
        return moved;
    }
}
