using System.Globalization;
using System.IO.Compression;
using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>Every LEAN file beside the repository, against the row counts in its README and against a second, simple reading.</summary>
public sealed class LeanRealDataTests
{
    private static (MemorySink Sink, ImportRun Run) Import(params string[] relative)
    {
        MemorySink sink = new();
        ImportRun run = new(sink);
        new LeanImporter(new()).Import(run, relative.Select(SharedData.Path).ToArray());
        return (sink, run);
    }

    /// <summary>The rows of all CSVs of a zip, read the slow way.</summary>
    private static List<string[]> Rows(string relative)
    {
        using ZipArchive zip = ZipFile.OpenRead(SharedData.Path(relative));
        List<string[]> rows = [];
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using StreamReader reader = new(entry.Open());
            while (reader.ReadLine() is { } line) rows.Add(line.Split(','));
        }

        return rows;
    }

    /// <summary>The counts are of line ends, as wc counts; a last row without one is a row more.</summary>
    [Theory]
    [InlineData("lean/equity/usa/tick/spy/20131007_trade.zip", 250_600)]
    [InlineData("lean/equity/usa/tick/spy/20131008_trade.zip", 451_544)]
    [InlineData("lean/equity/usa/tick/ibm/20131007_quote.zip", 109_066)]
    [InlineData("lean/equity/usa/tick/ibm/20131008_quote.zip", 125_749)]
    [InlineData("lean/equity/usa/tick/ibm/20131009_quote.zip", 135_491)]
    [InlineData("lean/equity/usa/tick/ibm/20131007_trade.zip", 24_292)]
    [InlineData("lean/equity/usa/tick/ibm/20131008_trade.zip", 33_380)]
    [InlineData("lean/equity/usa/tick/ibm/20131009_trade.zip", 27_041)]
    [InlineData("lean/equity/usa/tick/aig/20131007_quote.zip", 1_079_934)]
    [InlineData("lean/equity/usa/tick/aig/20131007_trade.zip", 25_350)]
    [InlineData("lean/forex/oanda/tick/eurusd/20140502_quote.zip", 49_340)]
    [InlineData("lean/forex/oanda/tick/eurusd/20140505_quote.zip", 25_176)]
    [InlineData("lean/forex/oanda/tick/eurusd/20140506_quote.zip", 44_863)]
    [InlineData("lean/forex/oanda/tick/eurusd/20140507_quote.zip", 41_366)]
    [InlineData("lean/forex/oanda/tick/eurusd/20140508_quote.zip", 87_832)]
    [InlineData("lean/forex/fxcm/tick/eurusd/20140507_quote.zip", 89_503)]
    [InlineData("lean/future/comex/tick/gc/20131007_trade.zip", 40_192)]
    [InlineData("lean/future/cme/minute/es/20131007_quote.zip", 3_907)]
    [InlineData("lean/future/cme/minute/es/20131007_trade.zip", 1_671)]
    public void Every_row_is_accounted_for(string path, long lineEnds)
    {
        (MemorySink sink, ImportRun run) = Import(path);
        FileAccount account = Assert.Single(run.Accounts);
        Assert.Equal(lineEnds + (account.IsLastLineOpen ? 1 : 0), account.Rows);
        Assert.Equal(account.Rows, account.Stored + account.RefusedRows + account.LeftOutRows);
        Assert.Equal(0, account.RefusedRows);
        Assert.Equal(account.Events, sink.Events);
        Assert.Equal(Rows(path).Count, account.Rows);
    }

    [Fact]
    public void The_whole_folder_is_imported()
    {
        (MemorySink sink, ImportRun run) = Import("lean");
        Assert.All(run.Accounts, a => Assert.Equal(a.Rows, a.Stored + a.LeftOutRows));
        Assert.Equal(run.Accounts.Sum(a => a.Events), sink.Events);
        string[] files = Directory.GetFiles(SharedData.Path("lean"), "*", SearchOption.AllDirectories);
        Assert.Equal(files.Count(f => f.EndsWith(".zip", StringComparison.Ordinal) || f.Contains("/factor_files/", StringComparison.Ordinal)), run.Accounts.Count);
        Assert.Contains(run.Remarks, r => r.Contains("market-hours-database.json", StringComparison.Ordinal));
        Assert.Contains(run.Remarks, r => r.Contains("UTC-05", StringComparison.Ordinal));
    }

    [Fact]
    public void Equity_trades_have_their_times_prices_and_sizes()
    {
        const string Path = "lean/equity/usa/tick/ibm/20131007_trade.zip";
        (MemorySink sink, _) = Import(Path);
        MarketEvent[] trades = sink.Of("IBM.USA", "trades");
        List<string[]> rows = Rows(Path);

        // 14430270 ms after midnight of 7 October 2013 in New York (UTC−4) is 04:00:30.270, so 08:00:30.270 UTC.
        Assert.Equal("2013-10-07T08:00:30.270Z", trades[0].Header.VenueTime.ToString());
        Assert.Equal("181.52", trades[0].Trade.Price.ToString());
        Assert.Equal("283", trades[0].Trade.Size.ToString());
        Assert.Equal(rows.Sum(r => decimal.Parse(r[2], CultureInfo.InvariantCulture)), trades.Sum(t => t.Trade.Size.ToDecimal()));
        Assert.Equal(rows.Sum(r => decimal.Parse(r[1], CultureInfo.InvariantCulture)) / 10_000m, trades.Sum(t => t.Trade.Price.ToDecimal()));
        Assert.Equal(rows.Sum(r => long.Parse(r[0], CultureInfo.InvariantCulture)),
            trades.Sum(t => (t.Header.VenueTime - Timestamp.Parse("2013-10-07T04:00:00Z")) / Timestamp.NanosecondsPerMillisecond));
    }

    [Fact]
    public void One_sided_quotes_run_into_one_two_sided_quote()
    {
        const string Path = "lean/equity/usa/tick/ibm/20131007_quote.zip";
        (MemorySink sink, ImportRun run) = Import(Path);
        MarketEvent[] quotes = sink.Of("IBM.USA", "quotes");
        List<string[]> rows = Rows(Path);
        Assert.Equal(rows.Count, quotes.Length);

        // The first row has only an ask: 183.63 × 100; the second brings the bid 180.01 × 300.
        Assert.Equal(Quantity.Zero, quotes[0].Quote.BidSize);
        Assert.Equal(("183.63", "100"), (quotes[0].Quote.Ask.ToString(), quotes[0].Quote.AskSize.ToString()));
        Assert.Equal(("180.01", "300"), (quotes[1].Quote.Bid.ToString(), quotes[1].Quote.BidSize.ToString()));
        Assert.Equal("183.63", quotes[1].Quote.Ask.ToString());

        string[] lastBid = rows.Last(r => r[1] != "0"), lastAsk = rows.Last(r => r[3] != "0");
        Assert.Equal(decimal.Parse(lastBid[1], CultureInfo.InvariantCulture) / 10_000m, quotes[^1].Quote.Bid.ToDecimal());
        Assert.Equal(decimal.Parse(lastAsk[3], CultureInfo.InvariantCulture) / 10_000m, quotes[^1].Quote.Ask.ToDecimal());
        Assert.Equal(1, run.Accounts[0].Notes["stored though marked suspicious"]);
        Assert.Equal(rows.Count, run.Accounts[0].Notes["one-sided rows merged into the running quote"]);
    }

    [Fact]
    public void Suspicious_rows_can_be_dropped()
    {
        MemorySink sink = new();
        ImportRun run = new(sink);
        new LeanImporter(new() { DropSuspicious = true }).Import(run, [SharedData.Path("lean/equity/usa/tick/ibm/20131007_quote.zip")]);
        Assert.Equal(1, run.Accounts[0].LeftOut["marked suspicious"]);
        Assert.Equal(run.Accounts[0].Rows - 1, run.Accounts[0].Stored);
    }

    [Fact]
    public void Two_brokers_keep_their_own_clocks()
    {
        (MemorySink sink, _) = Import("lean/forex/oanda/tick/eurusd/20140507_quote.zip", "lean/forex/fxcm/tick/eurusd/20140507_quote.zip");

        // OANDA's files are in UTC: 7135 ms. FXCM's are in UTC−05: 1014 ms after midnight is 05:00:01.014 UTC.
        QuoteTick oanda = sink.Of("EURUSD.OANDA", "quotes")[0].Quote, fxcm = sink.Of("EURUSD.FXCM", "quotes")[0].Quote;
        Assert.Equal(("2014-05-07T00:00:07.135Z", "1.39286", "1.39298"), (oanda.VenueTime.ToString(), oanda.Bid.ToString(), oanda.Ask.ToString()));
        Assert.Equal(("2014-05-07T05:00:01.014Z", "1.39248", "1.3925"), (fxcm.VenueTime.ToString(), fxcm.Bid.ToString(), fxcm.Ask.ToString()));
        Assert.Equal("1000000", fxcm.BidSize.ToString());
        Assert.Equal("0.00001", sink.Instruments["EURUSD.FXCM"].TickSize.ToString());

        // The clocks are right when both show the same market: in the hour from 12:00 UTC the mids stay within a tenth of a cent.
        double MidAt(string name, Timestamp time) => sink.Of(name, "quotes").Last(q => q.Header.VenueTime <= time).Quote.Mid.ToDouble();
        for (int minute = 0; minute < 60; minute += 5)
        {
            Timestamp time = Timestamp.Parse("2014-05-07T12:00:00Z") + (minute * Timestamp.NanosecondsPerMinute);
            Assert.Equal(MidAt("EURUSD.OANDA", time), MidAt("EURUSD.FXCM", time), 3);
        }
    }

    [Fact]
    public void Every_contract_is_an_instrument()
    {
        (MemorySink sink, ImportRun run) = Import("lean/future/comex/tick/gc/20131007_trade.zip");
        Assert.Equal(10, sink.Instruments.Count);
        Instrument december = sink.Instruments["GC-201312.COMEX"];
        Assert.Equal(("0.1", 100m, AssetClass.Future, "GC"), (december.TickSize.ToString(), december.Multiplier, december.AssetClass, december.Underlying));
        Assert.Null(december.Expiry);
        Assert.Equal(147, run.Accounts[0].Notes["trades of size zero"]);
    }

    [Fact]
    public void Options_have_strike_right_and_expiry()
    {
        (MemorySink sink, ImportRun run) = Import("lean/option/usa/minute/foxa/20130702_quote_american.zip");
        Instrument call = sink.Instruments["FOXA-20130720-C-20.USA"];
        Assert.Equal((OptionRight.Call, "20", 100m), (call.Right, call.Strike.ToString(), call.Multiplier));
        Assert.Equal("2013-07-21T00:00:00Z", call.Expiry.ToString());

        // Of 16,335 rows 56 have neither side; 6,086 lack the bid and 3,818 the ask, those 56 among them.
        FileAccount account = run.Accounts[0];
        Assert.Equal((16_335, 16_279, 56), (account.Rows, account.Stored, account.LeftOut["both sides are empty"]));
        Assert.Equal((6_030, 3_762), (account.Notes["empty bid sides"], account.Notes["empty ask sides"]));
        Assert.Equal((2 * 16_335) - 6_086 - 3_818, account.Events);
    }

    [Fact]
    public void Bars_are_stamped_with_their_end()
    {
        (MemorySink sink, _) = Import("lean/equity/usa/minute/spy/20131007_trade.zip", "lean/equity/usa/daily/spy.zip");

        // The first minute starts at 04:00 in New York, 08:00 UTC; 167.41 167.41 167.25 167.27, 3197.
        Bar first = sink.Of("SPY.USA", "bars-1m")[0].Bar;
        Assert.Equal("2013-10-07T08:01:00Z", first.VenueTime.ToString());
        Assert.Equal(("167.41", "167.41", "167.25", "167.27", "3197"),
            (first.Open.ToString(), first.High.ToString(), first.Low.ToString(), first.Close.ToString(), first.Volume.ToString()));

        // 2 January 1998 ends at the next midnight in New York: 05:00 UTC.
        Bar day = sink.Of("SPY.USA", "bars-1d")[0].Bar;
        Assert.Equal("1998-01-03T05:00:00Z", day.VenueTime.ToString());
        Assert.Equal("97.36", day.Close.ToString());
    }

    [Fact]
    public void Float_noise_in_sizes_is_rounded_and_counted()
    {
        (MemorySink sink, ImportRun run) = Import("lean/crypto/coinbase/minute/btcusd/20180405_quote.zip");
        List<string[]> rows = Rows("lean/crypto/coinbase/minute/btcusd/20180405_quote.zip");
        int noisy = rows.Sum(r => new[] { r[5], r[10] }.Count(s => s.Contains('.', StringComparison.Ordinal) && s[(s.IndexOf('.', StringComparison.Ordinal) + 1)..].Length > 9));
        Assert.True(noisy > 100);
        Assert.Equal(noisy, run.Accounts[0].Notes["sizes rounded to 9 decimals"]);
        Assert.Equal("24.42695767", sink.Of("BTCUSD.COINBASE", "bars-1m-ask")[0].Bar.Volume.ToString());
        Assert.Equal(1436, sink.Of("BTCUSD.COINBASE", "bars-1m-bid").Length);
    }
}
