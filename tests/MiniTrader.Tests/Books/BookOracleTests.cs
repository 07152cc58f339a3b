using CsCheck;
using MiniTrader.Books;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Books;

/// <summary>
/// Random streams, good and bad, into a book and its naive twin: same answers, same levels, same queues, same places, same counts
/// after every delta.
/// </summary>
public sealed class BookOracleTests
{
    // A side is a byte of a file, and a foreign file may hold any.
    private static readonly Gen<OrderSide> _side = Gen.Frequency(
        (20, Gen.Const(OrderSide.Buy)), (20, Gen.Const(OrderSide.Sell)), (2, Gen.Const(OrderSide.None)), (1, Gen.Int[3, 255].Select(side => (OrderSide)side)));

    private static readonly Gen<BookAction> _action = Gen.Frequency(
        (10, Gen.Const(BookAction.Add)),
        (6, Gen.Const(BookAction.Modify)),
        (5, Gen.Const(BookAction.Delete)),
        (5, Gen.Const(BookAction.Execute)),
        (1, Gen.Int[0, 7].Select(a => a == 5 ? BookAction.None : (BookAction)a)));

    private static readonly Gen<long> _size = Gen.Frequency((20, Gen.Long[1, 9]), (1, Gen.Long[-2, 0]), (1, Gen.Const(long.MaxValue - 3)));

    private static readonly long[] _ends = [long.MinValue, long.MaxValue, 0, 199_999_990_000_000, long.MaxValue / 4, -(long.MaxValue / 4)];

    // Prices in a row, far apart, and at the ends of what there is.
    private static readonly Gen<long> _price = Gen.Frequency(
        (20, Gen.Long[95, 105]), (5, Gen.Long[-40, 240]), (1, Gen.Int[0, 5].Select(i => _ends[i])));

    [Fact]
    public void Levels_are_those_of_the_naive_book() =>
        Gen.Select(Gen.Int[1, 60], Gen.Bool, Deltas(30, n => n == 1 ? 1 : 0)).Sample((capacity, mayBeNegative, deltas) =>
            Compare(new LevelBook(capacity, mayBeNegative), new NaiveBook(isByOrder: false, capacity, mayBeNegative: mayBeNegative), deltas));

    [Fact]
    public void Orders_are_those_of_the_naive_book() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 60], Gen.Bool, Deltas(80, n => n)).Sample((levels, orders, mayBeNegative, deltas) =>
            Compare(new OrderBook(new OrderStore(orders), levels, mayBeNegative), new NaiveBook(isByOrder: true, levels, orders, mayBeNegative), deltas));

    [Fact]
    public void Ids_that_collide_find_their_own_orders() =>
        Deltas(60, n => n % 3 == 0 ? ((long)n << 32) | (uint)n : n % 3 == 1 ? (long)n * 4096 : -n)
            .Sample(deltas => Compare(new OrderBook(new OrderStore(64)), new NaiveBook(isByOrder: true, 4_096, 64), deltas), iter: 60);

    [Fact]
    public void Books_that_share_a_store_do_not_see_each_other() =>
        Gen.Select(Deltas(30, n => n), Gen.Bool.Array[201]).Sample((deltas, which) =>
        {
            OrderStore store = new(1_000);
            OrderBook[] books = [new(store), new(store)];
            NaiveBook[] naive = [new(isByOrder: true), new(isByOrder: true)];
            for (int n = 0; n < deltas.Length; n++)
            {
                int i = which[n] ? 1 : 0;
                Assert.Equal(naive[i].Apply(deltas[n]), books[i].Apply(deltas[n]));
                AssertSame(books[0], naive[0]);
                AssertSame(books[1], naive[1]);
            }

            Assert.Equal(books[0].OrderCount + books[1].OrderCount, store.OrderCount);
        }, iter: 50);

    private static Gen<BookDelta[]> Deltas(int ids, Func<int, long> id) =>
        Gen.Select(_action, Gen.Int[0, ids], _side, _price, _size, (action, n, side, price, size) => Books.Deltas.Order(action, id(n), side, price, size)).Array[0, 200];

    private static void Compare(DepthBook book, NaiveBook naive, BookDelta[] deltas)
    {
        foreach (BookDelta delta in deltas)
        {
            Assert.Equal(naive.Apply(delta), book.Apply(delta));
            AssertSame(book, naive);
        }

        Assert.Equal(deltas.Length, book.Updates);
    }

    private static void AssertSame(DepthBook book, NaiveBook naive)
    {
        foreach (OrderSide side in (OrderSide[])[OrderSide.Buy, OrderSide.Sell])
        {
            List<BookLevel> expected = naive.Levels(side).ToList();
            Assert.Equal(expected.Count, book.LevelCount(side));
            BookLevel[] levels = new BookLevel[expected.Count];
            Assert.Equal(expected.Count, book.CopyLevels(side, levels));
            Assert.Equal(expected, levels);
            ReadOnlySpan<BookLevel> view = side == OrderSide.Buy ? book.Bids(5) : book.Asks(5);
            Assert.Equal(expected.Take(5), view.ToArray());
            Assert.Equal(expected.Count > 0, side == OrderSide.Buy ? book.HasBid : book.HasAsk);
            if (expected.Count > 0) Assert.Equal(expected[0].Price, side == OrderSide.Buy ? book.BestBid : book.BestAsk);
            Assert.Equal(expected.Count > 0 ? expected[0].Size : Quantity.Zero, side == OrderSide.Buy ? book.BestBidSize : book.BestAskSize);
            Assert.Equal(expected.FirstOrDefault().Price, side == OrderSide.Buy ? book.Top.Bid : book.Top.Ask);
            Assert.Equal(expected.FirstOrDefault().Size, side == OrderSide.Buy ? book.Top.BidSize : book.Top.AskSize);
            foreach (BookLevel level in expected) Assert.Equal(level.Size, book.SizeAt(side, level.Price));
            if (book is OrderBook orders) AssertQueues(orders, naive, side);
        }

        Assert.Equal(naive.IsWhole, book.IsWhole);
        foreach (BookResult result in Enum.GetValues<BookResult>()) Assert.Equal(naive.CountOf(result), book.CountOf(result));
    }

    private static void AssertQueues(OrderBook book, NaiveBook naive, OrderSide side)
    {
        foreach ((long price, List<(long Id, long Size)> expected) in naive.Side(side))
        {
            RestingOrder[] queue = new RestingOrder[expected.Count];
            Assert.Equal(expected.Count, book.OrderCountAt(side, new(price)));
            Assert.Equal(expected.Count, book.CopyQueue(side, new(price), queue));
            Assert.Equal(expected, queue.Select(o => (o.Id, o.Size.Raw)));
            for (int i = 0; i < queue.Length; i++)
            {
                Assert.True(book.TryGetOrder(queue[i].Id, out RestingOrder order));
                Assert.Equal(queue[i], order);
                Assert.True(book.TryGetQuantityAhead(order.Id, out Quantity ahead));
                Assert.Equal(naive.AheadOf(order.Id), ahead.Raw);
                if (i > 0) Assert.True(OrderBook.IsAhead(queue[i - 1].Rank, order.Rank));
                Assert.True(OrderBook.IsAhead(order.Rank, book.NextRank));
            }
        }
    }
}
