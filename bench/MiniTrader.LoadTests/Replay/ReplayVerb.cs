using System.CommandLine;
using MiniTrader.TickStore;

namespace MiniTrader.LoadTests;

/// <summary>
/// <c>replay</c>: quotes from mapped files through the whole engine into a strategy that trades, beside a bare loop over the same
/// columns. The rounds of all of them alternate, so that a disturbance of the machine falls on all.
/// </summary>
internal static class ReplayVerb
{
    private static readonly Option<long> _rows = new("--rows") { Description = "Quotes to replay.", DefaultValueFactory = _ => 20_000_000 };

    private static readonly Option<int> _rounds = new("--rounds") { Description = "Rounds of which the median counts.", DefaultValueFactory = _ => 5 };

    public static Command Create()
    {
        Command command = new("replay", "Mapped quotes through the engine into a strategy that trades, beside a bare loop.") { _rows, _rounds };
        command.SetAction(parsed =>
        {
            Measure(parsed.GetValue(_rows), parsed.GetValue(_rounds)).Print(Console.Out, parsed.GetValue(ReportOptions.Json));
            return 0;
        });
        return command;
    }

    private static LoadTestReport Measure(long rows, int rounds)
    {
        using TestCatalog plain = TestCatalog.Generate(rows, 1, TickCompression.None);
        using TestCatalog packed = TestCatalog.Generate(rows, 1, TickCompression.Lz4);
        List<double> bare = [], averages = [], inline = [], threaded = [], bareLz4 = [], lz4 = [], lz4Ahead = [];
        EngineRun last = null!;

        // Round 0 is for the just-in-time compiler and does not count.
        for (int round = 0; round <= rounds; round++)
        {
            Console.Error.WriteLine(round == 0 ? "warming up" : $"round {round} of {rounds}");
            Note(bare, round, Rate(plain, 0, BareLoop.Run));
            Note(averages, round, Rate(plain, 0, BareLoop.RunAverages));
            Note(inline, round, Rate(plain, 0, f => (last = EngineRun.Inline(f, plain.Catalog.Instruments)).EventsPerSecond));
            Note(threaded, round, Rate(plain, 0, f => EngineRun.Threaded(f, plain.Catalog.Instruments).EventsPerSecond));
            Note(bareLz4, round, Rate(packed, 0, BareLoop.Run));
            Note(lz4, round, Rate(packed, 0, f => EngineRun.Inline(f, packed.Catalog.Instruments).EventsPerSecond));
            Note(lz4Ahead, round, Rate(packed, 1, f => EngineRun.Inline(f, packed.Catalog.Instruments).EventsPerSecond));
        }

        Rate engine = LoadTests.Rate.Of("engine, inline, one core", inline);
        Rate yardstick = LoadTests.Rate.Of("bare loop", bare);
        return new LoadTestReport
        {
            Test = "replay",
            About = $"{rows:N0} quotes, one order in {last.Counters.Events / Math.Max(1, last.Counters.Orders)} events ({last.Counters.Fills:N0} fills), hash {last.Hash:x16}, " +
                $"medians of {rounds} rounds; the ratio is engine over bare loop.",
            EventsPerSecond = engine.Median,
            BareRowsPerSecond = yardstick.Median,
            Ratio = engine.Median / yardstick.Median,
            AllocatedBytesPerEvent = last.AllocatedBytesPerEvent,
            Rates =
            [
                yardstick,
                LoadTests.Rate.Of("bare loop with the strategy's averages", averages),
                engine,
                LoadTests.Rate.Of("engine, threaded", threaded),
                LoadTests.Rate.Of("LZ4: bare loop, decoded inline", bareLz4),
                LoadTests.Rate.Of("LZ4: engine, decoded inline", lz4),
                LoadTests.Rate.Of("LZ4: engine, decoded ahead by one thread", lz4Ahead),
            ],
        };
    }

    private static double Rate(TestCatalog catalog, int decodeThreads, Func<CatalogFeed, double> run)
    {
        using CatalogFeed feed = catalog.OpenFeed(decodeThreads);
        return run(feed);
    }

    private static void Note(List<double> rates, int round, double rate)
    {
        if (round > 0) rates.Add(rate);
    }
}
