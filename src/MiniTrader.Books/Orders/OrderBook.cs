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
    private readonly OrderStore _store;
    private readonly NodeTable _nodes;
    private readonly int _book;
    private readonly BookLevel[] _bidView = new BookLevel[BookOptions.ViewDepth];
    private readonly BookLevel[] _askView = new BookLevel[BookOptions.ViewDepth];

    /// <param name="store">Where orders live; other books may share it, and an id means one order in each book.</param>
    /// <param name="levelCapacity">Most prices of one side; one more is refused as <see cref="BookResult.Full"/>.</param>
    public OrderBook(OrderStore store, int levelCapacity = 4_096)
        : base(levelCapacity, store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _nodes = store.Nodes;
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
        switch (delta.Action)
        {
            case BookAction.Add: return Add(delta);
            case BookAction.Delete: return Delete(delta);
            case BookAction.Execute: return Execute(delta);
            case BookAction.Modify: return Modify(delta);
            case BookAction.Clear: return ApplyClear(delta.Side);
            default: return Count(BookResult.UnknownAction);
        }
    }

    /// <summary>The order of that id, as it is now.</summary>
    public bool TryGetOrder(long id, out RestingOrder order)
    {
        int slot = id == 0 ? OrderStore.None : _nodes.Find(id, _book);
        if (slot == OrderStore.None)
        {
            order = default;
            return false;
        }

        ref QueueNode stored = ref _nodes[slot];
        ref QueueNode queue = ref _nodes[stored.Queue];
        order = new(id, SideOf(queue.Owner), new(queue.Price), new(stored.Size), stored.Rank);
        return true;
    }

    /// <summary>
    /// What stands ahead of an order in its queue; walks the queue from its front, so ask for few. False when the order is not in
    /// the book.
    /// </summary>
    public bool TryGetQuantityAhead(long id, out Quantity ahead)
    {
        long sum = 0;
        int slot = id == 0 ? OrderStore.None : _nodes.Find(id, _book);
        if (slot != OrderStore.None)
        {
            int queue = _nodes[slot].Queue;
            for (int i = _nodes[slot].Before; i != queue; i = _nodes[i].Before) sum += _nodes[i].Size;
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
        int queue = QueueAt(side, price);
        long sum = 0;
        int slot = queue == OrderStore.None ? queue : _nodes[queue].First;
        for (; slot != queue && sum < quantity.Raw; slot = _nodes[slot].Behind) sum += _nodes[slot].Size;
        ahead = new(sum);
        return slot == queue ? NextRank : _nodes[slot].Rank;
    }

    /// <summary>How many orders stand at a price.</summary>
    public int OrderCountAt(OrderSide side, Price price) => QueueAt(side, price) is int queue and not OrderStore.None ? _nodes[queue].Count : 0;

    /// <summary>Fills <paramref name="into"/> with the orders at a price from the front of the queue; answers how many.</summary>
    public int CopyQueue(OrderSide side, Price price, Span<RestingOrder> into)
    {
        int queue = QueueAt(side, price);
        if (queue == OrderStore.None) return 0;
        int count = 0;
        for (int i = _nodes[queue].First; i != queue && count < into.Length; i = _nodes[i].Behind)
        {
            ref QueueNode order = ref _nodes[i];
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
            int queue = (int)ladder[i].Value;

            while (_nodes[queue].First != queue)
            {
                int slot = _nodes[queue].First;
                Unlink(slot, queue);
                _store.GiveBackOrder(slot);
                OrderCount--;
            }

            _store.GiveBackQueue(queue);
        }

        ladder.Clear();
    }

    private static OrderSide SideOf(int owner) => (OrderSide)(1 + (owner & 1));

    private BookResult Add(in BookDelta delta)
    {
        if (delta.Size.Raw <= 0) return Count(delta.Size.Raw == 0 ? BookResult.ZeroSize : BookResult.NegativeSize);
        if (delta.Side == OrderSide.None) return Count(BookResult.WrongSide);
        if (_nodes.Find(delta.OrderId, _book) != OrderStore.None) return Count(BookResult.DuplicateOrder);
        if (!_store.HasRoomForOrder) return Count(BookResult.Full);
        BookResult room = Join(delta.Side, delta.Price.Raw, delta.Size.Raw, out int queue);
        if (room != BookResult.Applied) return Count(room);
        int slot = _store.TakeOrder(delta.OrderId);
        OrderCount++;
        Append(slot, queue, delta.Size.Raw);
        return Settle();
    }

    private BookResult Delete(in BookDelta delta)
    {
        int slot = _nodes.Find(delta.OrderId, _book);
        if (slot == OrderStore.None) return Count(BookResult.UnknownOrder);
        if (IsOtherSide(slot, delta.Side)) return Count(BookResult.WrongSide);
        return Remove(slot);
    }

    private BookResult Execute(in BookDelta delta)
    {
        int slot = _nodes.Find(delta.OrderId, _book);
        if (slot == OrderStore.None) return Count(BookResult.UnknownOrder);
        if (IsOtherSide(slot, delta.Side)) return Count(BookResult.WrongSide);
        if (delta.Size.Raw <= 0) return Count(delta.Size.Raw == 0 ? BookResult.ZeroSize : BookResult.NegativeSize);
        ref QueueNode order = ref _nodes[slot];
        if (delta.Size.Raw < order.Size)
        {
            order.Size -= delta.Size.Raw;
            _nodes[order.Queue].Size -= delta.Size.Raw;
            return BookResult.Applied;
        }

        bool isTooMuch = delta.Size.Raw > order.Size;
        BookResult result = Remove(slot);
        return isTooMuch ? Count(BookResult.OverExecuted) : result;
    }

    private BookResult Modify(in BookDelta delta)
    {
        int slot = _nodes.Find(delta.OrderId, _book);
        if (slot == OrderStore.None) return Count(BookResult.UnknownOrder);
        if (IsOtherSide(slot, delta.Side)) return Count(BookResult.WrongSide);
        if (delta.Size.Raw < 0) return Count(BookResult.NegativeSize);
        if (delta.Size.Raw == 0) return Remove(slot);
        ref QueueNode order = ref _nodes[slot];
        ref QueueNode queue = ref _nodes[order.Queue];
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
        ref QueueNode order = ref _nodes[slot];
        int from = order.Queue, to = from;
        ref QueueNode old = ref _nodes[from];
        if (old.Price == delta.Price.Raw)
        {
            if (delta.Size.Raw > long.MaxValue - (old.Size - order.Size)) return Count(BookResult.TooLarge);
        }
        else
        {
            BookResult room = Join(SideOf(old.Owner), delta.Price.Raw, delta.Size.Raw, out to);
            if (room != BookResult.Applied) return Count(room);
        }

        Unlink(slot, from);
        Append(slot, to, delta.Size.Raw);
        if (old.Count == 0) DropQueue(from);
        return Settle();
    }

    private bool IsOtherSide(int slot, OrderSide side) => side != OrderSide.None && side != SideOf(_nodes[_nodes[slot].Queue].Owner);

    /// <summary>Finds or makes the queue at a price that has room for a size; the result says why there is none.</summary>
    private BookResult Join(OrderSide side, long price, long size, out int queue)
    {
        Ladder ladder = LadderOf(side);
        int depth = ladder.DepthOf(price);
        if (ladder.Holds(depth, price))
        {
            queue = (int)ladder[depth].Value;
            return size <= long.MaxValue - _nodes[queue].Size ? BookResult.Applied : BookResult.TooLarge;
        }

        queue = OrderStore.None;
        if (ladder.IsFull || !_store.HasRoomForQueue) return BookResult.Full;
        queue = _store.TakeQueue(price, (2 * _book) + (side == OrderSide.Sell ? 1 : 0));
        ladder.Insert(depth, price, queue);
        return BookResult.Applied;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(int slot, int at, long size)
    {
        ref QueueNode order = ref _nodes[slot];
        ref QueueNode queue = ref _nodes[at];
        int last = queue.Last;
        order.Size = size;
        order.Queue = at;
        order.Rank = NextRank++;
        order.Before = last;
        order.Behind = at;
        _nodes[last].Behind = slot;
        queue.Last = slot;
        queue.Size += size;
        queue.Count++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Unlink(int slot, int at)
    {
        ref QueueNode order = ref _nodes[slot];
        ref QueueNode queue = ref _nodes[at];
        _nodes[order.Before].Behind = order.Behind;
        _nodes[order.Behind].Before = order.Before;
        queue.Size -= order.Size;
        queue.Count--;
    }

    private BookResult Remove(int slot)
    {
        int queue = _nodes[slot].Queue;
        Unlink(slot, queue);
        _store.GiveBackOrder(slot);
        OrderCount--;
        if (_nodes[queue].Count > 0) return BookResult.Applied;
        DropQueue(queue);
        return Settle();
    }

    private void DropQueue(int at)
    {
        ref QueueNode queue = ref _nodes[at];
        Ladder ladder = LadderOf(SideOf(queue.Owner));
        ladder.RemoveAt(ladder.DepthOf(queue.Price));
        _store.GiveBackQueue(at);
    }

    private int QueueAt(OrderSide side, Price price)
    {
        Ladder ladder = LadderOf(side);
        int depth = ladder.DepthOf(price.Raw);
        return ladder.Holds(depth, price.Raw) ? (int)ladder[depth].Value : OrderStore.None;
    }
}
