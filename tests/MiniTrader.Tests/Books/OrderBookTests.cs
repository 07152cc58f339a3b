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
        foreach (long id in (long[])[0, -1, long.MinValue, long.MaxValue])
        {
            store.Prefetch(id);
            store.PrefetchLinks(id);
        }
    }

    /// <summary>
    /// Ids of every stride, far apart, negative and used again, in so small a store that places are taken and orders move: held against a
    /// dictionary.
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

    private static long Ahead(OrderBook book, long id)
    {
        Assert.True(book.TryGetQuantityAhead(id, out Quantity ahead));
        return ahead.Raw;
    }
}
