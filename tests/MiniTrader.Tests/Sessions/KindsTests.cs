using MiniTrader.Analytics;
using MiniTrader.Model;
using MiniTrader.Sessions;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>What a choice of kinds brings and leaves out.</summary>
public sealed class KindsTests : IDisposable
{
    private static readonly Timestamp _start = Timestamp.Parse("2024-01-02T14:30");

    private readonly Runs _runs = new();

    private string Catalog => Path.Combine(_runs.Folder, "catalog");

    public void Dispose() => _runs.Dispose();

    private void Write(params EventKind[] views) => Write("AAA", views);

    /// <summary>90 minutes of quotes and, where asked for, trades and bars; 0.50 paid a share after an hour; a halt and its end behind that.</summary>
    private void Write(string symbol, params EventKind[] views)
    {
        Instrument share = new() { Symbol = symbol, Venue = "XTST" };
        using CatalogWriter writer = new(Catalog, TickFileOptions.Default);
        foreach (EventKind kind in views)
        {
            MarketEvent[] rows = new MarketEvent[90];
            for (int i = 0; i < rows.Length; i++)
            {
                rows[i].Header = Head(kind, i);
                if (kind == EventKind.Quote)
                {
                    (rows[i].Quote.Bid, rows[i].Quote.Ask) = (Price.Parse("10.00"), Price.Parse("10.01"));
                    (rows[i].Quote.BidSize, rows[i].Quote.AskSize) = (Quantity.FromUnits(100), Quantity.FromUnits(100 + i));
                }
                else
                {
                    rows[i].Header.Detail = BarInterval.Create(1, BarUnit.Minute).Packed;
                    (rows[i].Bar.Open, rows[i].Bar.High, rows[i].Bar.Low, rows[i].Bar.Close) = (Price.Parse("10.00"), Price.Parse("10.02"), Price.Parse("10.00"), Price.Parse("10.01"));
                    rows[i].Bar.Volume = Quantity.FromUnits(1000);
                }
            }

            writer.Append(share, rows);
        }

        MarketEvent[] dividend = new MarketEvent[1], states = new MarketEvent[2];
        dividend[0].Header = Head(EventKind.CorporateAction, 60);
        (dividend[0].Action.Kind, dividend[0].Action.Amount) = (CorporateActionKind.Dividend, Price.Parse("0.50"));
        (states[0].Header, states[1].Header) = (Head(EventKind.Status, 70), Head(EventKind.Status, 80));
        (states[0].Status.Status, states[1].Status.Status) = (MarketStatus.Halted, MarketStatus.Open);
        writer.Append(share, dividend);
        writer.Append(share, states);
        writer.Complete();
    }

    private RunOutcome Run(params string[] kinds) => _runs.Run(new RunConfig
    {
        Strategies = ["TwapBuyer"],
        Data = Catalog,
        Kinds = kinds,
        Settings = new Dictionary<string, string> { ["size"] = "10", ["minutes"] = "10", ["slices"] = "2" },
    });

    [Fact]
    public void Splits_dividends_and_halts_come_with_any_choice()
    {
        Write(EventKind.Quote, EventKind.Bar);
        RunOutcome outcome = Run("quotes");
        Assert.Equal(93, outcome.Summary.Events);
        Assert.Equal(5m, Assert.Single(RunFolder.Open(outcome.Folder).Entries()).Amount);
        Assert.Contains("The chosen kinds leave out bars-1m.", outcome.Notes);
        Assert.Equal(93, Run("bars-1m").Summary.Events);
        Assert.Equal(183, Run().Summary.Events);
        Assert.Equal(3, Run("actions").Summary.Events);
    }

    [Fact]
    public void They_are_left_out_where_the_words_say_so_and_that_is_told()
    {
        Write(EventKind.Quote, EventKind.Bar);
        RunOutcome outcome = Run("quotes", "no-actions");
        Assert.Equal(92, outcome.Summary.Events);
        Assert.Empty(RunFolder.Open(outcome.Folder).Entries());
        Assert.Contains(
            "The chosen kinds leave out bars-1m, actions. Without actions no split, dividend, funding or settlement reaches orders and positions, and a split is a fall of the price.",
            outcome.Notes);

        outcome = Run("no-status", "no-bars-1m");
        Assert.Equal(91, outcome.Summary.Events);
        Assert.Contains("The chosen kinds leave out bars-1m, status. Without status nobody learns of halts and auctions.", outcome.Notes);
        RunConfig stored = RunConfig.Load(Path.Combine(outcome.Folder, "config.json"));
        Assert.Equal(outcome.Summary.Hash, _runs.Run(stored).Summary.Hash);
    }

    [Fact]
    public void Only_views_of_the_market_are_a_mixture()
    {
        Write(EventKind.Bar);
        Assert.DoesNotContain(Run().Notes, n => n.Contains("--kinds", StringComparison.Ordinal));
        Assert.DoesNotContain(Run("bars-1m").Notes, n => n.Contains("kinds", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_views_are_named_without_what_happens_to_them()
    {
        Write(EventKind.Quote, EventKind.Bar);
        Assert.Contains("AAA.XTST has quotes, bars-1m, all of which the strategy sees; --kinds chooses.", Run().Notes);
    }

    [Fact]
    public void Instruments_that_have_the_same_views_are_named_together()
    {
        foreach (string symbol in (string[])["AAA", "BBB"]) Write(symbol, EventKind.Quote, EventKind.Bar);
        Assert.Contains("AAA.XTST, BBB.XTST have quotes, bars-1m, all of which the strategy sees; --kinds chooses.", Run().Notes);
    }

    [Fact]
    public void An_instrument_that_has_only_what_comes_along_has_not_what_was_chosen()
    {
        Write(EventKind.Bar);
        Assert.Contains("has no quotes of any instrument", Assert.Throws<ArgumentException>(() => Run("quotes")).Message, StringComparison.Ordinal);
        RunConfig named = new() { Strategies = ["TwapBuyer"], Data = Catalog, Instruments = ["AAA"], Kinds = ["quotes"] };
        Assert.EndsWith(
            "has no quotes of AAA.XTST: it has only bars-1m, status, actions.", Assert.Throws<TickDataException>(() => _runs.Run(named)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("2024-03-01", null, true)]
    [InlineData(null, "2024-01-03", false)]
    public void Prices_of_a_time_without_sessions_are_noted(string? from, string? to, bool isNoted)
    {
        Instrument share = new() { Symbol = "AAA", Venue = "XTST", Sessions = new([(_start, _start + (6 * Timestamp.NanosecondsPerHour))]) };
        MarketEvent[] quotes = new MarketEvent[2];
        for (int i = 0; i < 2; i++)
        {
            quotes[i].Header = Head(EventKind.Quote, i * 100 * 24 * 60);
            (quotes[i].Quote.Bid, quotes[i].Quote.Ask) = (Price.Parse("10.00"), Price.Parse("10.01"));
            (quotes[i].Quote.BidSize, quotes[i].Quote.AskSize) = (Quantity.FromUnits(100), Quantity.FromUnits(100));
        }

        using (CatalogWriter writer = new(Catalog, TickFileOptions.Default))
        {
            writer.Append(share, quotes);
            writer.Complete();
        }

        RunOutcome outcome = _runs.Run(new RunConfig { Strategies = ["EmaCross"], Data = Catalog, From = from, To = to });
        Assert.Equal(isNoted, outcome.Notes.Any(n => n.StartsWith("AAA.XTST has prices of 2024-04-11T14:30:00Z", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("'ticks' is not a kind of data", "ticks")]
    [InlineData("'no-ticks' is not a kind of data", "no-ticks")]
    [InlineData("name quotes and leave it out (no-quotes)", "quotes", "no-quotes")]
    public void Wrong_words_are_refused(string sentence, params string[] kinds)
    {
        Write(EventKind.Quote);
        Assert.Contains(sentence, Assert.Throws<ArgumentException>(() => Run(kinds)).Message, StringComparison.Ordinal);
    }

    private static EventHeader Head(EventKind kind, int minute)
    {
        Timestamp time = _start + (minute * Timestamp.NanosecondsPerMinute);
        return new() { VenueTime = time, ReceivedTime = time, Kind = kind, Flags = EventFlags.ForBoth };
    }
}
