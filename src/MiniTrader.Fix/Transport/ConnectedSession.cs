using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// A connection with the bytes that came over it, and the session that they belong to once it is known: an initiator's from the start, an
/// acceptor's from the first message on. The FIX thread owns it.
/// </summary>
internal sealed class ConnectedSession : IDisposable
{
    private const int MinReadBytes = 1 << 12;
    private const long LingerNanoseconds = Timestamp.NanosecondsPerSecond;

    private readonly FixConnection _connection;
    private readonly Func<FixMessage, FixSession?>? _findSession;
    private readonly FixParser? _firstParser;
    private readonly byte[] _input;
    private readonly Timestamp _logonLimit;
    private int _start;
    private int _end;
    private Timestamp _lingersUntil;

    /// <summary>An initiator's connection.</summary>
    public ConnectedSession(FixConnection connection, FixSession session, int inputBytes, Timestamp now)
    {
        _connection = connection;
        _input = new byte[inputBytes];
        Session = session;
        session.Connected(now);
    }

    /// <summary>An acceptor's connection: whose it is, its first message says.</summary>
    public ConnectedSession(FixConnection connection, Func<FixMessage, FixSession?> findSession, int inputBytes, Timestamp logonLimit)
    {
        _connection = connection;
        _input = new byte[inputBytes];
        _findSession = findSession;
        _firstParser = new();
        _logonLimit = logonLimit;
    }

    public FixSession? Session { get; private set; }

    /// <summary>Nothing is left to do: to be disposed of.</summary>
    public bool IsOver { get; private set; }

    public FixConnection Connection => _connection;

    /// <summary>Reads, lets the session work, sends. The answer is how much happened.</summary>
    public int DoWork(Timestamp now)
    {
        if (_lingersUntil.Nanoseconds != 0) return Linger(now);
        int read = _connection.Receive(_input.AsSpan(_end));
        if (read == FixConnection.Ended)
        {
            End(now);
            return 1;
        }

        if (read > 0 || Session is { IsStalled: true })
        {
            _end += read;
            if (Session is null) FindSession(now);
            if (Session is { } session && !IsOver)
            {
                _start += session.Receive(_input.AsSpan(_start, _end - _start), now);
                MakeRoom();
            }
        }
        else if (Session is null && now >= _logonLimit) IsOver = true;

        return Flush(now) + read;
    }

    /// <summary>Sends what the session has to send, as far as the socket takes it.</summary>
    public int Flush(Timestamp now)
    {
        if (Session is not { } session || _lingersUntil.Nanoseconds != 0) return 0;
        int total = 0;
        while (session.Output is { Length: > 0 } output)
        {
            int sent = _connection.Send(output);
            if (sent == FixConnection.Ended)
            {
                End(now);
                return total + 1;
            }

            if (sent == FixConnection.Nothing) return total;
            session.Sent(sent);
            total += sent;
        }

        if (session.WantsHangUp)
        {
            // What the other side may still send is read and dropped for a moment, or closing would throw away our last words on the way.
            session.Disconnected(now);
            _connection.EndSending();
            _lingersUntil = now + LingerNanoseconds;
        }

        return total;
    }

    public void Dispose() => _connection.Dispose();

    private int Linger(Timestamp now)
    {
        int read;
        while ((read = _connection.Receive(_input)) > 0)
        {
        }

        IsOver = read == FixConnection.Ended || now >= _lingersUntil;
        return 0;
    }

    private void End(Timestamp now)
    {
        if (_lingersUntil.Nanoseconds == 0) Session?.Disconnected(now, _connection.Fault);
        IsOver = true;
    }

    private void FindSession(Timestamp now)
    {
        ParseStatus status = _firstParser!.Parse(_input.AsSpan(_start, _end - _start), out FixMessage message, out _);
        if (status == ParseStatus.NeedMore)
        {
            MakeRoom();
            return;
        }

        // Whoever does not begin with a logon to a session that is free is hung up on in silence.
        Session = status == ParseStatus.Message && message.MsgType == MsgTypes.Logon ? _findSession!(message) : null;
        if (Session is null) IsOver = true;
        else Session.Connected(now);
    }

    private void MakeRoom()
    {
        if (_start == _end) _start = _end = 0;
        if (_input.Length - _end >= MinReadBytes) return;
        _input.AsSpan(_start, _end - _start).CopyTo(_input);
        _end -= _start;
        _start = 0;
    }
}
