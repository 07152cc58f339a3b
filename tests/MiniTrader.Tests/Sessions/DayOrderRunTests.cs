using MiniTrader.Analytics;
using MiniTrader.Model;
using MiniTrader.Sessions;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>Day orders on real data end with the session that the import gave the instrument.</summary>
public sealed class DayOrderRunTests : IDisposable
{
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData("2013-10-07T20:00:00.001", "equity/usa/tick/ibm/20131007_quote.zip", "--hours", "regular")]
    [InlineData("2014-05-07T20:58:00.001", "forex/oanda/tick/eurusd/20140507_quote.zip")]
    public void A_day_order_ends_with_the_session_in_new_york(string expected, params string[] import)
    {
        string catalog = _runs.ImportLean(import);
        RunOutcome outcome = _runs.Run(new RunConfig { Strategies = [nameof(DayBidder)], Data = catalog, Risk = new Dictionary<string, string> { ["collar-bps"] = "off" } }, new StrategyLibrary(typeof(DayBidder).Assembly));
        OrderRow order = Assert.Single(RunFolder.Open(outcome.Folder).Orders());
        Assert.Equal((OrderStatus.Expired, Timestamp.Parse(expected)), (order.Status, order.LastTime));
    }
}

/// <summary>Bids far below the market once, for the day.</summary>
public sealed class DayBidder(InstrumentId instrument) : Strategy
{
    private bool _isDone;

    public override void OnQuote(in QuoteTick quote)
    {
        if (_isDone) return;
        _isDone = true;
        Orders.BuyLimit(instrument, Quantity.FromUnits(1), Price.Parse("1.00"), TimeInForce.Day);
    }
}
