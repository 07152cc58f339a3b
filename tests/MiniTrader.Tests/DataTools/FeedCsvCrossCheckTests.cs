using System.Globalization;
using System.IO.Compression;
using System.Text;
using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>Tables of feeds held against a reading of their lines that shares nothing with the product, and the damage that only tables have.</summary>
public sealed class FeedCsvCrossCheckTests
{
    private const string Changes = "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount\n";
    private const string Quotes = "exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount\n";

    [Fact]
    public void Changes_of_a_book_end_where_their_lines_do()
    {
        (MemorySink sink, string[][] lines) = Import("deribit_incremental_book_L2_BTC-PERPETUAL.csv");
        SortedDictionary<decimal, decimal> bids = [], asks = [];
        foreach (string[] line in lines)
        {
            SortedDictionary<decimal, decimal> side = line[5] == "bid" ? bids : asks;
            if (Number(line[7]) == 0) side.Remove(Number(line[6]));
            else side[Number(line[6])] = Number(line[7]);
        }

        CheckBook(sink.Of("BTC-PERPETUAL.DERIBIT", "BookDelta"), bids, asks);
    }

    [Fact]
    public void A_snapshot_and_the_updates_behind_it_end_where_their_lines_do()
    {
        string[] paths = [SharedData.Path("csv/btcusdt-depth-snap.csv"), SharedData.Path("csv/btcusdt-depth-update.csv")];
        MemorySink sink = new();
        ImportRun run = new(sink);
        new FeedCsvImporter(new() { DepthWithoutSnapshot = true }).Import(run, paths);
        Assert.Equal(Lines(paths[0]).Length, run.Accounts[0].Rows);
        Assert.Equal(Lines(paths[1]).Length, run.Accounts[1].Rows);

        // The updates of this sample begin ten minutes behind its snapshot: a hole, at which the book begins anew.
        SortedDictionary<decimal, decimal> bids = [], asks = [];
        foreach (string[] line in Lines(paths[1]))
        {
            SortedDictionary<decimal, decimal> side = line[4] == "b" ? bids : asks;
            if (Number(line[7]) == 0) side.Remove(Number(line[6]));
            else side[Number(line[6])] = Number(line[7]);
        }

        CheckBook(sink.Of("BTCUSDT.BINANCE", "BookDelta"), bids, asks);
        Assert.Equal(1, run.Accounts[1].Notes["holes in the numbers of depth updates; the book is cleared there"]);
    }

    [Fact]
    public void Quotes_and_trades_are_their_lines()
    {
        (MemorySink sink, string[][] lines) = Import("huobi-dm-swap_quotes_BTC-USD.csv");
        QuoteTick[] quotes = [.. sink.Of("BTC-USD.HUOBI-DM-SWAP", "quotes").Select(q => q.Quote)];
        Assert.Equal(
            lines.Select(l => (Number(l[2]) * 1_000, Number(l[3]) * 1_000, Number(l[6]), Number(l[7]), Number(l[5]), Number(l[4]))),
            quotes.Select(q => ((decimal)q.VenueTime.Nanoseconds, (decimal)q.ReceivedTime.Nanoseconds, q.Bid.ToDecimal(), q.BidSize.ToDecimal(), q.Ask.ToDecimal(), q.AskSize.ToDecimal())));

        (sink, lines) = Import("bitmex_trades_XBTUSD.csv");
        TradeTick[] trades = [.. sink.Of("XBTUSD.BITMEX", "trades").Select(t => t.Trade)];
        Assert.Equal(
            lines.Select(l => (Number(l[2]) * 1_000, l[5] == "buy" ? AggressorSide.Buyer : AggressorSide.Seller, Number(l[6]), Number(l[7]))),
            trades.Select(t => ((decimal)t.VenueTime.Nanoseconds, t.Aggressor, t.Price.ToDecimal(), t.Size.ToDecimal())));
    }

    [Fact]
    public void A_quote_at_no_price_is_refused()
    {
        (MemorySink sink, FileAccount account) = Read("q.csv", Quotes + "x,A,1000,1010,5,101,99,5\nx,A,1001,1011,5,101,0,5\nx,A,1002,1012,5,-1,99,5\n");
        Assert.Equal((1, 1, 2), (account.Stored, sink.Events, account.Refused["a price is not above zero"]));
    }

    [Fact]
    public void What_is_crossed_is_stored_and_noted()
    {
        (MemorySink sink, FileAccount account) = Read("q.csv", Quotes + "x,A,1000,1010,5,101,99,5\nx,A,1001,1011,5,101,101,5\nx,A,1002,1012,5,101,102,5\n");
        Assert.Equal((3, 3, 1), (account.Stored, sink.Events, account.Notes["quotes with the bid above the ask"]));
        (sink, account) = Read("c.csv", Changes + "x,A,1000,1010,true,bid,99,5\nx,A,1000,1010,true,ask,101,5\nx,A,1001,1011,false,bid,102,5\nx,A,1002,1012,false,bid,102,0\n");
        Assert.Equal((4, 1), (account.Stored, account.Notes["packets that leave the book crossed"]));
        CheckBook(sink.Of("A.X", "BookDelta"), new() { [99m] = 5m }, new() { [101m] = 5m });
    }

    [Theory]
    [InlineData("x,A,1001,1011,false,bid,98,-1", "the size is below zero")]
    [InlineData("x,A,1001,1011,false,bid,0,1", "the price is not above zero")]
    [InlineData("x,A,1001,1011,false,middle,98,1", "the side is neither bid nor ask")]
    [InlineData("x,A,1001,1009,false,bid,98,1", "its time is before the row above")]
    public void A_bad_change_is_refused_and_the_book_goes_on(string bad, string reason)
    {
        (MemorySink sink, FileAccount account) = Read("c.csv", Changes + "x,A,1000,1010,true,bid,99,5\n" + bad + "\nx,A,1002,1012,false,ask,101,5\n");
        Assert.Equal((3, 2, 1), (account.Rows, account.Stored, account.RefusedRows));
        Assert.Equal([reason], account.Refused.Keys);
        CheckBook(sink.Of("A.X", "BookDelta"), new() { [99m] = 5m }, new() { [101m] = 5m });
    }

    [Fact]
    public void A_level_that_was_never_there_is_noted_and_changes_nothing()
    {
        (MemorySink sink, FileAccount account) = Read("c.csv", Changes + "x,A,1000,1010,true,bid,99,5\nx,A,1001,1011,false,bid,98,0\n");
        Assert.Equal((2, 1), (account.Stored, account.Notes["levels taken away that the book did not show"]));
        CheckBook(sink.Of("A.X", "BookDelta"), new() { [99m] = 5m }, []);
    }

    [Fact]
    public void A_packed_table_that_is_cut_short_is_said_and_what_came_before_is_kept_when_asked_for()
    {
        string rows = string.Concat(Enumerable.Range(0, 400).Select(i => string.Create(CultureInfo.InvariantCulture, $"x,A,{1_000 + i},{1_010 + i},5,{101 + (i * 7 % 13)},{99 - (i * 5 % 11)},5\n")));
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(Quotes + rows));
        byte[] whole = packed.ToArray();
        for (int length = 1; length < whole.Length; length += 91)
        {
            using TempFolder folder = new();
            string path = folder.Write("q.csv.gz", whole[..length]);
            Assert.Throws<ImportException>(() => new FeedCsvImporter(new()).Import(new(new MemorySink()), [path]));
        }
    }

    private static void CheckBook(MarketEvent[] deltas, SortedDictionary<decimal, decimal> bids, SortedDictionary<decimal, decimal> asks)
    {
        NaiveLevels ours = new();
        foreach (ref readonly MarketEvent delta in deltas.AsSpan()) ours.Apply(delta.BookDelta);
        Assert.Equal(bids.Select(l => (l.Key, l.Value)), ours.Bids.Select(l => (new Price(l.Key).ToDecimal(), new Quantity(l.Value).ToDecimal())));
        Assert.Equal(asks.Select(l => (l.Key, l.Value)), ours.Asks.Select(l => (new Price(l.Key).ToDecimal(), new Quantity(l.Value).ToDecimal())));
        if (bids.Count > 0 && asks.Count > 0) Assert.Equal((bids.Keys.Max(), asks.Keys.Min()), (new Price(ours.Bids.Keys.Last()).ToDecimal(), new Price(ours.Asks.Keys.First()).ToDecimal()));
    }

    private static (MemorySink Sink, FileAccount Account) Read(string name, string text)
    {
        using TempFolder folder = new();
        MemorySink sink = new();
        ImportRun run = new(sink, skipBad: true);
        new FeedCsvImporter(new()).Import(run, [folder.Write(name, Encoding.UTF8.GetBytes(text))]);
        return (sink, Assert.Single(run.Accounts));
    }

    private static (MemorySink Sink, string[][] Lines) Import(string file)
    {
        string path = SharedData.Path($"csv/{file}");
        MemorySink sink = new();
        ImportRun run = new(sink);
        new FeedCsvImporter(new()).Import(run, [path]);
        string[][] lines = Lines(path);
        Assert.Equal((lines.Length, 0), (run.Accounts[0].Rows, run.Accounts[0].RefusedRows));
        return (sink, lines);
    }

    private static string[][] Lines(string path) => [.. File.ReadLines(path).Skip(1).Select(l => l.Split(','))];

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
