using System.IO.Compression;
using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools.Itch;

/// <summary>Every sort of bad message has a named outcome; nothing throws but an <see cref="ImportException"/>, and nothing is lost silently.</summary>
public sealed class ItchBadInputTests
{
    public static TheoryData<string> Cases => [.. _cases.Keys];

    private static readonly Dictionary<string, Action<ItchBytes>> _cases = new()
    {
        ["its size is zero"] = d => d.Add(1, "A", 9, 'B', 0, 100),
        ["its size is negative (the highest bit is set)"] = d => d.Add(1, "A", 9, 'B', 0xFFFF_FFFF, 100),
        ["its price is zero"] = d => d.Add(1, "A", 9, 'B', 1, 0),
        ["its price is above 200,000 dollars, the highest there is"] = d => d.Replace(1, 1, 9, 1, 2_000_000_001),
        ["its side is neither B nor S"] = d => d.Add(1, "A", 9, 'x', 1, 100),
        ["its order id is zero"] = d => d.Add(1, "A", 0, 'B', 1, 100),
        ["its order id is that of an order in the book"] = d => d.Replace(1, 1, 2, 1, 100),
        ["its stock is not the one of its locate"] = d => d.Add(1, "B", 9, 'B', 1, 100),
        ["it names an order that is not in the book"] = d => d.Delete(1, 77),
        ["it names an order of another stock"] = d => d.Cancel(2, 1, 1),
        ["it executes more than is left of the order"] = d => d.Execute(1, 1, 101, 5),
        ["it takes back more than is left of the order"] = d => d.Cancel(1, 1, 101),
        ["whether it is printable is neither Y nor N"] = d => d.ExecuteAt(1, 1, 1, 5, '?', 100),
        ["its kind of cross is unknown"] = d => d.Cross(1, "A", 5, 100, 7, 'Z'),
        ["its size is beyond 2^31 shares"] = d => d.Cross(1, "A", ulong.MaxValue, 100, 7, 'O'),
        ["its trading state is unknown"] = d => d.Action(1, "A", 'Z'),
        ["its system event is unknown"] = d => d.System('Z'),
        ["no stock of the directory has its locate"] = d => d.Delete(5, 1),
        ["its time is beyond the day"] = d => Late(d),
        ["its time is before that of the message ahead of it"] = d => Early(d),
        ["the message's type is unknown"] = d => d.Message('Z', 1, 1u, 2u),
        ["the message's length is not that of its type"] = d => d.Message('A', 1, 1u, 2u),
        ["a length of zero before the end of the file"] = d => d.Raw(0, 0),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_bad_message_is_refused_with_its_place_or_counted(string reason)
    {
        ItchBytes day = new ItchBytes().Directory(1, "A").Directory(2, "B").Add(1, "A", 1, 'B', 100, 1_000).Add(1, "A", 2, 'S', 100, 2_000);
        _cases[reason](day);
        int bad = day.Offsets[4];
        day.Delete(1, 1).Delete(1, 2).Add(2, "B", 3, 'B', 1, 1).Add(2, "B", 4, 'B', 1, 1);
        ImportException fault = Assert.Throws<ImportException>(() => ItchImporterTests.Import(day.ToArray()));
        Assert.Contains($"20240105.itch, record 5 at byte {bad}: {reason}: ", fault.Message, StringComparison.Ordinal);

        (MemorySink sink, FileAccount account, _) = ItchImporterTests.Import(day.ToArray(), skipBad: true);
        Assert.Equal((9, 6, 1, 2), (account.Rows, account.Stored, account.Refused[reason], account.LeftOutRows));
        Assert.Contains($"record 5 at byte {bad}: {reason}: ", Assert.Single(account.Examples), StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 1, 2], sink.Of("A.XNAS", "BookDelta").Select(d => d.BookDelta.OrderId));
        Assert.Equal([0, 3, 4], sink.Of("B.XNAS", "BookDelta").Select(d => d.BookDelta.OrderId));
    }

    [Fact]
    public void Garbage_between_messages_is_one_fault_and_the_next_messages_are_found()
    {
        SeededRandom random = new(3);
        byte[] garbage = new byte[5_000];
        for (int i = 0; i < garbage.Length; i++) garbage[i] = (byte)random.NextInt64(256);
        ItchBytes day = new ItchBytes().Directory(1, "A").Raw(garbage);
        for (uint i = 1; i <= 50; i++) day.Add(1, "A", i, 'B', 1, 100);
        (MemorySink sink, FileAccount account, _) = ItchImporterTests.Import(day.ToArray(), skipBad: true);
        Assert.InRange(account.RefusedRows, 1, 3);
        Assert.Equal(51, sink.Of("A.XNAS", "BookDelta").Length);
    }

    [Fact]
    public void A_wrong_length_costs_one_message()
    {
        ItchBytes day = new ItchBytes().Directory(1, "A");
        for (uint i = 1; i <= 50; i++) day.Add(1, "A", i, 'B', 1, 100);
        byte[] bytes = day.ToArray();
        bytes[day.Offsets[20]] ^= 0x40;
        (MemorySink sink, FileAccount account, _) = ItchImporterTests.Import(bytes, skipBad: true);
        Assert.Equal((1, 50), (account.RefusedRows, sink.Of("A.XNAS", "BookDelta").Length));
    }

    [Fact]
    public void Cut_at_any_byte_it_is_said_unless_the_cut_is_between_messages()
    {
        ItchBytes day = SmallDay();
        byte[] bytes = day.ToArray();
        Assert.Throws<ImportException>(() => ItchImporterTests.Import([]));
        for (int length = 1; length < bytes.Length; length++)
        {
            byte[] cut = bytes[..length];
            bool isWhole = day.Offsets.Contains(length);
            (MemorySink sink, FileAccount account, _) = ItchImporterTests.Import(cut, skipBad: true);
            Assert.Equal(isWhole ? 0 : 1, account.RefusedRows);
            Assert.Equal(account.Rows, account.Stored + account.RefusedRows + account.LeftOutRows);
            Assert.Equal(account.Events, sink.Events);
            if (isWhole) continue;
            int start = day.Offsets.Last(o => o < length);
            Assert.Contains($"record {day.Offsets.IndexOf(start) + 1} at byte {start}: the file ends inside the message", Assert.Single(account.Examples), StringComparison.Ordinal);
            Assert.Throws<ImportException>(() => ItchImporterTests.Import(cut));
        }
    }

    [Fact]
    public void Whatever_bytes_change_every_message_is_accounted_for_and_the_book_stays_sound()
    {
        byte[] whole = SmallDay().ToArray();
        for (ulong seed = 1; seed <= 300; seed++)
        {
            SeededRandom random = new(seed);
            byte[] bytes = [.. whole];
            for (long flips = random.NextInt64(6); flips >= 0; flips--) bytes[random.NextInt64(bytes.Length)] ^= (byte)(1 << (int)random.NextInt64(8));
            (MemorySink sink, FileAccount account, _) = ItchImporterTests.Import(bytes, skipBad: true);
            Assert.Equal(account.Rows, account.Stored + account.RefusedRows + account.LeftOutRows);
            Assert.Equal(account.Events, sink.Events);
            foreach ((string instrument, string kind) in sink.Series.Keys.Where(k => k.Kind == "BookDelta")) NaiveBook.Of(sink.Of(instrument, kind));
        }
    }

    [Fact]
    public void A_packed_file_that_is_cut_short_is_said_and_what_came_before_is_kept_when_asked_for()
    {
        ItchBytes day = SmallDay();
        byte[] whole = day.ToArray();
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.NoCompression, leaveOpen: true)) gzip.Write(whole);
        byte[] bytes = packed.ToArray();
        for (int length = 1; length < bytes.Length; length += 13)
        {
            ImportException fault = Assert.Throws<ImportException>(() => ItchImporterTests.Import(bytes[..length], name: "20240105.itch.gz"));
            Assert.Matches("damage|ends inside", fault.Message);
            (_, FileAccount account, _) = ItchImporterTests.Import(bytes[..length], skipBad: true, name: "20240105.itch.gz");
            Assert.InRange(account.RefusedRows, 1, 2);
            Assert.Equal(account.Rows, account.Stored + account.RefusedRows + account.LeftOutRows);
        }
    }

    private static ItchBytes SmallDay()
    {
        ItchBytes day = new ItchBytes().System('O').Directory(1, "A").Directory(2, "BC").Action(1, "A", 'T').System('S').System('Q');
        day.Add(1, "A", 1, 'B', 100, 1_000).AddWithParticipant(1, "A", 2, 'S', 50, 2_000).Add(2, "BC", 3, 'B', 7, 700).Execute(1, 1, 10, 1);
        day.ExecuteAt(1, 1, 5, 2, 'Y', 990).Cancel(1, 2, 10).Replace(2, 3, 4, 9, 710).Trade(1, "A", 'B', 3, 1_500, 3).Cross(2, "BC", 40, 705, 4, 'O');
        return day.Break(1, 1).Imbalance(1, "A").Delete(1, 2).System('M').System('C');
    }

    private static void Late(ItchBytes day)
    {
        long now = day.Time;
        day.Time = 86_400_000_000_000;
        day.Delete(1, 1);
        day.Time = now;
    }

    private static void Early(ItchBytes day)
    {
        long now = day.Time;
        day.Time = now - 2;
        day.Delete(1, 1);
        day.Time = now;
    }
}
