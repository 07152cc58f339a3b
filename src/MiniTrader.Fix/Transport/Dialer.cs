using System.Net.Sockets;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// Connects an initiator: its hosts in turn, with a pause between attempts that doubles after each round in which none could be reached, up to
/// eight times ReconnectInterval. A logon that succeeds brings the pause back to the first. The FIX thread owns it.
/// </summary>
internal sealed class Dialer(FixSession session) : IDisposable
{
    private const int MaxDoublings = 3;

    private readonly TransportSettings _transport = session.Settings.Transport;
    private Socket? _socket;
    private Task? _dialing;
    private Timestamp _next = Timestamp.MinValue;
    private int _attempts;

    public FixSession Session { get; } = session;

    /// <summary>Why the last attempt failed, for people.</summary>
    public string LastFault { get; private set; } = "";

    /// <summary>An attempt is under way.</summary>
    public bool IsDialing => _dialing is not null;

    /// <summary>No attempt begins before.</summary>
    public Timestamp NextAttempt => _next;

    /// <summary>The end point tried last.</summary>
    public FixEndPoint Host => _transport.Connect[Math.Max(0, _attempts - 1) % _transport.Connect.Count];

    /// <summary>The connection when there is one to be had now; begins an attempt when one is due.</summary>
    public FixConnection? Dial(Timestamp now)
    {
        if (_dialing is null)
        {
            if (now < _next || !Session.ShouldConnect(now)) return null;
            Begin(now);
            return null;
        }

        if (!_dialing.IsCompleted) return null;
        Socket socket = _socket!;
        bool isThere = _dialing.IsCompletedSuccessfully;
        LastFault = isThere ? "" : $"{Host}: {_dialing.Exception?.InnerException?.Message}";
        _dialing = null;
        _socket = null;
        if (!isThere)
        {
            socket.Dispose();
            return null;
        }

        return _transport.Tls is { } tls ? TlsConnection.AsClient(socket, tls, Host.Host) : new PlainConnection(socket);
    }

    /// <summary>The session was logged on: the next attempt, should it be needed, is a first one again.</summary>
    public void Succeeded() => _attempts = 0;

    public void Dispose() => _socket?.Dispose();

    private void Begin(Timestamp now)
    {
        int hosts = _transport.Connect.Count;
        FixEndPoint host = _transport.Connect[_attempts % hosts];
        int doublings = Math.Min(MaxDoublings, _attempts / hosts);
        _attempts++;
        _next = now + ((long)_transport.ReconnectInterval << doublings) * Timestamp.NanosecondsPerSecond;
        _socket = new(SocketType.Stream, ProtocolType.Tcp);
        SocketOptions.Apply(_socket, _transport);
        _dialing = _socket.ConnectAsync(host.Host, host.Port);
    }
}
