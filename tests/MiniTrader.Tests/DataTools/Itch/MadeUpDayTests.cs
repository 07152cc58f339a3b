using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools.Itch;

/// <summary>Made-up days import whole, are the same from the same seed, and look like a day.</summary>
public sealed class MadeUpDayTests
{
    [Theory]
    [InlineData(1, 80)]
    [InlineData(1, 2_000)]
    [InlineData(3, 60_000)]
    [InlineData(40, 60_000)]
    [InlineData(200, 3_264)]
    public void Every_message_of_a_made_up_day_is_right(int stocks, int rows)
    {
        byte[] bytes = Make(new() { Rows = rows, Stocks = stocks, Seed = 7 });
        (MemorySink sink, FileAccount account, _) = ItchImporterTests.Import(bytes, new());
        Assert.Equal((rows, 0), (account.Rows, account.RefusedRows));
        Assert.Equal(stocks, sink.Instruments.Count);
        foreach ((string instrument, string kind) in sink.Series.Keys.Where(k => k.Kind == "BookDelta"))
        {
            NaiveBook book = new();
            foreach (MarketEvent e in sink.Of(instrument, kind))
            {
                book.Apply(e.BookDelta);
                if (rows > 10_000 && e.BookDelta.Action != BookAction.Add) continue;
                Assert.True(book.BestBid is null || book.BestAsk is null || book.BestBid < book.BestAsk);
            }
        }
    }

    [Fact]
    public void A_day_has_every_order_message_auctions_a_pause_and_trades_of_every_sort()
    {
        (MemorySink sink, FileAccount account, _) = ItchImporterTests.Import(Make(new() { Rows = 50_000, Stocks = 5, Seed = 3 }), new());
        foreach (char type in "SRHYVJAFECXDUPQBIN") Assert.Contains(account.Notes.Keys, n => n.StartsWith($"messages of type {type},", StringComparison.Ordinal));
        MarketEvent[] trades = sink.Of("GEN1.XNAS", "trades"), states = sink.Of("GEN1.XNAS", "Status");
        Assert.Equal(
            [TradeCondition.Regular, TradeCondition.OpeningAuction, TradeCondition.ClosingAuction, TradeCondition.OtherAuction, TradeCondition.Hidden],
            trades.Select(t => t.Trade.Condition).Distinct().Order());
        Assert.Equal(
            [MarketStatus.PreOpen, MarketStatus.Open, MarketStatus.Halted, MarketStatus.PreOpen, MarketStatus.Open, MarketStatus.ClosingAuction, MarketStatus.Closed],
            states.Select(s => s.Status.Status));

        // In the session about as many orders go as come, few of them by trading, and the first and last half hour are the busiest.
        double Of(char type) => account.Notes.First(n => n.Key.StartsWith($"messages of type {type},", StringComparison.Ordinal)).Value / (double)account.Rows;
        Assert.InRange(Of('A'), 0.3, 0.6);
        Assert.InRange(Of('D'), 0.2, 0.5);
        Assert.InRange(Of('E') + Of('C'), 0.02, 0.1);
        MarketEvent[] deltas = sink.Of("GEN1.XNAS", "BookDelta");
        int In(int hour, int minute) => deltas.Count(d => d.Header.VenueTime - Timestamp.Parse("2024-01-05T05:00:00Z") is long t
            && t >= ((hour * 60L) + minute) * Timestamp.NanosecondsPerMinute && t < ((hour * 60L) + minute + 30) * Timestamp.NanosecondsPerMinute);
        Assert.True(In(9, 30) > 2 * In(12, 30) && In(15, 30) > 2 * In(12, 30));
    }

    /// <summary>However short the day and however few the stocks, prices wander, and a book follows closely.</summary>
    [Theory]
    [InlineData(1, 2_000, 0.002)]
    [InlineData(2, 20_000, 0.003)]
    [InlineData(5, 100_000, 0.003)]
    [InlineData(50, 100_000, 0.001)]
    public void Prices_move(int stocks, int rows, double least)
    {
        (MemorySink sink, _, _) = ItchImporterTests.Import(Make(new() { Rows = rows, Stocks = stocks, Seed = 9 }), new());
        for (int stock = 1; stock <= stocks; stock++)
        {
            long open = Timestamp.Parse("2024-01-05T14:30:00Z").Nanoseconds, close = Timestamp.Parse("2024-01-05T21:00:00Z").Nanoseconds;
            NaiveBook book = new();
            List<double> mids = [], spreads = [];
            int seen = 0;
            foreach (MarketEvent e in sink.Of($"GEN{stock}.XNAS", "BookDelta"))
            {
                book.Apply(e.BookDelta);
                if (++seen % 16 != 0 || e.Header.VenueTime.Nanoseconds < open || e.Header.VenueTime.Nanoseconds > close || book.BestBid is not { } bid || book.BestAsk is not { } ask) continue;
                mids.Add((bid + ask) / 2.0);
                spreads.Add((ask - bid) / mids[^1]);
            }

            spreads.Sort();
            double range = (mids.Max() - mids.Min()) / mids[0];
            Assert.True(range >= least && range < 0.1, $"GEN{stock} moved by {range:P2} in {seen} messages.");
            Assert.True(spreads[spreads.Count / 2] < 0.003, $"GEN{stock} has a spread of {spreads[spreads.Count / 2]:P3}.");
        }
    }

    [Fact]
    public void The_seed_makes_the_day()
    {
        ItchMarketOptions options = new() { Rows = 5_000, Stocks = 4, Seed = 11 };
        Assert.Equal(Make(options), Make(options));
        Assert.NotEqual(Make(options), Make(options with { Seed = 12 }));
        Assert.Contains("at least 128 messages", Assert.Throws<ImportException>(() => Make(options with { Rows = 127 })).Message, StringComparison.Ordinal);
        Assert.Throws<ImportException>(() => Make(options with { Stocks = 0 }));
    }

    [Fact]
    public void The_command_writes_a_file_that_imports()
    {
        using TempFolder folder = new();
        string file = folder.Path("20240105.itch.gz"), catalog = folder.Path("catalog");
        using StringWriter output = new(), errors = new();
        int Run(params string[] args) => DataToolsCli.Run(args, new(output, errors, false));
        Assert.Equal(0, Run("generate", "--format", "itch", "--rows", "20k", "--instruments", "3", "--seed", "5", "--out", file));
        Assert.Equal(2, Run("generate", "--format", "itch", "--rows", "20k", "--out", file));
        Assert.Equal(2, Run("generate", "--format", "itch", "--rows", "20k", "--days", "3", "--out", folder.Path("b.itch")));
        Assert.Equal(2, Run("generate", "--rows", "20k"));
        Assert.Equal(0, Run("import", "itch", file, "--catalog", catalog, "--symbols", "GEN1,GEN3"));
        Assert.Equal(0, Run("doctor", "--catalog", catalog));
        Assert.Equal(0, Run("head", "--catalog", catalog, "--rows", "3"));
        Assert.Equal(0, Run("export", "csv", "--catalog", catalog, "--out", folder.Path("tables")));
        Assert.Equal(0, Run("export", "parquet", "--catalog", catalog, "--out", folder.Path("tables")));
        Assert.Contains("condition", output.ToString(), StringComparison.Ordinal);
        Assert.Equal("time,action,side,price,size,order_id,flags", string.Join(',', File.ReadLines(folder.Path("tables/GEN1.XNAS-book.csv")).First().Split(',').Skip(1)));
        Assert.Equal(0, Run("import", "csv", folder.Path("tables/GEN1.XNAS-trades.csv"), "--kind", "trades", "--venue", "XNAS", "--catalog", folder.Path("again")));
        Assert.Equal(0, Run("export", "csv", "--catalog", folder.Path("again"), "--out", folder.Path("back")));
        Assert.Equal(File.ReadAllText(folder.Path("tables/GEN1.XNAS-trades.csv")), File.ReadAllText(folder.Path("back/GEN1.XNAS-trades.csv")));
    }

    private static byte[] Make(ItchMarketOptions options)
    {
        using MemoryStream stream = new();
        ItchOutput output = new(stream);
        new MadeUpDay(options).Write(output, _ => { });
        Assert.Equal((options.Rows, stream.Length), (output.Messages, output.Bytes));
        return stream.ToArray();
    }
}
