using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Sessions;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>What a run tells a user before and behind its figures.</summary>
public sealed class NoteTests : IDisposable
{
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    /// <summary>The venue matches each instrument by its own data: quotes of one say nothing of another that has trades only.</summary>
    [Fact]
    public void What_is_assumed_of_some_instruments_names_them_and_what_is_of_all_is_said_once()
    {
        VenueOptions venue = new();
        string[] said = [.. RunNotes.Assumed([new([EventKind.Quote, EventKind.Trade], ["IBM.USA"]), new([EventKind.Trade], ["GC.COMEX", "SPY.USA"]), new([EventKind.Bar], ["ES.CME"])], venue)];
        Assert.Contains("GC.COMEX, SPY.USA: The data has no quotes: an order takes at the last trade's price, without a spread.", said);
        Assert.Contains(said, s => s.StartsWith("IBM.USA: Nobody's place in a queue is in the data", StringComparison.Ordinal));
        Assert.Contains(said, s => s.StartsWith("ES.CME: A market order fills at the open of the first bar", StringComparison.Ordinal));

        string[] ticks = [.. RunNotes.Assumed([new([EventKind.Quote, EventKind.Trade], ["IBM.USA"]), new([EventKind.Trade], ["SPY.USA"])], venue)];
        Assert.Single(ticks, s => s.StartsWith("At-open and at-close orders", StringComparison.Ordinal));
        Assert.Equal(ticks.Distinct(), ticks);
        Assert.Equal(venue.Approximations([EventKind.Bar]), RunNotes.Assumed([new([EventKind.Bar], ["ES.CME", "NQ.CME"])], venue));
        Assert.Equal(venue.Approximations([]), RunNotes.Assumed([], venue));
    }

    [Fact]
    public void A_run_over_quotes_of_one_and_trades_of_another_instrument_says_both()
    {
        string catalog = Path.Combine(_runs.Folder, "catalog");
        Timestamp start = Timestamp.Parse("2024-01-02T14:30");
        MarketEvent quote = default, trade = default;
        quote.Header = new() { Kind = EventKind.Quote, VenueTime = start, ReceivedTime = start };
        (quote.Quote.Bid, quote.Quote.Ask, quote.Quote.BidSize, quote.Quote.AskSize) = (Price.Parse("10.00"), Price.Parse("10.01"), Quantity.FromUnits(100), Quantity.FromUnits(100));
        trade.Header = new() { Kind = EventKind.Trade, VenueTime = start, ReceivedTime = start };
        (trade.Trade.Price, trade.Trade.Size) = (Price.Parse("20.00"), Quantity.FromUnits(5));
        using (CatalogWriter writer = new(catalog, TickFileOptions.Default))
        {
            writer.Append(new() { Symbol = "AAA", Venue = "XTST" }, [quote]);
            writer.Append(new() { Symbol = "BBB", Venue = "XTST" }, [trade]);
            writer.Complete();
        }

        IReadOnlyList<string> notes = _runs.Run(new() { Strategies = ["EmaCross"], Data = catalog }).Notes;
        Assert.Contains(notes, n => n.StartsWith("AAA.XTST: The data has no trades: a resting order fills only when the opposite quote", StringComparison.Ordinal));
        Assert.Contains(notes, n => n.StartsWith("BBB.XTST: The data has no quotes: an order takes at the last trade's price", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5000", true)]
    [InlineData("1000000", false)]
    public void An_account_that_is_used_up_is_told_of_with_the_figures_and_not_in_the_report_alone(string cash, bool isUsedUp)
    {
        RunOutcome outcome = _runs.Run(new()
        {
            Strategies = ["EmaCross"],
            Data = "generated:seed=1,rows=100000",
            Cash = decimal.Parse(cash, System.Globalization.CultureInfo.InvariantCulture),
            Settings = new Dictionary<string, string> { ["size"] = "300" },
        });
        Assert.Equal(isUsedUp, outcome.Summary.FinalEquity <= 0);
        Assert.Equal(isUsedUp, outcome.Notes.Contains("Equity fell to zero or below: this run could not have gone on with real money."));
        Assert.Equal(isUsedUp ? 2 : 1, File.ReadAllText(Path.Combine(outcome.Folder, "report.html")).Split("could not have gone on").Length);
    }

    [Theory]
    [InlineData("none", true)]
    [InlineData("fixed=1", false)]
    public void Trading_that_costs_nothing_is_said_to(string fees, bool isFree) => Assert.Equal(
        isFree,
        _runs.Run(new() { Strategies = ["EmaCross"], Data = "generated:rows=2000", Venue = new Dictionary<string, string> { ["fees"] = fees } }).Notes.Contains("Trading is free: no fees are charged (fees=none)."));

    [Fact]
    public void One_order_is_one_order()
    {
        IReadOnlyList<string> notes = _runs.Run(new() { Strategies = [nameof(OneBid)], Data = "generated:rows=2000,instruments=1" }, Runs.Library.With(typeof(OneBid))).Notes;
        Assert.Contains(notes, n => n.StartsWith("1 order still worked or was on its way when the data ended;", StringComparison.Ordinal));
    }

    internal sealed class OneBid(InstrumentId instrument, Quantity size) : MiniTrader.Strategies.Strategy
    {
        private bool _isSent;

        public override void OnQuote(in QuoteTick quote)
        {
            if (!_isSent) Orders.Submit(new() { Instrument = instrument, Side = OrderSide.Buy, Quantity = size, Type = OrderType.Limit, LimitPrice = Price.Parse("0.01") });
            _isSent = true;
        }
    }
}
