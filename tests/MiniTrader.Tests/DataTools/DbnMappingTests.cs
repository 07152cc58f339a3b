using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;
using static MiniTrader.Tests.DataTools.DbnText;

namespace MiniTrader.Tests.DataTools;

/// <summary>Each rule of the importer on a file of a few records, every figure by hand.</summary>
public sealed class DbnMappingTests
{
    private static (MemorySink Sink, ImportRun Run) Import(params byte[][] records) => ImportFile(DbnText.File(2, 0, records));

    private static (MemorySink Sink, ImportRun Run) ImportFile(byte[] file, bool skipBad = false)
    {
        using TempFolder folder = new();
        MemorySink sink = new();
        ImportRun run = new(sink, skipBad);
        new DbnImporter(new()).Import(run, [folder.Write("made.dbn", file)]);
        return (sink, run);
    }

    private static string Deltas(MemorySink sink) => string.Join(
        " | ", sink.Of("ESH4.GLBX", "BookDelta").Select(e => $"{e.BookDelta.Action} {e.BookDelta.OrderId} {e.BookDelta.Price}x{e.BookDelta.Size}{((e.Header.Flags & EventFlags.Partial) != 0 ? "+" : "")}"));

    [Fact]
    public void A_fill_executes_and_the_cancel_behind_it_says_nothing_new()
    {
        (MemorySink sink, ImportRun run) = Import(
            Mbo('A', 'A', 1, 100, 5, 0), Mbo('T', 'B', 9, 100, 2, 10, 0), Mbo('F', 'A', 1, 100, 2, 10, 0), Mbo('M', 'A', 1, 100, 3, 11),
            Mbo('T', 'B', 8, 100, 3, 20, 0), Mbo('F', 'A', 1, 100, 3, 20, 0), Mbo('C', 'A', 1, 100, 3, 21));
        Assert.Equal("Add 1 100x5 | Execute 1 100x2 | Execute 1 100x3", Deltas(sink));
        Assert.Equal(2, run.Accounts[0].LeftOut["the order shows it already, as after a fill"]);
        Assert.Equal([AggressorSide.Buyer, AggressorSide.Buyer], sink.Of("ESH4.GLBX", "trades").Select(t => t.Trade.Aggressor));
    }

    [Fact]
    public void A_partial_cancel_carries_what_is_left_and_a_whole_one_deletes()
    {
        (MemorySink sink, _) = Import(Mbo('A', 'B', 1, 99, 5, 0), Mbo('C', 'B', 1, 99, 2, 1), Mbo('M', 'B', 1, 98, 4, 2), Mbo('C', 'B', 1, 98, 4, 3));
        Assert.Equal("Add 1 99x5 | Modify 1 99x3 | Modify 1 98x4 | Delete 1 98x4", Deltas(sink));
    }

    [Fact]
    public void An_iceberg_that_executes_in_full_stands_at_the_back_when_it_shows_again()
    {
        (MemorySink sink, ImportRun run) = Import(
            Mbo('A', 'B', 1, 99, 5, 0), Mbo('T', 'A', 9, 99, 7, 1, 0), Mbo('F', 'B', 1, 99, 7, 1, 0), Mbo('M', 'B', 1, 99, 5, 2));
        Assert.Equal("Add 1 99x5 | Execute 1 99x5+ | Add 1 99x5", Deltas(sink));
        Assert.Equal(1, run.Accounts[0].Notes["fills of more than the order displayed, as of icebergs"]);
    }

    [Fact]
    public void An_order_that_crosses_the_spread_leaves_by_its_cancel_and_executes_nothing_of_its_own_queue()
    {
        // Order 2 asks 101, is moved to 99 and meets order 1 there: 1 executes, 2 is deleted where it stood.
        (MemorySink sink, ImportRun run) = Import(
            Mbo('A', 'B', 1, 99, 5, 0), Mbo('A', 'A', 2, 101, 2, 1), Mbo('T', 'A', 2, 99, 2, 5, 0), Mbo('F', 'A', 2, 99, 2, 5, 0), Mbo('F', 'B', 1, 99, 2, 5, 0),
            Mbo('M', 'B', 1, 99, 3, 6, 0), Mbo('C', 'A', 2, 101, 2, 6));
        Assert.Equal("Add 1 99x5 | Add 2 101x2 | Execute 1 99x2+ | Delete 2 101x2", Deltas(sink));
        Assert.Equal(1, run.Accounts[0].LeftOutRows - run.Accounts[0].LeftOut["the order shows it already, as after a fill"]);
    }

    [Fact]
    public void An_auction_is_one_print_and_its_orders_leave_without_executing()
    {
        (MemorySink sink, _) = Import(
            Mbo('A', 'B', 1, 101, 5, 0), Mbo('A', 'A', 2, 99, 5, 1),
            Mbo('T', 'N', 0, 100, 5, 5, 0), Mbo('F', 'N', 1, 100, 5, 5, 0), Mbo('F', 'N', 2, 100, 5, 5, 0), Mbo('C', 'B', 1, 101, 5, 6, 0), Mbo('C', 'A', 2, 99, 5, 6),
            Mbo('T', 'N', 0, 100, 1, 9));
        Assert.Equal("Add 1 101x5 | Add 2 99x5 | Delete 1 101x5+ | Delete 2 99x5", Deltas(sink));
        Assert.Equal([TradeCondition.OpeningAuction, TradeCondition.Regular], sink.Of("ESH4.GLBX", "trades").Select(t => t.Trade.Condition));
    }

    [Fact]
    public void A_crossed_book_is_noted_and_stored()
    {
        (_, ImportRun run) = Import(Mbo('A', 'B', 1, 101, 5, 0), Mbo('A', 'A', 2, 99, 5, 1), Mbo('C', 'B', 1, 101, 5, 2));
        Assert.Equal(1, run.Accounts[0].Notes["events that leave the book crossed, as before an auction"]);
        Assert.Equal(3, run.Accounts[0].Stored);
    }

    [Fact]
    public void A_snapshot_clears_first_is_as_of_its_received_time_and_ends_where_changes_begin()
    {
        (MemorySink sink, _) = Import(
            Mbo('A', 'B', 7, 90, 1, 0), Mbo('A', 'B', 1, 99, 5, 10, 40), Mbo('A', 'A', 2, 101, 4, 10, 40), Mbo('C', 'B', 1, 99, 5, 12), Mbo('R', 'N', 0, -1, 0, 13));
        Assert.Equal("Add 7 90x1 | Clear 0 0x0+ | Add 1 99x5+ | Add 2 101x4 | Delete 1 99x5 | Clear 0 0x0", Deltas(sink));
        MarketEvent[] deltas = sink.Of("ESH4.GLBX", "BookDelta");
        Assert.Equal(3, deltas.Count(d => (d.Header.Flags & EventFlags.Snapshot) != 0));
        Assert.Equal(deltas[2].Header.ReceivedTime, deltas[2].Header.VenueTime);
        Assert.Equal(50, deltas[0].Header.ReceivedTime - deltas[0].Header.VenueTime);
    }

    [Fact]
    public void A_top_of_book_replaces_its_side()
    {
        (MemorySink sink, _) = Import(Mbo('A', 'B', 0, 99, 5, 0, 192), Mbo('A', 'B', 0, 98, 6, 1, 192), Mbo('A', 'B', 0, -1, 0, 2, 192));
        Assert.Equal("Clear 0 0x0+ | Add 0 99x5 | Clear 0 0x0+ | Add 0 98x6 | Clear 0 0x0", Deltas(sink));
    }

    [Fact]
    public void The_depth_is_made_of_differences()
    {
        (MemorySink sink, _) = Import(
            Priced(10, 'A', 'B', 99, 1, 0, Ten((99, 5, 101, 6), (98, 7, 102, 8))),
            Priced(10, 'C', 'B', 99, 1, 1, Ten((98, 7, 101, 6), (97, 9, 102, 3))),
            Priced(10, 'T', 'B', 101, 2, 2, Ten((98, 7, 101, 6), (97, 9, 102, 3))));
        Assert.Equal(
            "Clear 0 0x0+ | Add 0 99x5+ | Add 0 98x7+ | Add 0 101x6+ | Add 0 102x8 | Delete 0 99x0+ | Add 0 97x9+ | Modify 0 102x3", Deltas(sink));
        Assert.Equal("2", Assert.Single(sink.Of("ESH4.GLBX", "trades")).Trade.Size.ToString());
    }

    [Fact]
    public void A_side_that_is_undefined_makes_a_one_sided_quote()
    {
        (MemorySink sink, _) = Import(Priced(1, 'A', 'B', 99, 1, 0, (99, 5, 0, 0)), Priced(1, 'C', 'B', 99, 1, 1, (0, 0, 101, 2)));
        MarketEvent[] quotes = sink.Of("ESH4.GLBX", "quotes");
        Assert.Equal((5_000_000_000, 0, 0), (quotes[0].Quote.BidSize.Raw, quotes[0].Quote.AskSize.Raw, quotes[0].Quote.Ask.Raw));
        Assert.Equal((0, 2_000_000_000), (quotes[1].Quote.BidSize.Raw, quotes[1].Quote.AskSize.Raw));
    }

    [Fact]
    public void A_trade_repeats_no_quote()
    {
        (MemorySink sink, ImportRun run) = Import(Priced(1, 'A', 'B', 99, 1, 0, (99, 5, 101, 4)), Priced(1, 'T', 'B', 101, 1, 1, (99, 5, 101, 4)));
        Assert.Equal((2, 2), (run.Accounts[0].Stored, sink.Events));
    }

    [Fact]
    public void Statuses_are_states_of_the_market()
    {
        (MemorySink sink, ImportRun run) = Import(Status(1, 0), Status(4, 1), Status(7, 2), Status(8, 3), Status(14, 4), Status(11, 5), Status(12, 6));
        Assert.Equal(
            [MarketStatus.PreOpen, MarketStatus.OpeningAuction, MarketStatus.Open, MarketStatus.Halted, MarketStatus.ClosingAuction, MarketStatus.Closed],
            sink.Of("ESH4.GLBX", "Status").Select(s => s.Status.Status));
        Assert.Equal(1, run.Accounts[0].LeftOutRows);
    }

    [Fact]
    public void An_id_is_the_symbol_of_the_day()
    {
        byte[] file = DbnText.File(
            3, 4, false, [(17077, "ESH4", 20231225, 20231226), (17077, "ESM4", 20231226, 20231227)],
            Priced(0, 'T', 'B', 100, 1, 0), Priced(0, 'T', 'A', 101, 1, 3_600_000_000_000));
        (MemorySink sink, _) = ImportFile(file);
        Assert.Equal(["ESH4.GLBX", "ESM4.GLBX"], sink.Instruments.Keys.Order());
        Assert.Equal(101, sink.Of("ESM4.GLBX", "trades")[0].Trade.Price.ToDecimal());
    }

    [Fact]
    public void Without_a_mapping_a_symbol_record_names_the_id_and_without_that_the_id_itself()
    {
        byte[] mapping = Header(176, 0x16, 0);
        Fixed("ESZ9", 71).CopyTo(mapping, 89);
        byte[] file = DbnText.File(2, 65535, true, [], Priced(0, 'T', 'B', 100, 1, 0), mapping, Priced(0, 'T', 'B', 100, 1, 90_000_000_000_000));
        (MemorySink sink, ImportRun run) = ImportFile(file);
        Assert.Equal(["17077.GLBX", "ESZ9.GLBX"], sink.Instruments.Keys.Order());
        Assert.Contains(run.Remarks, r => r.StartsWith("instrument 17077 of GLBX is named by its id", StringComparison.Ordinal));
    }

    [Fact]
    public void A_definition_gives_tick_lot_multiplier_expiry_and_currency()
    {
        byte[] definition = Header(400, 0x13, 0);
        BitConverter.GetBytes(250_000_000L).CopyTo(definition, 24);
        BitConverter.GetBytes(1_710_509_400_000_000_000L).CopyTo(definition, 40);
        BitConverter.GetBytes(12_500_000_000L).CopyTo(definition, 96);
        BitConverter.GetBytes(2).CopyTo(definition, 148);
        Fixed("EUR", 4).CopyTo(definition, 186);
        Fixed("ESH4", 71).CopyTo(definition, 200);
        Fixed("ES", 21).CopyTo(definition, 349);
        definition[374] = (byte)'F';
        using TempFolder folder = new();
        MemorySink sink = new();
        string[] paths = [folder.Write("a.mbo.dbn", DbnText.File(2, 0, Mbo('A', 'B', 1, 99, 5, 0))), folder.Write("b.definition.dbn", DbnText.File(2, 9, definition))];
        new DbnImporter(new()).Import(new(sink), paths);
        Instrument future = Assert.Single(sink.Instruments.Values);
        Assert.Equal(
            ("ESH4.GLBX", AssetClass.Future, "0.25", "2", 50m, "EUR", "2024-03-15T13:30:00Z", "ES"),
            (future.Name, future.AssetClass, future.TickSize.ToString(), future.LotSize.ToString(), future.Multiplier, future.Currency.ToString(), future.Expiry.ToString(), future.Underlying));
    }

    [Fact]
    public void A_book_goes_on_in_the_next_file()
    {
        using TempFolder folder = new();
        MemorySink sink = new();
        ImportRun run = new(sink);
        new DbnImporter(new()).Import(run, [folder.Write("1.dbn", DbnText.File(2, 0, Mbo('A', 'B', 1, 99, 5, 0))), folder.Write("2.dbn", DbnText.File(2, 0, Mbo('C', 'B', 1, 99, 5, 1)))]);
        Assert.Equal("Add 1 99x5 | Delete 1 99x5", Deltas(sink));
        Assert.Equal([1L, 1L], run.Accounts.Select(a => a.Events));
    }

    private static (decimal, uint, decimal, uint)[] Ten(params (decimal, uint, decimal, uint)[] levels) => [.. levels, .. new (decimal, uint, decimal, uint)[10 - levels.Length]];
}
