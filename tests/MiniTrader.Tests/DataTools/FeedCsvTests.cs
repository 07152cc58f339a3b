using System.IO.Compression;
using System.Text;
using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools;

public sealed class FeedCsvTests
{
    private const string Changes = "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount\n";
    private const string Trades = "exchange,symbol,timestamp,local_timestamp,id,side,price,amount\n";

    private static (MemorySink Sink, ImportRun Run) Import(FeedCsvOptions options, bool skipBad, params (string Name, string Text)[] files)
    {
        using TempFolder folder = new();
        MemorySink sink = new();
        ImportRun run = new(sink, skipBad);
        new FeedCsvImporter(options).Import(run, [.. files.Select(f => folder.Write(f.Name, f.Name.EndsWith(".gz", StringComparison.Ordinal) ? Gzip(f.Text) : Encoding.UTF8.GetBytes(f.Text)))]);
        return (sink, run);
    }

    private static string Deltas(MemorySink sink, string name) => string.Join(
        " | ", sink.Of(name, "BookDelta").Select(e => $"{e.BookDelta.Action} {e.BookDelta.Price}x{e.BookDelta.Size}{((e.Header.Flags & EventFlags.Snapshot) != 0 ? "s" : "")}{((e.Header.Flags & EventFlags.Partial) != 0 ? "+" : "")}"));

    [Fact]
    public void A_tardis_snapshot_clears_and_rows_of_one_instant_are_one_packet()
    {
        string rows = Changes + "x,A-USDT,1000000,1000010,true,bid,99,5\nx,A-USDT,1000000,1000010,true,ask,101,6\nx,A-USDT,1000020,1000030,false,bid,99,0\nx,A-USDT,1000020,1000030,false,bid,98,2\n"
            + "x,A-USDT,1000040,1000050,false,ask,101,4\nx,A-USDT,1000000,1000060,true,bid,97,1\n";
        (MemorySink sink, ImportRun run) = Import(new(), false, ("changes.csv.gz", rows));
        Assert.Equal("Clear 0x0s+ | Add 99x5s+ | Add 101x6s | Delete 99x0+ | Add 98x2 | Modify 101x4 | Clear 0x0s+ | Add 97x1s", Deltas(sink, "A-USDT.X"));
        Assert.Equal((6, 8), (run.Accounts[0].Stored, run.Accounts[0].Events));
        Assert.Equal((1_000_020_000, 1_000_030_000), (sink.Of("A-USDT.X", "BookDelta")[3].Header.VenueTime.Nanoseconds, sink.Of("A-USDT.X", "BookDelta")[3].Header.ReceivedTime.Nanoseconds));
    }

    [Fact]
    public void Changes_before_a_snapshot_are_left_out_unless_a_book_may_begin_empty()
    {
        string rows = Changes + "x,A,1000000,1000010,false,bid,99,5\n";
        (MemorySink none, ImportRun left) = Import(new(), false, ("c.csv", rows));
        Assert.Equal((0, 1), (none.Events, left.Accounts[0].LeftOutRows));
        (MemorySink begun, _) = Import(new() { DepthWithoutSnapshot = true }, false, ("c.csv", rows));
        Assert.Equal("Clear 0x0s | Add 99x5", Deltas(begun, "A.X"));
    }

    [Fact]
    public void A_depth_of_binance_follows_its_snapshot_file_and_a_hole_clears()
    {
        const string Header = "symbol,timestamp,first_update_id,last_update_id,side,update_type,price,qty,pu\n";
        (MemorySink sink, ImportRun run) = Import(
            new(), false,
            ("A_depth_snap.csv", Header + "A,1000,8,8,b,snap,99,5,-1\nA,1000,8,8,a,snap,101,6,-1\n"),
            ("A_depth_update.csv", Header + "A,1001,5,7,b,set,98,1,4\nA,1002,8,9,b,set,98,2,7\nA,1002,8,9,a,set,101,0,7\nA,1003,10,12,a,set,102,3,9\nA,1004,20,21,a,set,103,3,15\n"));
        Assert.Equal("Clear 0x0s+ | Add 99x5s+ | Add 101x6s | Add 98x2+ | Delete 101x0 | Add 102x3 | Clear 0x0s", Deltas(sink, "A.BINANCE"));
        Assert.Equal((3, 2, 1), (run.Accounts[1].Stored, run.Accounts[1].LeftOutRows, run.Accounts[1].Notes["holes in the numbers of depth updates; the book is cleared there"]));
    }

    [Fact]
    public void Public_trades_and_tickers_are_read_with_and_without_a_header_in_both_units()
    {
        (MemorySink sink, _) = Import(
            new(), false,
            ("BTCUSDT-trades-2024-01-01.csv", "id,price,qty,quote_qty,time,is_buyer_maker\n7,42000.1,0.5,21000.05,1704067200000,true\n"),
            ("ETHUSDT-trades-2025-01-01.csv", "8,3000.5,2,6001,1735689600000001,False,True\n"),
            ("BNBUSDT-aggTrades-2025-01-01.csv", "9,300.5,2,1,3,1735689600000001,False,True\n"),
            ("BTCUSDT-bookTicker-2024-01-01.csv", "update_id,best_bid_price,best_bid_qty,best_ask_price,best_ask_qty,transaction_time,event_time\n5,42000,1,42000.1,2,1704067200000,1704067200003\n"));
        TradeTick first = sink.Of("BTCUSDT.BINANCE", "trades")[0].Trade, second = sink.Of("ETHUSDT.BINANCE", "trades")[0].Trade, third = sink.Of("BNBUSDT.BINANCE", "trades")[0].Trade;
        Assert.Equal(("42000.1", AggressorSide.Seller, 7L, "2024-01-01T00:00:00Z"), (first.Price.ToString(), first.Aggressor, first.TradeId, first.VenueTime.ToString()));
        Assert.Equal(("3000.5", AggressorSide.Buyer, 1_735_689_600_000_001_000), (second.Price.ToString(), second.Aggressor, second.VenueTime.Nanoseconds));
        Assert.Equal((9L, 1_735_689_600_000_001_000), (third.TradeId, third.VenueTime.Nanoseconds));
        QuoteTick quote = sink.Of("BTCUSDT.BINANCE", "quotes")[0].Quote;
        Assert.Equal((3_000_000, "42000.1", 5), (quote.ReceivedTime - quote.VenueTime, quote.Ask.ToString(), quote.Sequence));
        Assert.Equal("USDT", sink.Instruments["BTCUSDT.BINANCE"].Currency.ToString());
    }

    public static TheoryData<string, string> BadRows => new()
    {
        { "x,A,1000,1010,1,buy,99", "it has 7 columns where 8 are needed" },
        { "x,A,soon,1010,1,buy,99,1", "the time is not a count of milliseconds or microseconds" },
        { "x,A,1000,-5,1,buy,99,1", "the received time is not a count of milliseconds or microseconds" },
        { "x,A,1000,9999999999999999999,1,buy,99,1", "the received time is not a count of milliseconds or microseconds" },
        { "x,A,1000,1010,1,up,99,1", "the side is neither buy, sell nor unknown" },
        { "x,A,1000,1010,1,buy,dear,1", "the price is not a number" },
        { "x,A,1000,1010,1,buy,99,-1", "a trade's price and size must be above zero" },
        { "x,A,1000,1003,1,buy,99,1", "its time is before the row above" },
        { "x,,1000,1010,1,buy,99,1", "the symbol is empty" },
        { ",A,1000,1010,1,buy,99,1", "the exchange is empty" },
        { "x,A,1000,1010,1,buy,\"99,1", "a quote is not closed, or there are too many columns" },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public void A_bad_row_is_refused_with_its_line_and_reason(string row, string reason)
    {
        string text = Trades + "x,A,1000,1005,1,buy,99,1\n" + row + "\n";
        (_, ImportRun run) = Import(new(), true, ("t.csv", text));
        Assert.Equal((2, 1, 1), (run.Accounts[0].Rows, run.Accounts[0].Stored, run.Accounts[0].Refused.GetValueOrDefault(reason)));
        Assert.Contains($"line 3: {reason}", Assert.Throws<ImportException>(() => Import(new(), false, ("t.csv", text))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_columns_are_refused_with_a_list()
    {
        string sentence = Assert.Throws<ImportException>(() => Import(new(), true, ("d.csv", "timestamp,percentage,depth,notional\n1,2,3,4\n"))).Message;
        Assert.Contains("which are no levels of a book", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_rows_never_do_more_than_be_refused()
    {
        Random random = new(3);
        byte[] good = Encoding.UTF8.GetBytes(Changes + "x,A-USDT,1000000,1000010,true,bid,99,5\nx,A-USDT,1000000,1000010,true,ask,101,6\nx,A-USDT,1000020,1000030,false,bid,99,0\n");
        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = [.. good];
            for (int k = 0; k < 1 + (i % 4); k++) bytes[random.Next(Changes.Length, bytes.Length)] = (byte)random.Next(256);
            using TempFolder folder = new();
            MemorySink sink = new();
            ImportRun run = new(sink, true);
            new FeedCsvImporter(new()).Import(run, [folder.Write("c.csv", bytes)]);
            FileAccount account = run.Accounts[0];
            Assert.Equal(account.Rows, account.Stored + account.RefusedRows + account.LeftOutRows);
            Assert.Equal(account.Events, sink.Events);
        }
    }

    /// <summary>The last row's levels, read by position, are the book at the end of our deltas.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(25)]
    public void The_depth_of_a_real_file_ends_as_its_last_row(int depth)
    {
        string path = SharedData.Path($"csv/binance-futures_book_snapshot_{depth}_BTCUSDT.csv");
        MemorySink sink = new();
        new FeedCsvImporter(new()).Import(new(sink), [path]);
        NaiveLevels ours = new();
        MarketEvent[] deltas = sink.Of("BTCUSDT.BINANCE-FUTURES", "BookDelta");
        foreach (ref readonly MarketEvent delta in deltas.AsSpan()) ours.Apply(delta.BookDelta);
        string[] last = File.ReadAllLines(path)[^1].Split(',');
        Assert.Equal(depth, (last.Length - 4) / 4);
        IEnumerable<(long, long)> Side(int first) => Enumerable.Range(0, depth).Select(i => (Price.Parse(last[first + (4 * i)]).Raw, Quantity.Parse(last[first + (4 * i) + 1]).Raw)).Order();
        Assert.Equal(Side(4), ours.Asks.Select(l => (l.Key, l.Value)));
        Assert.Equal(Side(6), ours.Bids.Select(l => (l.Key, l.Value)));
    }

    [Theory]
    [InlineData("deribit_incremental_book_L2_BTC-PERPETUAL.csv", 15, 16)]
    [InlineData("huobi-dm-swap_quotes_BTC-USD.csv", 10, 10)]
    [InlineData("bitmex_trades_XBTUSD.csv", 10, 10)]
    [InlineData("btcusdt-depth-snap.csv", 100, 101)]
    public void Every_row_of_the_real_files_is_stored(string file, long rows, long events)
    {
        ImportRun run = new(new MemorySink());
        new FeedCsvImporter(new()).Import(run, [SharedData.Path($"csv/{file}")]);
        Assert.Equal((rows, rows, events), (run.Accounts[0].Rows, run.Accounts[0].Stored, run.Accounts[0].Events));
    }

    private static byte[] Gzip(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
