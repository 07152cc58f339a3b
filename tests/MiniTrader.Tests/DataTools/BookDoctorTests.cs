using MiniTrader.DataTools;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>What the doctor says of book deltas, one fault at a time.</summary>
public sealed class BookDoctorTests
{
    private static readonly Instrument _instrument = new() { Symbol = "A", Venue = "X", Currency = Currency.Usd, TickSize = Price.Parse("0.01") };

    [Fact]
    public void A_sound_book_has_no_findings() => Assert.Empty(Look(
        Delta(BookAction.Clear, OrderSide.None, 0, 0, 0, EventFlags.Snapshot),
        Delta(BookAction.Add, OrderSide.Buy, 1, 100, 5),
        Delta(BookAction.Add, OrderSide.Sell, 2, 101, 5),
        Delta(BookAction.Execute, OrderSide.Buy, 1, 100, 2),
        Delta(BookAction.Modify, OrderSide.Buy, 1, 100, 1),
        Delta(BookAction.Add, OrderSide.Buy, 3, 102, 5, EventFlags.Partial),
        Delta(BookAction.Delete, OrderSide.Sell, 2, 0, 0),
        Delta(BookAction.Delete, OrderSide.Buy, 1, 0, 0)));

    [Theory]
    [InlineData(BookAction.Delete, OrderSide.Buy, 9, 100, 0, "Warning unknown-order")]
    [InlineData(BookAction.Execute, OrderSide.Buy, 9, 100, 1, "Warning unknown-order")]
    [InlineData(BookAction.Execute, OrderSide.Buy, 1, 100, 6, "Warning over-executed")]
    [InlineData(BookAction.Add, OrderSide.Buy, 1, 100, 6, "Error duplicate-order")]
    [InlineData(BookAction.Add, OrderSide.Buy, 9, 100, -6, "Error negative-size")]
    [InlineData(BookAction.Add, OrderSide.Buy, 9, 100, 0, "Warning zero-size")]
    [InlineData(BookAction.Add, OrderSide.Buy, 9, 101, 1, "Warning crossed")]
    [InlineData(BookAction.Add, OrderSide.Buy, 0, 100, 1, "Error mixed-depth")]
    [InlineData(BookAction.Delete, OrderSide.Sell, 1, 100, 0, "Error bad-delta")]
    [InlineData((BookAction)77, OrderSide.Sell, 1, 100, 0, "Error bad-delta")]
    public void A_delta_that_cannot_be_is_found(BookAction action, OrderSide side, long id, int price, long size, string finding) => Assert.Equal(
        [finding],
        Look(Delta(BookAction.Add, OrderSide.Buy, 1, 100, 5), Delta(BookAction.Add, OrderSide.Sell, 2, 101, 5), Delta(action, side, id, price, size)));

    [Fact]
    public void Levels_sequences_and_ticks_are_looked_at_too()
    {
        MarketEvent first = Delta(BookAction.Add, OrderSide.Buy, 0, 100, 5), back = Delta(BookAction.Add, OrderSide.Sell, 0, 101, 5);
        (first.BookDelta.Sequence, back.BookDelta.Sequence) = (8, 7);
        back.BookDelta.Price = Price.Parse("101.005");
        Assert.Equal(["Warning sequence-back", "Info off-tick"], Look(first, back));
        Assert.Equal(["Info unknown-level"], Look(first, Delta(BookAction.Delete, OrderSide.Sell, 0, 104, 0)));
    }

    private static string[] Look(params MarketEvent[] rows)
    {
        SeriesDoctor doctor = new(new(_instrument, TickKind.Book, "folder"), new());
        doctor.Begin(new("file", rows.Length, 1, 0, default, default, TickCompression.None, TickColumns.None, true) { BatchRows = [rows.Length] });
        foreach (MarketEvent row in rows) doctor.Look(row);
        return [.. doctor.Findings.OrderByDescending(f => f.Severity).Select(f => $"{f.Severity} {f.Check}")];
    }

    private static MarketEvent Delta(BookAction action, OrderSide side, long id, int price, long size, EventFlags flags = EventFlags.None)
    {
        MarketEvent e = default;
        e.Header.Kind = EventKind.BookDelta;
        e.Header.Flags = EventFlags.ForBoth | flags;
        e.BookDelta.Action = action;
        e.BookDelta.Side = side;
        e.BookDelta.OrderId = id;
        e.BookDelta.Price = Price.FromDecimal(price);
        e.BookDelta.Size = Quantity.FromUnits(size);
        return e;
    }
}
