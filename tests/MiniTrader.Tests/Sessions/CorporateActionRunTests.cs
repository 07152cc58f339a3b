using MiniTrader.Analytics;
using MiniTrader.Model;
using MiniTrader.Sessions;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>Corporate actions from a catalog through a whole session to the run folder.</summary>
public sealed class CorporateActionRunTests : IDisposable
{
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void A_dividend_in_the_catalog_stands_in_the_ledger_and_in_the_equity()
    {
        // 10 are bought in the first minutes; an hour later each is paid 0.50.
        Instrument share = new() { Symbol = "AAA", Venue = "XTST" };
        Timestamp start = Timestamp.Parse("2024-01-02T14:30");
        MarketEvent[] quotes = new MarketEvent[90];
        for (int i = 0; i < quotes.Length; i++)
        {
            quotes[i].Header = Head(EventKind.Quote, start + (i * Timestamp.NanosecondsPerMinute));
            (quotes[i].Quote.Bid, quotes[i].Quote.Ask) = (Price.Parse("10.00"), Price.Parse("10.01"));
            (quotes[i].Quote.BidSize, quotes[i].Quote.AskSize) = (Quantity.FromUnits(100), Quantity.FromUnits(100 + i));
        }

        MarketEvent dividend = default;
        dividend.Header = Head(EventKind.CorporateAction, start + Timestamp.NanosecondsPerHour);
        (dividend.Action.Kind, dividend.Action.Amount) = (CorporateActionKind.Dividend, Price.Parse("0.50"));
        string catalog = Path.Combine(_runs.Folder, "catalog");
        using (CatalogWriter writer = new(catalog, TickFileOptions.Default))
        {
            writer.Append(share, quotes);
            writer.Append(share, [dividend]);
            writer.Complete();
        }

        RunOutcome outcome = _runs.Run(new RunConfig
        {
            Strategies = ["TwapBuyer"],
            Data = catalog,
            Settings = new Dictionary<string, string> { ["size"] = "10", ["minutes"] = "10", ["slices"] = "2" },
        });
        RunFolder folder = RunFolder.Open(outcome.Folder);
        EntryRow entry = Assert.Single(folder.Entries());
        Assert.Equal((LedgerEntryKind.Dividend, 5m, Quantity.FromUnits(10)), (entry.Kind, entry.Amount, entry.QuantityAfter));
        Assert.Equal(5m, folder.Equity().Last().Income);
        Assert.All(folder.Fills(), f => Assert.Equal((1_000_000L, 1_000_000L), (f.EntryLatency, f.ResponseLatency)));
    }

    private static EventHeader Head(EventKind kind, Timestamp time) => new() { VenueTime = time, ReceivedTime = time, Kind = kind, Flags = EventFlags.ForBoth };
}
