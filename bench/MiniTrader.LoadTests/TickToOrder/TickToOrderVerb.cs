using System.CommandLine;
using HdrHistogram;

namespace MiniTrader.LoadTests;

/// <summary>The command <c>tick-to-order</c>.</summary>
internal static class TickToOrderVerb
{
    private const int WarmUp = 100_000;

    private static readonly Option<int> _ticks = new("--ticks") { Description = "Market data messages, each answered with an order.", DefaultValueFactory = _ => 500_000 };

    public static Command Create()
    {
        Command command = new("tick-to-order", "Bytes of a market data message in to bytes of the order out, inside one process and thread.") { _ticks };
        command.SetAction(parsed =>
        {
            Measure(Math.Max(1, parsed.GetValue(_ticks))).Print(Console.Out, parsed.GetValue(ReportOptions.Json));
            return 0;
        });
        return command;
    }

    private static LoadTestReport Measure(int ticks)
    {
        string folder = Directory.CreateTempSubdirectory("minitrader-tick-").FullName;
        try
        {
            Dictionary<string, Percentiles> latencies = [];
            string about = "";
            double bytes = 0;
            foreach (bool toFile in new[] { false, true })
            {
                using TickToOrder way = new(toFile ? folder : null);
                LongHistogram histogram = new(TimeSpan.TicksPerSecond * 100, 3);
                way.Run(WarmUp, null);
                way.Run(ticks, histogram);
                long before = GC.GetAllocatedBytesForCurrentThread();
                way.Run(ticks, null);
                bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / ticks;
                latencies[toFile ? "tick to order, file store" : "tick to order, memory store"] = Percentiles.Of(histogram);
                about = $"{ticks:N0} increments of {way.TickBytes} bytes through session, feed, engine, strategy and risk gate into orders of {way.OrderBytes} bytes in the session's "
                    + $"output and its store; headline with stores in files. {way.Fills:N0} fills came back outside of the measured time. Bytes are of whole rounds: the way "
                    + "measured, and the venue's side and the fill outside of it.";
            }

#if PEERS
            about += MeasurePeer(ticks, latencies);
#endif
            return new() { Test = "tick-to-order", About = about, AllocatedBytesPerEvent = bytes, Percentiles = latencies["tick to order, file store"], Latencies = latencies };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

#if PEERS
    /// <summary>The same messages through QuickFIX/n's sessions, with no engine, books or risk gate between them.</summary>
    private static string MeasurePeer(int ticks, Dictionary<string, Percentiles> latencies)
    {
        int rounds = Math.Min(ticks, 50_000);
        using QuickFixTickToOrder peer = new();
        LongHistogram histogram = new(TimeSpan.TicksPerSecond * 100, 3);
        peer.Run(rounds / 2, null);
        long before = GC.GetAllocatedBytesForCurrentThread();
        peer.Run(rounds, histogram);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        latencies["tick to order, QuickFIX/n, memory store"] = Percentiles.Of(histogram);
        return $" QuickFIX/n: {rounds:N0} of the same messages of {peer.TickBytes} bytes through its session into the decision and orders of {peer.OrderBytes} bytes, without "
            + $"engine, books and risk gate: {(double)allocated / rounds:N0} bytes a tick.";
    }
#endif
}
