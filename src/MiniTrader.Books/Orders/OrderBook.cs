using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Books;

/// <summary>
/// A book of single orders (L3): each price has its queue, first in first out. An order is found by its id in one cache line, its queue from
/// there without a search. All memory is in the <see cref="OrderStore"/> and the two ladders, taken in constructors. One owner, one
/// thread.
/// </summary>
public sealed class OrderBook : DepthBook
{
    /// <summary>How many queues before its turn the orders of a queue that is cleared are asked for.</summary>
    private const int QueuesAhead = 4;

    private const int KnownPriceBits = 7, KnownPrices = 1 << KnownPriceBits;

    // A cent is 2^7 · 78,125 units of price. To multiply by the inverse of 78,125 modulo 2^64 divides what it divides, and scatters the rest.
    private const ulong CentInverse = 0xE5032477AE8D46A5UL;
    private const int CentBits = 7;

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

    public override BookResult Apply(in BookDelta delta)
    {
        Updates++;
        if (delta.OrderId == 0) return delta.Action == BookAction.Clear ? ApplyClear(delta.Side) : Count(BookResult.WrongDepth);

        // Nearly all changes are of the first two sorts.
        if (delta.Action == BookAction.Add) return Add(delta);
        if (delta.Action == BookAction.Delete) return Delete(delta);
        switch (delta.Action)
        {
            case BookAction.Execute: return Execute(delta);
            case BookAction.Modify: return Modify(delta);
            case BookAction.Clear: return ApplyClear(delta.Side);
            default: return Count(BookResult.UnknownAction);
        }
    }

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

    private protected override void ClearSide(OrderSide side)
    {
        Ladder ladder = LadderOf(side);
        for (int i = 0; i < ladder.Count; i++)
        {
            if (i + QueuesAhead < ladder.Count) PrefetchOrders((int)ladder[i + QueuesAhead].Value);
            int queue = (int)ladder[i].Value;
            QueuePool.Walk walk = _queues.From(_queues[queue]);
            while (walk.MoveNext()) GiveBack(walk.Place);
            _queues.GiveBack(queue);
        }

        ladder.Clear();
        FindTop();
    }

    private void PrefetchOrders(int queue)
    {
        QueuePool.Walk walk = _queues.From(_queues[queue]);
        while (walk.MoveNext()) _orders.PrefetchAt(walk.Place);
    }

    private static OrderSide SideOf(int owner) => (OrderSide)(1 + (owner & 1));

    /// <summary>The place where the queue of a price is kept: neighbours' places are neighbours where prices are whole cents.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref int KnownQueue(int sell, long price) =>
        ref _known[((int)((ulong)price * CentInverse >> CentBits) & (KnownPrices - 1)) + (sell << KnownPriceBits)];

    /// <summary>
    /// An order that finds its place free, its queue known and a seat in the queue's last block. Calls nothing, so that registers need not be
    /// saved.
    /// </summary>
    private BookResult Add(in BookDelta delta)
    {
        long price = delta.Price.Raw, size = delta.Size.Raw;
        int sell = (int)delta.Side - (int)OrderSide.Buy, owner = (2 * _book) + sell;
        int at = KnownQueue(sell & 1, price), slot = _orders.HomeOf(delta.OrderId);
        ref StoredOrder order = ref _orders[slot];
        ref OrderQueue queue = ref _queues[at];
        if (!order.IsUntouched || queue.Price != price || queue.Owner != owner || (uint)sell > 1 || !queue.HasSeat) return AddOther(delta);
        if ((ulong)(size - 1) >= (ulong)(long.MaxValue - queue.Size) || !_store.HasRoomForOrder) return AddOther(delta);
        _store.OrderCount++;
        OrderCount++;
        order.Id = delta.OrderId;
        order.Size = size;
        order.Queue = at;
        order.Rank = NextRank++;
        order.Seat = _queues.TakeSeat(ref queue, slot);
        order.Owner = owner;
        queue.Size += size;
        queue.Count++;
        return BookResult.Applied;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private BookResult AddOther(in BookDelta delta)
    {
        if (delta.Size.Raw <= 0) return Count(delta.Size.Raw == 0 ? BookResult.ZeroSize : BookResult.NegativeSize);
        if (delta.Side is not (OrderSide.Buy or OrderSide.Sell)) return Count(BookResult.WrongSide);
        if (_orders.Find(delta.OrderId, _book) != OrderStore.None) return Count(BookResult.DuplicateOrder);
        if (!_store.HasRoomForOrder) return Count(BookResult.Full);
        BookResult room = Join(delta.Side, delta.Price.Raw, delta.Size.Raw, out int queue);
        if (room != BookResult.Applied) return Count(room);
        Enter(_orders.Take(delta.OrderId), delta.OrderId, OwnerOf(delta.Side), queue, delta.Size.Raw);
        return Settle();
    }

    /// <summary>An order that lies where its id says, with others in its queue. Calls nothing on its way either.</summary>
    private BookResult Delete(in BookDelta delta)
    {
        ref StoredOrder order = ref _orders[_orders.HomeOf(delta.OrderId)];
        if (order.Id != delta.OrderId || order.Owner >> 1 != _book || IsOtherSide(order.Owner, delta.Side)) return DeleteOther(delta);
        ref OrderQueue queue = ref _queues[order.Queue];
        if (queue.Count == 1) return DeleteOther(delta);
        _store.OrderCount--;
        OrderCount--;
        queue.Size -= order.Size;
        queue.Count--;
        int block = _queues.LeaveSeat(order.Seat);
        order.Id = 0;
        return block == OrderStore.None ? BookResult.Applied : GiveBackBlock(ref queue, block);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private BookResult GiveBackBlock(ref OrderQueue queue, int block)
    {
        _queues.GiveBackBlock(ref queue, block);
        return BookResult.Applied;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private BookResult DeleteOther(in BookDelta delta)
    {
        int slot = _orders.Find(delta.OrderId, _book);
        if (slot == OrderStore.None) return Count(BookResult.UnknownOrder);
        if (IsOtherSide(_orders[slot].Owner, delta.Side)) return Count(BookResult.WrongSide);
        return Remove(slot);
    }

    private BookResult Execute(in BookDelta delta)
    {
        int slot = _orders.Find(delta.OrderId, _book);
        if (slot == OrderStore.None) return Count(BookResult.UnknownOrder);
        if (IsOtherSide(_orders[slot].Owner, delta.Side)) return Count(BookResult.WrongSide);
        if (delta.Size.Raw <= 0) return Count(delta.Size.Raw == 0 ? BookResult.ZeroSize : BookResult.NegativeSize);
        ref StoredOrder order = ref _orders[slot];
        if (delta.Size.Raw < order.Size)
        {
            order.Size -= delta.Size.Raw;
            _queues[order.Queue].Size -= delta.Size.Raw;
            return BookResult.Applied;
        }

        bool isTooMuch = delta.Size.Raw > order.Size;
        BookResult result = Remove(slot);
        return isTooMuch ? Count(BookResult.OverExecuted) : result;
    }

    private BookResult Modify(in BookDelta delta)
    {
        int slot = _orders.Find(delta.OrderId, _book);
        if (slot == OrderStore.None) return Count(BookResult.UnknownOrder);
        if (IsOtherSide(_orders[slot].Owner, delta.Side)) return Count(BookResult.WrongSide);
        if (delta.Size.Raw < 0) return Count(BookResult.NegativeSize);
        if (delta.Size.Raw == 0) return Remove(slot);
        ref StoredOrder order = ref _orders[slot];
        ref OrderQueue queue = ref _queues[order.Queue];
        if (queue.Price == delta.Price.Raw && delta.Size.Raw <= order.Size)
        {
            queue.Size -= order.Size - delta.Size.Raw;
            order.Size = delta.Size.Raw;
            return BookResult.Applied;
        }

        return Move(slot, delta);
    }

    private BookResult Move(int slot, in BookDelta delta)
    {
        ref StoredOrder order = ref _orders[slot];
        int from = order.Queue, to = from;
        ref OrderQueue old = ref _queues[from];
        if (old.Price == delta.Price.Raw)
        {
            if (delta.Size.Raw > long.MaxValue - (old.Size - order.Size)) return Count(BookResult.TooLarge);
        }
        else
        {
            BookResult room = Join(SideOf(order.Owner), delta.Price.Raw, delta.Size.Raw, out to);
            if (room != BookResult.Applied) return Count(room);
        }

        Leave(slot, ref old);
        Append(slot, to, delta.Size.Raw);
        if (old.Count == 0) DropQueue(from);
        return Settle();
    }

    private int OwnerOf(OrderSide side) => (2 * _book) + (side - OrderSide.Buy);

    private static bool IsOtherSide(int owner, OrderSide side) => side != OrderSide.None && side != SideOf(owner);

    /// <summary>Finds or makes the queue at a price that has room for a size; the result says why there is none.</summary>
    private BookResult Join(OrderSide side, long price, long size, out int queue)
    {
        ref int known = ref KnownQueue(side - OrderSide.Buy, price);
        queue = known;
        if (_queues[queue].Price != price || _queues[queue].Owner != OwnerOf(side))
        {
            Ladder ladder = LadderOf(side);
            int depth = ladder.DepthOf(price);
            if (ladder.Holds(depth, price))
            {
                queue = (int)ladder[depth].Value;
            }
            else
            {
                queue = OrderStore.None;
                if (!IsPossible(price)) return BookResult.WrongPrice;
                if (ladder.IsFull || !_queues.HasRoom) return BookResult.Full;
                queue = _queues.TakeQueue(price, OwnerOf(side));
                ladder.Insert(depth, price, queue);
                FindTop();
            }

            known = queue;
        }

        return size <= long.MaxValue - _queues[queue].Size ? BookResult.Applied : BookResult.TooLarge;
    }

    /// <summary>Lets a new order in: at a free place, into a queue that has room.</summary>
    private void Enter(int slot, long id, int owner, int queue, long size)
    {
        _store.OrderCount++;
        OrderCount++;
        _orders[slot].Id = id;
        _orders[slot].Owner = owner;
        Append(slot, queue, size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(int slot, int at, long size)
    {
        ref StoredOrder order = ref _orders[slot];
        ref OrderQueue queue = ref _queues[at];
        order.Size = size;
        order.Queue = at;
        order.Rank = NextRank++;
        order.Seat = _queues.Seat(ref queue, slot);
        queue.Size += size;
        queue.Count++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Leave(int slot, ref OrderQueue queue)
    {
        ref StoredOrder order = ref _orders[slot];
        queue.Size -= order.Size;
        queue.Count--;
        _queues.Unseat(ref queue, order.Seat);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void GiveBack(int slot)
    {
        _orders.GiveBack(slot);
        _store.OrderCount--;
        OrderCount--;
    }

    private BookResult Remove(int slot)
    {
        int at = _orders[slot].Queue;
        ref OrderQueue queue = ref _queues[at];
        Leave(slot, ref queue);
        GiveBack(slot);
        if (queue.Count > 0) return BookResult.Applied;
        DropQueue(at);
        return Settle();
    }

    private void DropQueue(int at)
    {
        ref OrderQueue queue = ref _queues[at];
        Ladder ladder = LadderOf(SideOf(queue.Owner));
        ladder.RemoveAt(ladder.DepthOf(queue.Price));
        FindTop();
        _queues.GiveBack(at);
    }

    private int QueueAt(OrderSide side, Price price)
    {
        Ladder ladder = LadderOf(side);
        int depth = ladder.DepthOf(price.Raw);
        return ladder.Holds(depth, price.Raw) ? (int)ladder[depth].Value : OrderStore.None;
    }
}
