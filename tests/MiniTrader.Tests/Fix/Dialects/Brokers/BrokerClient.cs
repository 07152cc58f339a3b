using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Fix.Brokers;

/// <summary>
/// A client as a user sets it up: a session settings file, secrets in files beside it, the dialect by its name, orders over our engine to a broker's socket. The
/// test's thread drives both ends.
/// </summary>
internal sealed partial class BrokerClient : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minitrader-broker-").FullName;
    private readonly SessionSettings _settings;
    private readonly FixTrading _trading;
    private FixEngine? _engine;
    private int _orders;
    private int _orderIds = 640;

    /// <param name="rules">The broker.</param>
    /// <param name="change">A line of the settings that takes the place of the one with the same key; a secret is named <c>key</c>.</param>
    public BrokerClient(BrokerRules rules, string? change = null)
    {
        Rules = rules;
        Broker = new BrokerAcceptor(rules);
        string text = rules.Settings;
        bool isWrongKey = change == WrongKey;
        if (change is not null && !isWrongKey)
        {
            string key = change[..change.IndexOf('=', StringComparison.Ordinal)];
            Regex line = new($"^{key}=.*$", RegexOptions.Multiline);
            text = line.IsMatch(text) ? line.Replace(text, change) : text + change + "\n";
        }

        string path = Path.Combine(_folder, "session.cfg");
        File.WriteAllText(path, SecretText().Replace(Header(Broker.Port) + text, match => "file:" + SecretFile(match.Groups[1].Value)));
        _settings = Assert.Single(SettingsReader.Read(path));
        FixDialect dialect = FixDialects.Find(rules.Dialect.Name);
        string secret = isWrongKey ? rules.WrongSecret : rules.Secret;
        LogonSigner signer = new(dialect, secret.Length > 0 ? LogonCredentials.FromFile(SecretFile(secret)) : null);
        Orders = new FixOrders(new FixVenueOptions
        {
            Dialect = dialect,
            Instruments = new WireInstruments(new InstrumentTable([new Instrument { Symbol = "X", Venue = "V", Currency = Currency.Parse(rules.Currency) }]), _ => rules.WireName),
            OrderPrefix = ClOrdIdText.PrefixOf(Timestamp.FromDateTime(DateTime.UtcNow)),
            Account = dialect.Positions == PositionRequestStyle.Standard ? "ACC" : "",
            Orders = 256,
            Executions = 256,
            RingSlots = 256,
        });
        _trading = new FixTrading(Orders, _settings.Id, feed: null, feedSession: null, signer);
        _engine = new FixEngine([_settings], _trading) { BusySpin = true };
    }

    public const string WrongKey = "key";

    public BrokerRules Rules { get; }

    public BrokerAcceptor Broker { get; }

    public FixOrders Orders { get; }

    public SessionSettings Settings => _settings;

    public FixSession Session => _engine!.Sessions[0];

    /// <summary>The next order of a type, sent.</summary>
    public OrderCommand Send(OrderType type, TimeInForce time, OrderSide side = OrderSide.Buy, OrderFlags flags = OrderFlags.None, Quantity display = default)
    {
        bool isSell = side == OrderSide.Sell, hasLimit = HasLimit(type), hasStop = type is OrderType.Stop or OrderType.StopLimit or OrderType.MarketIfTouched or OrderType.LimitIfTouched;
        OrderCommand command = new()
        {
            Kind = CommandKind.New,
            ClientOrderId = ClientOrderId.Create(++_orders, _orders & 255),
            Side = side,
            Type = type,
            TimeInForce = time,
            Flags = flags,
            Quantity = Quantity.FromUnits(100),
            DisplayQuantity = display,
            LimitPrice = hasLimit ? Price.Parse(isSell ? "98.5" : "101.5") : Price.Zero,
            StopPrice = hasStop ? Price.Parse(isSell ? "99" : "101") : Price.Zero,
            ExpireTime = time == TimeInForce.Gtd ? Timestamp.FromDateTime(DateTime.UtcNow.AddHours(1)) : default,
        };
        Send(command);
        return command;
    }

    public void Send(OrderCommand command) => Assert.True(Orders.Venue.Submit(command));

    /// <summary>An order that the broker has accepted, and its half of it.</summary>
    public BrokerOrder Accepted(OrderCommand command)
    {
        BrokerOrder order = new(TakeRequest("D"), NextOrderId());
        Say(Rules.Accepted(order));
        Assert.Equal(command.ClientOrderId, Take(ReportKind.Accepted).ClientOrderId);
        return order;
    }

    public string NextOrderId() => (++_orderIds).ToString(CultureInfo.InvariantCulture);

    /// <summary>What the broker was sent and has judged to be in order.</summary>
    public BrokerMessage TakeRequest(string type)
    {
        Until(() => Broker.Requests.Count > 0);
        BrokerMessage request = Broker.Requests.Dequeue();
        Assert.True(type == request.Type, request.ToString());
        return request;
    }

    public void Say(string body) => Broker.Say(body);

    public ExecutionReport Take(ReportKind kind)
    {
        ExecutionReport report = default;
        Until(() => Orders.Venue.TryTake(Timestamp.FromDateTime(DateTime.UtcNow), out report));
        Assert.True(kind == report.Kind, $"A report {kind} is expected, and there is {report.Kind} {report.Reason}.");
        return report;
    }

    public void AssertNoReport() => Assert.False(Orders.Venue.TryTake(Timestamp.MaxValue, out ExecutionReport report), $"{report.Kind} {report.Reason}");

    public void LogOn() => Until(() => Session.IsLoggedOn);

    /// <summary>The broker hangs up, and the client comes back at once: a new engine over the same orders.</summary>
    public void Reconnect(Action meanwhile)
    {
        Broker.HangUp();
        Until(() => !Session.IsLoggedOn);
        _engine!.Dispose();
        meanwhile();
        _engine = new FixEngine([_settings], _trading) { BusySpin = true };
        LogOn();
    }

    /// <summary>Lets both ends work until something is so; fails with what the broker found wrong.</summary>
    public void Until(Func<bool> isSo)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            _engine!.DoWork();
            Broker.Pump();
            Assert.True(Broker.Violations.Count == 0, string.Join('\n', Broker.Violations));
            Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 20, $"Nothing comes. {Session.LastHangUpReason}");
        }
    }

    /// <summary>Lets both ends work until the broker has refused something.</summary>
    public string UntilRefused()
    {
        long start = Stopwatch.GetTimestamp();
        while (!(Broker.Violations.Count > 0 && Session.LastHangUpReason.Length > 0))
        {
            _engine!.DoWork();
            Broker.Pump();
            Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 20, "The broker refuses nothing.");
        }

        Assert.False(Session.IsLoggedOn);
        return Session.LastHangUpReason;
    }

    public static bool HasLimit(OrderType type) => type is OrderType.Limit or OrderType.StopLimit or OrderType.LimitIfTouched;

    public void Dispose()
    {
        _engine?.Dispose();
        Orders.Dispose();
        Broker.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Header(int port) => $"""
        # A session as a user's file has it.
        [DEFAULT]
        ConnectionType=initiator
        SocketConnectHost=127.0.0.1
        SocketConnectPort={port}
        ReconnectInterval=1
        NonStopSession=Y
        [SESSION]

        """;

    private string SecretFile(string secret)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllText(path, secret);
        return path;
    }

    [GeneratedRegex("secret:(.*)")]
    private static partial Regex SecretText();
}
