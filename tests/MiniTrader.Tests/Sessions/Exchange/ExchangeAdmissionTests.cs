using MiniTrader.Sessions;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>Who comes in, who does not, and what a wrong set-up says.</summary>
public sealed class ExchangeAdmissionTests
{
    [Fact]
    public void One_client_too_many_is_hung_up_on_and_the_others_trade_on()
    {
        using TestExchange exchange = new(new() { ClientCapacity = 2 });
        using TradingClients clients = new(exchange.Port, "A", "B", "DROPCOPY");
        clients.AwaitLogon("A", "B", "DROPCOPY");
        using TradingClients late = new(exchange.Port, "C");
        clients.Await(() => exchange.Session.Counts.Refused > 0, "refused logon");
        clients.Send("A", "D|11=A1|38=10|40=1|54=1|55=AAA");
        clients.Take("A", "11=A1", "39=2");
        Assert.Equal(3, exchange.Session.Counts.Clients);
    }

    [Fact]
    public void The_drop_copy_sends_no_orders_and_its_name_is_taken()
    {
        using TestExchange exchange = new();
        Assert.Equal(0, exchange.Session.Counts.Clients);
        using TradingClients clients = new(exchange.Port, "DROPCOPY");
        clients.AwaitLogon("DROPCOPY");
        Assert.Equal(1, exchange.Session.Counts.Clients);
        clients.Send("DROPCOPY", "D|11=A1|38=10|40=1|54=1|55=AAA");
        clients.Take("DROPCOPY", "35=j", "372=D", "380=3");
    }

    [Fact]
    public void A_drop_copy_that_comes_late_hears_all_that_was_before()
    {
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        clients.Send("ALICE", "D|11=A1|38=10|40=1|54=1|55=AAA");
        clients.Take("ALICE", "11=A1", "39=2");
        using TradingClients late = new(exchange.Port, "DROPCOPY");
        late.AwaitLogon("DROPCOPY");
        late.Take("DROPCOPY", "11=A1", "150=0", "43=Y");
        late.Take("DROPCOPY", "11=A1", "150=F", "43=Y");
    }

    [Fact]
    public void Sessions_of_a_settings_file_are_the_only_ones()
    {
        string file = Path.GetTempFileName();
        try
        {
            const string text = """
                [DEFAULT]
                ConnectionType=acceptor
                BeginString=FIX.4.4
                SenderCompID=EXCHANGE
                SocketAcceptHost=127.0.0.1
                SocketAcceptPort=0
                NonStopSession=Y
                [SESSION]
                TargetCompID=ONLY
                """;
            File.WriteAllText(file, text);
            using TestExchange exchange = new(new() { SettingsFile = file });
            using TradingClients clients = new(exchange.Port, "ONLY", "OTHER");
            clients.AwaitLogon("ONLY");
            clients.Await(() => exchange.Session.Counts.Refused > 0, "refused logon");
            File.WriteAllText(file, text + "\nNoSuchKey=1");
            Assert.Contains("NoSuchKey", Assert.Throws<ArgumentException>(() => new TestExchange(new() { SettingsFile = file })).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        Assert.Contains("port is 70000", Assert.Throws<ArgumentException>(() => new ExchangeOptions { Port = 70_000 }.Validated()).Message, StringComparison.Ordinal);
        Assert.Contains("speed is 0", Assert.Throws<ArgumentException>(() => new ExchangeOptions { Speed = 0 }.Validated()).Message, StringComparison.Ordinal);
        Assert.Contains("5000 clients", Assert.Throws<ArgumentException>(() => new ExchangeOptions { ClientCapacity = 5_000 }.Validated()).Message, StringComparison.Ordinal);
        Assert.Contains("0 orders", Assert.Throws<ArgumentException>(() => new ExchangeOptions { OrderCapacity = 0 }.Validated()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ExchangeSession.Open(new() { Data = "no-such-folder" }, new()));
    }
}
