using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// One FIX session, initiator or acceptor: a state machine without a socket, a thread or a clock of its own. Bytes that came go in
/// (<see cref="Receive"/>), bytes to send come out (<see cref="Output"/>), and every call that needs the time brings it. One thread drives it.
/// </summary>
/// <remarks>
/// <para>All memory is taken by the constructor; a message in or out allocates nothing. Rare things, such as a refused logon, may.</para>
/// <para>What is a matter of taste among engines follows QuickFIX, down to the texts of rejects, because counterparties test against it.</para>
/// </remarks>
public sealed partial class FixSession
{
    private readonly FixApplication _application;
    private readonly FixParser _parser;
    private readonly FixParser _storedParser;
    private readonly MessageValidator? _validator;
    private readonly MessageLog? _log;
    private readonly SessionHeader _header;
    private readonly Outbox _outbox;
    private readonly HeldMessages _held;
    private readonly byte[] _beginString;
    private readonly byte[] _senderCompId;
    private readonly byte[] _targetCompId;
    private readonly byte[] _defaultApplVerId;
    private readonly bool _isBefore42;
    private readonly bool _is42;
    private readonly bool _is40;

    private long _heartbeat;
    private Timestamp _connectedAt;
    private Timestamp _lastSent;
    private Timestamp _lastReceived;
    private Timestamp _logoutSentAt;
    private SessionWindow _window;
    private ResendRange _asked;
    private int _testRequests;
    private bool _isEnabled = true;
    private bool _hasSentLogon;
    private bool _hasReceivedLogon;
    private bool _hasSentLogout;
    private bool _hasSentReset;
    private long _askedFrom;
    private string _logoutReason = "";

    /// <param name="settings">What the session was told.</param>
    /// <param name="store">Its own; the caller disposes of it after the session's last call.</param>
    /// <param name="application">Who gets the messages.</param>
    /// <param name="now">The time, for a store whose numbers are of an earlier window of the schedule: they start again.</param>
    /// <param name="validator">Null: messages are taken as they come, but for what the session itself needs.</param>
    /// <param name="log">Null: none.</param>
    /// <param name="limits">Null: <see cref="SessionLimits.Default"/>.</param>
    /// <param name="dataFields">The data fields of the dictionary; null for those of the standard.</param>
    public FixSession(
        SessionSettings settings, MessageStore store, FixApplication application, Timestamp now, MessageValidator? validator = null, MessageLog? log = null,
        SessionLimits? limits = null, DataFields? dataFields = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        limits = (limits ?? SessionLimits.Default).Validated();
        Settings = settings.Validated();
        Store = store ?? throw new ArgumentNullException(nameof(store));
        _application = application ?? throw new ArgumentNullException(nameof(application));
        _validator = validator;
        _log = log;
        FixLimits parserLimits = new() { MessageBytes = limits.MessageBytes, Fields = limits.Fields };
        _parser = new(parserLimits, dataFields);
        _storedParser = new(parserLimits, dataFields);
        _header = new(settings);
        _outbox = new(limits.MessageBytes, limits.OutputBytes);
        _held = new(limits.HeldMessages, limits.HeldBytes);
        _beginString = Encoding.ASCII.GetBytes(settings.Id.BeginString);
        _senderCompId = Encoding.UTF8.GetBytes(settings.Id.SenderCompId);
        _targetCompId = Encoding.UTF8.GetBytes(settings.Id.TargetCompId);
        _defaultApplVerId = Encoding.ASCII.GetBytes(settings.DefaultApplVerId);
        _isBefore42 = settings.Id.BeginString is "FIX.4.0" or "FIX.4.1";
        _is42 = settings.Id.BeginString == "FIX.4.2";
        _is40 = settings.Id.BeginString == "FIX.4.0";
        _heartbeat = settings.HeartBtInt * Timestamp.NanosecondsPerSecond;
        Now = now;
        _window = settings.Schedule.WindowAt(now);
        ResetIfOfAnEarlierWindow();
    }

    public SessionSettings Settings { get; }

    public SessionId Id => Settings.Id;

    public MessageStore Store { get; }

    /// <summary>The time of the last call that brought one.</summary>
    public Timestamp Now { get; private set; }

    public bool IsAcceptor => Settings.ConnectionType == ConnectionType.Acceptor;

    /// <summary>A connection is there and is not being given up.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Both sides have sent their logon.</summary>
    public bool IsLoggedOn => _hasSentLogon && _hasReceivedLogon;

    /// <summary>The session is done with its connection: send what <see cref="Output"/> still holds, then hang up.</summary>
    public bool WantsHangUp { get; private set; }

    /// <summary>Why the connection was last given up, for people.</summary>
    public string LastHangUpReason { get; private set; } = "";

    /// <summary>Messages that were no messages, since the session was made.</summary>
    public long GarbledCount { get; private set; }

    /// <summary>Bytes to send, in one piece; say with <see cref="Sent"/> how many the socket took.</summary>
    public ReadOnlySpan<byte> Output => _outbox.Pending;

    /// <summary>Whether an initiator should be connected at this time: it is enabled, and its schedule is open.</summary>
    public bool ShouldConnect(Timestamp now)
    {
        if (!_isEnabled) return false;
        if (now >= _window.End) _window = Settings.Schedule.WindowAt(now);
        return _window.Contains(now);
    }

    /// <summary>A connection has come about. An initiator begins with its logon.</summary>
    public void Connected(Timestamp now)
    {
        Now = now;
        _outbox.Clear();
        WantsHangUp = false;
        bool isOpen = CheckWindow();
        IsConnected = true;
        _connectedAt = _lastReceived = _lastSent = now;
        _testRequests = 0;
        _log?.Event(now, "Connected");
        if (!isOpen) HangUp("The session's schedule is closed");
        else if (!IsAcceptor) SendLogonRequest();
    }

    /// <summary>The connection is gone, whoever ended it; a fault says why, for people.</summary>
    public void Disconnected(Timestamp now, string fault = "")
    {
        Now = now;
        if (IsConnected) HangUp(fault.Length > 0 ? fault : "The connection was closed");
        WantsHangUp = false;
        _outbox.Clear();
    }

    /// <summary>The socket took this many bytes of <see cref="Output"/>.</summary>
    public void Sent(int bytes)
    {
        _outbox.Taken(bytes);
        if (_resendNext != 0 && IsConnected) PumpResend();
    }

    /// <summary>Starts a message to the other side; append the body by ascending tag and hand it to <see cref="Send"/> before any other call.</summary>
    /// <param name="msgType">One of <see cref="MsgTypes"/>.</param>
    public FixWriter Begin(ulong msgType) => Begin(msgType, default);

    /// <summary>The same with more header fields.</summary>
    public FixWriter Begin(ulong msgType, scoped in HeaderExtras extras) => Begin(msgType, Store.NextSender, isPossDup: false, default, in extras);

    /// <summary>Stores the message under its number and puts it on its way.</summary>
    public SendStatus Send(ref FixWriter writer)
    {
        ReadOnlySpan<byte> message = writer.End();
        if (message.IsEmpty) return SendStatus.Invalid;
        bool isOnItsWay = IsLoggedOn && IsConnected;
        if (!isOnItsWay && !Settings.PersistMessages) return SendStatus.NotLoggedOn;
        if (isOnItsWay && !_outbox.HasRoom(message.Length + Outbox.SessionReserveBytes)) return SendStatus.OutputFull;
        if (Settings.PersistMessages) Store.AppendSent(message);
        else Store.SetNextSender(Store.NextSender + 1);
        if (!isOnItsWay) return SendStatus.Stored;
        Queue(message);
        return SendStatus.Sent;
    }

    /// <summary>Ends the session in good order: a logout is sent, and the connection ends when it is answered. It stays off until <see cref="Enable"/>.</summary>
    public void Logout(string reason = "")
    {
        _isEnabled = false;
        _logoutReason = reason;
        if (IsLoggedOn && !_hasSentLogout) SendLogout(reason, 0);
        else if (IsConnected && !IsLoggedOn) HangUp("Logged out before the logon was complete");
    }

    public void Enable() => _isEnabled = true;

    /// <summary>
    /// Hangs up at once and without a logout, on a counterparty that does not take its bytes. What waits for the socket is dropped; messages of
    /// the application are in the store, and it may ask for them after its next logon.
    /// </summary>
    public void GiveUp(string reason)
    {
        _outbox.Clear();
        HangUp(reason);
    }

    /// <summary>Starts both numbers from 1 and forgets what was sent. The other side must do the same; a connection is given up.</summary>
    public void Reset(Timestamp now)
    {
        Now = now;
        if (IsLoggedOn) SendLogout("", 0);
        if (IsConnected) HangUp("The session was reset");
        ResetStore("Reset by hand");
    }

    private FixWriter Begin(ulong type, long number, bool isPossDup, Timestamp origSendingTime, scoped in HeaderExtras extras)
    {
        FixWriter writer = new(_outbox.Scratch, _header.Template);
        if (Settings.EnableLastMsgSeqNumProcessed && extras.LastMsgSeqNumProcessed == 0)
        {
            HeaderExtras more = extras;
            more.LastMsgSeqNumProcessed = Store.NextTarget - 1;
            if (more.LastMsgSeqNumProcessed > 0)
            {
                _header.Write(ref writer, type, number, Now, isPossDup, origSendingTime, in more);
                return writer;
            }
        }

        _header.Write(ref writer, type, number, Now, isPossDup, origSendingTime, in extras);
        return writer;
    }

    /// <summary>A session-level message takes its number but is not kept: it is never sent again, and a password is never written down.</summary>
    private void SendSessionMessage(ref FixWriter writer, bool isKept = false)
    {
        ReadOnlySpan<byte> message = writer.End();
        if (message.IsEmpty || !_outbox.HasRoom(message.Length))
        {
            HangUp("The other side takes no bytes, and the output buffer is full");
            return;
        }

        if (isKept && Settings.PersistMessages) Store.AppendSent(message);
        else Store.SetNextSender(Store.NextSender + 1);
        Queue(message);
    }

    private void Queue(ReadOnlySpan<byte> message)
    {
        _outbox.Append(message);
        _lastSent = Now;
        _log?.Outgoing(Now, message);
    }

    /// <summary>Gives the connection up. What is in the output goes out first; nothing comes in any more.</summary>
    private void HangUp(string reason)
    {
        if (!IsConnected) return;
        bool wasLoggedOn = _hasReceivedLogon || _hasSentLogon;
        IsConnected = false;
        WantsHangUp = true;
        LastHangUpReason = reason;
        _hasReceivedLogon = _hasSentLogon = _hasSentLogout = _hasSentReset = false;
        ForgetGaps();
        _log?.Event(Now, reason);
        if (Settings.ResetOnDisconnect) ResetStore("ResetOnDisconnect");
        if (wasLoggedOn) _application.OnLogout(this);
    }

    private void ResetStore(string reason)
    {
        Store.Reset(Now);
        ForgetGaps();
        _log?.Event(Now, reason);
    }

    private void ForgetGaps()
    {
        _held.Clear();
        _asked = default;
        _askedFrom = 0;
        IsStalled = false;
        StopResend();
    }
}
