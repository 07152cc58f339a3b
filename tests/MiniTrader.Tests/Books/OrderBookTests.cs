using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Tests.Strategies;
using Xunit;
using static MiniTrader.Tests.Books.Deltas;

namespace MiniTrader.Tests.Books;

public sealed class OrderBookTests
{
    [Fact]
    public void Orders_queue_in_the_order_in_which_they_came()
    {
        OrderBook book = new(new BookOptions());
        foreach (long id in (long[])[1, 2, 3]) book.Apply(Add(id, OrderSide.Buy, 100, 10 * id));
        Assert.Equal(60, Ahead(book, 3) + 30);
        book.Apply(Execute(1, 4));
        Assert.Equal(26, Ahead(book, 3));
        book.Apply(Delete(2));
        Assert.Equal(6, Ahead(book, 3));

        // A smaller size keeps the place, a larger one and another price lose it.
        book.Apply(Add(4, OrderSide.Buy, 100, 5));
        book.Apply(Order(BookAction.Modify, 3, OrderSide.Buy, 100, 20));
        Assert.Equal(26, Ahead(book, 4));
        book.Apply(Order(BookAction.Modify, 3, OrderSide.Buy, 100, 21));
        Assert.Equal(6, Ahead(book, 4));
        book.Apply(Order(BookAction.Modify, 1, OrderSide.Buy, 99, 6));
        Assert.Equal(0, Ahead(book, 4));
        Assert.Equal(new Price(99), book.LevelAt(OrderSide.Buy, 1).Price);
        Assert.Equal(3, book.OrderCount);
    }

    [Fact]
    public void An_execution_of_more_than_there_is_takes_the_order_and_is_counted()
    {
        OrderBook book = new(new BookOptions());
        book.Apply(Add(7, OrderSide.Sell, 100, 10));
        Assert.Equal(BookResult.OverExecuted, book.Apply(Execute(7, 11)));
        Assert.Equal(BookResult.UnknownOrder, book.Apply(Execute(7, 1)));
        Assert.False(book.HasAsk);
        Assert.Equal(0, book.OrderCount);
    }

    [Fact]
    public void The_first_of_two_orders_of_one_name_stays()
    {
        OrderBook book = new(new BookOptions());
        book.Apply(Add(7, OrderSide.Sell, 100, 10));
        Assert.Equal(BookResult.DuplicateOrder, book.Apply(Add(7, OrderSide.Buy, 50, 3)));
        Assert.True(book.TryGetOrder(7, out RestingOrder order));
        Assert.Equal((OrderSide.Sell, 100, 10), (order.Side, order.Price.Raw, order.Size.Raw));
    }

    [Fact]
    public void A_full_store_refuses_counts_and_says_so()
    {
        OrderBook book = new(new OrderStore(2));
        book.Apply(Add(1, OrderSide.Buy, 100, 1));
        book.Apply(Add(2, OrderSide.Sell, 101, 1));
        Assert.Equal(BookResult.Full, book.Apply(Add(3, OrderSide.Buy, 99, 1)));
        Assert.False(book.IsWhole);
        Assert.Equal(1, book.LevelCount(OrderSide.Buy));
        book.Apply(Delete(1));
        Assert.Equal(BookResult.Applied, book.Apply(Add(4, OrderSide.Buy, 98, 1)));
    }

    [Fact]
    public void A_cleared_side_gives_all_its_room_back()
    {
        OrderStore store = new(1_000);
        OrderBook book = new(store), other = new(store);
        other.Apply(Add(5, OrderSide.Buy, 1, 1));
        for (int round = 0; round < 5; round++)
        {
            for (long id = 1; id < 1_000; id++) Assert.Equal(BookResult.Applied, book.Apply(Add(id, id % 2 == 0 ? OrderSide.Buy : OrderSide.Sell, id % 2 == 0 ? 100 - (id % 7) : 200 + (id % 7), 1)));
            Assert.Equal(BookResult.Full, book.Apply(Add(5_000, OrderSide.Buy, 1, 1)));
            book.Apply(Clear(OrderSide.Buy));
            Assert.Equal(501, store.OrderCount);
            book.Apply(Clear());
        }

        Assert.True(other.TryGetOrder(5, out _));
        Assert.False(book.TryGetOrder(7, out _));
    }

    [Fact]
    public void Nothing_is_allocated_by_changes_and_looks()
    {
        OrderBook orders = new(new BookOptions { OrderCapacity = 4_096 });
        LevelBook levels = new();
        SeededRandom random = new(5);
        long looked = 0;
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                OrderSide side = (random.NextUInt64() & 1) == 0 ? OrderSide.Buy : OrderSide.Sell;
                long price = 1_000 + random.NextInt64(200), size = random.NextInt64(9);
                BookAction action = (BookAction)(1 + random.NextInt64(4));
                orders.Apply(Order(action, 1 + random.NextInt64(5_000), side, price, size));
                levels.Apply(Level(side, price, size));
                looked += orders.Bids(10).Length + levels.Asks(10).Length;
                if (orders.Imbalance(5) > 0.99 || levels.MicroPrice > 1e12) looked++;
                if (i % 5_000 == 0) orders.Apply(Clear());
            }
        }));
        Assert.True(looked > 0);
        Assert.True(orders.CountOf(BookResult.UnknownOrder) > 0);
    }

    [Fact]
    public void Looking_ahead_changes_nothing_and_takes_anything()
    {
        OrderStore store = new(64), other = new(64);
        OrderBook book = new(store), blind = new(other);
        SeededRandom random = new(2);
        MarketEvent[] events = new MarketEvent[500];
        for (int i = 0; i < events.Length; i++)
        {
            events[i].BookDelta = Order((BookAction)random.NextInt64(7), random.NextInt64(90) - 5, OrderSide.Buy, random.NextInt64(9), random.NextInt64(9));
            if (i % 9 == 0) events[i].Header.Kind = EventKind.Trade;
        }

        for (int i = 0; i < events.Length; i++)
        {
            store.LookAhead(events, i);
            Assert.Equal(blind.Apply(events[i].BookDelta), book.Apply(events[i].BookDelta));
            Assert.Equal(blind.Bids().ToArray(), book.Bids().ToArray());
        }

        Assert.True(book.OrderCount > 0);
        store.LookAhead([], 0);
        foreach (long id in (long[])[0, -1, long.MinValue, long.MaxValue]) store.Prefetch(id);
    }

    /// <summary>
    /// Ids of every stride, far apart, negative and used again, in so small a store that places are taken: held against a dictionary.
    /// </summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, long.MaxValue - 5_000)]
    [InlineData(16, 0)]
    [InlineData(64, 7)]
    [InlineData(1_000, -900_000)]
    [InlineData(1 << 20, 3)]
    [InlineData(1L << 32, 0)]
    [InlineData(0x9E3779B97F4A7C15 >> 8, 1)]
    public void Orders_are_found_by_ids_of_any_stride(long stride, long first)
    {
        const int Capacity = 256;
        OrderStore store = new(Capacity);
        OrderBook[] books = [new(store), new(store)];
        Dictionary<(int, long), long> expected = [];
        SeededRandom random = new(11);
        for (int step = 0; step < 20_000; step++)
        {
            long id = unchecked(first + (stride * random.NextInt64(400)));
            if (id == 0) id = 1;
            int at = (int)random.NextInt64(2);
            bool isKnown = expected.TryGetValue((at, id), out long size);
            BookResult result;
            if (random.NextInt64(2) == 0)
            {
                size = 1 + random.NextInt64(100);
                result = books[at].Apply(Add(id, OrderSide.Buy, 100 - random.NextInt64(5), size));
                Assert.Equal(isKnown ? BookResult.DuplicateOrder : expected.Count == Capacity ? BookResult.Full : BookResult.Applied, result);
                if (result == BookResult.Applied) expected.Add((at, id), size);
            }
            else
            {
                result = books[at].Apply(Delete(id));
                Assert.Equal(isKnown ? BookResult.Applied : BookResult.UnknownOrder, result);
                expected.Remove((at, id));
            }

            Assert.Equal(expected.Count, store.OrderCount);
            if (step % 500 != 0) continue;
            foreach (((int book, long known), long left) in expected)
            {
                Assert.True(books[book].TryGetOrder(known, out RestingOrder order));
                Assert.Equal(left, order.Size.Raw);
            }

            for (int book = 0; book < 2; book++)
            {
                RestingOrder[] queue = new RestingOrder[Capacity];
                int queued = 0;
                for (int price = 96; price <= 100; price++) queued += books[book].CopyQueue(OrderSide.Buy, new(price), queue);
                Assert.Equal(expected.Keys.Count(k => k.Item1 == book), queued);
            }
        }

        books[0].Apply(Clear());
        Assert.Equal(expected.Keys.Count(k => k.Item1 == 1), store.OrderCount);
        foreach (((int book, long known), _) in expected) Assert.Equal(book == 1, books[book].TryGetOrder(known, out _));
    }

    /// <summary>
    /// One id in as many books of a store is as many orders at one place: more pass it than it can count. Each is found by its book, and by no other,
    /// whoever of them goes and comes back.
    /// </summary>
    [Fact]
    public void One_id_in_many_books_is_many_orders()
    {
        const int Books = 100;
        OrderStore store = new(Books);
        OrderBook[] books = [.. Enumerable.Range(0, Books).Select(_ => new OrderBook(store))];
        bool[] isIn = new bool[Books];
        SeededRandom random = new(3);
        for (int step = 0; step < 5_000; step++)
        {
            // Fills, empties, fills: at one end all are in, at the other none.
            int at = (int)random.NextInt64(Books);
            bool isAdd = random.NextInt64(10) < (step / 1_000 % 2 == 0 ? 9 : 1);
            BookResult result = books[at].Apply(isAdd ? Add(7, OrderSide.Sell, 100 + at, 1 + at) : Delete(7));
            Assert.Equal(isAdd == isIn[at] ? isAdd ? BookResult.DuplicateOrder : BookResult.UnknownOrder : BookResult.Applied, result);
            isIn[at] = isAdd;
            Assert.Equal(isIn.Count(i => i), store.OrderCount);
            if (step % 50 != 0) continue;
            for (int book = 0; book < Books; book++)
            {
                Assert.Equal(isIn[book], books[book].TryGetOrder(7, out RestingOrder order));
                if (isIn[book]) Assert.Equal((100 + book, 1 + book), (order.Price.Raw, order.Size.Raw));
            }
        }
    }

    /// <summary>
    /// Long and short queues that fill a small store again and again, with gaps at the front, in the middle and at the end, whole lines of seats
    /// that are left, and prices that share a remembered place: held against lists.
    /// </summary>
    [Theory]
    [InlineData(1, 400, 0)]
    [InlineData(3, 400, 1)]
    [InlineData(40, 120, 1_000_000)]
    [InlineData(300, 300, 10_000_000)]
    [InlineData(500, 90, -7_777_777)]
    public void Queues_full_of_gaps_are_those_of_a_list(int prices, int capacity, long tick)
    {
        OrderStore store = new(capacity);
        OrderBook[] books = [new(store), new(store)];
        Dictionary<(int Book, long Price), List<(long Id, long Size)>> queues = [];
        List<(int Book, long Price, long Id)> orders = [];
        SeededRandom random = new((ulong)(prices + capacity));
        long lastId = 0;
        for (int step = 0; step < 20_000; step++)
        {
            // Fills up, then empties, from either end or anywhere.
            bool isFilling = (step / 700) % 3 != 2;
            if (random.NextInt64(10) < (isFilling ? 7 : 2))
            {
                (int book, long price, long size) = ((int)random.NextInt64(2), random.NextInt64(prices) * tick, 1 + random.NextInt64(50));
                BookResult result = books[book].Apply(Add(++lastId, OrderSide.Sell, price, size));
                Assert.Equal(orders.Count == capacity ? BookResult.Full : BookResult.Applied, result);
                if (result == BookResult.Full) continue;
                Join((book, price), lastId, size);
            }
            else if (orders.Count > 0)
            {
                int at = random.NextInt64(3) switch { 0 => 0, 1 => orders.Count - 1, _ => (int)random.NextInt64(orders.Count) };
                (int book, long price, long id) = orders[at];
                orders.RemoveAt(at);
                queues[(book, price)].RemoveAll(o => o.Id == id);
                // The larger size loses the place, at the same price too.
                if (random.NextInt64(4) == 0)
                {
                    (long other, long size) = (random.NextInt64(prices) * tick, 100 + step);
                    Assert.Equal(BookResult.Applied, books[book].Apply(Order(BookAction.Modify, id, OrderSide.None, other, size)));
                    Join((book, other), id, size);
                }
                else
                {
                    Assert.Equal(BookResult.Applied, books[book].Apply(Delete(id)));
                }
            }

            if (step % 199 == 0) Check();
            if (step % 9_973 != 0) continue;
            books[0].Apply(Clear());
            orders.RemoveAll(o => o.Book == 0);
            foreach (((int book, _), List<(long, long)> queue) in queues) if (book == 0) queue.Clear();
            Check();
        }

        void Join((int Book, long Price) queue, long id, long size)
        {
            if (!queues.TryGetValue(queue, out List<(long, long)>? list)) queues.Add(queue, list = []);
            list.Add((id, size));
            orders.Add((queue.Book, queue.Price, id));
        }

        void Check()
        {
            Assert.Equal(orders.Count, store.OrderCount);
            RestingOrder[] queue = new RestingOrder[capacity];
            foreach (((int book, long price), List<(long Id, long Size)> expected) in queues)
            {
                int count = books[book].CopyQueue(OrderSide.Sell, new(price), queue);
                Assert.Equal(expected, queue[..count].Select(o => (o.Id, o.Size.Raw)));
                Assert.Equal(expected.Count, books[book].OrderCountAt(OrderSide.Sell, new(price)));
                Assert.Equal(expected.Sum(o => o.Size), books[book].SizeAt(OrderSide.Sell, new(price)).Raw);
                if (count == 0) continue;
                int at = (int)random.NextInt64(count);
                long before = expected.Take(at).Sum(o => o.Size);
                Assert.Equal(before, Ahead(books[book], expected[at].Id));
                Assert.Equal(queue[at].Rank, books[book].RankBehind(OrderSide.Sell, new(price), new(before), out Quantity ahead));
                Assert.Equal(before, ahead.Raw);
                Assert.Equal(books[book].NextRank, books[book].RankBehind(OrderSide.Sell, new(price), new(long.MaxValue), out _));
            }
        }
    }

    [Fact]
    public void Ranks_compare_across_the_end_of_their_numbers()
    {
        Assert.True(OrderBook.IsAhead(uint.MaxValue, 0));
        Assert.False(OrderBook.IsAhead(0, uint.MaxValue));
        Assert.False(OrderBook.IsAhead(7, 7));
        Assert.True(OrderBook.IsAhead(0, int.MaxValue));
    }

    /// <summary>A queue that one book gives back and another takes is not the first one's any more, whatever its price and side.</summary>
    [Fact]
    public void A_queue_of_another_book_is_not_mistaken_for_the_price_it_had()
    {
        OrderStore store = new(4, 2);
        OrderBook one = new(store), two = new(store);
        one.Apply(Add(1, OrderSide.Sell, 100, 5));
        one.Apply(Delete(1));
        two.Apply(Add(2, OrderSide.Sell, 100, 7));
        Assert.Equal(BookResult.WrongSide, two.Apply(Add(3, OrderSide.None, 100, 1)));
        Assert.Equal(BookResult.Applied, one.Apply(Add(3, OrderSide.Sell, 100, 1)));
        Assert.Equal((7, 1), (two.BestAskSize.Raw, one.BestAskSize.Raw));

        // The only two levels are taken: another price finds none, and its own is found again.
        Assert.Equal(BookResult.Full, one.Apply(Add(4, OrderSide.Buy, 100, 1)));
        Assert.False(one.HasBid);
        Assert.Equal(BookResult.Applied, two.Apply(Add(4, OrderSide.Sell, 100, 1)));
        Assert.Equal(2, two.OrderCountAt(OrderSide.Sell, new(100)));
    }

    private static long Ahead(OrderBook book, long id)
    {
        Assert.True(book.TryGetQuantityAhead(id, out Quantity ahead));
        return ahead.Raw;
    }
}
