using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools;

public sealed class BinanceRealDataTests
{
    [Theory]
    [InlineData("binance-raw/usdm_btcusdt_20240808.gz", "BTCUSDT.BINANCE-USDM", 93_954, 66_089, 21_313, 6_547, 4)]
    [InlineData("binance-raw/coinm_btcusd_perp_20240808.gz", "BTCUSD_PERP.BINANCE-COINM", 48_270, 19_136, 2_286, 26_824, 23)]
    public void Every_message_is_accounted_for(string path, string name, long rows, int quotes, int trades, int depth, int old)
    {
        MemorySink sink = new();
        ImportRun run = new(sink);
        new BinanceImporter(new()).Import(run, [SharedData.Path(path)]);
        FileAccount account = Assert.Single(run.Accounts);
        Assert.Equal((rows, quotes + trades + depth + 1), (account.Rows, account.Stored));
        Assert.Equal(old, account.LeftOut["depth update that the snapshot holds already"]);
        Assert.Equal(rows, account.Stored + account.LeftOutRows);
        Assert.Equal((quotes, trades), (sink.Of(name, "quotes").Length, sink.Of(name, "trades").Length));
        Check(sink, name, SharedData.Path(path));
    }

    /// <summary>Sums, and the last message of each kind, by a document parser.</summary>
    private static void Check(MemorySink sink, string name, string path)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        decimal bids = 0, sizes = 0;
        long venue = 0, received = 0, fastest = long.MaxValue, count = 0;
        decimal lastPrice = 0;
        while (reader.ReadLine() is { } line)
        {
            string[] halves = line.Split(' ', 2);
            JsonElement root = JsonDocument.Parse(halves[1]).RootElement;
            if (!root.TryGetProperty("data", out JsonElement data)) continue;
            string kind = data.GetProperty("e").GetString()!;
            decimal Number(string key) => decimal.Parse(data.GetProperty(key).GetString()!, CultureInfo.InvariantCulture);
            long at = long.Parse(halves[0], CultureInfo.InvariantCulture), happened = data.GetProperty("T").GetInt64();
            fastest = Math.Min(fastest, at - (happened * 1_000_000));
            if (kind == "depthUpdate") continue;
            (venue, received, count) = (venue + (happened % 1_000_000_000), received + (at % 1_000_000_000_000), count + 1);
            if (kind == "bookTicker") bids += Number("b");
            else (sizes, lastPrice) = (sizes + Number("q"), Number("p"));
        }

        MarketEvent[] quotes = sink.Of(name, "quotes"), trades = sink.Of(name, "trades");
        Assert.Equal(bids, quotes.Sum(q => q.Quote.Bid.ToDecimal()));
        Assert.Equal(sizes, trades.Sum(t => t.Trade.Size.ToDecimal()));
        Assert.Equal(lastPrice, trades[^1].Trade.Price.ToDecimal());
        Assert.Equal(venue, quotes.Concat(trades).Sum(e => e.Header.VenueTime.Nanoseconds / 1_000_000 % 1_000_000_000));

        // The recorder's clock was 1.2 s behind: it is moved so that the fastest message takes no time, and no other less.
        Assert.True(fastest < 0);
        Assert.Equal(received, quotes.Concat(trades).Sum(e => (e.Header.ReceivedTime.Nanoseconds + fastest) % 1_000_000_000_000));
        Assert.Equal(0, quotes.Concat(trades).Concat(sink.Of(name, "BookDelta")).Min(e => e.Header.ReceivedTime - e.Header.VenueTime));
    }

    [Fact]
    public void The_first_trade_is_as_in_the_capture()
    {
        MemorySink sink = new();
        new BinanceImporter(new() { ClockOffset = 2_000_000_000 }).Import(new(sink), [SharedData.Path("binance-raw/usdm_btcusdt_20240808.gz")]);

        // 1723161255088176367 … "T":1723161256322, "t":5266583935, "p":"61800.30", "q":"0.006", "m":false: the buyer took.
        TradeTick trade = sink.Of("BTCUSDT.BINANCE-USDM", "trades")[0].Trade;
        Assert.Equal(1_723_161_256_322_000_000, trade.VenueTime.Nanoseconds);
        Assert.Equal(1_723_161_257_088_176_367, trade.ReceivedTime.Nanoseconds);
        Assert.Equal((5_266_583_935, "61800.3", "0.006", AggressorSide.Buyer), (trade.TradeId, trade.Price.ToString(), trade.Size.ToString(), trade.Aggressor));
        Assert.Equal(("0.1", "0.001"), (sink.Instruments["BTCUSDT.BINANCE-USDM"].TickSize.ToString(), sink.Instruments["BTCUSDT.BINANCE-USDM"].LotSize.ToString()));
    }

    /// <summary>The snapshot and what follows it, by a document parser and two dictionaries; the last best prices were read off by another program too.</summary>
    [Theory]
    [InlineData("binance-raw/usdm_btcusdt_20240808.gz", "BTCUSDT.BINANCE-USDM", "61659.7 1.486 61659.8 0.981")]
    [InlineData("binance-raw/coinm_btcusd_perp_20240808.gz", "BTCUSD_PERP.BINANCE-COINM", "61668.6 1380 61668.7 871")]
    public void The_book_is_the_snapshot_and_all_that_followed(string path, string name, string best)
    {
        MemorySink sink = new();
        new BinanceImporter(new()).Import(new(sink), [SharedData.Path(path)]);
        SortedDictionary<decimal, decimal> bids = [], asks = [];
        List<JsonElement> updates = [];
        using StreamReader reader = new(new GZipStream(File.OpenRead(SharedData.Path(path)), CompressionMode.Decompress));
        long snapshot = 0;
        while (reader.ReadLine() is { } line)
        {
            JsonElement root = JsonDocument.Parse(line.Split(' ', 2)[1]).RootElement;
            if (root.TryGetProperty("lastUpdateId", out JsonElement id))
            {
                snapshot = id.GetInt64();
                Set(bids, root.GetProperty("bids"));
                Set(asks, root.GetProperty("asks"));
            }
            else if (root.GetProperty("data") is var data && data.GetProperty("e").GetString() == "depthUpdate") updates.Add(data);
        }

        foreach (JsonElement update in updates.Where(u => u.GetProperty("u").GetInt64() >= snapshot))
        {
            Set(bids, update.GetProperty("b"));
            Set(asks, update.GetProperty("a"));
        }

        NaiveLevels ours = new();
        MarketEvent[] deltas = sink.Of(name, "BookDelta");
        foreach (ref readonly MarketEvent delta in deltas.AsSpan()) ours.Apply(delta.BookDelta);
        Assert.Equal(bids.Select(l => (l.Key, l.Value)), ours.Bids.Select(l => (new Price(l.Key).ToDecimal(), new Quantity(l.Value).ToDecimal())));
        Assert.Equal(asks.Select(l => (l.Key, l.Value)), ours.Asks.Select(l => (new Price(l.Key).ToDecimal(), new Quantity(l.Value).ToDecimal())));
        Assert.Equal(best, ours.Best);
        Assert.Equal((BookAction.Clear, true), (deltas[0].BookDelta.Action, (deltas[0].Header.Flags & EventFlags.Snapshot) != 0));
        Assert.Equal(0, (int)(deltas[^1].Header.Flags & EventFlags.Partial));

        static void Set(SortedDictionary<decimal, decimal> side, JsonElement levels)
        {
            foreach (JsonElement level in levels.EnumerateArray())
            {
                decimal price = decimal.Parse(level[0].GetString()!, CultureInfo.InvariantCulture), size = decimal.Parse(level[1].GetString()!, CultureInfo.InvariantCulture);
                if (size == 0) side.Remove(price);
                else side[price] = size;
            }
        }
    }
}
