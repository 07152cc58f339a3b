using System.CommandLine;
using MiniTrader.DataTools;

namespace MiniTrader.LoadTests;

/// <summary>
/// <c>mbo</c>: a Databento MBO file from memory, over and over: reading the records only; making book deltas of them; making a full
/// book of orders as well, with a hook as a strategy has it; and book and hook alone, from deltas as the tick store hands them out.
/// </summary>
internal static class MboVerb
{
    private static readonly Option<string> _file = new("--file") { Description = "A DBN file of schema mbo, plain or .zst.", Required = true };

    private static readonly Option<long> _messages = new("--messages") { Description = "Messages of a round: the file is repeated until there are as many.", DefaultValueFactory = _ => 10_000_000 };

    private static readonly Option<int> _rounds = new("--rounds") { Description = "Rounds of which the median counts.", DefaultValueFactory = _ => 5 };

    public static Command Create()
    {
        Command command = new("mbo", "A Databento MBO file: decoded only, and with the full book of orders and a strategy's hook.") { _file, _messages, _rounds };
        command.SetAction(parsed =>
        {
            try
            {
                Measure(parsed.GetRequiredValue(_file), parsed.GetValue(_messages), parsed.GetValue(_rounds)).Print(Console.Out, parsed.GetValue(ReportOptions.Json));
                return 0;
            }
            catch (Exception e) when (e is ImportException or IOException)
            {
                Console.Error.WriteLine(e.Message);
                return 2;
            }
        });
        return command;
    }

    private static LoadTestReport Measure(string file, long messages, int rounds)
    {
        MboReplay replay = new(DbnMemory.Load(file));
        if (replay.Messages == 0) throw new ImportException($"{file} holds no MBO records.");
        int passes = (int)Math.Max(1, messages / replay.Messages);
        (string Name, Func<int, double> Run, List<double> Rates)[] all =
        [
            ("decode only", replay.Decode, []),
            ("decode, deltas", replay.DecodeToDeltas, []),
            ("decode, deltas, full book, hook", replay.DecodeToBook, []),
            ("deltas in memory, full book, hook", replay.DeltasToBook, []),
            ("the same, looking ahead", replay.DeltasToBookAhead, []),
        ];

        // Twice unmeasured: tables grow to their size, and the loops are compiled for what they meet.
        foreach ((_, Func<int, double> run, _) in all) _ = run(passes) + run(passes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 1; round <= rounds; round++)
        {
            Console.Error.WriteLine($"round {round} of {rounds}");
            foreach ((_, Func<int, double> run, List<double> rates) in all) rates.Add(run(passes));
        }

        double allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Rate[] result = [.. all.Select(a => Rate.Of(a.Name, a.Rates))];
        return new LoadTestReport
        {
            Test = "mbo",
            About = $"{replay.Messages:N0} MBO messages, {replay.Deltas:N0} deltas, {passes} times a round, medians of {rounds} rounds, {replay.Summary}; the ratio is decode with the full book over decode only.",
            EventsPerSecond = result[2].Median,
            BareRowsPerSecond = result[0].Median,
            Ratio = result[2].Median / result[0].Median,
            AllocatedBytesPerEvent = allocated / ((double)replay.Messages * passes * rounds * all.Length),
            Rates = result,
        };
    }
}
