using MiniTrader.DataTools;
using MiniTrader.Model;
using MiniTrader.Tests.DataTools.Itch;
using Xunit;

namespace MiniTrader.Tests.DataTools.Lobster;

/// <summary>Pairs of files after the public description, and what becomes of them.</summary>
public sealed class LobsterImporterTests
{
    private const string Day = "2012-06-21_34200000_57600000";

    [Fact]
    public void Two_levels_by_hand()
    {
        // Message: time, type, id, size, price, direction. Orderbook: ask price and size, bid price and size, twice.
        (MemorySink sink, FileAccount account, ImportRun run) = Import(
            ("34200.004241176,1,16113575,18,5853300,1", "5859400,200,5853300,38,5859800,200,5853000,150"),
            ("34200.025551909,1,16120456,18,5859100,-1", "5859100,18,5853300,38,5859400,200,5853300,38".Replace("5859400,200,5853300,38", "5859400,200,5853000,150", StringComparison.Ordinal)),
            ("34200.1,4,16113575,8,5853300,1", "5859100,18,5853300,30,5859400,200,5853000,150"),
            ("34200.2,4,555,20,5853300,1", "5859100,18,5853300,10,5859400,200,5853000,150"),
            ("34200.3,2,16120456,8,5859100,-1", "5859100,10,5853300,10,5859400,200,5853000,150"),
            ("34200.4,3,16120456,10,5859100,-1", "5859400,200,5853300,10,5859800,200,5853000,150"),
            ("34200.5,5,0,5,5856000,-1", "5859400,200,5853300,10,5859800,200,5853000,150"),
            ("34200.6,6,-1,700,5855000,-1", "5859400,200,5853300,10,5859800,200,5853000,150"),
            ("34200.7,7,0,0,-1,-1", "5859400,200,5853300,10,5859800,200,5853000,150"),
            ("34200.8,7,0,0,0,-1", "5859400,200,5853300,10,5859800,200,5853000,150"),
            ("34200.9,7,0,0,1,-1", "5859400,200,5853300,10,5859800,200,5853000,150"),
            ("34201,3,16113575,10,5853300,1", "5859400,200,5853000,150,5859800,200,5852000,77"));
        Assert.Equal((12, 12), (account.Rows, account.Stored));
        Assert.Equal(
            [
                "0 Clear None 0 0 0 S+", "0 Add Sell -1 585.94 200 S+", "0 Add Sell -2 585.98 200 S+", "0 Add Buy -3 585.33 20 S+", "0 Add Buy 16113575 585.33 18 S+",
                "0 Add Buy -4 585.3 150 S", "21310733 Add Sell 16120456 585.91 18 ", "95758824 Execute Buy 16113575 585.33 8 ", "195758824 Execute Buy -3 585.33 20 ",
                "295758824 Modify Sell 16120456 585.91 10 ", "395758824 Delete Sell 16120456 585.91 0 ", "995758824 Delete Buy 16113575 585.33 0 +", "995758824 Add Buy -5 585.2 77 ",
            ],
            sink.Of("AAPL.XNAS", "BookDelta").Select(Show));
        Assert.Equal(
            ["Regular Seller 585.33 8", "Regular Seller 585.33 20", "Hidden Buyer 585.6 5", "OtherAuction Unknown 585.5 700"],
            sink.Of("AAPL.XNAS", "trades").Select(t => $"{t.Trade.Condition} {t.Trade.Aggressor} {t.Trade.Price} {t.Trade.Size}"));
        Assert.Equal([MarketStatus.Halted, MarketStatus.PreOpen, MarketStatus.Open], sink.Of("AAPL.XNAS", "Status").Select(s => s.Status.Status));
        Assert.Equal((12, 1), (account.Notes["rows of the orderbook checked"], account.Notes["levels that came into view with what no message said"]));
        Assert.DoesNotContain("levels that differ from the orderbook, corrected", account.Notes.Keys);
        Assert.Empty(run.Remarks);

        // 09:30:00.004241176 in New York, in summer.
        Assert.Equal("2012-06-21T13:30:00.004241176Z", sink.Of("AAPL.XNAS", "BookDelta")[0].Header.VenueTime.ToString());
        Assert.Equal("0.01", sink.Instruments["AAPL.XNAS"].TickSize.ToString());
    }

    [Fact]
    public void A_difference_in_view_is_said_and_corrected_once()
    {
        (MemorySink sink, FileAccount account, ImportRun run) = Import(
            ("34200,1,1,10,1000000,1", "1000100,5,1000000,10"),
            ("34201,1,2,10,1000000,1", "1000100,5,1000000,25"),
            ("34202,3,2,10,1000000,1", "1000100,5,1000000,15"),
            ("34203,3,1,10,1000000,1", "1000100,5,1000000,2"));
        Assert.Equal((4, 2), (account.Stored, account.Notes["levels that differ from the orderbook, corrected"]));
        Assert.Contains(run.Remarks, r => r.EndsWith("line 2: the orderbook shows 25 at 100 (bid), the messages make 20", StringComparison.Ordinal));
        Assert.Contains(run.Remarks, r => r.EndsWith("line 4: the orderbook shows 2 at 100 (bid), the messages make 5", StringComparison.Ordinal));
        Assert.Equal([(100_000_000_000, 2_000_000_000)], NaiveBook.Of(sink.Of("AAPL.XNAS", "BookDelta")).Levels(OrderSide.Buy));
    }

    [Fact]
    public void A_crossed_orderbook_is_stored_and_noted_and_an_order_that_nobody_knows_is_left_out_and_noted()
    {
        (MemorySink sink, FileAccount account, _) = Import(
            ("34200,1,1,10,1000000,1", "1000100,5,1000000,10"),
            ("34201,1,2,10,1000100,1", "1000100,5,1000100,10"),
            ("34202,3,2,10,1000100,1", "1000100,5,1000000,10"),
            ("34203,3,77,10,999900,1", "1000100,5,1000000,10"));
        Assert.Equal((4, 3, 1), (account.Rows, account.Stored, account.LeftOut["changes of orders that are not in the book"]));
        Assert.Equal((1, 1), (account.Notes["rows of the orderbook with the bid at or above the ask"], account.Notes["messages about more than the book holds"]));
        Assert.Equal([(100_000_000_000, 10_000_000_000)], NaiveBook.Of(sink.Of("AAPL.XNAS", "BookDelta")).Levels(OrderSide.Buy));
    }

    [Fact]
    public void An_empty_side_is_marked_by_its_price()
    {
        (MemorySink sink, FileAccount account, _) = Import(
            ("34200,1,1,10,1000000,1", "9999999999,0,1000000,10,9999999999,0,-9999999999,0"),
            ("34201,3,1,10,1000000,1", "9999999999,0,-9999999999,0,9999999999,0,-9999999999,0"));
        Assert.Equal(2, account.Stored);
        Assert.Empty(NaiveBook.Of(sink.Of("AAPL.XNAS", "BookDelta")).Orders);
    }

    /// <summary>A day is made by a naive full book, of which the files show three levels; the import must come back to it at every row.</summary>
    [Fact]
    public void Whatever_happens_beyond_the_view_every_row_of_the_orderbook_comes_back()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SeededRandom random = new(seed);
            Dictionary<long, (bool IsBid, long Price, long Size)> orders = [];
            List<(string Message, string Book)> rows = [];
            string last = "";
            for (long id = 1; id <= 600; id++)
            {
                bool isAdd = orders.Count < 10 || random.NextInt64(2) == 0;
                long target = isAdd ? id : orders.Keys.Order().ElementAt((int)random.NextInt64(orders.Count));
                bool isBid = isAdd ? random.NextInt64(2) == 0 : orders[target].IsBid;
                long price = isAdd ? 1_000_000 + ((isBid ? -1 : 1) * 100 * (1 + random.NextInt64(8))) : orders[target].Price;
                long size = isAdd ? 1 + random.NextInt64(90) : orders[target].Size;
                long type = isAdd ? 1 : size > 1 ? 2 + random.NextInt64(2) : 3;
                if (type == 2) size = 1 + random.NextInt64(size - 1);
                if (isAdd) orders[id] = (isBid, price, size);
                else if (type == 3) orders.Remove(target);
                else orders[target] = (isBid, price, orders[target].Size - size);
                string book = Book(orders.Values, 3);

                // The files hold what changes the levels that they show.
                if (book == last) continue;
                last = book;
                rows.Add(($"{34200 + (id * 0.001m)},{type},{target},{size},{price},{(isBid ? 1 : -1)}", book));
            }

            (MemorySink sink, FileAccount account, ImportRun run) = Import([.. rows.Skip(40)]);
            Assert.Equal((rows.Count - 40, rows.Count - 40), (account.Rows, account.Stored));
            Assert.True(run.Remarks.Count == 0, $"seed {seed}: {string.Join("; ", run.Remarks)}");
            NaiveBook naive = new();
            int row = 40;
            foreach (MarketEvent e in sink.Of("AAPL.XNAS", "BookDelta"))
            {
                naive.Apply(e.BookDelta);
                if ((e.Header.Flags & EventFlags.Partial) != 0) continue;
                string shown = Book(naive.Orders.Values.Select(o => (o.Side == OrderSide.Buy, o.Price / 100_000, o.Size / 1_000_000_000)), 3);
                Assert.Equal(rows[row++].Book, shown);
            }

            Assert.Equal(rows.Count, row);
        }
    }

    [Theory]
    [InlineData("34200,8,1,10,1000000,1", "its type is not 1 to 7")]
    [InlineData("34200,1,0,10,1000000,1", "its order id is not above zero")]
    [InlineData("34200,1,9,-10,1000000,1", "its size is not above zero")]
    [InlineData("34200,1,9,10,-1000000,1", "its price is not between zero and 200,000 dollars")]
    [InlineData("34200,1,9,10,1000000,0", "its direction is neither 1 nor −1")]
    [InlineData("34199,1,9,10,1000000,1", "its time is before the row above")]
    [InlineData("99999,1,9,10,1000000,1", "its time is not within a day")]
    [InlineData("34200,1,1,10,1000000,1", "its order id is that of an order in the book")]
    [InlineData("34200,1,9,10,1000000", "it is not time, type, order id, size, price and direction")]
    [InlineData("34200,1,9,10,1000000,1,1", "it is not time, type, order id, size, price and direction")]
    [InlineData("34200,x,9,10,1000000,1", "it is not time, type, order id, size, price and direction")]
    [InlineData("34200,7,0,0,5,-1", "its halt is neither −1, 0 nor 1")]
    public void A_bad_row_is_refused_with_its_line(string bad, string reason)
    {
        const string Book = "1000100,5,1000000,10";
        (string, string)[] rows = [("34200,1,1,10,1000000,1", Book), (bad, Book), ("34201,1,2,10,1000000,1", "1000100,5,1000000,20")];
        Assert.Contains($"line 2: {reason}: {bad}", Assert.Throws<ImportException>(() => Import(rows, false)).Message, StringComparison.Ordinal);
        (_, FileAccount account, _) = Import(rows, true);
        Assert.Equal((3, 2, 1), (account.Rows, account.Stored, account.Refused[reason]));
    }

    [Theory]
    [InlineData("1000100,5,1000000", "its row of the orderbook does not have four whole numbers a level")]
    [InlineData("1000100,5,1000000,10,1,1,1,1", "its row of the orderbook does not have four whole numbers a level")]
    [InlineData("1000100,-5,1000000,10", "its row of the orderbook has a price or size that cannot be")]
    [InlineData("0,5,1000000,10", "its row of the orderbook has a price or size that cannot be")]
    public void A_bad_row_of_the_orderbook_is_refused(string bad, string reason)
    {
        (_, FileAccount account, _) = Import([("34200,1,1,10,1000000,1", "1000100,5,1000000,10"), ("34201,1,2,10,1000000,1", bad)], true);
        Assert.Equal((2, 1, 1), (account.Rows, account.Stored, account.Refused[reason]));
    }

    [Fact]
    public void Files_of_different_lengths_or_without_a_partner_are_said()
    {
        using TempFolder folder = new();
        string messages = folder.Write($"AAPL_{Day}_message_1.csv", "34200,1,1,10,1000000,1\n34201,1,2,10,1000000,1\n");
        ImportRun Run(bool skipBad)
        {
            ImportRun run = new(new MemorySink(), skipBad);
            new LobsterImporter(new()).Import(run, [folder.Root]);
            return run;
        }

        Assert.Contains("orderbook_1.csv beside it", Assert.Throws<ImportException>(() => Run(true)).Message, StringComparison.Ordinal);
        folder.Write($"AAPL_{Day}_orderbook_1.csv", "1000100,5,1000000,10\n");
        Assert.Equal(1, Assert.Single(Run(true).Accounts).Refused["the orderbook file has no row for it"]);
        folder.Write($"AAPL_{Day}_orderbook_1.csv", "1000100,5,1000000,10\n1000100,5,1000000,20\n1000100,5,1000000,20\n");
        Assert.Equal(1, Assert.Single(Run(true).Accounts).Refused["a row of the orderbook without a message"]);
        Assert.Throws<ImportException>(() => Run(false));
        File.Delete(messages);
        Assert.Throws<ImportException>(() => Run(true));
        folder.Write("other.csv", "1\n");
        Assert.Contains("its name is not", Assert.Throws<ImportException>(() => new LobsterImporter(new()).Import(new(new MemorySink()), [folder.Path("other.csv")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_bytes_change_every_row_is_accounted_for()
    {
        (string Message, string Book)[] rows = [.. Enumerable.Range(1, 30).Select(i => ($"{34200 + i}.5,1,{i},10,{1_000_000 - (i * 100)},1", $"1000100,5,{1_000_000 - 100},10"))];
        string messages = string.Concat(rows.Select(r => r.Message + "\n")), books = string.Concat(rows.Select(r => r.Book + "\n"));
        for (ulong seed = 1; seed <= 200; seed++)
        {
            SeededRandom random = new(seed);
            byte[] first = System.Text.Encoding.ASCII.GetBytes(messages), second = System.Text.Encoding.ASCII.GetBytes(books);
            for (int flips = 0; flips < 4; flips++)
            {
                first[random.NextInt64(first.Length)] ^= (byte)(1 << (int)random.NextInt64(8));
                second[random.NextInt64(second.Length)] ^= (byte)(1 << (int)random.NextInt64(8));
            }

            using TempFolder folder = new();
            folder.Write($"AAPL_{Day}_message_1.csv", first);
            folder.Write($"AAPL_{Day}_orderbook_1.csv", second);
            MemorySink sink = new();
            ImportRun run = new(sink, skipBad: true);
            new LobsterImporter(new()).Import(run, [folder.Root]);
            FileAccount account = Assert.Single(run.Accounts);
            Assert.Equal(account.Rows, account.Stored + account.RefusedRows + account.LeftOutRows);
            if (sink.Series.ContainsKey(("AAPL.XNAS", "BookDelta"))) NaiveBook.Of(sink.Of("AAPL.XNAS", "BookDelta"));
        }
    }

    private static (MemorySink Sink, FileAccount Account, ImportRun Run) Import(params (string Message, string Book)[] rows) => Import(rows, false);

    private static (MemorySink Sink, FileAccount Account, ImportRun Run) Import((string Message, string Book)[] rows, bool skipBad)
    {
        using TempFolder folder = new();
        int levels = (rows[0].Book.Count(c => c == ',') + 1) / 4;
        folder.Write($"AAPL_{Day}_message_{levels}.csv", string.Concat(rows.Select(r => r.Message + "\n")));
        folder.Write($"AAPL_{Day}_orderbook_{levels}.csv", string.Concat(rows.Select(r => r.Book + "\n")));
        MemorySink sink = new();
        ImportRun run = new(sink, skipBad);
        new LobsterImporter(new()).Import(run, [folder.Root]);
        return (sink, Assert.Single(run.Accounts), run);
    }

    private static string Book(IEnumerable<(bool IsBid, long Price, long Size)> orders, int levels)
    {
        (long Price, long Size)[] asks = [.. orders.Where(o => !o.IsBid).GroupBy(o => o.Price).OrderBy(g => g.Key).Select(g => (g.Key, g.Sum(o => o.Size)))];
        (long Price, long Size)[] bids = [.. orders.Where(o => o.IsBid).GroupBy(o => o.Price).OrderByDescending(g => g.Key).Select(g => (g.Key, g.Sum(o => o.Size)))];
        return string.Join(',', Enumerable.Range(0, levels).Select(i =>
            $"{(i < asks.Length ? $"{asks[i].Price},{asks[i].Size}" : "9999999999,0")},{(i < bids.Length ? $"{bids[i].Price},{bids[i].Size}" : "-9999999999,0")}"));
    }

    private static string Show(MarketEvent e)
    {
        long time = e.Header.VenueTime - Timestamp.Parse("2012-06-21T13:30:00.004241176Z");
        string flags = $"{((e.Header.Flags & EventFlags.Snapshot) != 0 ? "S" : "")}{((e.Header.Flags & EventFlags.Partial) != 0 ? "+" : "")}";
        return $"{time} {e.BookDelta.Action} {e.BookDelta.Side} {e.BookDelta.OrderId} {e.BookDelta.Price} {e.BookDelta.Size} {flags}";
    }
}
