using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;
using ZstdSharp;
using static MiniTrader.Tests.DataTools.DbnText;

namespace MiniTrader.Tests.DataTools;

/// <summary>Damage and nonsense: refused with file, record and reason, or counted; never a crash, never silence.</summary>
public sealed class DbnMalformedTests
{
    private static readonly byte[] _first = Mbo('A', 'B', 1, 99, 5, 100);

    private static (MemorySink Sink, FileAccount Account) Import(byte[] file, bool skipBad = true, string name = "made.dbn")
    {
        using TempFolder folder = new();
        MemorySink sink = new();
        ImportRun run = new(sink, skipBad);
        new DbnImporter(new()).Import(run, [folder.Write(name, file)]);
        return (sink, run.Accounts[0]);
    }

    public static TheoryData<string, byte[], string> BadRecords()
    {
        byte[] longer = [.. Mbo('A', 'B', 2, 99, 5, 101), 0, 0, 0, 0];
        longer[0]++;
        byte[] unknown = Mbo('A', 'B', 2, 99, 5, 101);
        unknown[1] = 0x77;
        byte[] timeless = Mbo('A', 'B', 2, 99, 5, 101);
        timeless.AsSpan(40, 8).Fill(0xFF);
        return new()
        {
            { "length", longer, "a record of type Mbo does not have 60 bytes in version 2" },
            { "type", unknown, "record type 119 is unknown" },
            { "time", timeless, "its time is undefined or beyond the year 2200" },
            { "back", Mbo('A', 'B', 2, 99, 5, 99), "its time is before the record above" },
            { "action", Mbo('?', 'B', 2, 99, 5, 101), "the action is none of A, M, C, R, F, T, N" },
            { "side", Mbo('A', 'N', 2, 99, 5, 101), "the order has no side" },
            { "id", Mbo('A', 'B', 0, 99, 5, 101), "the order id is zero" },
            { "price", Mbo('A', 'B', 2, -1, 5, 101), "the price is undefined" },
            { "size", Mbo('A', 'B', 2, 99, 0, 101), "the size is zero" },
            { "twice", Mbo('A', 'B', 1, 99, 5, 101), "it adds an order that is in the book already" },
            { "level", Mbo('A', 'B', 2, 99, 5, 101, 128 + 16), "it is a price level among orders" },
            { "trade", Mbo('T', 'B', 2, 99, 0, 101), "the trade's size is zero" },
            { "status", Status(99, 101), "the status action is unknown" },
            { "bar", Bar(0x21, 0, 10, 9, 8, 10, 5), "high and low are not around open and close" },
            { "volume", Bar(0x21, 0, 10, 10, 8, 10, ulong.MaxValue), "the volume is beyond 9.2 billion" },
        };
    }

    [Theory]
    [MemberData(nameof(BadRecords))]
    public void A_bad_record_is_refused_with_its_number_place_and_reason(string what, byte[] bad, string reason)
    {
        byte[] good = Mbo('A', 'A', 3, 101, 1, 102);
        byte[] file = DbnText.File(2, 0, _first, bad, good);
        (_, FileAccount account) = Import(file);
        Assert.Equal((3, 2, 1), (account.Rows, account.Stored, account.Refused.GetValueOrDefault(reason)));
        string sentence = Assert.Throws<ImportException>(() => Import(file, false)).Message;
        int place = file.Length - good.Length - bad.Length;
        Assert.True(sentence.Contains($"made.dbn, record 2 at byte {place}: {reason}", StringComparison.Ordinal), $"{what}: {sentence}");
    }

    [Fact]
    public void An_unknown_order_is_refused_only_where_the_book_is_whole()
    {
        (_, FileAccount begun) = Import(DbnText.File(2, 0, Mbo('C', 'B', 5, 99, 5, 100), Mbo('M', 'B', 6, 99, 5, 101)));
        Assert.Equal((0, 1, 1), (begun.RefusedRows, begun.LeftOutRows, begun.Notes["modifications of orders that were not in the book, which add them"]));
        (_, FileAccount whole) = Import(DbnText.File(2, 0, Mbo('R', 'N', 0, -1, 0, 99), Mbo('C', 'B', 5, 99, 5, 100)));
        Assert.Equal(1, whole.Refused["it cancels an order that is not in the book"]);
    }

    [Fact]
    public void A_received_time_that_is_marked_as_bad_is_moved_instead()
    {
        (MemorySink sink, FileAccount account) = Import(DbnText.File(2, 0, _first, Mbo('A', 'B', 2, 99, 5, 90, 128 + 8)), false);
        Assert.Equal((2, 1), (sink.Events, account.Notes["received times that are marked as bad and went back, moved to the record before"]));
    }

    [Fact]
    public void What_is_not_dbn_is_refused_as_a_whole()
    {
        byte[] good = DbnText.File(2, 0, _first);
        Assert.Contains("made.dbn has no bytes: it is empty", Assert.Throws<ImportException>(() => Import([], false)).Message, StringComparison.Ordinal);
        foreach ((byte[] file, string reason) in new (byte[], string)[]
        {
            ([.. "time,bid,ask\n1,2,3"u8], "it does not start with DBN"),
            ([.. good[..3], 4, .. good[4..]], "it has version 4; versions 1 to 3 are read"),
            ([.. good[..3], 0, .. good[4..]], "it has version 0; versions 1 to 3 are read"),
            ([.. good[..4], 0xFF, 0xFF, 0xFF, 0x7F, .. good[8..]], "its metadata would have 2147483647 bytes"),
            ([.. good[..4], 5, 0, 0, 0, .. good[8..]], "its metadata has 5 bytes where at least 100 are needed"),
            ([.. good[..24], 77, 0, .. good[26..]], "its schema 77 is unknown"),
            (good[..50], "it ends after 42 of"),
            (Pack(good), "it is packed with zstd; let its name end with .zst"),
        })
        {
            foreach (bool skipBad in new[] { false, true })
            {
                string sentence = Assert.Throws<ImportException>(() => Import(file, skipBad)).Message;
                Assert.Contains("made.dbn cannot be read as DBN: " + reason, sentence, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_length_that_cannot_be_ends_the_file_and_says_how_much_was_left()
    {
        byte[] file = [.. DbnText.File(2, 0, _first), 3, 0xA0, 0, 0, 0, 0, 0];
        (_, FileAccount account) = Import(file);
        Assert.Equal((2, 1), (account.Rows, account.Refused["a record of 12 bytes cannot be; the 7 bytes from here on cannot be told apart"]));
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_refused_or_says_where_it_ends()
    {
        byte[] whole = DbnText.File(2, 0, _first, Mbo('A', 'A', 2, 101, 1, 102), Priced(1, 'A', 'B', 99, 1, 103, (99, 5, 101, 4)));
        int metadata = whole.Length - 56 - 56 - 80;
        foreach (bool isPacked in new[] { false, true })
        {
            byte[] file = isPacked ? Pack(whole) : whole;
            for (int cut = 0; cut < file.Length; cut++)
            {
                string name = isPacked ? "made.dbn.zst" : "made.dbn";
                bool isAtEnd = !isPacked && cut >= metadata && (cut - metadata) is 0 or 56 or 112;
                if (!isAtEnd) Assert.Throws<ImportException>(() => Import(file[..cut], false, name));
                try
                {
                    (_, FileAccount account) = Import(file[..cut], true, name);
                    Assert.Equal(isAtEnd ? 0 : 1, account.RefusedRows);
                    Assert.Equal(account.Rows, account.Stored + account.RefusedRows + account.LeftOutRows);
                }
                catch (ImportException)
                {
                    Assert.True(isPacked || cut < metadata);
                }
            }
        }
    }

    [Fact]
    public void Flipped_bits_never_do_more_than_be_refused()
    {
        byte[] whole = DbnText.File(
            3, 65535, _first, Mbo('T', 'A', 8, 99, 2, 101, 0), Mbo('F', 'B', 1, 99, 2, 101, 0), Mbo('M', 'B', 1, 99, 3, 102), Mbo('A', 'A', 2, 101, 1, 103, 40),
            Priced(1, 'T', 'B', 99, 1, 104, (99, 5, 101, 4)), Priced(10, 'A', 'B', 99, 1, 105, [.. Enumerable.Range(0, 10).Select(i => (99m - i, 5u, 101m + i, 4u))]),
            Bar(0x21, 0, 10, 11, 9, 10, 5), Status(7, 106), Header(520, 0x13, 107), Header(176, 0x16, 108));
        byte[] packed = Pack(whole);
        Random random = new(11);
        for (int i = 0; i < 600; i++)
        {
            bool isPacked = i % 4 == 0;
            byte[] bytes = [.. isPacked ? packed : whole];
            for (int k = 0; k < 1 + (i % 5); k++) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                (MemorySink sink, FileAccount account) = Import(bytes, true, isPacked ? "made.dbn.zst" : "made.dbn");
                Assert.Equal(account.Rows, account.Stored + account.RefusedRows + account.LeftOutRows);
                Assert.Equal(account.Events, sink.Events);
            }
            catch (ImportException e)
            {
                Assert.Contains("made.dbn", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static byte[] Pack(byte[] bytes)
    {
        using Compressor compressor = new();
        return compressor.Wrap(bytes).ToArray();
    }
}
