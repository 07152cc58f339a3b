using System.Runtime.CompilerServices;
using CsCheck;
using MiniTrader.Books;
using MiniTrader.Model;
using Xunit;
using static MiniTrader.Tests.Books.Deltas;

namespace MiniTrader.Tests.Books;

public sealed class LevelBookTests
{
    [Fact]
    public void A_level_is_sixteen_bytes_so_that_a_ladder_is_shown_without_a_copy() => Assert.Equal(16, Unsafe.SizeOf<BookLevel>());

    [Fact]
    public void Levels_stand_best_first_however_they_came()
    {
        LevelBook book = new();
        foreach (long price in (long[])[100, 97, 99, 1, 98]) book.Apply(Level(OrderSide.Buy, price, price * 10));
        foreach (long price in (long[])[104, 102, 199_999_990_000_000, 103]) book.Apply(Level(OrderSide.Sell, price, 7));
        Assert.Equal([100, 99, 98, 97, 1], book.Bids().ToArray().Select(l => l.Price.Raw));
        Assert.Equal([102, 103, 104, 199_999_990_000_000], book.Asks().ToArray().Select(l => l.Price.Raw));
        Assert.Equal(new BookLevel(new(99), new(990)), book.LevelAt(OrderSide.Buy, 1));
        Assert.Equal(3, book.DepthOf(OrderSide.Sell, new(105)));
        Assert.Equal(new Price(101), book.Mid);
    }

    [Fact]
    public void Micro_price_and_imbalance_are_those_worked_out_by_hand()
    {
        LevelBook book = new();
        Assert.True(double.IsNaN(book.MicroPrice));
        Assert.Equal(0, book.Imbalance(3));
        book.Apply(Level(OrderSide.Buy, 10_000_000_000, 30));
        book.Apply(Level(OrderSide.Buy, 9_000_000_000, 10));
        book.Apply(Level(OrderSide.Sell, 11_000_000_000, 10));

        // (10 × 10 + 11 × 30) / 40 = 10.75: the larger bid pushes towards the ask.
        Assert.Equal(10.75, book.MicroPrice, 12);
        Assert.Equal((30.0 - 10) / 40, book.Imbalance(1), 12);
        Assert.Equal((40.0 - 10) / 50, book.Imbalance(5), 12);
    }

    [Fact]
    public void A_change_behind_the_best_level_leaves_the_best_prices_and_says_the_same_as_any_other()
    {
        Gen<BookDelta> change = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Long[90, 110], Gen.Long[-1, 4], Gen.Int[0, 9]).Select((action, side, price, size, order) =>
            Order((BookAction)action, order / 9, (OrderSide)(side == 3 ? 7 : side), price, size));
        change.Array[0, 150].Sample(changes =>
        {
            LevelBook book = new(levelCapacity: 12), plain = new(levelCapacity: 12);
            foreach (BookDelta delta in changes)
            {
                TopOfBook top = book.Top;
                bool isBehind = book.TryApplyBehind(delta, out BookResult result, out long before);
                if (isBehind) Assert.Equal(top, book.Top);
                else result = book.Apply(delta, out before);
                Assert.Equal(plain.Apply(delta, out long plainBefore), result);
                Assert.Equal(plainBefore, before);
                Assert.Equal(plain.Top, book.Top);
                Assert.Equal(plain.Bids().ToArray(), book.Bids().ToArray());
                Assert.Equal(plain.Asks().ToArray(), book.Asks().ToArray());
                Assert.Equal(plain.IsCrossed, book.IsCrossed);
            }
        });
    }

    [Fact]
    public void What_does_not_fit_is_counted_and_the_book_says_that_it_is_not_whole()
    {
        LevelBook book = new(levelCapacity: 2);
        Assert.Equal(BookResult.Applied, book.Apply(Level(OrderSide.Buy, 100, 1)));
        Assert.Equal(BookResult.Applied, book.Apply(Level(OrderSide.Buy, 99, 1)));
        Assert.True(book.IsWhole);
        Assert.Equal(BookResult.Full, book.Apply(Level(OrderSide.Buy, 101, 1)));
        Assert.False(book.IsWhole);
        Assert.Equal(new Price(100), book.BestBid);
        Assert.Equal(BookResult.Applied, book.Apply(Level(OrderSide.Buy, 99, 5)));
        Assert.Equal(1, book.CountOf(BookResult.Full));
        Assert.Equal(3, book.CountOf(BookResult.Applied));
        book.Apply(Clear(OrderSide.Buy));
        Assert.False(book.IsWhole);
        book.Apply(Clear());
        Assert.True(book.IsWhole);
    }

    [Fact]
    public void A_snapshot_replaces_all_that_was_there()
    {
        LevelBook book = new();
        for (long p = 1; p <= 50; p++) book.Apply(Level(OrderSide.Buy, p, 1));
        book.Apply(Clear());
        Assert.False(book.HasBid);
        Assert.Equal(Quantity.Zero, book.BestBidSize);
        for (long p = 40; p > 30; p--) book.Apply(Level(OrderSide.Buy, p, p, BookAction.Add));
        Assert.Equal(10, book.LevelCount(OrderSide.Buy));
        Assert.Equal(new Price(40), book.BestBid);
    }

    [Fact]
    public void A_book_is_counted_as_crossed_once_until_it_is_not()
    {
        LevelBook book = new();
        book.Apply(Level(OrderSide.Buy, 100, 1));
        Assert.Equal(BookResult.Crossed, book.Apply(Level(OrderSide.Sell, 100, 1)));
        Assert.Equal(BookResult.Applied, book.Apply(Level(OrderSide.Sell, 99, 1)));
        Assert.True(book.IsCrossed);
        book.Apply(Level(OrderSide.Buy, 100, 0));
        Assert.False(book.IsCrossed);
        Assert.Equal(BookResult.Crossed, book.Apply(Level(OrderSide.Buy, 99, 1)));
        Assert.Equal(2, book.CountOf(BookResult.Crossed));
    }

    [Theory]
    [InlineData(BookAction.None, 0, 1, BookResult.UnknownAction)]
    [InlineData((BookAction)200, 0, 1, BookResult.UnknownAction)]
    [InlineData(BookAction.Execute, 0, 1, BookResult.WrongDepth)]
    [InlineData(BookAction.Add, 9, 1, BookResult.WrongDepth)]
    [InlineData(BookAction.Modify, 0, -1, BookResult.NegativeSize)]
    [InlineData(BookAction.Modify, 0, 0, BookResult.UnknownLevel)]
    [InlineData(BookAction.Delete, 0, 5, BookResult.UnknownLevel)]
    public void What_makes_no_sense_changes_nothing(BookAction action, long id, long size, BookResult expected)
    {
        LevelBook book = new();
        Assert.Equal(expected, book.Apply(Order(action, id, OrderSide.Buy, 100, size)));
        Assert.Equal(1, book.CountOf(expected));
        Assert.Equal(1, book.Anomalies);
        Assert.False(book.HasBid);
    }
}
