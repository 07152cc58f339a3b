using System.Globalization;
using MiniTrader.Analytics;
using MiniTrader.Sessions;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>
/// Every sample on real ticks and on a generated market, with what must come out written down. Each runs inline, threaded and inline again:
/// events, orders, fills, equity and hash are equal. A change of these figures is a change of the engine's behaviour.
/// </summary>
public sealed class GoldenRunTests : IDisposable
{
    private const string Ibm = "equity/usa/tick/ibm/20131007_";
    private const string Aig = "equity/usa/tick/aig/20131007_";

    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData("EmaCross", 1, "GOLDEN")]
    [InlineData("MeanReversion", 1, "GOLDEN")]
    [InlineData("MarketMaker", 1, "GOLDEN")]
    [InlineData("PairTrade", 2, "GOLDEN")]
    public void On_a_generated_market(string sample, int instruments, string expected) => Check(
        new RunConfig
        {
            Strategies = [sample],
            Data = string.Create(CultureInfo.InvariantCulture, $"generated:seed=7,rows=200000,instruments={instruments}"),
            Venue = new Dictionary<string, string> { ["fees"] = "per-share=0.005,min=1" },
        },
        expected);

    [Theory]
    [InlineData("EmaCross", "GOLDEN")]
    [InlineData("MeanReversion", "GOLDEN")]
    [InlineData("MarketMaker", "GOLDEN")]
    public void On_a_day_of_real_ticks(string sample, string expected)
    {
        if (Runs.RealData is null) Assert.Skip("The real market data is not beside this checkout.");
        string catalog = _runs.ImportLean(Ibm + "quote.zip", Ibm + "trade.zip");
        Check(new RunConfig { Strategies = [sample], Data = catalog, Venue = new Dictionary<string, string> { ["fees"] = "per-share=0.005,min=1" } }, expected);
    }

    [Fact]
    public void A_pair_on_a_day_of_real_ticks()
    {
        if (Runs.RealData is null) Assert.Skip("The real market data is not beside this checkout.");
        string catalog = _runs.ImportLean(Ibm + "quote.zip", Aig + "quote.zip");
        Check(new RunConfig { Strategies = ["PairTrade"], Data = catalog, Instruments = ["IBM", "AIG"], FeedLatency = "200us" }, "GOLDEN");
    }

    private void Check(RunConfig config, string expected)
    {
        RunSummary inline = _runs.Run(config).Summary;
        RunSummary threaded = _runs.Run(config with { Threaded = true }).Summary;
        RunSummary again = _runs.Run(config).Summary;
        Assert.True(expected == Figures(inline), $"It came out as: {Figures(inline)}");
        Assert.Equal(expected, Figures(threaded));
        Assert.Equal(expected, Figures(again));
        Assert.Equal(Statistics(inline), Statistics(threaded));
        Assert.Equal(Statistics(inline), Statistics(again));
    }

    private static string Figures(RunSummary s) => string.Create(
        CultureInfo.InvariantCulture,
        $"{s.Events} events, {s.Orders} orders, {s.Fills} fills, {s.Denied} denied, {s.Trades} trades, fees {s.Fees:0.00}, equity {s.FinalEquity:0.00}, drawdown {s.MaxDrawdown:0.000000}, {s.Hash}");

    /// <summary>Everything of a summary but how fast it was.</summary>
    private static string Statistics(RunSummary summary) => SummaryJson.Write(summary with
    {
        ElapsedSeconds = 0,
        EventsPerSecond = 0,
        AllocatedBytesPerEvent = 0,
        MillisecondsToFirstEvent = null,
    });
}
