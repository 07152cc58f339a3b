using MiniTrader.Model;
using MiniTrader.Sessions;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>More than the best prices of a book: what a client that asks for levels sees, every level by hand.</summary>
public sealed class ExchangeDepthTests
{
    [Fact]
    public void A_subscriber_of_two_levels_sees_them_and_then_what_comes_changes_and_leaves()
    {
        using TestExchange exchange = new(hasBook: true);
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        clients.Send("ALICE", "V|262=M1|263=1|264=2|265=1|267=2|269=0|269=1|146=1|55=AAA");
        string snapshot = clients.Take("ALICE", "35=W", "262=M1", "55=AAA", "268=4");
        Assert.Equal("bid 99.9 100, bid 99.8 200, ask 100.1 100, ask 100.2 300", Levels(snapshot));

        exchange.Market.Level(0, BookAction.Modify, OrderSide.Buy, "99.8", 250);
        Assert.Equal("change bid 99.8 250", Levels(clients.Take("ALICE", "35=X", "262=M1", "268=1")));

        // A better bid moves the second one out of the depth asked for.
        exchange.Market.Level(0, BookAction.Add, OrderSide.Buy, "99.95", 10);
        Assert.Equal("new bid 99.95 10, delete bid 99.8", Levels(clients.Take("ALICE", "35=X", "268=2")));

        // Below the depth asked for nothing is said; when the best ask goes, the third one comes into sight.
        exchange.Market.Level(0, BookAction.Modify, OrderSide.Sell, "100.3", 7);
        exchange.Market.Level(0, BookAction.Delete, OrderSide.Sell, "100.1", 0);
        Assert.Equal("delete ask 100.1, new ask 100.3 7", Levels(clients.Take("ALICE", "35=X", "268=2")));
        Assert.Empty(clients.Rest("ALICE"));
    }

    [Fact]
    public void All_levels_shown_one_side_and_full_refreshes_are_as_asked_for()
    {
        using TestExchange exchange = new(hasBook: true);
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        clients.Send("ALICE", "V|262=M1|263=1|264=0|265=0|267=1|269=1|146=1|55=AAA");
        Assert.Equal("ask 100.1 100, ask 100.2 300, ask 100.3 50", Levels(clients.Take("ALICE", "35=W", "268=3")));
        exchange.Market.Level(0, BookAction.Modify, OrderSide.Buy, "99.8", 1);
        exchange.Market.Level(0, BookAction.Add, OrderSide.Sell, "100.25", 4);
        Assert.Equal("ask 100.1 100, ask 100.2 300, ask 100.25 4, ask 100.3 50", Levels(clients.Take("ALICE", "35=W", "268=4")));
        clients.Send("ALICE", "V|262=M2|263=0|264=1|267=2|269=0|269=1|146=1|55=AAA");
        Assert.Equal("bid 99.9 100, ask 100.1 100", Levels(clients.Take("ALICE", "35=W", "262=M2")));
        clients.Send("ALICE", "V|262=M3|263=0|264=33|267=1|269=0|146=1|55=AAA");
        clients.Take("ALICE", "35=Y", "262=M3", "281=5");

        // Quotes have one level, whatever was asked for.
        clients.Send("ALICE", "V|262=M4|263=0|264=5|267=2|269=0|269=1|146=1|55=BBB");
        Assert.Equal("bid 49.95 500, ask 50.05 500", Levels(clients.Take("ALICE", "35=W", "262=M4")));
        Assert.Empty(clients.Rest("ALICE"));
    }

    [Fact]
    public void A_snapshot_asked_for_in_the_middle_of_a_packet_waits_for_its_end()
    {
        using TestExchange exchange = new(hasBook: true);
        using TradingClients clients = new(exchange.Port, "ALICE", "BOB");
        clients.AwaitLogon("ALICE", "BOB");
        exchange.Market.Level(0, BookAction.Delete, OrderSide.Buy, "99.9", 0, isPartial: true);
        clients.Await(() => exchange.Session.Counts.MarketEvents == 7, "the first half of the packet");
        clients.Send("ALICE", "V|262=M1|263=1|264=2|265=1|267=2|269=0|269=1|146=1|55=AAA");
        clients.Send("ALICE", "V|262=M2|263=0|264=2|267=2|269=0|269=1|146=1|55=BBB");
        for (int i = 0; i < 20; i++)
        {
            clients.Send("BOB", $"V|262=B{i}|263=0|264=2|267=2|269=0|269=1|146=1|55=BBB");
            clients.Take("BOB", "35=W", $"262=B{i}");
        }

        Assert.Empty(clients.Rest("ALICE"));
        exchange.Market.Level(0, BookAction.Add, OrderSide.Buy, "99.85", 5);
        Assert.Equal("bid 99.85 5, bid 99.8 200, ask 100.1 100, ask 100.2 300", Levels(clients.Take("ALICE", "35=W", "262=M1")));
        clients.Take("ALICE", "35=W", "262=M2");

        // Data that breaks off within a packet holds nobody up.
        exchange.Market.Level(0, BookAction.Delete, OrderSide.Buy, "99.85", 0, isPartial: true);
        clients.Await(() => exchange.Session.Counts.MarketEvents == 9, "the packet that breaks off");
        exchange.Market.End();
        clients.Send("ALICE", "V|262=M3|263=0|264=2|267=1|269=0|146=1|55=AAA");
        Assert.Equal("bid 99.8 200", Levels(clients.Take("ALICE", "35=W", "262=M3")));
    }

    private static string Levels(string message)
    {
        List<string> levels = [];
        string action = "";
        string[] fields = message.Trim('|').Split('|');
        for (int i = 0; i < fields.Length; i++)
        {
            string value = fields[i][(fields[i].IndexOf('=', StringComparison.Ordinal) + 1)..];
            if (fields[i].StartsWith("279=", StringComparison.Ordinal)) action = value switch { "0" => "new ", "1" => "change ", _ => "delete " };
            if (fields[i].StartsWith("269=", StringComparison.Ordinal)) levels.Add(action + (value == "0" ? "bid" : "ask"));
            if (fields[i].StartsWith("270=", StringComparison.Ordinal) || fields[i].StartsWith("271=", StringComparison.Ordinal)) levels[^1] += " " + value;
        }

        return string.Join(", ", levels);
    }
}
