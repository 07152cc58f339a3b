using System.CommandLine;
using MiniTrader.TickStore;

namespace MiniTrader.LoadTests;

/// <summary><c>merge</c>: many instruments by time through the whole engine, beside the same number of quotes of a single one.</summary>
internal static class MergeVerb
{
    private static readonly Option<long> _rows = new("--rows") { Description = "Quotes of all instruments together.", DefaultValueFactory = _ => 16_000_000 };

    private static readonly Option<int> _instruments = new("--instruments") { Description = "Instruments to merge.", DefaultValueFactory = _ => 8 };

    private static readonly Option<int> _rounds = new("--rounds") { Description = "Rounds of which the median counts.", DefaultValueFactory = _ => 5 };

    public static Command Create()
    {
        Command command = new("merge", "Several instruments merged by time through the engine, beside a single one.") { _rows, _instruments, _rounds };
        command.SetAction(parsed =>
        {
            Measure(parsed.GetValue(_rows), parsed.GetValue(_instruments), parsed.GetValue(_rounds)).Print(Console.Out, parsed.GetValue(ReportOptions.Json));
            return 0;
        });
        return command;
    }

    private static LoadTestReport Measure(long rows, int instruments, int rounds)
    {
        using TestCatalog single = TestCatalog.Generate(rows, 1, TickCompression.None);
        using TestCatalog many = TestCatalog.Generate(rows, instruments, TickCompression.None);
        List<double> bare = [], one = [], merged = [];
        EngineRun last = null!;
        for (int round = 0; round <= rounds; round++)
        {
            Console.Error.WriteLine(round == 0 ? "warming up" : $"round {round} of {rounds}");
            using CatalogFeed bareFeed = many.OpenFeed();
            double bareRate = BareLoop.Run(bareFeed);
            using CatalogFeed oneFeed = single.OpenFeed();
            double oneRate = EngineRun.Inline(oneFeed, single.Catalog.Instruments).EventsPerSecond;
            using CatalogFeed manyFeed = many.OpenFeed();
            last = EngineRun.Inline(manyFeed, many.Catalog.Instruments);
            if (round == 0) continue;
            bare.Add(bareRate);
            one.Add(oneRate);
            merged.Add(last.EventsPerSecond);
        }

        Rate engine = Rate.Of($"engine, {instruments} instruments merged", merged);
        Rate yardstick = Rate.Of("engine, one instrument", one);
        return new LoadTestReport
        {
            Test = "merge",
            About = $"{rows:N0} quotes, medians of {rounds} rounds; the ratio is {instruments} instruments merged over a single one, both through the engine.",
            EventsPerSecond = engine.Median,
            BareRowsPerSecond = Rate.Of("", bare).Median,
            Ratio = engine.Median / yardstick.Median,
            AllocatedBytesPerEvent = last.AllocatedBytesPerEvent,
            Rates = [Rate.Of($"bare loop, {instruments} instruments merged", bare), yardstick, engine],
        };
    }
}
