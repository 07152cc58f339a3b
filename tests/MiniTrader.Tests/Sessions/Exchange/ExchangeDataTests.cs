using MiniTrader.Model;
using MiniTrader.Sessions;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>An exchange over data as its command opens it: a generated market, and a recorded one.</summary>
public sealed class ExchangeDataTests : IDisposable
{
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_market_is_shown_and_traded_with(bool isRecorded)
    {
        string data = isRecorded ? Write() : "generated:seed=3,rows=20000,instruments=1";
        using ExchangeSession exchange = ExchangeSession.Open(new RunConfig { Data = data }, new ExchangeOptions());
        exchange.Start();
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        clients.Send("ALICE", "x|320=L|559=4");
        string symbol = TradingClients.Field(clients.Take("ALICE", "35=y"), 55);
        if (isRecorded) Assert.Equal("REC", symbol);
        clients.Send("ALICE", $"V|262=M|263=1|264=1|265=1|267=2|269=0|269=1|146=1|55={symbol}");
        clients.Take("ALICE", "35=W", $"55={symbol}");
        clients.Take("ALICE", "35=X");
        clients.Send("ALICE", $"D|11=1|38=1|40=1|54=1|55={symbol}|59=1|60=20240102-14:30:00");
        string fill = clients.Take("ALICE", "35=8", "11=1", "39=2");
        if (isRecorded) Assert.InRange(Price.Parse(TradingClients.Field(fill, 31)).ToDecimal(), 100.01m, 130.01m);
        Assert.Null(exchange.Fault);
    }

    [Fact]
    public void What_a_client_missed_beyond_its_store_is_told_as_a_gap_and_the_newest_come()
    {
        using TestExchange exchange = new(new ExchangeOptions { ClientStoreBytes = 1 << 17 });
        using TradingClients clients = new(exchange.Port, "ALICE");
        clients.AwaitLogon("ALICE");
        for (int i = 0; i < 1_000; i++) clients.Send("ALICE", $"H|11=none{i}|54=1|55=AAA");
        clients.Await(() => clients.Count("ALICE", "35=8") == 1_000, "a thousand answers");

        // A client that has forgotten everything asks for all from the first on.
        clients.Do("ALICE", session => session.Store.SetNextTarget(1));
        clients.Send("ALICE", "H|11=last|54=1|55=AAA");
        clients.Await(() => clients.Count("ALICE", "11=last") == 1, "the answer behind the gap");
        Assert.InRange(clients.Count("ALICE", "43=Y"), (1 << 16) / 500, 998);
        Assert.Equal(1, clients.Count("ALICE", "11=none0"));
        Assert.Equal(2, clients.Count("ALICE", "11=none999"));
    }

    /// <summary>A quote every 5 ms, each a cent above the one before.</summary>
    private string Write()
    {
        MarketEvent[] quotes = new MarketEvent[2_000];
        for (int i = 0; i < quotes.Length; i++)
        {
            ref MarketEvent e = ref quotes[i];
            e.Header.VenueTime = e.Header.ReceivedTime = Timestamp.Parse("2024-01-02T14:30") + (i * 5 * Timestamp.NanosecondsPerMillisecond);
            e.Header.Kind = EventKind.Quote;
            e.Header.Flags = EventFlags.ForBoth;
            e.Quote.Bid = new Price((100 * FixedPoint.One) + (i * FixedPoint.One / 100));
            e.Quote.Ask = e.Quote.Bid + new Price(FixedPoint.One / 100);
            e.Quote.AskSize = e.Quote.BidSize = Quantity.FromUnits(100);
        }

        string folder = Path.Combine(_runs.Folder, "catalog");
        using CatalogWriter writer = new(folder, new TickFileOptions());
        writer.Append(new Instrument { Symbol = "REC", Venue = "XTST" }, quotes);
        writer.Complete();
        return folder;
    }
}
