using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MiniTrader.Tests.Fix.Brokers;

/// <summary>
/// A broker behind a socket on loopback: answers logons as its rules demand, keeps what else it was sent, refuses with a reject what the rules refuse, and says
/// what a test tells it to. The test's thread drives it.
/// </summary>
internal sealed class BrokerAcceptor(BrokerRules rules) : IDisposable
{
    private readonly TcpListener _listener = Listen();
    private readonly StringBuilder _came = new();
    private readonly byte[] _buffer = new byte[1 << 16];
    private Socket? _socket;
    private BrokerMessage? _logon;
    private long _sent;
    private long _received;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What was sent and taken, in its order.</summary>
    public Queue<BrokerMessage> Requests { get; } = [];

    /// <summary>What was refused, and why.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>The last logon, refused or not.</summary>
    public BrokerMessage? LastLogon { get; private set; }

    public bool IsLoggedOn => _logon is not null;

    public void Pump()
    {
        if (_socket is null)
        {
            if (!_listener.Pending()) return;
            _socket = _listener.AcceptSocket();
            _socket.NoDelay = true;
            _sent = _received = 0;
        }

        while (_socket is { Available: > 0 })
        {
            int count = _socket.Receive(_buffer);
            _came.Append(Encoding.Latin1.GetString(_buffer, 0, count));
            while (BrokerMessage.TakeFrom(_came) is { } message) Take(message);
        }

        if (_socket is not null && _socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0) HangUp();
    }

    /// <summary>Says a message to the client: its type and the fields of its body, <c>35=8|39=0|…</c>.</summary>
    public void Say(string body)
    {
        string type = body[3..body.IndexOf('|', StringComparison.Ordinal)];
        Send(type, body[(body.IndexOf('|', StringComparison.Ordinal) + 1)..]);
    }

    public void HangUp()
    {
        _socket?.Dispose();
        _socket = null;
        _logon = null;
        _came.Clear();
    }

    public void Dispose()
    {
        HangUp();
        _listener.Dispose();
    }

    private void Take(BrokerMessage message)
    {
        string? wrong = message[34] != (++_received).ToString(CultureInfo.InvariantCulture) ? $"MsgSeqNum is {_received}, not {message[34]}" : rules.Judge(message);
        if (message.Type == "A") LastLogon = message;
        if (wrong is not null) Violations.Add($"{wrong}: {message}");
        if (_logon is null)
        {
            if (message.Type != "A") wrong = "the first message is a logon";
            _logon = message;
            if (wrong is null)
            {
                Send("A", rules.AnswerLogon(message));
                return;
            }

            Send("5", $"58={wrong}|");
            HangUp();
            return;
        }

        if (wrong is not null) Send("3", $"45={message[34]}|58={wrong}|");
        else if (message.Type == "AN" && rules.AnswerPositions(message) is { } positions) positions.Split('\n').ToList().ForEach(Say);
        else if (message.Type is not ("0" or "1" or "5")) Requests.Enqueue(message);
    }

    private void Send(string type, string body)
    {
        IEnumerable<(int, string)> header =
        [
            (34, (++_sent).ToString(CultureInfo.InvariantCulture)), (49, _logon![56]), (56, _logon[49]),
            (52, DateTime.UtcNow.ToString("yyyyMMdd-HH:mm:ss.fff", CultureInfo.InvariantCulture)), .. rules.HeaderExtras(_logon),
        ];
        _socket!.Send(BrokerMessage.Write(_logon[8], type, header, body));
    }

    private static TcpListener Listen()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}
