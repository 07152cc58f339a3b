using System.CommandLine;
using System.Diagnostics;

namespace MiniTrader.LoadTests;

/// <summary>
/// <c>fix-codec</c>: one thread parses a 200-byte ExecutionReport and writes a NewOrderSingle, over and over, both warm in the cache. Latencies are
/// means over batches, so that reading the clock does not count.
/// </summary>
internal static class FixCodecVerb
{
    private const int BatchMessages = 256;

    private static readonly Option<int> _messages = new("--messages") { Description = "Messages of each round.", DefaultValueFactory = _ => 5_000_000 };
    private static readonly Option<int> _rounds = new("--rounds") { Description = "Rounds of which the median counts.", DefaultValueFactory = _ => 5 };

    public static Command Create()
    {
        var command = new Command("fix-codec", "Nanoseconds to parse an ExecutionReport and to write a NewOrderSingle.") { _messages, _rounds };
        command.SetAction(parsed =>
        {
            Measure(Math.Max(BatchMessages, parsed.GetValue(_messages)), Math.Max(1, parsed.GetValue(_rounds))).Print(Console.Out, parsed.GetValue(ReportOptions.Json));
            return 0;
        });
        return command;
    }

    private static LoadTestReport Measure(int messages, int rounds)
    {
        CodecWork work = new();
        (string Name, Func<long> Act)[] acts = [("parse", work.Parse), ("parse and read ten fields", work.ParseAndRead), ("write", work.Write)];
        int ours = acts.Length;
#if PEERS
        QuickFixCodec peer = new(work.Report);
        acts = [.. acts, ("QuickFIX/n, parse", peer.Parse), ("QuickFIX/n, parse and read ten fields", peer.ParseAndRead), ("QuickFIX/n, write", peer.Write)];
#endif
        var rates = acts.Select(_ => new List<double>()).ToArray();
        var histograms = acts.Select(_ => new HdrHistogram.LongHistogram(1_000_000_000, 3)).ToArray();
        long allocatedBytes = 0, sum = 0;

        // Round 0 is for the just-in-time compiler and does not count.
        for (int round = 0; round <= rounds; round++)
        {
            for (int act = 0; act < acts.Length; act++)
            {
                Func<long> one = acts[act].Act;
                long before = GC.GetAllocatedBytesForCurrentThread();
                long start = Stopwatch.GetTimestamp();
                for (int done = 0; done < messages; done += BatchMessages)
                {
                    long batchStart = Stopwatch.GetTimestamp();
                    for (int i = 0; i < BatchMessages; i++) sum += one();
                    if (round > 0) histograms[act].RecordValue((long)(Stopwatch.GetElapsedTime(batchStart).TotalNanoseconds / BatchMessages));
                }

                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (round == 0) continue;
                if (act < ours) allocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
                rates[act].Add(messages / BatchMessages * BatchMessages / seconds);
            }
        }

        GC.KeepAlive(sum);
        return new LoadTestReport
        {
            Test = "fix-codec",
            About = $"{messages:N0} messages a round, medians of {rounds} rounds: an ExecutionReport of {work.Report.Length} bytes parsed, a NewOrderSingle of "
                + $"{work.OrderBytes} bytes written. The headline is parsing with ten fields read.",
            EventsPerSecond = Rate.Of("", rates[1]).Median,
            AllocatedBytesPerEvent = allocatedBytes / (double)((long)messages * rounds * ours),
            Percentiles = Percentiles.Of(histograms[1]),
            Rates = acts.Select((act, i) => Rate.Of(act.Name, rates[i])).ToArray(),
            Latencies = acts.Select((act, i) => (act.Name, Percentiles.Of(histograms[i]))).ToDictionary(pair => pair.Name, pair => pair.Item2),
        };
    }
}
