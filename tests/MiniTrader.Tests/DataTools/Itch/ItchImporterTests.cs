using System.IO.Compression;
using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools.Itch;

/// <summary>What each message becomes, figure by figure.</summary>
public sealed class ItchImporterTests
{
    private const string Name = "20240105.itch";

    [Fact]
    public void A_day_by_hand()
    {
        ItchBytes day = new() { Time = 0 };
        day.System('O').Directory(1, "SPY").Action(1, "SPY", 'T');
        day.System('S').Add(1, "SPY", 10, 'B', 300, 1_000_000).AddWithParticipant(1, "SPY", 11, 'S', 500, 1_000_100);
        day.System('Q').Cross(1, "SPY", 700, 1_000_050, 900, 'O').Imbalance(1, "SPY");
        day.Execute(1, 10, 100, 901).ExecuteAt(1, 10, 50, 902, 'Y', 999_900).ExecuteAt(1, 10, 30, 903, 'N', 999_800);
        day.Cancel(1, 10, 20).Replace(1, 11, 12, 400, 1_000_200).Trade(1, "SPY", 'B', 40, 1_000_049, 904);
        day.Delete(1, 12).Execute(1, 10, 60, 905).Cancel(1, 10, 40).Break(1, 901);
        day.Action(1, "SPY", 'P').Action(1, "SPY", 'H').Action(1, "SPY", 'Q').Action(1, "SPY", 'T').Cross(1, "SPY", 0, 0, 0, 'H');
        day.Message('Y', 1, ItchBytes.Stock("SPY"), '1');
        day.System('M').Cross(1, "SPY", 800, 1_000_300, 906, 'C').System('E').System('C');
        day.Raw(0, 0);

        (MemorySink sink, FileAccount account, ImportRun run) = Import(day.ToArray());

        // Time is the number of the message in nanoseconds after midnight in New York, which is 05:00 UTC.
        Assert.Equal(
            [
                "4 Clear None 0 0 0", "4 Add Buy 10 100 300", "5 Add Sell 11 100.01 500", "9 Execute Buy 10 100 100", "10 Execute Buy 10 99.99 50", "11 Execute Buy 10 99.98 30",
                "12 Modify Buy 10 100 100", "13 Delete Sell 11 100.01 0 partial", "13 Add Sell 12 100.02 400", "15 Delete Sell 12 100.02 0",
                "16 Execute Buy 10 100 60", "17 Delete Buy 10 100 0",
            ],
            sink.Of("SPY.XNAS", "BookDelta").Select(Show));
        Assert.Equal(
            [
                "7 OpeningAuction Unknown 900 100.005 700", "9 Regular Seller 901 100 100", "10 Regular Seller 902 99.99 50", "14 Hidden Unknown 904 100.0049 40",
                "16 Regular Seller 905 100 60", "26 ClosingAuction Unknown 906 100.03 800",
            ],
            sink.Of("SPY.XNAS", "trades").Select(Show));
        Assert.Equal(["3 PreOpen", "6 Open", "19 Halted", "21 PreOpen", "22 Open", "25 ClosingAuction", "26 Closed"], sink.Of("SPY.XNAS", "Status").Select(Show));

        Assert.Equal((30, 19, 0, 11), (account.Rows, account.Stored, account.RefusedRows, account.LeftOutRows));
        Assert.Equal((1, 1, 1, 1), (account.LeftOut["stock directory"], account.LeftOut["end mark of the file"], account.LeftOut["crosses without shares"], account.LeftOut["not imported: NetOrderImbalance"]));
        Assert.Equal(25, account.Events);
        Assert.Equal(3, account.Notes["messages of type C, OrderExecutedWithPrice"] + account.Notes["messages of type F, AddOrderWithParticipant"]);
        Assert.Contains("trade 901 of SPY.XNAS was broken at 2024-01-05T05:00:00.000000018Z; its print stays as it was seen", run.Remarks);
        Instrument spy = sink.Instruments["SPY.XNAS"];
        Assert.Equal(("0.01", "1", "USD"), (spy.TickSize.ToString(), spy.LotSize.ToString(), spy.Currency.ToString()));
        Assert.All(sink.Series.Values.SelectMany(s => s), row => Assert.Equal(new DateOnly(2024, 1, 5), row.Partition));
    }

    /// <summary>A bid of 101 crosses an ask of 100.5 until the ask is gone; another one, replaced to 100, locks a bid of 100.</summary>
    [Fact]
    public void A_crossed_book_is_stored_and_noted()
    {
        ItchBytes day = new ItchBytes().Directory(1, "A").Directory(2, "B").Add(1, "A", 1, 'S', 20, 1_005_000).Add(2, "B", 2, 'B', 10, 2_000_000);
        day.Add(1, "A", 3, 'B', 10, 1_010_000).Execute(1, 1, 5, 1).Cancel(1, 1, 10).Execute(1, 1, 5, 2).Add(1, "A", 4, 'S', 5, 1_010_100).Delete(1, 3);
        day.Add(1, "A", 5, 'B', 5, 1_000_000).Replace(1, 4, 6, 5, 1_000_000);
        (MemorySink sink, FileAccount account, _) = Import(day.ToArray());
        Assert.Equal((12, 10, 0), (account.Rows, account.Stored, account.RefusedRows));
        Assert.Equal(2, account.Notes["orders that leave the book crossed, as before an auction"]);
        NaiveBook book = NaiveBook.Of(sink.Of("A.XNAS", "BookDelta"));
        Assert.Equal((100_000_000_000, 100_000_000_000), (book.BestBid, book.BestAsk));
    }

    [Fact]
    public void Hidden_trades_have_a_side_where_the_file_has_both()
    {
        ItchBytes day = new ItchBytes().Directory(1, "A").Trade(1, "A", 'B', 1, 100, 1).Trade(1, "A", 'S', 1, 100, 2);
        (MemorySink sink, _, _) = Import(day.ToArray());
        Assert.Equal([AggressorSide.Seller, AggressorSide.Buyer], sink.Of("A.XNAS", "trades").Select(t => t.Trade.Aggressor));
    }

    [Fact]
    public void Ticks_come_from_the_prices_and_lots_from_the_directory()
    {
        ItchBytes day = new ItchBytes().Directory(1, "CENT").Directory(2, "SUB").Directory(3, "FUT").Directory(4, "LOTS", roundLotsOnly: 'Y');
        day.Add(1, "CENT", 1, 'B', 1, 200_000).Add(2, "SUB", 2, 'B', 1, 9_999).Add(4, "LOTS", 3, 'B', 100, 100);
        for (uint i = 0; i < 1000; i++) day.Add(3, "FUT", 100 + i, 'B', 1, 48_000_000 + (2_500 * i));
        (MemorySink sink, _, _) = Import(day.ToArray());
        Assert.Equal(
            ["CENT 0.01 1", "FUT 0.25 1", "LOTS 0.01 100", "SUB 0.0001 1"],
            sink.Instruments.Values.OrderBy(i => i.Symbol).Select(i => $"{i.Symbol} {i.TickSize} {i.LotSize}"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void However_many_passes_it_takes_every_message_is_counted_once(int stocksPerPass)
    {
        ItchBytes day = new ItchBytes().System('S');
        for (ushort locate = 1; locate <= 5; locate++) day.Directory(locate, $"S{locate}");
        for (uint i = 0; i < 500; i++) day.Add((ushort)((i % 5) + 1), $"S{(i % 5) + 1}", i + 1, 'B', 10, 100).System(i % 2 == 0 ? 'Q' : 'S');
        for (uint i = 0; i < 500; i += 3) day.Delete((ushort)((i % 5) + 1), i + 1);
        day.Delete(2, 1).Delete(9, 7).Add(9, "S9", 900, 'B', 1, 1).Add(9, "NEW", 901, 'X', 1, 1).Raw(0, 2, 3, 4);
        (MemorySink sink, FileAccount account, _) = Import(day.ToArray(), new() { StocksPerPass = stocksPerPass }, skipBad: true);
        Assert.Equal(6, sink.Instruments.Count);
        Assert.Equal((1_178, 1_169), (account.Rows, account.Stored));
        Assert.Equal((4, 5), (account.RefusedRows, account.LeftOutRows));
        Assert.Equal(674, sink.Series.Where(s => s.Key.Kind == "BookDelta").Sum(s => s.Value.Count));
        Assert.Equal(account.Events, sink.Events);
    }

    [Fact]
    public void Other_stocks_are_left_out_and_counted()
    {
        ItchBytes day = new ItchBytes().System('O').Directory(1, "A").Directory(2, "B").Add(1, "A", 1, 'B', 1, 100).Add(2, "B", 2, 'B', 1, 100).Delete(2, 2).Delete(1, 99);
        (MemorySink sink, FileAccount account, _) = Import(day.ToArray(), new() { Symbols = ["b"] });
        Assert.Equal("B.XNAS", Assert.Single(sink.Instruments).Key);
        Assert.Equal((7, 2, 3), (account.Rows, account.Stored, account.LeftOut["of stocks that were not asked for"]));
        ImportException fault = Assert.Throws<ImportException>(() => Import(day.ToArray(), new() { Symbols = ["C"] }));
        Assert.EndsWith("has no stock 'C'. It has: A, B.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20190130.itch", "2019-01-30")]
    [InlineData("01302019.NASDAQ_ITCH50.gz", "2019-01-30")]
    [InlineData("S081321-v50.txt.gz", "2021-08-13")]
    [InlineData("es_20231225.itch.gz", "2023-12-25")]
    [InlineData("A 2023-12-25 9.itch", "2023-12-25")]
    [InlineData("13452019.itch", null)]
    [InlineData("today.itch", null)]
    public void The_day_is_in_the_name(string name, string? day)
    {
        if (day is null) Assert.Contains("--date", Assert.Throws<ImportException>(() => ItchDay.FromName(name)).Message, StringComparison.Ordinal);
        else Assert.Equal(day, ItchDay.FromName(name).ToString("yyyy-MM-dd", null));
    }

    [Fact]
    public void Packed_files_give_the_same()
    {
        byte[] bytes = new ItchBytes().Directory(1, "A").Add(1, "A", 1, 'B', 1, 100).ToArray();
        using TempFolder folder = new();
        using (GZipStream gzip = new(File.Create(folder.Path("20240705.itch.gz")), CompressionLevel.Fastest)) gzip.Write(bytes);
        MemorySink sink = new();
        new ItchImporter(new()).Import(new(sink), [folder.Root]);

        // 09:30 in New York, in summer.
        Assert.Equal("2024-07-05T13:30:00.000000001Z", sink.Of("A.XNAS", "BookDelta")[^1].Header.VenueTime.ToString());
    }

    internal static (MemorySink Sink, FileAccount Account, ImportRun Run) Import(byte[] bytes, ItchOptions? options = null, bool skipBad = false, string name = Name)
    {
        using TempFolder folder = new();
        MemorySink sink = new();
        ImportRun run = new(sink, skipBad);
        new ItchImporter(options ?? new()).Import(run, [folder.Write(name, bytes)]);
        return (sink, Assert.Single(run.Accounts), run);
    }

    private static string Show(MarketEvent e)
    {
        long time = e.Header.VenueTime - Timestamp.Parse("2024-01-05T05:00:00Z");
        string partial = (e.Header.Flags & EventFlags.Partial) != 0 ? " partial" : "";
        return e.Header.Kind switch
        {
            EventKind.BookDelta => $"{time} {e.BookDelta.Action} {e.BookDelta.Side} {e.BookDelta.OrderId} {e.BookDelta.Price} {e.BookDelta.Size}{partial}",
            EventKind.Trade => $"{time} {e.Trade.Condition} {e.Trade.Aggressor} {e.Trade.TradeId} {e.Trade.Price} {e.Trade.Size}",
            _ => $"{time} {e.Status.Status}",
        };
    }
}
