using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using MiniTrader.Fix;
using MiniTrader.Ring;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>
/// Clients of an exchange under test: our own initiators over loopback sockets, all on one thread. Tests write fields and wait for messages by
/// their fields.
/// </summary>
internal sealed class TradingClients : FixApplication, IDisposable
{
    /// <summary>Without any news: a machine that is busy with other things is slow, but it does not stand still.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentQueue<Action> _todo = new();
    private readonly Dictionary<string, List<string>> _received = [];
    private readonly HashSet<string> _loggedOn = [];
    private readonly Dictionary<string, FixSession> _sessions;
    private readonly FixEngine _engine;
    private readonly AgentThread _thread;
    private long _lastNews = Stopwatch.GetTimestamp();

    public TradingClients(int port, params string[] names)
        : this(port, "FIX.4.4", names)
    {
    }

    public TradingClients(int port, string version, string[] names)
    {
        foreach (string name in names) _received[name] = [];
        SessionLimits limits = new() { MessageBytes = 1 << 14, Fields = 1 << 10, OutputBytes = 1 << 18, HeldMessages = 1 << 12, HeldBytes = 1 << 20 };
        _engine = new([.. names.Select(name => new SessionSettings
        {
            Id = new() { BeginString = version, SenderCompId = name, TargetCompId = "EXCHANGE" },
            ConnectionType = ConnectionType.Initiator,
            Transport = new() { Connect = [new("127.0.0.1", port)], ReconnectInterval = 1 },
        })], this, limits);
        _sessions = _engine.Sessions.ToDictionary(s => s.Id.SenderCompId);
        _thread = new("clients", _engine, new YieldingIdleStrategy());
        _thread.Start();
    }

    public override void OnLogon(FixSession session)
    {
        lock (_received) _loggedOn.Add(session.Id.SenderCompId);
    }

    public override void OnLogout(FixSession session)
    {
        lock (_received) _loggedOn.Remove(session.Id.SenderCompId);
    }

    public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
    {
        string text = Encoding.UTF8.GetString(message.Bytes).Replace('\u0001', '|');
        lock (_received)
        {
            _received[session.Id.SenderCompId].Add("|" + text);
            _lastNews = Stopwatch.GetTimestamp();
        }

        return MessageVerdict.Accepted;
    }

    public override int DoWork(MiniTrader.Model.Timestamp now)
    {
        int work = 0;
        while (_todo.TryDequeue(out Action? action))
        {
            action();
            work++;
        }

        return work;
    }

    public void AwaitLogon(params string[] names) => Await(() => names.All(_loggedOn.Contains), $"the logon of {string.Join(", ", names)}");

    public void AwaitLogout(string name) => Await(() => !_loggedOn.Contains(name), $"the logout of {name}");

    public void Do(string name, Action<FixSession> action) => _todo.Enqueue(() => action(_sessions[name]));

    /// <summary>Sends a message, as <c>D|11=A|55=SYM0|…</c>.</summary>
    public void Send(string name, string message) => Do(name, session => SendNow(session, message));

    public static SendStatus SendNow(FixSession session, string message)
    {
        string[] parts = message.Split('|');
        FixWriter writer = session.Begin(MsgTypes.Pack(Encoding.ASCII.GetBytes(parts[0])));
        foreach (string field in parts.Skip(1)) writer.Raw(Encoding.UTF8.GetBytes(field + "\u0001"));
        return session.Send(ref writer);
    }

    /// <summary>Waits for the first message not yet taken that has all these fields, such as <c>35=8</c>, and takes it.</summary>
    public string Take(string name, params string[] fields)
    {
        string? found = null;
        Await(
            () =>
            {
                int at = _received[name].FindIndex(m => fields.All(f => m.Contains($"|{f}|", StringComparison.Ordinal)));
                if (at < 0) return false;
                found = _received[name][at];
                _received[name].RemoveAt(at);
                return true;
            },
            $"a message with {string.Join(' ', fields)} to {name}");
        return found!;
    }

    /// <summary>What came and was not taken.</summary>
    public string[] Rest(string name)
    {
        lock (_received) return [.. _received[name]];
    }

    /// <summary>How many messages came and were not taken; asked for as often as one likes, where <see cref="Count"/> looks at each of them.</summary>
    public int Waiting(string name)
    {
        lock (_received) return _received[name].Count;
    }

    /// <summary>How many messages not taken have this field.</summary>
    public int Count(string name, string field)
    {
        lock (_received) return _received[name].Count(m => m.Contains($"|{field}|", StringComparison.Ordinal));
    }

    public static string Field(string message, int tag)
    {
        int at = message.IndexOf($"|{tag}=", StringComparison.Ordinal);
        if (at < 0) return "";
        at = message.IndexOf('=', at) + 1;
        return message[at..message.IndexOf('|', at)];
    }

    public void Await(Func<bool> condition, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            lock (_received)
            {
                if (condition()) return;
                if (Stopwatch.GetElapsedTime(Math.Max(start, _lastNews)) > _patience || _thread.Fault is not null)
                    Assert.Fail($"There was no {what}. {_thread.Fault} There was: {string.Join('\n', _received.SelectMany(r => r.Value.Take(50).Select(m => $"{r.Key}: {m}")))}");
            }

            Thread.Sleep(1);
        }
    }

    public void Dispose()
    {
        _thread.Dispose();
        _engine.Dispose();
    }
}
