using MiniTrader.Sessions;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>Market data, securities and the trading session, as clients see them.</summary>
public sealed class ExchangeMarketDataTests
{
    private const string Types = "267=3|269=0|269=1|269=2";

    [Fact]
    public void A_subscriber_gets_a_snapshot_and_then_what_changes()
    {
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        clients.Send("ALICE", $"V|262=M1|263=1|264=1|265=1|{Types}|146=2|55=AAA|55=BBB");
        string snapshot = clients.Take("ALICE", "35=W", "262=M1", "55=AAA", "268=2");
        Assert.Contains("|269=0|270=99.9|271=100|272=20240102|273=15:00:00.000|269=1|270=100.1|271=100|", snapshot, StringComparison.Ordinal);
        clients.Take("ALICE", "35=W", "262=M1", "55=BBB", "268=2");
        exchange.Market.Quote(0, "99.91", 100, "100.10", 100);
        string bid = clients.Take("ALICE", "35=X", "262=M1", "268=1");
        Assert.Contains("|279=1|269=0|278=1|55=AAA|270=99.91|271=100|", bid, StringComparison.Ordinal);
        exchange.Market.Quote(1, "49.95", 500, "0", 0);
        Assert.Contains("|279=2|269=1|278=4|55=BBB|", clients.Take("ALICE", "35=X", "55=BBB"), StringComparison.Ordinal);
        exchange.Market.Trade(0, "100.00", 7);
        Assert.Contains("|279=0|269=2|", clients.Take("ALICE", "35=X", "55=AAA", "270=100", "271=7"), StringComparison.Ordinal);
        clients.Send("ALICE", $"V|262=M1|263=2|264=1|{Types}|146=1|55=AAA");
        clients.Send("ALICE", $"V|262=M2|263=0|264=1|{Types}|146=1|55=AAA");
        clients.Take("ALICE", "35=W", "262=M2");
        exchange.Market.Trade(0, "100.01", 7);
        clients.Send("ALICE", "H|11=NONE|54=1|55=AAA");
        clients.Take("ALICE", "35=8", "11=NONE");
        Assert.Empty(clients.Rest("ALICE"));
    }

    [Fact]
    public void A_full_refresh_is_a_snapshot_each_time()
    {
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        clients.Send("ALICE", "V|262=M1|263=1|264=1|265=0|267=1|269=1|146=1|55=AAA");
        clients.Take("ALICE", "35=W", "268=1", "270=100.1");
        exchange.Market.Quote(0, "99.91", 100, "100.11", 100);
        clients.Take("ALICE", "35=W", "268=1", "270=100.11");
    }

    [Theory]
    [InlineData("V|262=M1|263=1|264=1|267=1|269=0|146=1|55=ZZZ", "281=0")]
    [InlineData("V|262=M1|263=9|264=1|267=1|269=0|146=1|55=AAA", "281=4")]
    [InlineData("V|262=M1|263=1|264=1|267=1|269=7|146=1|55=AAA", "281=8")]
    [InlineData("V|262=M1|263=1|264=1|267=1|269=0|146=3|55=AAA|55=BBB|55=AAA", "281=2")]
    public void A_wrong_request_is_refused_with_a_sentence(string request, string reason)
    {
        using TestExchange exchange = new(new() { SubscriptionCapacity = 2 });
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        clients.Send("ALICE", request);
        Assert.NotEmpty(TradingClients.Field(clients.Take("ALICE", "35=Y", "262=M1", reason), 58));
        clients.Send("ALICE", "V|262=M1|263=1|264=1|267=1|269=0|146=2|55=AAA|55=BBB");
        clients.Take("ALICE", "35=W", "55=BBB");
        clients.Send("ALICE", "V|262=M1|263=1|264=1|267=1|269=0|146=1|55=AAA");
        clients.Take("ALICE", "35=Y", "281=1");
    }

    [Fact]
    public void Securities_are_listed_and_the_session_has_a_status_until_the_data_ends()
    {
        using TestExchange exchange = new();
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        clients.Send("ALICE", "x|320=L1|559=4");
        string list = clients.Take("ALICE", "35=y", "320=L1", "560=0", "393=2", "893=Y", "146=2");
        Assert.Contains("|55=AAA|207=TEST|15=USD|561=1|58=tick=0.01 lot=1|55=BBB|", list, StringComparison.Ordinal);
        clients.Send("ALICE", "x|55=BBB|320=L2|559=0");
        clients.Take("ALICE", "35=y", "320=L2", "560=0", "146=1", "55=BBB");
        clients.Send("ALICE", "x|55=ZZZ|320=L3|559=0");
        clients.Take("ALICE", "35=y", "320=L3", "560=2");
        clients.Send("ALICE", "g|263=1|335=T1");
        clients.Take("ALICE", "35=h", "335=T1", "340=2");
        clients.Send("ALICE", "D|11=A1|38=10|40=2|44=40|54=1|55=AAA|59=1");
        clients.Take("ALICE", "11=A1", "150=0");
        exchange.Market.End();
        clients.Take("ALICE", "35=h", "340=3");
        clients.Take("ALICE", "11=A1", "150=C", "39=C");
        clients.Send("ALICE", "D|11=A2|38=10|40=1|54=1|55=AAA");
        clients.Take("ALICE", "11=A2", "150=8");
        clients.Send("ALICE", "V|262=M1|263=0|264=1|267=1|269=0|146=1|55=AAA");
        clients.Take("ALICE", "35=W", "270=99.9");
        clients.Send("ALICE", "B|148=hello|33=1|58=x");
        clients.Take("ALICE", "35=j", "372=B", "380=3");
    }

    [Fact]
    public void Before_the_first_event_there_is_no_market()
    {
        using TestExchange exchange = new(hasQuotes: false);
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        clients.Send("ALICE", "D|11=A1|38=10|40=1|54=1|55=AAA");
        clients.Take("ALICE", "11=A1", "150=8", "58=The market has not begun.");
        exchange.Market.Quote(0, "99.90", 100, "100.10", 100);
        clients.Send("ALICE", "V|262=M1|263=1|264=1|267=1|269=0|146=1|55=AAA");
        clients.Take("ALICE", "269=0", "270=99.9");
    }
}
