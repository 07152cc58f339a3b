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
        using TickToOrder way = new();
        LongHistogram histogram = new(TimeSpan.TicksPerSecond * 100, 3);
        way.Run(WarmUp, null);
        way.Run(ticks, histogram);
        long before = GC.GetAllocatedBytesForCurrentThread();
        way.Run(ticks, null);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new()
        {
            Test = "tick-to-order",
            About = $"{ticks:N0} increments of {way.TickBytes} bytes through session, feed, engine, risk gate and strategy into orders of {way.OrderBytes} bytes in the session's "
                + $"output and its store; {way.Fills:N0} fills came back outside of the measured time. Bytes are of whole rounds: the way measured, and the venue's side and the fill outside of it.",
            AllocatedBytesPerEvent = (double)allocated / ticks,
            Percentiles = Percentiles.Of(histogram),
            Latencies = new Dictionary<string, Percentiles> { ["tick to order"] = Percentiles.Of(histogram) },
        };
    }
}
