using System.CommandLine;

namespace MiniTrader.LoadTests;

/// <summary>The command <c>fix-roundtrip</c>.</summary>
internal static class RoundTripVerb
{
    private const int WarmUp = 20_000;

    public static Command Create()
    {
        Option<int> orders = new("--orders") { Description = "Orders sent one by one.", DefaultValueFactory = _ => 50_000 };
        Option<int> pipelined = new("--pipelined") { Description = "Orders sent in one go, in each round.", DefaultValueFactory = _ => 500_000 };
        Option<int> window = new("--window") { Description = "Orders under way at most when pipelined.", DefaultValueFactory = _ => 1_024 };
        Option<int> rounds = new("--rounds") { Description = "Rounds of the pipelined part.", DefaultValueFactory = _ => 5 };
        Option<bool> wait = new("--wait") { Description = "Wait in the operating system for the socket instead of spinning." };
        Command command = new("fix-roundtrip", "NewOrderSingle to ExecutionReport over TCP on this machine: latency one by one, orders per second pipelined.")
        {
            orders, pipelined, window, rounds, wait,
        };
        command.SetAction(parsed =>
        {
            LoadTestReport report = Measure(
                parsed.GetValue(orders), parsed.GetValue(pipelined), parsed.GetValue(window), parsed.GetValue(rounds), spin: !parsed.GetValue(wait));
            report.Print(Console.Out, parsed.GetValue(ReportOptions.Json));
        });
        return command;
    }

    private static LoadTestReport Measure(int orders, int pipelined, int window, int rounds, bool spin)
    {
        Dictionary<string, Percentiles> latencies = [];
        List<Rate> rates = [];
        double bytesPerOrder = 0;
        foreach (bool toFile in new[] { false, true })
        {
            string store = toFile ? "file store" : "memory store";
            using RoundTrip trip = new(spin, toFile);
            trip.Pipelined(WarmUp, window);
            trip.OneByOne(WarmUp);
            latencies["round trip, " + store] = Percentiles.Of(trip.OneByOne(orders));
            List<double> rounded = [];
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int round = 0; round < rounds; round++) rounded.Add(trip.Pipelined(pipelined, window));
            long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            rates.Add(Rate.Of("orders answered, pipelined, " + store, rounded));
            if (toFile) bytesPerOrder = (double)allocated / ((long)pipelined * rounds);
        }

        double headline = rates[^1].Median;
#if PEERS
        using (QuickFixRoundTrip peer = new())
        {
            peer.Pipelined(WarmUp, window);
            latencies["round trip, QuickFIX/n, memory store"] = Percentiles.Of(peer.OneByOne(Math.Min(orders, 20_000)));
            List<double> rounded = [];
            for (int round = 0; round < rounds; round++) rounded.Add(peer.Pipelined(Math.Min(pipelined, 50_000), window));
            rates.Add(Rate.Of("orders answered, pipelined, QuickFIX/n, memory", rounded));
        }
#endif
        return new()
        {
            Test = "fix-roundtrip",
            About = "NewOrderSingle to ExecutionReport and back in the application's hand, two engines on two threads over loopback TCP; headline with the file store.",
            EventsPerSecond = headline,
            AllocatedBytesPerEvent = bytesPerOrder,
            Percentiles = latencies["round trip, file store"],
            Latencies = latencies,
            Rates = rates,
        };
    }
}
