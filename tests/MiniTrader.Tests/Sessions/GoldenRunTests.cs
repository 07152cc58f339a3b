using System.Globalization;
using MiniTrader.Analytics;
using MiniTrader.Sessions;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>
/// Every sample on real ticks, on a generated market and on the books of a made-up day, with what must come out written down. Each runs inline, threaded and inline again:
/// events, orders, fills, equity and hash are equal. A change of these figures is a change of the engine's behaviour.
/// </summary>
public sealed class GoldenRunTests : IDisposable
{
    private const string Ibm = "equity/usa/tick/ibm/20131007_";
    private const string Aig = "equity/usa/tick/aig/20131007_";

    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData("EmaCross", 1, "200000 events, 5645 orders, 5645 fills, 0 denied, 2822 trades, fees 5645.00, equity 994305.06, drawdown 0.005695, bcfbf516fb838d66")]
    [InlineData("MeanReversion", 1, "200000 events, 479 orders, 420 fills, 0 denied, 210 trades, fees 420.00, equity 999579.15, drawdown 0.000421, b273efa6bf070692")]
    [InlineData("MarketMaker", 1, "200000 events, 38125 orders, 37754 fills, 0 denied, 10357 trades, fees 37754.00, equity 962042.15, drawdown 0.037958, 7cf9da9729e25723")]
    [InlineData("TwapBuyer", 1, "200000 events, 12 orders, 12 fills, 0 denied, 0 trades, fees 12.00, equity 997519.00, drawdown 0.004464, ee45eb095f7ea2aa")]
    [InlineData("PairTrade", 2, "200000 events, 124 orders, 124 fills, 0 denied, 62 trades, fees 124.00, equity 999873.37, drawdown 0.000127, 267262a32d4908e7")]
    public void On_a_generated_market(string sample, int instruments, string expected) => Check(
        new RunConfig
        {
            Strategies = [sample],
            Settings = SettingsOf(sample),
            Data = string.Create(CultureInfo.InvariantCulture, $"generated:seed=7,rows=200000,instruments={instruments}"),
            Venue = new Dictionary<string, string> { ["fees"] = "per-share=0.005,min=1" },
        },
        expected);

    [Theory]
    [InlineData("EmaCross", "133360 events, 2833 orders, 2832 fills, 0 denied, 1416 trades, fees 2832.00, equity 997114.18, drawdown 0.002886, 989b2e6d670b1573")]
    [InlineData("MeanReversion", "133360 events, 254 orders, 212 fills, 0 denied, 106 trades, fees 212.00, equity 999786.46, drawdown 0.000214, 432696162f477627")]
    [InlineData("TwapBuyer", "133360 events, 12 orders, 12 fills, 0 denied, 0 trades, fees 12.00, equity 1001443.00, drawdown 0.001629, 7df4eccb1bfc0e75")]
    [InlineData("MarketMaker", "133360 events, 9859 orders, 9713 fills, 0 denied, 1748 trades, fees 9713.00, equity 990236.77, drawdown 0.009773, a3b39a5c87bec3eb")]
    public void On_a_day_of_real_ticks(string sample, string expected)
    {
        string catalog = _runs.ImportLean(Ibm + "quote.zip", Ibm + "trade.zip");
        Check(
            new RunConfig
            {
                Strategies = [sample],
                Settings = SettingsOf(sample),
                Data = catalog,
                Venue = new Dictionary<string, string> { ["fees"] = "per-share=0.005,min=1" },
            },
            expected);
    }

    /// <summary>The data has books of orders, trades and states, and no quotes.</summary>
    [Theory]
    [InlineData("EmaCross", "39733 events, 254 orders, 254 fills, 0 denied, 127 trades, fees 254.00, equity 999745.78, drawdown 0.000254, 24a21c227988e1e9")]
    [InlineData("MeanReversion", "39733 events, 14 orders, 14 fills, 0 denied, 7 trades, fees 14.00, equity 999985.50, drawdown 0.000015, 52ab78594732202d")]
    [InlineData("TwapBuyer", "39733 events, 12 orders, 1 fills, 0 denied, 0 trades, fees 6.00, equity 999358.00, drawdown 0.001810, 7548edaddce6c29a")]
    [InlineData("MarketMaker", "39733 events, 867 orders, 864 fills, 0 denied, 116 trades, fees 864.00, equity 999118.72, drawdown 0.000881, 27fb0f575f65cb25")]
    [InlineData("PairTrade", "66269 events, 56 orders, 56 fills, 0 denied, 28 trades, fees 56.00, equity 999942.30, drawdown 0.000058, db5a4f9c9866c338")]
    public void On_the_books_of_a_made_up_day(string sample, string expected)
    {
        string catalog = _runs.ImportMadeUpDay(rows: 60_000, stocks: 2);
        Check(
            new RunConfig
            {
                Strategies = [sample],
                Settings = SettingsOf(sample),
                Data = catalog,
                Instruments = sample == "PairTrade" ? [] : ["GEN1"],
                Venue = new Dictionary<string, string> { ["fees"] = "per-share=0.005,min=1" },
            },
            expected);
    }

    [Fact]
    public void A_pair_on_a_day_of_real_ticks()
    {
        string catalog = _runs.ImportLean(Ibm + "quote.zip", Aig + "quote.zip");
        Check(
            new RunConfig { Strategies = ["PairTrade"], Data = catalog, Instruments = ["IBM", "AIG"], FeedLatency = "200us" },
            "2378004 events, 150 orders, 148 fills, 0 denied, 74 trades, fees 0.00, equity 999997.24, drawdown 0.000003, 938ecd12397a9b24");
    }

    /// <summary>Enough to buy for a slice to be more than one share.</summary>
    private static Dictionary<string, string> SettingsOf(string sample) => sample == "TwapBuyer" ? new() { ["size"] = "1200" } : [];

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
