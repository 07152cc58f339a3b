using MiniTrader.Feeds;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Feeds;

/// <summary>The generated market has the traits that make a strategy's life real: checked on fixed seeds, so never by chance.</summary>
public sealed class GeneratedMarketStatisticsTests
{
    private const int Days = 60;
    private static readonly GeneratedMarketOptions _options = new() { Seed = 11, Rows = 1_200_000, Days = Days, Instruments = 2 };

    /// <summary>The mid price of each instrument at the end of each minute, and rows by minute of the day.</summary>
    private static (double[][] Mids, long[] RowsByMinute, long Trades, long Spreads, long OneTick) Observe()
    {
        GeneratedMarket market = new(_options);
        using GeneratedFeed feed = market.OpenFeed();
        MarketEvent[] slots = new MarketEvent[1024];
        double[][] mids = [new double[Days * 390], new double[Days * 390]];
        long[] rows = new long[390];
        long trades = 0, quotes = 0, oneTick = 0;
        int day = 0;
        double[] last = [0, 0];
        int written = 0;
        while (!feed.IsFinished)
        {
            int n = feed.Fill(slots);
            for (int k = 0; k < n; k++)
            {
                ref MarketEvent e = ref slots[k];
                while (day < Days - 1 && e.Header.VenueTime >= market.OpenOf(day + 1)) day++;
                int minute = (int)((e.Header.VenueTime - market.OpenOf(day)) / Timestamp.NanosecondsPerMinute);
                for (; written < (day * 390) + minute; written++) (mids[0][written], mids[1][written]) = (last[0], last[1]);
                rows[minute]++;
                if (e.Header.Kind == EventKind.Trade) trades++;
                else
                {
                    quotes++;
                    last[e.Header.Instrument.Index] = e.Quote.Mid.ToDouble();
                    if (e.Quote.Spread.Raw == market.Instruments[0].TickSize.Raw) oneTick++;
                }
            }
        }

        for (; written < mids[0].Length; written++) (mids[0][written], mids[1][written]) = (last[0], last[1]);
        return (mids, rows, trades, quotes, oneTick);
    }

    private static double[] Returns(double[] mids, int step)
    {
        List<double> returns = [];
        for (int day = 0; day < Days; day++)
        {
            for (int minute = (day * 390) + step; minute < (day + 1) * 390; minute += step)
                returns.Add((mids[minute] / mids[minute - step]) - 1);
        }

        return [.. returns];
    }

    private static double Correlation(double[] x, double[] y)
    {
        double mx = x.Average(), my = y.Average();
        double xy = x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum();
        return xy / Math.Sqrt(x.Sum(a => (a - mx) * (a - mx)) * y.Sum(b => (b - my) * (b - my)));
    }

    [Fact]
    public void It_moves_like_a_market()
    {
        (double[][] mids, long[] rows, long trades, long quotes, long oneTick) = Observe();

        // Volatility: the sum of squared minute returns of a day is near the square of what was asked for.
        double[] minute = Returns(mids[0], 1);
        double daily = Math.Sqrt(minute.Sum(r => r * r) / Days);
        Assert.InRange(daily, 0.010, 0.022);

        // Clusters: big minutes follow big minutes, though their signs say nothing.
        double[] size = minute.Select(Math.Abs).ToArray();
        Assert.InRange(Correlation(size[..^1], size[1..]), 0.10, 0.9);
        Assert.InRange(Correlation(minute[..^1], minute[1..]), -0.15, 0.15);

        // Fat tails: kurtosis above the normal's 3.
        double variance = minute.Average(r => r * r);
        Assert.True(minute.Average(r => r * r * r * r) / (variance * variance) > 3.3);

        // The two instruments move together; their ratio keeps coming back while each price wanders.
        Assert.InRange(Correlation(Returns(mids[0], 30), Returns(mids[1], 30)), 0.4, 0.95);

        // The day is a U: open and close are busier than noon.
        Assert.True(rows[..30].Average() > 1.8 * rows[180..210].Average());
        Assert.True(rows[^30..].Average() > 1.8 * rows[180..210].Average());

        Assert.InRange((double)trades / _options.Rows, 0.15, 0.21);
        Assert.InRange((double)oneTick / quotes, 0.4, 0.9);
    }

    [Fact]
    public void Pairs_revert()
    {
        (double[][] mids, _, _, _, _) = Observe();

        // The daily change of the log ratio is against its level: regress d(t+1) − d(t) on d(t).
        double[] spread = Enumerable.Range(0, Days * 6).Select(k => (mids[0][(k * 65) + 64] / mids[0][0]) - (mids[1][(k * 65) + 64] / mids[1][0])).ToArray();
        double[] change = spread.Skip(1).Zip(spread, (b, a) => b - a).ToArray();
        Assert.True(Correlation(spread[..^1], change) < -0.15);
    }
}
