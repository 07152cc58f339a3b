using MiniTrader.Analytics;
using MiniTrader.DataTools;
using MiniTrader.Model;
using MiniTrader.Sessions;
using MiniTrader.Tests.DataTools;
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
        MarketEvent dividend = default;
        dividend.Header = Head(EventKind.CorporateAction, minute: 60);
        (dividend.Action.Kind, dividend.Action.Amount) = (CorporateActionKind.Dividend, Price.Parse("0.50"));
        string catalog = Catalog([.. Enumerable.Range(0, 90).Select(i => Quote(i, "10.00", "10.01", askSize: 100 + i))], dividend);
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

    /// <summary>A split is of the instant of the first price in new units, and that price comes behind it, whatever the kinds are called.</summary>
    [Fact]
    public void A_split_comes_before_the_price_of_its_instant()
    {
        MarketEvent split = default;
        split.Header = Head(EventKind.CorporateAction, minute: 1);
        (split.Action.Kind, split.Action.NewUnits, split.Action.OldUnits) = (CorporateActionKind.Split, 2, 1);
        TickCatalog catalog = TickCatalog.Open(Catalog([Quote(0, "99", "100", 100), Quote(1, "49", "50", 100)], split));
        using CatalogFeed feed = CatalogFeed.Open(catalog, catalog.Instruments, new FeedRequest());
        MarketEvent[] events = new MarketEvent[4];
        Assert.Equal(3, feed.Fill(events));
        Assert.Equal([EventKind.Quote, EventKind.CorporateAction, EventKind.Quote], events[..3].Select(e => e.Header.Kind));
    }

    /// <summary>
    /// Fifteen years of daily bars and their dividends, orders and reports a millisecond on their way: each dividend is paid on the sum of the fills that the
    /// venue made before it, and none is left out.
    /// </summary>
    [Fact]
    public void Each_dividend_of_a_real_history_is_paid_on_what_was_held()
    {
        string catalog = Path.Combine(_runs.Folder, "catalog");
        string[] arguments = ["import", "lean", SharedData.Path("lean/equity/usa/daily/ibm.zip"), SharedData.Path("lean/equity/usa/factor_files/ibm.csv"), "--catalog", catalog];
        Assert.Equal(0, DataToolsCli.Run(arguments));
        RunOutcome outcome = _runs.Run(new RunConfig
        {
            Strategies = ["EmaCross"],
            Data = catalog,
            Settings = new Dictionary<string, string> { ["fast"] = "2", ["slow"] = "3", ["size"] = "100" },
        });
        RunFolder folder = RunFolder.Open(outcome.Folder);
        FillRow[] fills = [.. folder.Fills()];
        EntryRow[] paid = [.. folder.Entries().Where(e => e.Kind == LedgerEntryKind.Dividend)];
        TickCatalog data = TickCatalog.Open(catalog);
        List<(Timestamp Time, decimal Held)> due = [];
        decimal held = 0;
        int next = 0;
        foreach (MarketEvent action in Actions(data))
        {
            Timestamp time = action.Header.VenueTime;
            for (; next < fills.Length && fills[next].VenueTime < time; next++) held += fills[next].Side == OrderSide.Buy ? fills[next].Quantity.ToDecimal() : -fills[next].Quantity.ToDecimal();
            if (action.Action.IsSplit) held = held * action.Action.NewUnits / action.Action.OldUnits;
            else if (held != 0) due.Add((time, held));
        }

        Assert.True(due.Count > 30, $"{due.Count} dividends were due.");
        Assert.Equal(due, paid.Select(e => (e.Time, e.QuantityAfter.ToDecimal())));
    }

    private static List<MarketEvent> Actions(TickCatalog catalog)
    {
        using CatalogFeed feed = CatalogFeed.OpenSeries(catalog, catalog.Series.Single(s => s.Kind == TickKind.Actions), new(0), new());
        MarketEvent[] slots = new MarketEvent[512];
        List<MarketEvent> actions = [];
        while (!feed.IsFinished) actions.AddRange(slots.AsSpan(0, feed.Fill(slots)));
        return actions;
    }

    /// <summary>Writes a catalog of one share and answers its folder.</summary>
    private string Catalog(MarketEvent[] quotes, MarketEvent action)
    {
        Instrument share = new() { Symbol = "AAA", Venue = "XTST" };
        string catalog = Path.Combine(_runs.Folder, "catalog");
        using CatalogWriter writer = new(catalog, TickFileOptions.Default);
        writer.Append(share, quotes);
        writer.Append(share, [action]);
        writer.Complete();
        return catalog;
    }

    private static MarketEvent Quote(int minute, string bid, string ask, long askSize)
    {
        MarketEvent e = default;
        e.Header = Head(EventKind.Quote, minute);
        (e.Quote.Bid, e.Quote.Ask, e.Quote.BidSize, e.Quote.AskSize) = (Price.Parse(bid), Price.Parse(ask), Quantity.FromUnits(100), Quantity.FromUnits(askSize));
        return e;
    }

    private static EventHeader Head(EventKind kind, int minute)
    {
        Timestamp time = Timestamp.Parse("2024-01-02T14:30") + (minute * Timestamp.NanosecondsPerMinute);
        return new() { VenueTime = time, ReceivedTime = time, Kind = kind, Flags = EventFlags.ForBoth };
    }
}
