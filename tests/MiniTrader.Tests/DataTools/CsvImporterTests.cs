using System.IO.Compression;
using System.Text;
using MiniTrader.DataTools;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.DataTools;

public sealed class CsvImporterTests
{
    private static TickKind Bars(string kind) => TickKind.TryParse(kind, out TickKind parsed) ? parsed : throw new ArgumentException(kind);

    private static (MemorySink Sink, ImportRun Run) Import(TableOptions options, string path, bool skipBad = false)
    {
        MemorySink sink = new();
        ImportRun run = new(sink, skipBad);
        new CsvImporter(options).Import(run, [path]);
        return (sink, run);
    }

    private static (MemorySink Sink, ImportRun Run) ImportText(TableOptions options, string text, bool skipBad = false)
    {
        using TempFolder folder = new();
        return Import(options, folder.Write("abc.csv", text), skipBad);
    }

    [Theory]
    [InlineData("GOOG.csv", "bars-1d", 2148, "2013-03-02T00:00:00Z", "806.19")]
    [InlineData("EURUSD.csv", "bars-1h", 5000, "2018-02-07T16:00:00Z", "1.23")]
    [InlineData("BTCUSD.csv", "bars-1d", 156, "", "")]
    public void Real_bars(string file, string kind, int rows, string lastEnd, string lastClose)
    {
        string path = SharedData.Path("csv/" + file);
        (MemorySink sink, ImportRun run) = Import(new() { Kind = Bars(kind), AssetClass = AssetClass.Crypto }, path);
        MarketEvent[] bars = sink.Of(Path.GetFileNameWithoutExtension(file) + ".CSV", kind);
        Assert.Equal((rows, rows, rows), (bars.Length, run.Accounts[0].Rows, run.Accounts[0].Stored));
        string[] last = File.ReadLines(path).Last().Split(',');
        Assert.Equal(decimal.Parse(last[4], System.Globalization.CultureInfo.InvariantCulture), bars[^1].Bar.Close.ToDecimal());
        Assert.Equal(Timestamp.Parse(last[0]), bars[^1].Bar.OpenTime);
        if (lastEnd.Length > 0) Assert.Equal((lastEnd[..4], lastClose.Length > 0), (bars[^1].Bar.VenueTime.ToString()[..4], true));
    }

    [Fact]
    public void Real_ticks_with_their_own_and_their_recorders_time()
    {
        (MemorySink sink, _) = Import(new() { Kind = TickKind.Trades, Venue = "BITMEX" }, SharedData.Path("csv/bitmex_trades_XBTUSD.csv"));
        TradeTick trade = sink.Of("XBTUSD.BITMEX", "trades")[0].Trade;
        Assert.Equal((1_583_020_803_145_000_000, 1_583_020_803_307_160_000), (trade.VenueTime.Nanoseconds, trade.ReceivedTime.Nanoseconds));
        Assert.Equal(("8531.5", "2152", AggressorSide.Seller), (trade.Price.ToString(), trade.Size.ToString(), trade.Aggressor));

        (sink, _) = Import(new() { Venue = "HUOBI" }, SharedData.Path("csv/huobi-dm-swap_quotes_BTC-USD.csv"));
        QuoteTick quote = sink.Of("BTC-USD.HUOBI", "quotes")[0].Quote;
        Assert.Equal(("8629.2", "806", "8629.3", "5494"), (quote.Bid.ToString(), quote.BidSize.ToString(), quote.Ask.ToString(), quote.AskSize.ToString()));

        (sink, ImportRun run) = Import(new() { Symbol = "USDJPY", SizeOfUnsized = Quantity.FromUnits(7) }, SharedData.Path("csv/truefx_usdjpy_ticks.csv"));
        QuoteTick first = sink.Of("USDJPY.CSV", "quotes")[0].Quote;
        Assert.Equal(("2013-01-01T22:00:00.295Z", "86.655", "86.728", "7"), (first.VenueTime.ToString(), first.Bid.ToString(), first.Ask.ToString(), first.BidSize.ToString()));
        Assert.Equal(1_000, run.Accounts[0].Stored);

        (sink, _) = Import(new(), SharedData.Path("csv/binance-futures_book_snapshot_5_BTCUSDT.csv"));
        Assert.Equal(("11657.07", "1.714"), (sink.Of("BTCUSDT.CSV", "quotes")[0].Quote.Bid.ToString(), sink.Of("BTCUSDT.CSV", "quotes")[0].Quote.AskSize.ToString()));
    }

    [Fact]
    public void Columns_are_found_by_name_or_place()
    {
        Dictionary<TableField, string> map = new() { [TableField.Time] = "when", [TableField.Price] = "2", [TableField.Size] = "Menge", [TableField.Side] = "1" };
        (MemorySink sink, _) = ImportText(new() { Kind = TickKind.Trades, Map = map, Delimiter = ';' }, "when;richtung;kurs;Menge\n2024-01-05;B;10.5;3\n2024-01-06;s;10;4\n");
        TradeTick[] trades = [.. sink.Of("ABC.CSV", "trades").Select(e => e.Trade)];
        Assert.Equal((AggressorSide.Buyer, "10.5", "3"), (trades[0].Aggressor, trades[0].Price.ToString(), trades[0].Size.ToString()));
        Assert.Equal(AggressorSide.Seller, trades[1].Aggressor);

        Dictionary<TableField, string> places = new() { [TableField.Time] = "0", [TableField.Bid] = "1", [TableField.Ask] = "2" };
        (sink, _) = ImportText(new() { Map = places, TimeFormat = "yyyyMMdd HH:mm:ss.fff", TimeZone = "America/New_York" }, "20240105 09:30:00.123,1.5,1.6\n");
        Assert.Equal("2024-01-05T14:30:00.123Z", sink.Of("ABC.CSV", "quotes")[0].Header.VenueTime.ToString());
    }

    [Fact]
    public void A_column_that_is_missing_is_named()
    {
        string Wrong(TableOptions options, string text) => Assert.Throws<ImportException>(() => ImportText(options, text)).Message;
        Assert.Contains("no column was found for 'bid' (it has: time, x)", Wrong(new(), "time,x\n1,2\n"), StringComparison.Ordinal);
        Assert.Contains("it has no header", Wrong(new(), "1,2,3\n"), StringComparison.Ordinal);
        Assert.Contains("--map bid=nope names no column", Wrong(new() { Map = new Dictionary<TableField, string> { [TableField.Bid] = "nope" } }, "time,ask\n1,2\n"), StringComparison.Ordinal);
        Assert.Contains("quotes have no field 'price'", Assert.Throws<ImportException>(() => new CsvImporter(new() { Map = new Dictionary<TableField, string> { [TableField.Price] = "x" } })).Message, StringComparison.Ordinal);
        Assert.Contains("is not a time format", Wrong(new() { TimeFormat = "unix" }, "time,bid,ask\n1,2,3\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1704448800,10", "it has 2 columns where 5 are needed")]
    [InlineData("x,10,11,1,1", "the time is not unix-s")]
    [InlineData(",10,11,1,1", "the time is empty or too long")]
    [InlineData("1704448800,x,11,1,1", "bid is not a number")]
    [InlineData("1704448800,10,99999999999,1,1", "ask is beyond 9.2 billion")]
    [InlineData("1704448800,10,11,-1,1", "a size is below zero")]
    [InlineData("1704448800,0,11,1,1", "a price is not above zero")]
    [InlineData("1704448800,,,1,1", "neither side is quoted")]
    [InlineData("1704448800,\"10,11,1,1", "a quote is not closed, or there are too many columns")]
    [InlineData("1704448799,10,11,1,1", "its time is before the row above; --sort puts a file in order")]
    public void A_bad_quote_is_refused_with_its_line(string row, string reason)
    {
        string text = $"time,bid,ask,bid_size,ask_size\n1704448800,10,11,1,1\n{row}\n";
        Assert.Contains($"abc.csv, line 3: {reason}", Assert.Throws<ImportException>(() => ImportText(new(), text)).Message, StringComparison.Ordinal);
        (MemorySink sink, ImportRun run) = ImportText(new(), text, true);
        Assert.Equal((2, 1, 1), (run.Accounts[0].Rows, sink.Events, run.Accounts[0].Refused[reason]));
    }

    [Fact]
    public void A_missing_side_is_a_one_sided_quote()
    {
        (MemorySink sink, _) = ImportText(new(), "time,bid,ask,bid_size,ask_size\n1704448800,,11,,2\n");
        QuoteTick quote = sink.Of("ABC.CSV", "quotes")[0].Quote;
        Assert.Equal((Quantity.Zero, "11", "2"), (quote.BidSize, quote.Ask.ToString(), quote.AskSize.ToString()));
    }

    [Fact]
    public void Sorted_bars_are_held_to_their_interval_too()
    {
        // Hourly rows said to be daily ones, the second half first.
        const string Text = "time,open,high,low,close,volume\n2024-01-05 01:00,1,1,1,1,1\n2024-01-05 00:00,1,1,1,1,1\n2024-01-06 00:00,1,1,1,1,1\n";
        TableOptions options = new() { Kind = Bars("bars-1d"), Sort = true };
        ImportException fault = Assert.Throws<ImportException>(() => ImportText(options, Text));
        Assert.Contains("the bar that ends at 2024-01-06T01:00:00Z: the bar starts 1 h after the one above, within its 1d; say the true interval with --kind", fault.Message, StringComparison.Ordinal);
        (MemorySink sink, ImportRun run) = ImportText(options, Text, skipBad: true);
        FileAccount account = run.Accounts[0];
        Assert.Equal((3, 2, 1, 2), (account.Rows, account.Stored, account.RefusedRows, sink.Events));
    }

    [Fact]
    public void Sorting_is_stable()
    {
        const string Text = "time,price,size\n1704448802,3,1\n1704448801,1,1\n1704448801,2,1\n1704448800,9,1\n";
        (MemorySink sink, _) = ImportText(new() { Kind = TickKind.Trades, Sort = true }, Text);
        Assert.Equal(["9", "1", "2", "3"], sink.Of("ABC.CSV", "trades").Select(t => t.Trade.Price.ToString()));
    }

    [Fact]
    public void A_bar_is_stamped_with_its_end()
    {
        const string Row = "2024-01-05 09:30:00,1,3,0.5,2,10\n";
        string End(TableOptions options, string text) => ImportText(options, text).Sink.Of("ABC.CSV", "bars-5m")[0].Bar.VenueTime.ToString();
        TableOptions options = new() { Kind = Bars("bars-5m") };
        Assert.Equal("2024-01-05T09:35:00Z", End(options, "time,open,high,low,close,volume\n" + Row));
        Assert.Equal("2024-01-05T09:30:00Z", End(options with { IsBarTimeEnd = true }, "time,open,high,low,close,volume\n" + Row));
        Assert.Equal("2024-01-05T09:30:00Z", End(options, "end_time,open,high,low,close,volume\n" + Row));
    }

    [Fact]
    public void Symbols_in_a_column_make_series_of_their_own()
    {
        (MemorySink sink, _) = ImportText(new() { Kind = TickKind.Trades }, "symbol,time,price,size\nA,1704448800,1,1\n\"B,C\",1704448700,2,1\nA,1704448801,3,1\n");
        Assert.Equal((2, 1), (sink.Of("A.CSV", "trades").Length, sink.Of("B,C.CSV", "trades").Length));
    }

    [Fact]
    public void Compressed_files_read_the_same_and_cut_ones_are_refused()
    {
        using TempFolder folder = new();
        byte[] text = Encoding.UTF8.GetBytes("time,price,size\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{1704448800 + i},{1 + (i * 7919 % 997)}.25,{i % 7}\n")));
        MemoryStream zipped = new(), packed = new();
        using (GZipStream gzip = new(zipped, CompressionLevel.Fastest, true)) gzip.Write(text);
        using (ZstdSharp.CompressionStream zstd = new(packed, leaveOpen: true)) zstd.Write(text);
        TableOptions options = new() { Kind = TickKind.Trades, Symbol = "ABC" };
        MarketEvent[] plain = Import(options, folder.Write("abc.csv", text)).Sink.Of("ABC.CSV", "trades");
        Assert.Equal(20_000, plain.Length);
        foreach ((string name, byte[] bytes) in new[] { ("abc.csv.gz", zipped.ToArray()), ("abc.csv.zst", packed.ToArray()) })
        {
            Assert.Equal(plain, Import(options, folder.Write(name, bytes)).Sink.Of("ABC.CSV", "trades"));
            string cut = folder.Write("cut-" + name, bytes[..(bytes.Length / 2)]);
            Assert.Contains("damaged", Assert.Throws<ImportException>(() => Import(options, cut, true)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Random_and_mutated_files_never_do_more_than_be_refused()
    {
        Random random = new(9);
        byte[] good = Encoding.UTF8.GetBytes("time,bid,ask,bid_size,ask_size\n2024-01-05T10:00:00Z,10,11,1,1\n2024-01-05T10:00:01Z,\"10\",11,1,1\n");
        for (int i = 0; i < 400; i++)
        {
            byte[] bytes = [.. good];
            for (int k = 0; k < 1 + (i % 6); k++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (i % 10 == 0) random.NextBytes(bytes);
            using TempFolder folder = new();
            MemorySink sink = new();
            ImportRun run = new(sink, true);
            try
            {
                new CsvImporter(new()).Import(run, [folder.Write("a.csv", bytes)]);
            }
            catch (ImportException)
            {
                continue;
            }

            FileAccount account = run.Accounts[0];
            Assert.Equal(account.Rows, account.Stored + account.RefusedRows + account.LeftOutRows);
            Assert.Equal(account.Stored, sink.Events);
        }
    }
}
