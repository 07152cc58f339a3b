using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>Snapshot, updates and holes by hand: each update makes the bid 100 show its own number.</summary>
public sealed class BinanceDepthTests
{
    private static string Update(int at, long first, long last, long? previous, string bids = "") =>
        $$"""1723161256{{at:D9}} {"e":"depthUpdate","E":1723161256000,{{(previous is null ? "" : $"\"T\":1723161256000,\"pu\":{previous},")}}"s":"BTCUSDT","U":{{first}},"u":{{last}},"b":[{{(bids.Length > 0 ? bids : $"[\"100\",\"{last}\"]")}}],"a":[]}""";

    private static string Snapshot(int at, long last) => $$"""1723161256{{at:D9}} {"lastUpdateId":{{last}},"bids":[["100","1"],["99","5"]],"asks":[["101","2"]]}""";

    private static (string Deltas, FileAccount Account) Import(bool withoutSnapshot, params string[] lines)
    {
        using TempFolder folder = new();
        MemorySink sink = new();
        ImportRun run = new(sink);
        new BinanceImporter(new() { DepthWithoutSnapshot = withoutSnapshot, Venue = "X", ClockOffset = 0 }).Import(run, [folder.Write("capture.txt", string.Join('\n', lines))]);
        string deltas = string.Join(
            " | ",
            sink.Series.GetValueOrDefault(("BTCUSDT.X", "BookDelta"), []).Select(e => $"{e.Event.BookDelta.Action}{(e.Event.BookDelta.Action == BookAction.Clear && (e.Event.Header.Flags & EventFlags.Snapshot) == 0 ? " for good" : "")} {e.Event.BookDelta.Price}x{e.Event.BookDelta.Size}{((e.Event.Header.Flags & EventFlags.Partial) != 0 ? "+" : "")}"));
        return (deltas, run.Accounts[0]);
    }

    private const string Whole = "Clear 0x0+ | Add 100x1+ | Add 99x5+ | Add 101x2";

    [Fact]
    public void Futures_updates_follow_by_pu_and_what_came_before_the_snapshot_is_applied_with_it()
    {
        (string deltas, FileAccount account) = Import(
            false, Update(1, 1, 5, 0), Update(2, 6, 9, 5), Update(3, 12, 14, 9), Snapshot(4, 8), Update(5, 20, 25, 14), Update(6, 20, 25, 14));
        Assert.Equal(Whole + " | Modify 100x9 | Modify 100x14 | Modify 100x25", deltas);
        Assert.Equal((4, 2), (account.Stored, account.LeftOut["depth update that the snapshot holds already"]));
    }

    [Fact]
    public void Spot_updates_follow_by_number()
    {
        (string deltas, FileAccount account) = Import(false, Snapshot(1, 8), Update(2, 5, 8, null), Update(3, 7, 10, null), Update(4, 11, 12, null));
        Assert.Equal(Whole + " | Modify 100x10 | Modify 100x12", deltas);
        Assert.Equal(1, account.LeftOutRows);
    }

    [Fact]
    public void A_hole_clears_the_book_until_the_next_snapshot()
    {
        (string deltas, FileAccount account) = Import(
            false, Snapshot(1, 8), Update(2, 9, 10, 8), Update(3, 15, 16, 12), Update(4, 17, 18, 16), Snapshot(5, 17), Update(6, 19, 20, 18));
        Assert.Equal(Whole + " | Modify 100x10 | Clear 0x0 | " + Whole + " | Modify 100x18 | Modify 100x20", deltas);
        Assert.Equal((1, 1), (account.Notes["holes in the numbers of depth updates; the book is cleared there"], account.LeftOut["depth update that the snapshot holds already"]));
    }

    [Fact]
    public void Without_a_snapshot_updates_are_left_out_or_begin_an_empty_book()
    {
        string[] lines = [Update(1, 1, 5, 0), Update(2, 6, 9, 5), Update(3, 15, 16, 12)];
        (string none, FileAccount left) = Import(false, lines);
        Assert.Equal(("", 3), (none, left.LeftOut["depth update without a snapshot (--depth-without-snapshot begins with an empty book)"]));
        (string deltas, FileAccount begun) = Import(true, lines);
        Assert.Equal("Clear 0x0 | Add 100x5 | Modify 100x9 | Clear 0x0 | Add 100x16", deltas);
        Assert.Equal((3, 2), (begun.Stored, begun.Notes["books begun empty, without a snapshot"]));
    }

    [Fact]
    public void A_level_that_was_never_shown_is_not_deleted_and_a_crossed_book_is_noted()
    {
        (string deltas, FileAccount account) = Import(false, Snapshot(1, 8), Update(2, 9, 10, 8, "[\"98\",\"0\"]"), Update(3, 11, 12, 10, "[\"102\",\"3\"]"));
        Assert.Equal(Whole + " | Add 102x3", deltas);
        Assert.Equal((1, 1), (account.Notes["levels taken away that the book did not show"], account.Notes["packets that leave the book crossed"]));
    }

    [Fact]
    public void A_snapshot_that_says_no_symbol_is_refused_where_it_could_be_of_several()
    {
        string other = Update(2, 1, 5, 0).Replace("BTCUSDT", "ETHUSDT", StringComparison.Ordinal);
        Assert.Contains("the message has no symbol", Assert.Throws<ImportException>(() => Import(false, Update(1, 1, 5, 0), other, Snapshot(3, 3))).Message, StringComparison.Ordinal);
    }
}
