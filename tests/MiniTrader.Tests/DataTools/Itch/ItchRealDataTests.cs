using System.Buffers.Binary;
using System.IO.Compression;
using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools.Itch;

/// <summary>The real file, held against a reading of its bytes that shares nothing with the product.</summary>
public sealed class ItchRealDataTests
{
    [Fact]
    public void Every_message_is_stored_and_the_book_at_the_end_is_the_one_of_the_bytes()
    {
        string path = SharedData.Path("itch/es_20231225.itch.gz");
        MemorySink sink = new();
        ImportRun run = new(sink);
        new ItchImporter(new()).Import(run, [path]);
        FileAccount account = Assert.Single(run.Accounts);
        using MemoryStream unpacked = new();
        using (GZipStream gzip = new(File.OpenRead(path), CompressionMode.Decompress)) gzip.CopyTo(unpacked);
        byte[] bytes = unpacked.ToArray();

        Dictionary<char, long> counts = [];
        Dictionary<ulong, (char Side, uint Price, uint Size)> orders = [];
        List<(uint Price, uint Size)> trades = [];
        long last = 0;
        for (int at = 0; at < bytes.Length;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));
            ReadOnlySpan<byte> m = bytes.AsSpan(at + 2, length);
            at += 2 + length;
            char type = (char)m[0];
            counts[type] = counts.GetValueOrDefault(type) + 1;
            last = (long)(BinaryPrimitives.ReadUInt64BigEndian(m[3..]) & 0xFFFF_FFFF_FFFF);
            if (type is 'S' or 'R') continue;
            ulong id = BinaryPrimitives.ReadUInt64BigEndian(m[11..]);
            if (type == 'A') orders.Add(id, ((char)m[19], Word(m[32..]), Word(m[20..])));
            else if (type == 'P') trades.Add((Word(m[32..]), Word(m[20..])));
            else
            {
                Assert.True(orders.Remove(id, out (char Side, uint, uint) old));
                if (type == 'U') orders.Add(BinaryPrimitives.ReadUInt64BigEndian(m[19..]), (old.Side, Word(m[31..]), Word(m[27..])));
            }
        }

        Assert.Equal((62_424, 62_422, 0, 2), (account.Rows, account.Stored, account.RefusedRows, account.LeftOutRows));
        Assert.Equal(62_424, counts.Values.Sum());
        foreach ((char type, long count) in counts) Assert.Equal(count, account.Notes.Single(n => n.Key.StartsWith($"messages of type {type},", StringComparison.Ordinal)).Value);

        MarketEvent[] deltas = sink.Of("A0.XNAS", "BookDelta");
        Assert.Equal(1 + counts['A'] + counts['D'] + (2 * counts['U']), deltas.Length);
        NaiveBook book = NaiveBook.Of(deltas);
        Assert.Equal(orders.Where(o => o.Value.Side == 'B').Max(o => o.Value.Price) * 100_000L, book.BestBid);
        Assert.Equal(orders.Where(o => o.Value.Side == 'S').Min(o => o.Value.Price) * 100_000L, book.BestAsk);
        Assert.Equal(
            orders.Select(o => ((long)o.Key, o.Value.Side == 'B' ? OrderSide.Buy : OrderSide.Sell, o.Value.Price * 100_000L, o.Value.Size * 1_000_000_000L)).Order(),
            book.Orders.Select(o => (o.Key, o.Value.Side, o.Value.Price, o.Value.Size)).Order());
        Assert.Equal(trades.Select(t => (t.Price * 100_000L, t.Size * 1_000_000_000L)), sink.Of("A0.XNAS", "trades").Select(t => (t.Trade.Price.Raw, t.Trade.Size.Raw)));

        // Midnight in New York on Christmas day is 05:00 UTC.
        Assert.Equal(Timestamp.Parse("2023-12-25T05:00:00Z") + last, sink.Of("A0.XNAS", "Status")[^1].Header.VenueTime);
        Assert.Equal("0.25", sink.Instruments["A0.XNAS"].TickSize.ToString());
    }

    private static uint Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
