using System.Diagnostics;
using MiniTrader.Model;
using MiniTrader.Strategies;
using MiniTrader.TickStore;

namespace MiniTrader.LoadTests;

/// <summary>
/// What the data and one virtual call cost without an engine: mapped columns into 64-byte slots, and for each slot a strategy
/// hook that reads the mid price. The yardstick of a replay.
/// </summary>
internal static class BareLoop
{
    /// <summary>Rows per second over the whole feed.</summary>
    public static double Run(CatalogFeed feed)
    {
        Summing strategy = new();
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
        GC.KeepAlive(strategy.Sum);
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
}
