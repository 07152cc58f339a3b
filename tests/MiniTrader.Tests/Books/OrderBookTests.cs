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
    public void Warming_changes_nothing_and_takes_anything()
    {
        OrderStore store = new(64);
        OrderBook book = new(store);
        SeededRandom random = new(2);
        MarketEvent[] events = new MarketEvent[100];
        for (int i = 0; i < events.Length; i++)
        {
            events[i].BookDelta = Order((BookAction)random.NextInt64(7), random.NextInt64(90) - 5, OrderSide.Buy, random.NextInt64(9), random.NextInt64(9));
            if (i % 9 == 0) events[i].Header.Kind = EventKind.Trade;
        }

        for (int i = 0; i < events.Length; i++)
        {
            BookLevel[] before = book.Bids().ToArray();
            store.Warm(events.AsSpan(i));
            Assert.Equal(before, book.Bids().ToArray());
            book.Apply(events[i].BookDelta);
        }

        Assert.True(book.OrderCount > 0);
        Assert.Equal(0, store.Warm([]));
    }

    private static long Ahead(OrderBook book, long id)
    {
        Assert.True(book.TryGetQuantityAhead(id, out Quantity ahead));
        return ahead.Raw;
    }
}
