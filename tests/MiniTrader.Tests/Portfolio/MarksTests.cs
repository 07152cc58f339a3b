using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Tests.Engine;
using Xunit;

namespace MiniTrader.Tests.Portfolio;

/// <summary>Positions are worth what a market can show; an event that no market can show changes nothing.</summary>
public sealed class MarksTests
{
    private static readonly InstrumentId _share = new(0);
    private static readonly InstrumentId _future = new(1);

    private readonly Ledger _ledger = new(
        new InstrumentTable([new Instrument { Symbol = "X", Venue = "SIM" }, new Instrument { Symbol = "F", Venue = "SIM", AssetClass = AssetClass.Future }]), 1, new AccountOptions());

    /// <summary>The quote of before was 10 by 10.02, worth 10.01.</summary>
    [Theory]
    [InlineData("-10", 5, "10.02", 5, "10.01")]
    [InlineData("0", 5, "10.02", 5, "10.01")]
    [InlineData("10.06", 5, "0", 5, "10.01")]
    [InlineData("10.06", -5, "10.08", 5, "10.01")]
    [InlineData("10.06", 5, "10.08", -5, "10.01")]
    [InlineData("10.06", 5, "10.08", 5, "10.07")]
    [InlineData("0", 0, "10.08", 5, "10.08")]
    [InlineData("-3", 0, "10.08", 5, "10.08")]
    [InlineData("10.06", 5, "0", 0, "10.06")]
    public void A_quote_that_no_market_can_show_is_no_price(string bid, long bidSize, string ask, long askSize, string worth)
    {
        foreach (MarketEvent e in new Tape().Quote(0, "10", "10.02").Quote(1, bid, ask, bidSize, askSize).Events) _ledger.Marks.Observe(in e);
        Assert.Equal(Price.Parse(worth), _ledger.Marks[_share].Value);
        Assert.Equal(Tape.At(worth == "10.01" ? 0 : 1), _ledger.Marks[_share].Time);
    }

    /// <summary>A crossed quote is taken as it is, as the simulated venue takes it.</summary>
    [Fact]
    public void A_crossed_quote_is_taken_as_the_venue_takes_it()
    {
        foreach (MarketEvent e in new Tape().Quote(0, "10", "10.02").Quote(1, "10.05", "10.03").Events) _ledger.Marks.Observe(in e);
        Assert.Equal(Price.Parse("10.04"), _ledger.Marks[_share].Value);
    }

    [Fact]
    public void A_future_may_be_worth_less_than_nothing()
    {
        foreach (MarketEvent e in new Tape().Quote(0, "-37.65", "-37.61", instrument: 1).Events) _ledger.Marks.Observe(in e);
        Assert.Equal(Price.Parse("-37.63"), _ledger.Marks[_future].Value);
        foreach (MarketEvent e in new Tape().Quote(1, "-37.65", "-37.61", bidSize: -1, instrument: 1).Events) _ledger.Marks.Observe(in e);
        Assert.Equal(Tape.At(0), _ledger.Marks[_future].Time);
    }

    [Theory]
    [InlineData("10", 1, "10")]
    [InlineData("0", 1, "9")]
    [InlineData("-1", 1, "9")]
    [InlineData("10", -1, "9")]
    public void A_trade_that_no_market_can_show_is_no_price(string price, long size, string last)
    {
        foreach (MarketEvent e in new Tape().Trade(0, "9", 1).Trade(1, price, size).Events) _ledger.Marks.Observe(in e);
        Assert.Equal(Price.Parse(last), _ledger.Marks[_share].Last);
    }

    [Theory]
    [InlineData("10", "11", "9", "10.5", 1, "10.5")]
    [InlineData("10", "11", "9", "11.5", 1, "8")]
    [InlineData("10", "11", "0", "10.5", 1, "8")]
    [InlineData("10", "11", "9", "10.5", -1, "8")]
    public void A_bar_that_no_market_can_show_is_no_price(string open, string high, string low, string close, long volume, string last)
    {
        MarketEvent[] events = new Tape().Trade(0, "8", 1).Trade(1, "8", 1).Events;
        ref MarketEvent bar = ref events[1];
        bar.Header.Kind = EventKind.Bar;
        (bar.Bar.Open, bar.Bar.High, bar.Bar.Low, bar.Bar.Close, bar.Bar.Volume) = (Price.Parse(open), Price.Parse(high), Price.Parse(low), Price.Parse(close), Quantity.FromUnits(volume));
        foreach (MarketEvent e in events) _ledger.Marks.Observe(in e);
        Assert.Equal(Price.Parse(last), _ledger.Marks[_share].Last);
    }

    /// <summary>100 bought at 10.01, worth 10.00 at the mid: a loss of one, also after the quote of -5,000 that comes step by step or in a quiet run.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_wrong_quote_moves_no_equity_in_any_loop(int instruments)
    {
        List<decimal> equity = [];
        ScriptedStrategy strategy = new ScriptedStrategy().AtQuote(1, s => s.Desk.Buy(_share, Quantity.FromUnits(100)));
        InstrumentTable table = instruments == 1 ? QuietRunTests.OneShare() : Harness.TwoShares();
        Harness harness = new(table, VenueOptions.Instant, new RiskLimits(), strategy);
        for (int n = 2; n <= 5; n++) strategy.AtQuote(n, _ => equity.Add(harness.Ledger.Account.Snapshot().Equity));
        harness.Run(new Tape().Quote(0, "9.99", "10.01").Quote(1, "9.99", "10.01").Quote(2, "-5000", "10.01").Quote(3, "9.99", "10.01", bidSize: -1).Quote(4, "9.99", "10.01"));
        Assert.Equal([99_999m, 99_999m, 99_999m, 99_999m], equity);
    }
}
