using System.CommandLine;
using MiniTrader.Ring;

namespace MiniTrader.LoadTests;

/// <summary>
/// <c>ring</c>: one producer thread, one consumer thread, 64-byte events; our ring beside what one would take otherwise. The rounds
/// of all contenders alternate, so that a disturbance of the machine falls on all of them.
/// </summary>
internal static class RingVerb
{
    private const string BusySpin = "ring, busy-spin";
    private static readonly int[] _batches = [1, 16, 256];

    private static readonly Option<int> _events = CountOption("--events", "Events of each round.", 10_000_000);
    private static readonly Option<int> _rounds = CountOption("--rounds", "Rounds of which the median counts.", 5);
    private static readonly Option<int> _capacity = CountOption("--capacity", "Slots of every ring and channel, a power of two.", 4096);
    private static readonly Option<int> _trips = CountOption("--trips", "Round trips of the ping-pong.", 500_000);

    public static Command Create()
    {
        var command = new Command("ring", "Rates of one producer and one consumer, and ping-pong latency.") { _events, _rounds, _capacity, _trips };
        command.SetAction(parsed =>
        {
            LoadTestReport report = Measure(
                parsed.GetValue(_events), parsed.GetValue(_rounds), parsed.GetValue(_capacity), parsed.GetValue(_trips));
            report.Print(Console.Out, parsed.GetValue(ReportOptions.Json));
            return 0;
        });
        return command;
    }

    private static Option<int> CountOption(string name, string description, int fallback)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => fallback };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError($"{name} must be at least 1.");
        });
        return option;
    }

    private static LoadTestReport Measure(long events, int rounds, int capacity, int trips)
    {
        List<Contender> contenders =
        [
            new RingContender(BusySpin, capacity, WaitStrategy.BusySpin),
            new RingContender("ring, yielding", capacity, WaitStrategy.Yielding),
            new RingContender("ring, blocking", capacity, WaitStrategy.Blocking),
            new ChannelContender(capacity),
        ];
        contenders.AddRange(Peers(capacity));
        var rates = new SortedDictionary<(int Contender, int Batch), List<double>>();
        var inlineRates = new List<double>();
        long allocatedBytes = 0;

        // Round 0 is for the just-in-time compiler and does not count.
        for (int round = 0; round <= rounds; round++)
        {
            Console.Error.WriteLine(round == 0 ? "warming up" : $"round {round} of {rounds}");
            for (int i = 0; i < contenders.Count; i++)
            {
                foreach (int batch in _batches)
                {
                    if (batch > 1 && !contenders[i].HasBatches) continue;
                    double rate = contenders[i].Run(events, batch);
                    if (round == 0) continue;
                    if (i == 0) allocatedBytes += contenders[i].AllocatedBytes;
                    if (!rates.TryGetValue((i, batch), out List<double>? list)) rates.Add((i, batch), list = []);
                    list.Add(rate);
                }
            }

            double inlineRate = InlineContender.Run(capacity, events, _batches[^1]);
            if (round > 0) inlineRates.Add(inlineRate);
        }

        List<Rate> medians = [.. rates.Select(pair => Rate.Of($"{contenders[pair.Key.Contender].Name}, batch {pair.Key.Batch}", pair.Value))];
        medians.Add(Rate.Of($"ring, both ends on one thread, batch {_batches[^1]}", inlineRates));
        double perEvent = medians[0].Median;
        double channel = medians.Single(rate => rate.Name.StartsWith("System", StringComparison.Ordinal)).Median;

        Dictionary<string, Percentiles> latencies = new()
        {
            ["ping-pong, busy-spin"] = PingPong.Run(WaitStrategy.BusySpin, trips, warmUpTrips: 100_000),
            ["ping-pong, yielding"] = PingPong.Run(WaitStrategy.Yielding, trips, warmUpTrips: 100_000),
            ["ping-pong, blocking"] = PingPong.Run(WaitStrategy.Blocking, Math.Min(trips, 50_000), warmUpTrips: 1_000),
        };
        return new LoadTestReport
        {
            Test = "ring",
            About = $"{events:N0} events of 64 bytes, {capacity} slots, medians of {rounds} rounds; the ratio is the busy-spin ring over the channel, event by event.",
            EventsPerSecond = perEvent,
            Ratio = perEvent / channel,
            AllocatedBytesPerEvent = allocatedBytes / (double)(events * rounds * _batches.Length),
            Percentiles = latencies["ping-pong, busy-spin"],
            Rates = medians,
            Latencies = latencies,
        };
    }

#if PEERS
    private static Contender[] Peers(int capacity) =>
    [
        new DisruptorContender("Disruptor-net, busy-spin", capacity, () => new Disruptor.BusySpinWaitStrategy()),
        new DisruptorContender("Disruptor-net, yielding", capacity, () => new Disruptor.YieldingWaitStrategy()),
    ];
#else
    private static Contender[] Peers(int capacity) => [];
#endif
}
