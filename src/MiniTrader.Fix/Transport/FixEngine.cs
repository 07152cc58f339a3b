using System.Net.Sockets;
using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.Fix;

/// <summary>
/// Drives any number of sessions, acceptors and initiators, with their sockets, stores and logs, on one thread: an agent for an
/// <see cref="AgentThread"/>, or to be called in a loop. All of the application's calls come on that thread.
/// </summary>
/// <remarks>
/// When nothing happens it waits in the operating system for a socket, at most <see cref="WaitMicroseconds"/>; with
/// <see cref="BusySpin"/> it never waits, which is for a core of its own.
/// </remarks>
public sealed class FixEngine : IAgent, IDisposable
{
    /// <summary>How long a round without work may wait for a socket: what another thread's order may lose.</summary>
    public const int WaitMicroseconds = 1_000;

    private const int RoundsBeforeWaiting = 200;
    private const long SlowDutiesEvery = Timestamp.NanosecondsPerMillisecond;
    private const long FlushLogsEvery = Timestamp.NanosecondsPerSecond;
    private const long LogonPatience = 10 * Timestamp.NanosecondsPerSecond;

    private readonly FixApplication _application;
    private readonly List<FixSession> _sessions = [];
    private readonly List<MessageLog> _logs = [];
    private readonly List<FixListener> _listeners = [];
    private readonly List<Dialer> _dialers = [];
    private readonly List<ConnectedSession> _connections = [];
    private readonly List<Socket> _waitList = [];
    private readonly SessionLimits _limits;
    private Timestamp _slowDutiesAt = Timestamp.MinValue;
    private Timestamp _flushAt = Timestamp.MinValue;
    private int _idleRounds;
    private volatile bool _stopRequested;

    /// <summary>Opens stores and logs, reads dictionaries, and listens on the acceptors' ports. Nothing else happens before <see cref="DoWork"/>.</summary>
    public FixEngine(IReadOnlyList<SessionSettings> sessions, FixApplication application, SessionLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        _application = application ?? throw new ArgumentNullException(nameof(application));
        _limits = limits ?? SessionLimits.Default;
        try
        {
            foreach (SessionSettings settings in sessions) Add(settings);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Never waits in the operating system.</summary>
    public bool BusySpin { get; init; }

    public IReadOnlyList<FixSession> Sessions => _sessions;

    /// <summary>The ports listened on, in the order of the settings.</summary>
    public IReadOnlyList<int> Ports => [.. _listeners.Select(l => l.Port)];

    public FixSession Session(SessionId id) =>
        _sessions.Find(s => s.Id == id) ?? throw new ArgumentException($"There is no FIX session {id}.", nameof(id));

    /// <summary>Asks for the end, from any thread: sessions log out, and <see cref="DoWork"/> answers finished when the last connection is gone.</summary>
    public void RequestStop() => _stopRequested = true;

    public int DoWork()
    {
        Timestamp now = Timestamp.FromDateTime(DateTime.UtcNow);
        int work = 0;
        if (now >= _slowDutiesAt)
        {
            _slowDutiesAt = now + SlowDutiesEvery;
            work += DoSlowDuties(now);
            if (_stopRequested && LogOutEverywhere()) return IAgent.Finished;
        }

        for (int i = 0; i < _connections.Count; i++) work += _connections[i].DoWork(now);
        work += _application.DoWork(now);
        for (int i = _connections.Count - 1; i >= 0; i--)
        {
            ConnectedSession connection = _connections[i];
            work += connection.Flush(now);
            if (!connection.IsOver) continue;
            connection.Dispose();
            _connections.RemoveAt(i);
        }

        if (work > 0) _idleRounds = 0;
        else if (++_idleRounds > RoundsBeforeWaiting && !BusySpin) WaitForASocket();
        return work;
    }

    public void Dispose()
    {
        Timestamp now = Timestamp.FromDateTime(DateTime.UtcNow);
        foreach (ConnectedSession connection in _connections)
        {
            connection.Session?.Disconnected(now);
            connection.Dispose();
        }

        _connections.Clear();
        foreach (FixListener listener in _listeners) listener.Dispose();
        foreach (Dialer dialer in _dialers) dialer.Dispose();
        _dialers.Clear();
        foreach (FixSession session in _sessions)
        {
            session.Store.Flush();
            session.Store.Dispose();
        }

        foreach (MessageLog log in _logs) log.Dispose();
        _logs.Clear();
        _sessions.Clear();
        _listeners.Clear();
    }

    private void Add(SessionSettings settings)
    {
        FixSession session = Open(settings);
        if (!session.IsAcceptor)
        {
            _dialers.Add(new(session));
            return;
        }

        FixEndPoint endPoint = settings.Transport.Accept ?? throw new FixSettingsException($"The acceptor {settings.Id} has no port.");
        FixListener? listener = endPoint.Port == 0 ? null : _listeners.Find(l => l.EndPoint == endPoint);
        if (listener is null) _listeners.Add(listener = new(endPoint, settings.Transport));
        listener.Add(session);
    }

    /// <summary>The session that a logon asks for; one that the application admits is made on the spot.</summary>
    private FixSession? Find(FixListener listener, FixMessage logon)
    {
        FixSession? session = listener.Find(in logon, out bool isKnown);
        if (isKnown || _application.Admit(in logon) is not { ConnectionType: ConnectionType.Acceptor } settings) return session;
        listener.Add(Open(settings));
        return listener.Find(in logon, out _);
    }

    private void Take(FixConnection connection, FixListener listener, Timestamp now) =>
        _connections.Add(new(connection, logon => Find(listener, logon), 2 * _limits.MessageBytes, now + LogonPatience));

    private FixSession Open(SessionSettings settings)
    {
        Timestamp now = Timestamp.FromDateTime(DateTime.UtcNow);
        (MessageValidator? validator, DataFields? dataFields) = SessionValidator.Build(settings);
        MessageLog? log = settings.FileLogPath is { } logs ? new FileMessageLog(logs, settings.Id) : null;
        if (log is not null) _logs.Add(log);
        MessageStore store = settings.FileStorePath is { } stores
            ? FileMessageStore.Open(Path.Combine(stores, settings.Id.FileName + FileMessageStore.Extension), now)
            : new MemoryMessageStore(now, bytesMax: settings.MemoryStoreBytes);
        FixSession session = new(settings, store, _application, now, validator, log, _limits, dataFields);
        _sessions.Add(session);
        return session;
    }

    private int DoSlowDuties(Timestamp now)
    {
        int work = 0;
        foreach (FixSession session in _sessions) session.Advance(now);
        foreach (FixListener listener in _listeners)
        {
            while (!_stopRequested && listener.Accept() is { } connection)
            {
                Take(connection, listener, now);
                work++;
            }
        }

        foreach (Dialer dialer in _dialers)
        {
            FixSession session = dialer.Session;
            if (session.IsLoggedOn) dialer.Succeeded();
            if (_stopRequested || session.IsConnected || session.WantsHangUp || dialer.Dial(now) is not { } connection) continue;
            _connections.Add(new(connection, session, 2 * _limits.MessageBytes, now));
            work++;
        }

        if (now < _flushAt) return work;
        _flushAt = now + FlushLogsEvery;
        foreach (MessageLog log in _logs) log.Flush();
        return work;
    }

    /// <summary>True when no connection is left.</summary>
    private bool LogOutEverywhere()
    {
        foreach (FixSession session in _sessions)
        {
            if (session.IsConnected) session.Logout();
        }

        return _connections.Count == 0;
    }

    private void WaitForASocket()
    {
        _waitList.Clear();
        foreach (FixListener listener in _listeners) _waitList.Add(listener.Socket);
        foreach (ConnectedSession connection in _connections)
        {
            // A TLS stream has read ahead: its socket says nothing.
            if (connection.Connection is PlainConnection) _waitList.Add(connection.Connection.Socket);
        }

        if (_waitList.Count > 0) Socket.Select(_waitList, null, null, WaitMicroseconds);
        else Thread.Sleep(1);
        _slowDutiesAt = Timestamp.MinValue;
    }
}
