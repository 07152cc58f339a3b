using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>One port and the sessions that may log on through it. The FIX thread owns it.</summary>
internal sealed class FixListener : IDisposable
{
    private readonly Socket _socket;
    private readonly TransportSettings _transport;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly List<FixSession> _sessions = [];

    public FixListener(FixEndPoint endPoint, TransportSettings transport)
    {
        _transport = transport;
        _tls = transport.Tls is { } tls ? TlsOptions.Server(tls) : null;
        EndPoint = endPoint;
        IPAddress address = AddressOf(endPoint);
        _socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Equals(IPAddress.IPv6Any)) _socket.DualMode = true;
            _socket.Bind(new IPEndPoint(address, endPoint.Port));
            _socket.Listen(512);
            _socket.Blocking = false;
        }
        catch (SocketException e)
        {
            _socket.Dispose();
            throw new IOException($"A FIX acceptor cannot listen on {endPoint}: {e.Message}", e);
        }
    }

    private static IPAddress AddressOf(FixEndPoint endPoint)
    {
        try
        {
            return endPoint.Host.Length == 0 ? IPAddress.IPv6Any : Dns.GetHostAddresses(endPoint.Host)[0];
        }
        catch (SocketException e)
        {
            throw new IOException($"A FIX acceptor cannot listen on {endPoint}: the host's address is not known ({e.Message}). Name an address of this machine.", e);
        }
    }

    public FixEndPoint EndPoint { get; }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public Socket Socket => _socket;

    public void Add(FixSession session) => _sessions.Add(session);

    /// <summary>A connection that waits to be taken, or null.</summary>
    public FixConnection? Accept()
    {
        if (!_socket.Poll(0, SelectMode.SelectRead)) return null;
        Socket socket;
        try
        {
            socket = _socket.Accept();
        }
        catch (SocketException)
        {
            // Whoever called has hung up before we answered.
            return null;
        }

        SocketOptions.Apply(socket, _transport);
        if (_tls is null) return new PlainConnection(socket);
        socket.Blocking = true;
        return TlsConnection.AsServer(socket, _tls);
    }

    /// <summary>The session that a logon asks for, null if it is taken; where several would do, the one that names most of what the logon names.</summary>
    /// <param name="logon">The first message of a connection.</param>
    /// <param name="isKnown">Whether there is such a session, free or taken.</param>
    public FixSession? Find(in FixMessage logon, out bool isKnown)
    {
        FixSession? best = null;
        int bestScore = -1;
        foreach (FixSession session in _sessions)
        {
            int score = Score(session.Id, in logon);
            if (score > bestScore) (best, bestScore) = (session, score);
        }

        isKnown = best is not null;
        return best is { IsConnected: false, WantsHangUp: false } ? best : null;
    }

    public void Dispose() => _socket.Dispose();

    private static int Score(SessionId id, in FixMessage logon)
    {
        int score = 0;
        return Is(logon.BeginString, id.BeginString) && Matches(logon, Tags.SenderCompID, id.TargetCompId, ref score)
            && Matches(logon, Tags.TargetCompID, id.SenderCompId, ref score) && Matches(logon, Tags.SenderSubID, id.TargetSubId, ref score)
            && Matches(logon, Tags.SenderLocationID, id.TargetLocationId, ref score) && Matches(logon, Tags.TargetSubID, id.SenderSubId, ref score)
            && Matches(logon, Tags.TargetLocationID, id.SenderLocationId, ref score)
            ? score
            : -1;
    }

    private static bool Matches(in FixMessage logon, int tag, string expected, ref int score)
    {
        if (expected.Length == 0) return true;
        score++;
        return Is(logon.Fields.Get(tag), expected);
    }

    private static bool Is(ReadOnlySpan<byte> value, string expected) => Encoding.UTF8.GetString(value) == expected;
}
