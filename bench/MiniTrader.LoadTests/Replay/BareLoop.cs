using System.Diagnostics;
using MiniTrader.Model;
using MiniTrader.Strategies;
using MiniTrader.TickStore;

namespace MiniTrader.LoadTests;

/// <summary>
/// What the data and one virtual call cost without an engine: mapped columns into 64-byte slots, and for each slot a strategy
/// hook. The yardstick of a replay: once with a hook that only reads the mid price, once with the arithmetic of the strategy that is replayed.
/// </summary>
internal static class BareLoop
{
    /// <summary>Rows per second over the whole feed with a hook that reads the mid price.</summary>
    public static double Run(CatalogFeed feed) => Run(feed, new Summing());

    /// <summary>Rows per second over the whole feed with a hook that keeps two averages and compares them.</summary>
    public static double RunAverages(CatalogFeed feed) => Run(feed, new Averaging());

    private static double Run(CatalogFeed feed, Strategy strategy)
    {
        MarketEvent[] slots = new MarketEvent[256];
        long rows = 0;
        long start = Stopwatch.GetTimestamp();
        while (!feed.IsFinished)
        {
            int filled = feed.Fill(slots);
            Show(strategy, slots.AsSpan(0, filled));
            rows += filled;
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return rows / seconds;
    }

    private static void Show(Strategy strategy, ReadOnlySpan<MarketEvent> events)
    {
        foreach (ref readonly MarketEvent e in events) strategy.OnQuote(in e.Quote);
    }

    private sealed class Summing : Strategy
    {
        public long Sum { get; private set; }

        public override void OnQuote(in QuoteTick quote) => Sum += quote.Mid.Raw;
    }

    private sealed class Averaging : Strategy
    {
        private Ema _fast = new(EngineRun.FastPeriod);
        private Ema _slow = new(EngineRun.SlowPeriod);

        public long Above { get; private set; }

        public override void OnQuote(in QuoteTick quote)
        {
            if (_fast.Update(quote.Mid) > _slow.Update(quote.Mid)) Above++;
        }
    }
}
