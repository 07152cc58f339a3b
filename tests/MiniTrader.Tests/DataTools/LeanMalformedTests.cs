using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools;

public sealed class LeanMalformedTests
{
    private const string Trades = "lean/equity/usa/tick/abc/20240105_trade.zip";
    private const string Quotes = "lean/equity/usa/tick/abc/20240105_quote.zip";
    private const string Fx = "lean/forex/oanda/tick/eurusd/20240105_quote.zip";
    private const string Minutes = "lean/equity/usa/minute/abc/20240105_trade.zip";
    private const string QuoteMinutes = "lean/crypto/coinbase/minute/btcusd/20240105_quote.zip";
    private const string Futures = "lean/future/cme/tick/es/20240105_trade.zip";
    private const string Daily = "lean/equity/usa/daily/abc.zip";

    private static (MemorySink Sink, ImportRun Run) Import(string path, string text, bool skipBad, string entry = "20240105_abc.csv")
    {
        using TempFolder folder = new();
        MemorySink sink = new();
        ImportRun run = new(sink, skipBad);
        new LeanImporter(new()).Import(run, [folder.Zip(path, entry, text)]);
        return (sink, run);
    }

    [Theory]
    [InlineData(Trades, "1000,1674100", "a trade tick has 3, 4 or 6 columns")]
    [InlineData(Trades, "1000,1674100,100,P,0,0,7", "a trade tick has 3, 4 or 6 columns")]
    [InlineData(Trades, "abc,1674100,100,P,0,0", "the time is not a number of milliseconds")]
    [InlineData(Trades, "-1,1674100,100,P,0,0", "the time is outside its day")]
    [InlineData(Trades, "86400000,1674100,100,P,0,0", "the time is outside its day")]
    [InlineData(Trades, "1000,,100,P,0,0", "the price is not a number in range")]
    [InlineData(Trades, "1000,99999999999,100,P,0,0", "the price is not a number in range")]
    [InlineData(Trades, "1000,0,100,P,0,0", "the price is not above zero")]
    [InlineData(Trades, "1000,-5,100,P,0,0", "the price is not above zero")]
    [InlineData(Trades, "1000,1674100,-1,P,0,0", "the size is not a number of zero or more")]
    [InlineData(Trades, "1000,1674100,1e99,P,0,0", "the size is not a number of zero or more")]
    [InlineData(Trades, "999,1674100,100,P,0,0", "the time is before the row above")]
    [InlineData(Quotes, "1000,1,1,1", "a quote tick has 3 or 5 to 8 columns")]
    [InlineData(Quotes, "1000,x,1,2,1,P,0,0", "the bid is not a price and a size in range")]
    [InlineData(Quotes, "1000,1,-1,2,1,P,0,0", "the bid is not a price and a size in range")]
    [InlineData(Quotes, "1000,1,1,2,x,P,0,0", "the ask is not a price and a size in range")]
    [InlineData(Quotes, "1000,-1,1,2,1,P,0,0", "a price is not above zero")]
    [InlineData(Quotes, "999,1,1,2,1,P,0,0", "the time is before the row above")]
    [InlineData(Fx, "1000,1.1,abc", "the ask is not a price and a size in range")]
    [InlineData(Minutes, "60000,10,12,9,11", "the bar does not start after the one above")]
    [InlineData(Minutes, "120000,10,9,8,11,5", "the bar is not open, high, low, close, volume with high and low around them")]
    [InlineData(Minutes, "120000,10,,8,11,5", "the bar is not open, high, low, close, volume with high and low around them")]
    [InlineData(Minutes, "120000,10,12,9", "a trade bar has 5 or 6 columns, a quote bar 11")]
    [InlineData(QuoteMinutes, "120000,10,12,9,11,5,10,12,9,13,5", "the ask bar is not open, high, low, close, size with high and low around them")]
    [InlineData(QuoteMinutes, "120000,10,12,9,13,5,10,12,9,11,5", "the bid bar is not open, high, low, close, size with high and low around them")]
    [InlineData(QuoteMinutes, "120000,10,12,9,11,5", "a trade bar has 5 or 6 columns, a quote bar 11")]
    [InlineData(Daily, "20240106,1,2,1,2,5", "the time is not yyyyMMdd HH:mm")]
    [InlineData(Daily, "20241306 00:00,1,2,1,2,5", "the time is not yyyyMMdd HH:mm")]
    [InlineData(Daily, "20240105 00:00,1,2,1,2,5", "the bar does not start after the one above")]
    public void A_bad_row_is_refused_with_file_line_and_reason(string path, string row, string reason)
    {
        string good = path switch
        {
            Quotes => "1000,10000,1,20000,1,P,0,0\n",
            Fx => "1000,1.1,1.2\n",
            Minutes => "60000,10,12,9,11,5\n",
            QuoteMinutes => "60000,10,12,9,11,5,10,12,9,11,5\n",
            Daily => "20240105 00:00,1,2,1,2,5\n",
            _ => "1000,1674100,100,P,0,0\n",
        };
        ImportException e = Assert.Throws<ImportException>(() => Import(path, good + row + "\n", false));
        Assert.Contains(Path.GetFileName(path) + "!20240105_abc.csv, line 2: " + reason, e.Message, StringComparison.Ordinal);
        Assert.Contains(row, e.Message, StringComparison.Ordinal);

        (MemorySink sink, ImportRun run) = Import(path, good + row + "\n" + row + "\n", true);
        FileAccount account = run.Accounts[0];
        Assert.Equal((3, 1, 2), (account.Rows, account.Stored, account.Refused[reason]));
        Assert.Equal(2, account.Examples.Count);
        Assert.Equal(path == QuoteMinutes ? 2 : 1, sink.Events);
    }

    [Fact]
    public void A_price_may_be_negative_only_where_markets_have_been()
    {
        (MemorySink sink, _) = Import(Futures, "1000,-37.63,1,usa,,0", false, "20240105_es_tick_trade_202403.csv");
        Assert.Equal("-37.63", sink.Of("ES-202403.CME", "trades")[0].Trade.Price.ToString());
    }

    [Fact]
    public void Examples_are_few_and_counts_complete()
    {
        (_, ImportRun run) = Import(Trades, string.Concat(Enumerable.Repeat("x,1,1\n", 1000)), true);
        Assert.Equal((1000, FileAccount.MaxExamples), (run.Accounts[0].RefusedRows, run.Accounts[0].Examples.Count));
    }

    [Fact]
    public void Blank_lines_and_line_ends_of_both_kinds_are_taken()
    {
        (MemorySink sink, ImportRun run) = Import(Trades, "\uFEFF1000,1674100,100,P,0,0\r\n\r\n1000.5,1674200,100,P,0,0", false);
        Assert.Equal((3, 2, 1, true), (run.Accounts[0].Rows, run.Accounts[0].Stored, run.Accounts[0].LeftOut["blank line"], run.Accounts[0].IsLastLineOpen));

        // 1000.5 ms after midnight in New York (UTC−5 in January).
        Assert.Equal("2024-01-05T05:00:01.000500Z", sink.Of("ABC.USA", "trades")[1].Header.VenueTime.ToString());
    }

    [Fact]
    public void An_empty_file_and_a_zip_without_entries_hold_nothing()
    {
        (MemorySink sink, ImportRun run) = Import(Trades, "", false);
        Assert.Equal((0, 0), (run.Accounts[0].Rows, sink.Events));
        using TempFolder folder = new();
        new LeanImporter(new()).Import(new(sink), [folder.Zip(Trades)]);
        Assert.Equal(0, sink.Events);
    }

    [Fact]
    public void A_zip_that_is_cut_short_or_flipped_is_refused()
    {
        using TempFolder folder = new();
        byte[] whole = File.ReadAllBytes(folder.Zip(Trades, "a.csv", string.Concat(Enumerable.Range(1000, 5000).Select(i => $"{i},{1674100 + (i * 7919 % 1000)},100,P,0,0\n"))));
        string cut = folder.Write("cut/" + Trades, whole[..(whole.Length / 2)]);
        Assert.Contains("is not a whole zip file", Assert.Throws<ImportException>(() => new LeanImporter(new()).Import(new(new MemorySink()), [cut])).Message, StringComparison.Ordinal);

        int refused = 0;
        for (int i = 0; i < 40; i++)
        {
            byte[] flipped = [.. whole];
            flipped[60 + (i * 200)] ^= 0x10;
            string path = folder.Write($"flip{i}/{Trades}", flipped);
            MemorySink sink = new();
            try
            {
                new LeanImporter(new()).Import(new(sink, true), [path]);
            }
            catch (ImportException)
            {
                refused++;
            }
        }

        Assert.Equal(40, refused);
    }

    [Theory]
    [InlineData("nowhere/20240105_trade.zip", "is not the path of a LEAN price file")]
    [InlineData("lean/equity/usa/tick/abc/20240105_openinterest.zip", "is not the path of a LEAN price file")]
    [InlineData("lean/equity/usa/tick/abc/20241305_trade.zip", "is not the path of a LEAN price file")]
    public void A_path_that_says_nothing_is_refused(string path, string expected)
    {
        using TempFolder folder = new();
        string zip = folder.Zip(path, "a.csv", "1000,1,1\n");
        Assert.Contains(expected, Assert.Throws<ImportException>(() => new LeanImporter(new()).Import(new(new MemorySink()), [zip])).Message, StringComparison.Ordinal);
        Assert.Contains("No LEAN data files", Assert.Throws<ImportException>(() => new LeanImporter(new()).Import(new(new MemorySink()), [folder.Root])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20131007_gc_tick_trade_201312.csv", "GC-201312", null)]
    [InlineData("20131007_gc_tick_trade_201312_20131227.csv", "GC-20131227", "2013-12-27")]
    [InlineData("20130702_foxa_minute_quote_american_put_327500_20130720.csv", "FOXA-20130720-P-32.75", "2013-07-20")]
    [InlineData("20131007_gc_tick_trade.csv", null, null)]
    [InlineData("20130702_foxa_minute_quote_american_put_x_20130720.csv", null, null)]
    public void Contracts_are_read_from_the_entry(string entry, string? symbol, string? expiry)
    {
        LeanContract? contract = LeanContract.FromEntry(entry.Contains("foxa", StringComparison.Ordinal) ? "FOXA" : "GC", entry);
        Assert.Equal((symbol, expiry), (contract?.Symbol, contract?.Expiry?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Without_databases_the_zone_is_built_in_and_the_tick_is_the_finest_step()
    {
        using TempFolder folder = new();
        MemorySink sink = new();
        ImportRun run = new(sink);
        new LeanImporter(new() { SizeOfUnsized = Quantity.FromUnits(5) }).Import(run, [folder.Zip("lean/forex/fxcm/tick/usdjpy/20240105_quote.zip", "a.csv", "0,144.10,144.1150\n500,144.10,144.12\n")]);
        Instrument pair = sink.Instruments["USDJPY.FXCM"];
        Assert.Equal(("0.001", "JPY", AssetClass.Forex), (pair.TickSize.ToString(), pair.Currency.ToString(), pair.AssetClass));
        QuoteTick first = sink.Of("USDJPY.FXCM", "quotes")[0].Quote;
        Assert.Equal(("2024-01-05T05:00:00Z", "5"), (first.VenueTime.ToString(), first.AskSize.ToString()));
        Assert.Contains("times of forex at fxcm are in UTC-05 (built in)", run.Remarks);
        Assert.Contains("forex quotes have no sizes; each side is given 5", run.Remarks);
    }

    [Theory]
    [InlineData(Trades, "1000,1674100,100,P,0,0\n1001,1674100,100,P,0,0\n")]
    [InlineData(Quotes, "1000,10000,1,0,0,P,0,0\n1000,0,0,20000,1,P,0,0\n")]
    [InlineData(QuoteMinutes, "60000,10,12,9,11,5,10,12,9,11,5\n120000,,,,,0,10,12,9,11,5\n")]
    [InlineData(Daily, "20240105 00:00,1,2,1,2,5\n20240106 00:00,1,2,1,2,5\n")]
    public void Random_and_mutated_rows_never_do_more_than_be_refused(string path, string good)
    {
        Random random = new(3);
        for (int i = 0; i < 150; i++)
        {
            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(good);
            for (int k = 0; k < 1 + (i % 5); k++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (i % 10 == 0) random.NextBytes(bytes);
            using TempFolder folder = new();
            MemorySink sink = new();
            ImportRun run = new(sink, true);
            new LeanImporter(new()).Import(run, [folder.Zip(path, ("a.csv", bytes))]);
            FileAccount account = run.Accounts[0];
            Assert.Equal(account.Rows, account.Stored + account.RefusedRows + account.LeftOutRows);
            Assert.Equal(account.Events, sink.Events);
        }
    }
}
