using System.Security.Cryptography;
using System.Text;
using MiniTrader.Fix;
using MiniTrader.Model;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>Messages of each dialect spelled out: the logon's proof, a new order, a cancel. <see cref="BrokerDialectTests"/> plays them against brokers.</summary>
public sealed class FixDialectTests
{
    private static readonly InstrumentTable _instruments = new([new Instrument { Symbol = "EURUSD", Venue = "X" }]);
    private static readonly byte[] _seed = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private readonly FixParser _parser = new();

    [Theory]
    [InlineData("fix42", "35=D|11=N0|21=1|38=3|40=2|44=1.25|54=1|55=EURUSD|59=3|60=T|", "35=F|11=N1|37=V1|38=3|41=N0|54=1|55=EURUSD|60=T|")]
    [InlineData("fix44", "35=D|11=N0|38=3|40=2|44=1.25|54=1|55=EURUSD|59=3|60=T|", "35=F|11=N1|37=V1|38=3|41=N0|54=1|55=EURUSD|60=T|")]
    [InlineData("ctrader", "35=D|11=N0|38=3|40=2|44=1.25|54=1|55=1|60=T|", "35=F|11=N1|37=V1|41=N0|")]
    [InlineData("lmax", "35=D|11=N0|22=8|38=3|40=2|44=1.25|48=4001|54=1|59=3|60=T|", "35=F|11=N1|22=8|38=3|41=N0|48=4001|54=1|60=T|")]
    [InlineData("binance", "35=D|11=N0|38=3|40=2|44=1.25|54=1|55=EURUSD|59=3|", "35=F|11=N1|37=V1|41=N0|55=EURUSD|")]
    [InlineData("coinbase", "35=D|11=N0|38=3|40=2|44=1.25|54=1|55=EURUSD|59=3|", "35=F|11=N1|37=V1|41=N0|55=EURUSD|")]
    [InlineData("deribit", "35=D|11=N0|38=3|40=2|44=1.25|54=1|55=EURUSD|59=3|", "35=F|41=VENUE-9|55=EURUSD|")]
    public void An_order_and_its_cancel_are_written_as_the_document_says(string name, string order, string cancel)
    {
        FixDialect dialect = FixDialects.Find(name);
        using FixOrders orders = Orders(dialect, name switch { "ctrader" => "1", "lmax" => "4001", _ => "EURUSD" });
        FakeVenue venue = new(orders, dialect);
        venue.Connect();
        venue.Asked.Clear();
        OrderCommand command = new()
        {
            Kind = CommandKind.New,
            ClientOrderId = ClientOrderId.Create(1, 5),
            Side = OrderSide.Buy,
            Type = OrderType.Limit,
            TimeInForce = name == "ctrader" ? TimeInForce.Gtc : TimeInForce.Ioc,
            Quantity = Quantity.FromUnits(3),
            LimitPrice = Price.Parse("1.25"),
        };
        orders.Venue.Submit(command);
        venue.Run();
        string asked = venue.TakeAsked();
        Assert.Equal(order, Plain(asked, dialect, command.ClientOrderId));

        string ours = Field(asked, 11);
        Assert.InRange(ours.Length, 8, dialect.OrderNames == OrderNaming.Uuid ? 36 : 20);
        string names = dialect.NamesOrdersItself ? $"11=VENUE-9|41={ours}|" : $"11={ours}|37=V1|";
        venue.Say($"35=8|{names}150=0|39=0|17=E1|54=1|55=EURUSD|151=3|14=0|6=0|");
        Assert.True(orders.Venue.TryTake(venue.Now, out ExecutionReport report));
        Assert.Equal(ReportKind.Accepted, report.Kind);

        orders.Venue.Submit(command with { Kind = CommandKind.Cancel });
        venue.Run();
        Assert.Equal(cancel, Plain(venue.TakeAsked(), dialect, command.ClientOrderId));
    }

    [Fact]
    public void Binance_logons_carry_an_ed25519_signature_that_verifies()
    {
        WithKey(Pem(), credentials =>
        {
            byte[] logon = Logon(FixDialects.Binance, credentials, "api-key", null, out FixMessage message);
            Assert.Equal("api-key", FixText.Show(message.Fields.Get(Tags.Username)));
            Assert.Equal("2", FixText.Show(message.Fields.Get(25035)));
            Assert.Equal("Y", FixText.Show(message.Fields.Get(Tags.ResetSeqNumFlag)));
            byte[] payload = Encoding.ASCII.GetBytes($"A\u0001TW\u0001ISLD\u00011\u0001{FixText.Show(message.Fields.Get(Tags.SendingTime))}");
            Ed25519Signer verifier = new();
            verifier.Init(forSigning: false, new Ed25519PrivateKeyParameters(_seed).GeneratePublicKey());
            verifier.BlockUpdate(payload, 0, payload.Length);
            Assert.True(verifier.VerifySignature(Convert.FromBase64String(FixText.Show(message.Fields.Get(Tags.RawData)))));
            Assert.NotEmpty(logon);
        });
    }

    [Fact]
    public void Coinbase_logons_carry_an_hmac_over_six_fields()
    {
        byte[] secret = [9, 8, 7, 6, 5, 4, 3, 2, 1];
        WithKey(Convert.ToBase64String(secret), credentials =>
        {
            Logon(FixDialects.Coinbase, credentials, "key", "passphrase", out FixMessage message);
            Assert.Equal("9", FixText.Show(message.Fields.Get(Tags.DefaultApplVerID)));
            Assert.Equal("passphrase", FixText.Show(message.Fields.Get(Tags.Password)));
            string payload = string.Join('\u0001', FixText.Show(message.Fields.Get(Tags.SendingTime)), "A", "1", "TW", "ISLD", "passphrase");
            Assert.Equal(
                Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(payload))), FixText.Show(message.Fields.Get(Tags.RawData)));
        });
    }

    [Fact]
    public void Deribit_logons_carry_a_nonce_and_its_hash_with_the_secret()
    {
        WithKey("access-secret", credentials =>
        {
            Logon(FixDialects.Deribit, credentials, "access-key", null, out FixMessage message);
            string raw = FixText.Show(message.Fields.Get(Tags.RawData));
            string[] parts = raw.Split('.', 2);
            Assert.Equal(FakeVenue.Start.Nanoseconds / 1_000_000, long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(32, Convert.FromBase64String(parts[1]).Length);
            Assert.Equal(Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(raw + "access-secret"))), FixText.Show(message.Fields.Get(Tags.Password)));
        });
    }

    [Fact]
    public void CTrader_tells_quotes_and_trades_apart_by_sub_id()
    {
        byte[] logon = Logon(FixDialects.CTrader, null, "12345", "secret", out FixMessage message);
        Assert.Equal("TRADE", FixText.Show(message.Fields.Get(Tags.TargetSubID)));
        Assert.Equal(("12345", "secret"), (FixText.Show(message.Fields.Get(Tags.Username)), FixText.Show(message.Fields.Get(Tags.Password))));
        Assert.Equal("Y", FixText.Show(message.Fields.Get(Tags.ResetSeqNumFlag)));
        Assert.NotEmpty(logon);
        Assert.Equal("QUOTE", FixDialects.CTrader.MarketData.TargetSubId);
    }

    [Fact]
    public void Post_only_reduce_only_and_icebergs_are_said_in_each_dialects_way()
    {
        Assert.Contains("|18=6|", Write(FixDialects.Binance, OrderFlags.PostOnly), StringComparison.Ordinal);
        Assert.Contains("|18=A|", Write(FixDialects.Coinbase, OrderFlags.PostOnly), StringComparison.Ordinal);
        Assert.Contains("|18=6AE|", Write(FixDialects.Deribit, OrderFlags.PostOnly | OrderFlags.ReduceOnly), StringComparison.Ordinal);
        Assert.Contains("|18=E|", Write(FixDialects.Deribit, OrderFlags.ReduceOnly), StringComparison.Ordinal);
        Assert.EndsWith("|1138=1|", Write(FixDialects.Deribit, OrderFlags.None, Quantity.FromUnits(1)), StringComparison.Ordinal);
        Assert.EndsWith("|111=1|", Write(FixDialects.Binance, OrderFlags.None, Quantity.FromUnits(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_checked_when_they_are_read_and_never_shown()
    {
        WithKey(Convert.ToBase64String(_seed), credentials =>
        {
            Assert.Equal("***", credentials.ToString());
            _ = new LogonSigner(FixDialects.Binance, credentials);
        });
        WithKey("not base64!", credentials =>
        {
            string message = Assert.Throws<ArgumentException>(() => new LogonSigner(FixDialects.Coinbase, credentials)).Message;
            Assert.DoesNotContain("not base64!", message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => new LogonSigner(FixDialects.Binance, credentials));
        });
        WithKey(Convert.ToBase64String(new byte[20]), credentials => Assert.Throws<ArgumentException>(() => new LogonSigner(FixDialects.Binance, credentials)));
        Assert.Contains("needs a key", Assert.Throws<ArgumentException>(() => new LogonSigner(FixDialects.Deribit, null)).Message, StringComparison.Ordinal);
        Assert.Contains("NO_SUCH_VARIABLE", Assert.Throws<ArgumentException>(() => LogonCredentials.FromEnvironment("NO_SUCH_VARIABLE")).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => LogonCredentials.FromFile("/no/such/file"));
    }

    [Fact]
    public void Every_dialect_is_sound_and_an_unknown_one_lists_them()
    {
        Assert.All(FixDialects.All, dialect => Assert.Same(dialect, dialect.Validated()));
        Assert.Contains("deribit", Assert.Throws<ArgumentException>(() => FixDialects.Find("nasdaq")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => (FixDialects.Fix44 with { DefaultApplVerId = "9" }).Validated());
        Assert.Throws<ArgumentException>(() => (FixDialects.Lmax with { SecurityIdSource = "" }).Validated());
        Assert.Throws<ArgumentException>(() => (FixDialects.Fix44 with { DisplayQuantityTag = 7 }).Validated());
    }

    private static FixOrders Orders(FixDialect dialect, string wireName = "EURUSD") =>
        new(new FixVenueOptions { Dialect = dialect, Instruments = new WireInstruments(_instruments, _ => wireName), OrderPrefix = ClOrdIdText.PrefixOf(FakeVenue.Start) });

    private static string Write(FixDialect dialect, OrderFlags flags, Quantity display = default)
    {
        using FixOrders orders = Orders(dialect);
        FakeVenue venue = new(orders, dialect);
        venue.Connect();
        venue.Asked.Clear();
        orders.Venue.Submit(new OrderCommand
        {
            Kind = CommandKind.New,
            ClientOrderId = ClientOrderId.Create(1, 5),
            Side = OrderSide.Sell,
            Type = OrderType.Limit,
            Flags = flags,
            Quantity = Quantity.FromUnits(3),
            DisplayQuantity = display,
            LimitPrice = Price.Parse("1.25"),
        });
        venue.Run();
        return venue.TakeAsked();
    }

    private byte[] Logon(FixDialect dialect, LogonCredentials? credentials, string username, string? password, out FixMessage message)
    {
        FixTrading trading = new(null, null, null, null, new LogonSigner(dialect, credentials));
        FakeVenue venue = new(trading, dialect, username, password);
        venue.Connect();
        Assert.True(venue.Ours.IsLoggedOn, venue.Ours.LastHangUpReason);
        Assert.Equal(ParseStatus.Message, _parser.Parse(venue.Logon, out message, out _));
        return venue.Logon;
    }

    private static void WithKey(string text, Action<LogonCredentials> act)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            act(LogonCredentials.FromFile(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Pem()
    {
        byte[] key = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20, .. _seed];
        return $"-----BEGIN PRIVATE KEY-----\n{Convert.ToBase64String(key)}\n-----END PRIVATE KEY-----\n";
    }

    /// <summary>Our names as N and their request number, times as T.</summary>
    private static string Plain(string asked, FixDialect dialect, ClientOrderId order)
    {
        ClOrdIdText names = new(ClOrdIdText.PrefixOf(FakeVenue.Start), dialect.OrderNames);
        Span<byte> text = stackalloc byte[ClOrdIdText.BytesMax];
        for (int i = 0; i < 2; i++) asked = asked.Replace(FixText.Show(text[..names.Write(text, order, i)]), $"N{i}", StringComparison.Ordinal);
        return System.Text.RegularExpressions.Regex.Replace(asked, "\\|60=[^|]*\\|", "|60=T|");
    }

    private static string Field(string asked, int tag) => System.Text.RegularExpressions.Regex.Match(asked, $@"\|{tag}=([^|]*)\|").Groups[1].Value;
}
