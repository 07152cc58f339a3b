using MiniTrader.Model;

namespace MiniTrader.Books;

/// <summary>
/// A book of single orders (L3): each price has its queue, first in first out. An order is found by its id in one cache line, its queue from
/// there without a search. All memory is in the <see cref="OrderStore"/> and the two ladders, taken in constructors. One owner, one
/// thread.
/// </summary>
public sealed partial class OrderBook : DepthBook
{
    private readonly OrderStore _store;
    private readonly OrderTable _orders;
    private readonly QueuePool _queues;
    private readonly int _book;

    // The queue that a price had last, at a place that follows from the price: nearly all orders join a queue that is here.
    private readonly int[] _known = new int[2 * KnownPrices];
    private readonly BookLevel[] _bidView = new BookLevel[BookOptions.ViewDepth];
    private readonly BookLevel[] _askView = new BookLevel[BookOptions.ViewDepth];

    /// <param name="store">Where orders live; other books may share it, and an id means one order in each book.</param>
    /// <param name="levelCapacity">Most prices of one side; one more is refused as <see cref="BookResult.Full"/>.</param>
    /// <param name="mayBeNegative">As <see cref="Instrument.MayBeNegative"/>; else a level at or below zero is refused as <see cref="BookResult.WrongPrice"/>.</param>
    public OrderBook(OrderStore store, int levelCapacity = 4_096, bool mayBeNegative = true)
        : base(levelCapacity, store, mayBeNegative)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _orders = store.Orders;
        _queues = store.Queues;
        _known.AsSpan().Fill(_queues.Nobodys);
        _book = store.NextBook();
    }

    /// <summary>A book that shares its store with none.</summary>
    public OrderBook(BookOptions options)
        : this(new OrderStore((options ?? throw new ArgumentNullException(nameof(options))).Validated().OrderCapacity), options.LevelCapacity)
    {
    }

    /// <summary>Orders of this book.</summary>
    public int OrderCount { get; private set; }

    /// <summary>The order of that id, as it is now.</summary>
    public bool TryGetOrder(long id, out RestingOrder order)
    {
        int slot = id == 0 ? OrderStore.None : _orders.Find(id, _book);
        if (slot == OrderStore.None)
        {
            order = default;
            return false;
        }

        ref StoredOrder stored = ref _orders[slot];
        order = new(id, SideOf(stored.Owner), new(_queues[stored.Queue].Price), new(stored.Size), stored.Rank);
        return true;
    }

    /// <summary>
    /// What stands ahead of an order in its queue; walks the queue from its front, so ask for few. False when the order is not in
    /// the book.
    /// </summary>
    public bool TryGetQuantityAhead(long id, out Quantity ahead)
    {
        long sum = 0;
        int slot = id == 0 ? OrderStore.None : _orders.Find(id, _book);
        if (slot != OrderStore.None)
        {
            QueuePool.Walk walk = _queues.From(_queues[_orders[slot].Queue]);
            while (walk.MoveNext() && walk.Place != slot) sum += _orders[walk.Place].Size;
        }

        ahead = new(sum);
        return slot != OrderStore.None;
    }

    /// <summary>The rank of the next order that joins a queue, whichever. It grows with each and wraps around.</summary>
    public uint NextRank { get; private set; }

    /// <summary>True when <paramref name="rank"/> stands before <paramref name="other"/> in the same queue.</summary>
    public static bool IsAhead(uint rank, uint other) => (int)(rank - other) < 0;

    /// <summary>
    /// The place in a queue behind the first orders that together have at least <paramref name="quantity"/>: the rank behind them, and what
    /// they have. For one who stood behind that much in a queue that was told anew.
    /// </summary>
    public uint RankBehind(OrderSide side, Price price, Quantity quantity, out Quantity ahead)
    {
        ahead = default;
        int queue = QueueAt(side, price);
        if (queue == OrderStore.None) return NextRank;
        long sum = 0;
        QueuePool.Walk walk = _queues.From(_queues[queue]);
        while (sum < quantity.Raw && walk.MoveNext()) sum += _orders[walk.Place].Size;
        ahead = new(sum);
        return walk.MoveNext() ? _orders[walk.Place].Rank : NextRank;
    }

    /// <summary>How many orders stand at a price.</summary>
    public int OrderCountAt(OrderSide side, Price price) => QueueAt(side, price) is int queue and not OrderStore.None ? _queues[queue].Count : 0;

    /// <summary>Fills <paramref name="into"/> with the orders at a price from the front of the queue; answers how many.</summary>
    public int CopyQueue(OrderSide side, Price price, Span<RestingOrder> into)
    {
        int queue = QueueAt(side, price);
        if (queue == OrderStore.None) return 0;
        int count = 0;
        QueuePool.Walk walk = _queues.From(_queues[queue]);
        while (count < into.Length && walk.MoveNext())
        {
            ref StoredOrder order = ref _orders[walk.Place];
            into[count++] = new(order.Id, side, price, new(order.Size), order.Rank);
        }

        return count;
    }

    /// <summary>As its base says; never more than <see cref="BookOptions.ViewDepth"/>.</summary>
    public override ReadOnlySpan<BookLevel> Bids(int most = BookOptions.ViewDepth) =>
        _bidView.AsSpan(0, CopyLevels(OrderSide.Buy, _bidView.AsSpan(0, Math.Min(most, _bidView.Length))));

    /// <summary>As its base says; never more than <see cref="BookOptions.ViewDepth"/>.</summary>
    public override ReadOnlySpan<BookLevel> Asks(int most = BookOptions.ViewDepth) =>
        _askView.AsSpan(0, CopyLevels(OrderSide.Sell, _askView.AsSpan(0, Math.Min(most, _askView.Length))));

    private static OrderSide SideOf(int owner) => (OrderSide)(1 + (owner & 1));

    private int QueueAt(OrderSide side, Price price)
    {
        Ladder ladder = LadderOf(side);
        int depth = ladder.DepthOf(price.Raw);
        return ladder.Holds(depth, price.Raw) ? (int)ladder[depth].Value : OrderStore.None;
    }
}
