using System.Buffers.Binary;
using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;
using ZstdSharp;

namespace MiniTrader.Tests.DataTools;

public sealed class DbnRealDataTests
{
    private const string Orders = "databento/esh4-glbx-mdp3-20231225.mbo.dbn.zst";

    [Fact]
    public void Every_record_of_every_sample_is_accounted_for()
    {
        foreach (string path in Directory.EnumerateFiles(SharedData.Path("databento")).Order(StringComparer.Ordinal))
        {
            ImportRun run = new(new MemorySink());
            new DbnImporter(new()).Import(run, [path]);
            FileAccount account = Assert.Single(run.Accounts);
            Assert.Equal((Records(Bytes(path)).Count, 0), (account.Rows, account.RefusedRows));
            Assert.Equal(account.Rows, account.Stored + account.LeftOutRows);
        }
    }

    [Theory]
    [InlineData("mbp-1", 2, 0, 0)]
    [InlineData("tbbo", 2, 2, 0)]
    [InlineData("trades", 0, 2, 0)]
    [InlineData("bbo-1s", 4, 0, 0)]
    [InlineData("mbp-10", 0, 0, 22)]
    public void Samples_of_all_versions_and_packings_make_the_same_events(string schema, int quotes, int trades, int deltas)
    {
        MarketEvent[]? first = null;
        foreach (string path in Directory.EnumerateFiles(SharedData.Path("databento"), $"test_data.{schema}.*"))
        {
            MemorySink sink = new();
            new DbnImporter(new()).Import(new(sink), [path]);
            Assert.Equal(
                (quotes, trades, deltas),
                (Count(sink, "quotes"), Count(sink, "trades"), Count(sink, "BookDelta")));
            MarketEvent[] all = [.. sink.Series.OrderBy(s => s.Key.Kind).SelectMany(s => s.Value).Select(e => e.Event)];
            first ??= all;
            Assert.True(System.Runtime.InteropServices.MemoryMarshal.AsBytes<MarketEvent>(first).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes<MarketEvent>(all)), path);
        }

        static int Count(MemorySink sink, string kind) => sink.Series.GetValueOrDefault(("ESH1.GLBX", kind))?.Count ?? 0;
    }

    [Fact]
    public void A_bar_a_quote_and_a_trade_are_as_in_the_samples()
    {
        MemorySink sink = new();
        new DbnImporter(new()).Import(new(sink), [SharedData.Path("databento/test_data.ohlcv-1m.dbn"), SharedData.Path("databento/test_data.tbbo.dbn")]);

        // 1609160400000000000 is 13:00:00; the bar is known a minute later.
        Bar bar = sink.Of("ESH1.GLBX", "bars-1m")[0].Bar;
        Assert.Equal(("2020-12-28T13:01:00Z", "372025", "372150", "372025", "372100", "353"), (bar.VenueTime.ToString(), bar.Open.ToString(), bar.High.ToString(), bar.Low.ToString(), bar.Close.ToString(), bar.Volume.ToString()));
        QuoteTick quote = sink.Of("ESH1.GLBX", "quotes")[0].Quote;
        Assert.Equal(("3720.25", "26", "3720.5", "7", 1170380), (quote.Bid.ToString(), quote.BidSize.ToString(), quote.Ask.ToString(), quote.AskSize.ToString(), quote.Sequence));
        TradeTick trade = sink.Of("ESH1.GLBX", "trades")[0].Trade;
        Assert.Equal(("3720.25", "5", AggressorSide.Seller), (trade.Price.ToString(), trade.Size.ToString(), trade.Aggressor));
        Assert.Equal((1_609_160_400_098_821_953, 1_609_160_400_099_150_057), (trade.VenueTime.Nanoseconds, trade.ReceivedTime.Nanoseconds));
    }

    [Fact]
    public void Definitions_of_all_versions_make_the_same_instruments()
    {
        foreach (string path in Directory.EnumerateFiles(SharedData.Path("databento"), "test_data.definition.*").Where(p => !p.Contains("frag", StringComparison.Ordinal)))
        {
            MemorySink sink = new();
            new DbnImporter(new()).Import(new(sink), [path]);
            Instrument stock = Assert.Single(sink.Instruments.Values);
            Assert.Equal(("MSFT.XNAS", AssetClass.Equity, "0.01", 1m), (stock.Name, stock.AssetClass, stock.TickSize.ToString(), stock.Multiplier));
        }
    }

    /// <summary>
    /// Databento's own rules on the raw bytes (A, C, M and R change the book, T and F do not) against our deltas, at several ends
    /// of the file: the same orders of the same size in the same places of their queues, hence the same best prices.
    /// </summary>
    [Theory]
    [InlineData(8_725)]
    [InlineData(14_000)]
    [InlineData(30_000)]
    [InlineData(int.MaxValue)]
    public void The_book_of_our_deltas_is_the_book_of_the_raw_records(int records)
    {
        byte[] bytes = Bytes(SharedData.Path(Orders));
        List<(int Start, int Length)> all = Records(bytes);
        int end = Math.Min(records, all.Count);
        while (end < all.Count && (bytes[all[end - 1].Start + 36] & 128) == 0) end++;
        using TempFolder folder = new();
        MemorySink sink = new();
        ImportRun run = new(sink);
        new DbnImporter(new()).Import(run, [folder.Write("part.dbn", bytes[..(all[end - 1].Start + 56)])]);
        Assert.Equal(end, run.Accounts[0].Rows);

        // By order id: side, price, size, turn in the queue, and what was filled since its size was last said.
        Dictionary<ulong, (char Side, long Price, uint Size, long Turn, uint Filled)> raw = [];
        long turn = 0, trades = 0, volume = 0;
        foreach ((int start, _) in all.Take(end))
        {
            ReadOnlySpan<byte> r = bytes.AsSpan(start);
            ulong id = BinaryPrimitives.ReadUInt64LittleEndian(r[16..]);
            long price = BinaryPrimitives.ReadInt64LittleEndian(r[24..]);
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(r[32..]);
            switch ((char)r[38])
            {
                case 'A': raw[id] = ((char)r[39], price, size, turn++, 0); break;
                case 'C' when raw[id].Size > size: raw[id] = raw[id] with { Size = raw[id].Size - size, Filled = 0 }; break;
                case 'C': raw.Remove(id); break;
                case 'F' when raw.TryGetValue(id, out var order) && order.Price == price && order.Side == (char)r[39]: raw[id] = order with { Filled = order.Filled + size }; break;
                case 'M':
                    // A larger size or another price goes to the back, and so does the next part of an iceberg.
                    bool keeps = raw[id].Price == price && size <= raw[id].Size && raw[id].Filled < raw[id].Size;
                    raw[id] = ((char)r[39], price, size, keeps ? raw[id].Turn : turn++, 0);
                    break;
                case 'T': (trades, volume) = (trades + 1, volume + size); break;
            }
        }

        (long Id, OrderSide Side, long Price, long Size)[] ours = Replay(sink.Of("ESH4.GLBX", "BookDelta"));
        Assert.Equal(
            raw.Select(o => (Id: (long)o.Key, Side: o.Value.Side == 'B' ? OrderSide.Buy : OrderSide.Sell, o.Value.Price, Size: o.Value.Size * 1_000_000_000L, o.Value.Turn))
                .OrderBy(o => (o.Side, o.Price, o.Turn)).Select(o => (o.Id, o.Side, o.Price, o.Size)),
            ours);
        if (end == all.Count)
        {
            // Read off the raw records with another program: 4810.00 (22) bid, 4810.25 (28) asked, 11,217 orders, 2,973 trades.
            Assert.Equal((4_810_000_000_000, 4_810_250_000_000, 11_217), (ours.Where(o => o.Side == OrderSide.Buy).Max(o => o.Price), ours.Where(o => o.Side == OrderSide.Sell).Min(o => o.Price), ours.Length));
            Assert.Equal((22, 28), (ours.Where(o => o.Price == 4_810_000_000_000).Sum(o => o.Size) / 1_000_000_000, ours.Where(o => o.Price == 4_810_250_000_000).Sum(o => o.Size) / 1_000_000_000));
        }

        if (trades == 0) return;
        MarketEvent[] prints = sink.Of("ESH4.GLBX", "trades");
        Assert.Equal((trades, volume), (prints.Length, prints.Sum(t => t.Trade.Size.Raw / 1_000_000_000)));
        Assert.Equal((TradeCondition.OpeningAuction, AggressorSide.Unknown), (prints[0].Trade.Condition, prints[0].Trade.Aggressor));
        Assert.All(prints.Skip(1), t => Assert.Equal(TradeCondition.Regular, t.Trade.Condition));
    }

    [Fact]
    public void Snapshots_and_packets_are_closed()
    {
        MemorySink sink = new();
        new DbnImporter(new()).Import(new(sink), [SharedData.Path(Orders)]);
        MarketEvent[] deltas = sink.Of("ESH4.GLBX", "BookDelta");
        Assert.Equal((BookAction.Clear, EventFlags.ForBoth | EventFlags.Snapshot | EventFlags.Partial), (deltas[0].BookDelta.Action, deltas[0].Header.Flags));
        int snapshot = deltas.TakeWhile(d => (d.Header.Flags & EventFlags.Snapshot) != 0).Count();
        Assert.Equal(8_726, snapshot);
        Assert.Equal(EventFlags.ForBoth | EventFlags.Snapshot, deltas[snapshot - 1].Header.Flags);
        Assert.Equal(0, deltas.Take(snapshot - 1).Count(d => (d.Header.Flags & EventFlags.Partial) == 0));
        Assert.Equal(EventFlags.ForBoth, deltas[^1].Header.Flags);

        // What executed is what the trades with an aggressor say, less what was not displayed.
        long executed = deltas.Where(d => d.BookDelta.Action == BookAction.Execute).Sum(d => d.BookDelta.Size.Raw);
        long traded = sink.Of("ESH4.GLBX", "trades").Where(t => t.Trade.Aggressor != AggressorSide.Unknown).Sum(t => t.Trade.Size.Raw);
        Assert.InRange(executed, traded * 9 / 10, traded);
    }

    [Fact]
    public void Frames_one_after_the_other_and_skippable_ones_are_one_file()
    {
        byte[] bytes = Bytes(SharedData.Path("databento/test_data.mbp-10.dbn"));
        using Compressor compressor = new();
        byte[] skippable = [0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3];
        byte[] packed = [.. skippable, .. compressor.Wrap(bytes.AsSpan(0, 300)), .. skippable, .. compressor.Wrap(bytes.AsSpan(300)), .. skippable];
        using TempFolder folder = new();
        MemorySink sink = new();
        new DbnImporter(new()).Import(new(sink), [folder.Write("frames.dbn.zst", packed)]);
        Assert.Equal(22, sink.Events);
    }

    private static (long Id, OrderSide Side, long Price, long Size)[] Replay(MarketEvent[] deltas)
    {
        NaiveOrders orders = new();
        foreach (ref readonly MarketEvent delta in deltas.AsSpan()) orders.Apply(delta.BookDelta);
        return [.. orders.Queues];
    }

    private static byte[] Bytes(string path)
    {
        using FileStream file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".zst", StringComparison.Ordinal) ? new DecompressionStream(file) : file;
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static List<(int Start, int Length)> Records(byte[] bytes)
    {
        List<(int, int)> records = [];
        int at = bytes.AsSpan().StartsWith("DBN"u8) ? 8 + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)) : 0;
        for (; at < bytes.Length; at += bytes[at] * 4) records.Add((at, bytes[at] * 4));
        return records;
    }
}
