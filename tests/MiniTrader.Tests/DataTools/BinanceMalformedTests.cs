using System.IO.Compression;
using System.Text;
using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools;

public sealed class BinanceMalformedTests
{
    private const string Quote = """1723161256100000000 {"stream":"btcusdt@bookTicker","data":{"e":"bookTicker","u":7,"s":"BTCUSDT","b":"61800.20","B":"2.507","a":"61800.30","A":"2.510","T":1723161256000,"E":1723161256000}}""";
    private const string Trade = """1723161256100000000 {"e":"trade","E":1723161256001,"T":1723161256000,"s":"BTCUSDT","t":9,"p":"61800.30","q":"0.006","X":"MARKET","m":true}""";

    private const string Depth = """1723161256100000000 {"e":"depthUpdate","E":1723161256001,"T":1723161256000,"s":"BTCUSDT","U":11,"u":12,"pu":10,"b":[["61800.20","2.5"]],"a":[["61800.30","1"]]}""";

    private static (MemorySink Sink, FileAccount Account) Import(string text, bool skipBad = true, BinanceOptions? options = null)
    {
        using TempFolder folder = new();
        MemorySink sink = new();
        ImportRun run = new(sink, skipBad);
        new BinanceImporter(options ?? new()).Import(run, [folder.Write("capture.txt", text)]);
        return (sink, run.Accounts[0]);
    }

    public static TheoryData<string, string> BadLines => new()
    {
        { "x" + Quote, "the line does not start with a receive time in nanoseconds" },
        { "nothing", "the line does not start with a receive time in nanoseconds" },
        { "-5 {}", "the receive time is not in nanoseconds since 1970" },
        { "1723161256100000000 [1]", "it is not a JSON object" },
        { Quote[..^3], "it is not a JSON object" },
        { Quote + "}", "it is not a JSON object" },
        { Quote.Replace("\"b\":\"61800.20\",", "", StringComparison.Ordinal), "the bookTicker lacks one of b, B, a, A" },
        { Quote.Replace("61800.20", "abc", StringComparison.Ordinal), "its b is not a number of at most 9 decimals and 9.2 billion" },
        { Quote.Replace("2.507", "-1", StringComparison.Ordinal), "a size is below zero" },
        { Quote.Replace("61800.20", "0", StringComparison.Ordinal), "a price is not above zero" },
        { Quote.Replace("61800.30", "-5", StringComparison.Ordinal), "a price is not above zero" },
        { Quote.Replace("\"s\":\"BTCUSDT\",", "", StringComparison.Ordinal), "the message has no symbol" },
        { Trade.Replace("\"p\":\"61800.30\",", "", StringComparison.Ordinal), "the trade lacks p or q" },
        { Trade.Replace("0.006", "0", StringComparison.Ordinal), "a trade's price and size must be above zero" },
        { Trade.Replace("0.006", "99999999999", StringComparison.Ordinal), "its q is not a number of at most 9 decimals and 9.2 billion" },
        { Trade.Replace("\"t\":9", "\"t\":\"9\"", StringComparison.Ordinal), "its id is not a whole number" },
        { Depth.Replace("\"U\":11,", "", StringComparison.Ordinal), "the depth update lacks U or u, or they are out of order" },
        { Depth.Replace("\"u\":12", "\"u\":10", StringComparison.Ordinal), "the depth update lacks U or u, or they are out of order" },
        { Depth.Replace("\"pu\":10", "\"pu\":true", StringComparison.Ordinal), "its pu is not a whole number" },
        { Depth.Replace("61800.20", "x", StringComparison.Ordinal), "a level's price is not a number" },
        { Depth.Replace("61800.20", "-1", StringComparison.Ordinal), "a level's price is not above zero" },
        { Depth.Replace("\"2.5\"", "\"-2.5\"", StringComparison.Ordinal), "a level's size is below zero" },
        { Depth.Replace(",\"2.5\"", "", StringComparison.Ordinal), "a level lacks price or size" },
        { Depth.Replace("[[\"61800.20\",\"2.5\"]]", "[7]", StringComparison.Ordinal), "a side's levels are not a list of lists" },
        { Trade.Replace("1723161256000", "true", StringComparison.Ordinal), "its time is not a whole number of milliseconds" },
        { Trade.Replace("1723161256000", "9999999999999999", StringComparison.Ordinal), "the exchange's time is beyond the year 2200" },
        { Trade.Replace("1723161256100000000", "1723161256000000000", StringComparison.Ordinal), "it was received before the row above" },
    };

    [Theory]
    [MemberData(nameof(BadLines))]
    public void A_bad_line_is_refused_with_its_reason(string line, string reason)
    {
        string text = $"{Quote}\n{Trade}\n{line}\n";
        (MemorySink sink, FileAccount account) = Import(text);
        Assert.Equal((3, 2, 1), (account.Rows, account.Stored, account.Refused.GetValueOrDefault(reason)));
        Assert.Equal(2, sink.Events);
        Assert.Contains($"line 3: {reason}", Assert.Throws<ImportException>(() => Import(text, false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_times_sides_and_kinds_are_read()
    {
        (MemorySink sink, FileAccount account) = Import($"{Quote}\n{Trade}\n1723161256100000001 {{\"e\":\"aggTrade\",\"s\":\"BTCUSDT\"}}\n1723161256100000002 {{\"id\":1,\"result\":null}}\n{Trade.Replace("MARKET", "INSURANCE_FUND", StringComparison.Ordinal)}\n");
        Assert.Equal((5, 2, 3), (account.Rows, account.Stored, account.LeftOutRows));
        Assert.Equal(1, account.LeftOut["not imported: aggTrade"]);
        Assert.Equal(1, account.LeftOut["not imported: replies"]);
        Assert.Equal(1, account.LeftOut["not imported: trade of type INSURANCE_FUND"]);
        TradeTick trade = sink.Of("BTCUSDT.BINANCE-USDM", "trades")[0].Trade;
        Assert.Equal((AggressorSide.Seller, 9L), (trade.Aggressor, trade.TradeId));
        Assert.Equal(("2024-08-08T23:54:16Z", "2024-08-08T23:54:16.100Z"), (trade.VenueTime.ToString(), trade.ReceivedTime.ToString()));
    }

    [Fact]
    public void A_crossed_ticker_is_stored_and_noted()
    {
        (MemorySink sink, FileAccount account) = Import($"{Quote}\n{Quote.Replace("61800.20", "61800.30", StringComparison.Ordinal)}\n{Quote.Replace("61800.20", "61800.40", StringComparison.Ordinal)}\n");
        Assert.Equal((3, 1), (account.Stored, account.Notes["quotes with the bid above the ask"]));
        Assert.Equal("61800.4", sink.Of("BTCUSDT.BINANCE-USDM", "quotes")[2].Quote.Bid.ToString());
    }

    [Fact]
    public void The_spot_book_ticker_has_neither_kind_nor_times()
    {
        (MemorySink sink, _) = Import("""1723161256100000000 {"u":400900217,"s":"BNBUSDT","b":"25.35190000","B":"31.21","a":"25.36520000","A":"40.66"}""");
        QuoteTick quote = sink.Of("BNBUSDT.BINANCE", "quotes")[0].Quote;
        Assert.Equal((quote.ReceivedTime, "25.3519", 400900217), (quote.VenueTime, quote.Bid.ToString(), quote.Sequence));
        Assert.Equal(AssetClass.Crypto, sink.Instruments["BNBUSDT.BINANCE"].AssetClass);
    }

    [Fact]
    public void A_recorder_behind_the_exchange_is_moved_so_that_the_fastest_message_takes_the_base_latency()
    {
        // Received 1,000 ms and 900 ms before it happened: the second is the slower by 100 ms.
        string first = Trade.Replace("1723161256100000000", "1723161255000000000", StringComparison.Ordinal);
        string second = Trade.Replace("1723161256100000000", "1723161255100000000", StringComparison.Ordinal);
        (MemorySink sink, _) = Import($"{first}\n{second}\n", options: new() { BaseLatency = 250 });
        Assert.Equal([250L, 100_000_250L], sink.Of("BTCUSDT.BINANCE-USDM", "trades").Select(t => t.Header.ReceivedTime - t.Header.VenueTime));
        (_, FileAccount account) = Import(first, options: new() { ClockOffset = 0 });
        Assert.Equal(1, account.Refused["it was received before it happened; leave --clock-offset to be measured"]);
    }

    [Fact]
    public void A_packed_capture_that_is_cut_short_is_said()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"{Quote}\n{Trade}\n", 50))));
        byte[] whole = packed.ToArray();
        for (int length = 1; length < whole.Length; length += 17)
        {
            using TempFolder folder = new();
            string path = folder.Write("capture.gz", whole[..length]);
            Assert.Contains("capture.gz", Assert.Throws<ImportException>(() => new BinanceImporter(new()).Import(new(new MemorySink()), [path])).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Random_and_mutated_lines_never_do_more_than_be_refused()
    {
        Random random = new(5);
        byte[] good = Encoding.UTF8.GetBytes($"{Quote}\n{Trade}\n");
        for (int i = 0; i < 400; i++)
        {
            byte[] bytes = [.. good];
            for (int k = 0; k < 1 + (i % 6); k++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (i % 10 == 0) random.NextBytes(bytes);
            using TempFolder folder = new();
            MemorySink sink = new();
            ImportRun run = new(sink, true);
            new BinanceImporter(new()).Import(run, [folder.Write("capture.txt", bytes)]);
            FileAccount account = run.Accounts[0];
            Assert.Equal(account.Rows, account.Stored + account.RefusedRows + account.LeftOutRows);
            Assert.Equal(account.Stored, sink.Events);
        }
    }
}
