using System.CommandLine;
using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Strategies;
using MiniTrader.TickStore;

namespace MiniTrader.LoadTests;

/// <summary>
/// <c>l2</c>: changes of price levels from mapped files, into a bare book, through the engine into a strategy that looks, and through the
/// engine into a market maker that keeps ten orders working. The rounds alternate.
/// </summary>
internal static class LevelsVerb
{
    private static readonly Option<long> _rows = new("--rows") { Description = "Changes to replay.", DefaultValueFactory = _ => 10_000_000 };

    private static readonly Option<int> _rounds = new("--rounds") { Description = "Rounds of which the median counts.", DefaultValueFactory = _ => 5 };

    public static Command Create()
    {
        Command command = new("l2", "Mapped changes of price levels through the engine into a market maker that keeps ten orders working.") { _rows, _rounds };
        command.SetAction(parsed =>
        {
            Measure(parsed.GetValue(_rows), parsed.GetValue(_rounds)).Print(Console.Out, parsed.GetValue(ReportOptions.Json));
            return 0;
        });
        return command;
    }

    private static LoadTestReport Measure(long rows, int rounds)
    {
        using TemporaryCatalog folder = new(directory => LevelMarket.Write(directory, rows));
        List<double> bare = [], book = [], looking = [], making = [], apart = [];
        BookRun last = null!;
        GridMaker maker = null!;
        for (int round = 0; round <= rounds; round++)
        {
            Console.Error.WriteLine(round == 0 ? "warming up" : $"round {round} of {rounds}");
            // The maker comes first: the compiler optimises for what it saw first, and in a session of its own that is the maker.
            maker = new GridMaker(new(0));
            Note(making, round, folder.With(f => (last = BookRun.Inline(f, folder.Catalog.Instruments, maker, isByOrder: false)).EventsPerSecond));
            Note(bare, round, folder.With(f => BookRun.Bare(f, null)));
            Note(book, round, folder.With(f => BookRun.Bare(f, new LevelBook())));
            Note(looking, round, folder.With(f => BookRun.Inline(f, folder.Catalog.Instruments, new Looker(), isByOrder: false).EventsPerSecond));
            Note(apart, round, folder.With(f => BookRun.Inline(f, folder.Catalog.Instruments, new GridMaker(new(0)), isByOrder: false, areApart: true).EventsPerSecond));
        }

        Rate whole = Rate.Of("engine, market maker with ten orders", making);
        Rate yardstick = Rate.Of("decode and one book", book);
        return new LoadTestReport
        {
            Test = "l2",
            About = $"{rows:N0} changes of levels and the trades among them, best prices move once in {LevelMarket.MoveEvery}; the maker had {maker.WorkingSum / (double)Math.Max(1, maker.BooksSeen):F1} orders working on average, " +
                $"wrote {last.Counters.Orders:N0} orders and {last.Counters.Changes:N0} changes, {last.Counters.Fills:N0} fills, hash {last.Hash:x16}; medians of {rounds} rounds; the ratio is maker over decode and one book.",
            EventsPerSecond = whole.Median,
            BareRowsPerSecond = Rate.Of("", bare).Median,
            Ratio = whole.Median / yardstick.Median,
            AllocatedBytesPerEvent = last.AllocatedBytesPerEvent,
            Rates = [Rate.Of("decode", bare), yardstick, Rate.Of("engine, a strategy that looks", looking), Rate.Of("engine, market maker, a book for each side", apart), whole],
        };
    }

    private static void Note(List<double> rates, int round, double rate)
    {
        if (round > 0) rates.Add(rate);
    }
}

/// <summary>Looks at the best prices after each packet.</summary>
internal sealed class Looker : Strategy
{
    public long Sum { get; private set; }

    public override void OnBook(DepthBook book, in BookDelta last) => Sum += book.BestBid.Raw ^ book.BestAsk.Raw;
}
