using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Books;

/// <summary>
/// A book of single orders (L3): each price has its queue, first in first out. An order is found by its id in one or two cache lines, its
/// queue from there without a search. All memory is in the <see cref="OrderStore"/> and the two ladders, taken in constructors. One
/// owner, one thread.
/// </summary>
public sealed class OrderBook : DepthBook
{
    private readonly OrderStore _store;
    private readonly OrderIndex _index;
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
        _index = store.Index;
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
        int slot = id == 0 ? OrderIndex.None : Find(id, out _);
        if (slot == OrderIndex.None)
        {
            order = default;
            return false;
        }

        ref StoredOrder stored = ref _store.Order(slot);
        ref StoredLevel level = ref _store.Level(stored.Level);
        order = new(id, level.Side, new(level.Price), new(stored.Size), stored.Rank);
        return true;
    }

    /// <summary>
    /// What stands ahead of an order in its queue; walks the queue from its front, so ask for few. False when the order is not in
    /// the book.
    /// </summary>
    public bool TryGetQuantityAhead(long id, out Quantity ahead)
    {
        long sum = 0;
        int slot = id == 0 ? OrderIndex.None : Find(id, out _);
        for (int i = slot == OrderIndex.None ? OrderStore.None : _store.Order(slot).Before; i != OrderStore.None; i = _store.Order(i).Before) sum += _store.Order(i).Size;
        ahead = new(sum);
        return slot != OrderIndex.None;
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
        int level = LevelSlot(side, price);
        long sum = 0;
        int slot = level == OrderStore.None ? OrderStore.None : _store.Level(level).First;
        for (; slot != OrderStore.None && sum < quantity.Raw; slot = _store.Order(slot).Behind) sum += _store.Order(slot).Size;
        ahead = new(sum);
        return slot == OrderStore.None ? NextRank : _store.Order(slot).Rank;
    }

    /// <summary>How many orders stand at a price.</summary>
    public int OrderCountAt(OrderSide side, Price price) => LevelSlot(side, price) is int slot and not OrderStore.None ? _store.Level(slot).Count : 0;

    /// <summary>Fills <paramref name="into"/> with the orders at a price from the front of the queue; answers how many.</summary>
    public int CopyQueue(OrderSide side, Price price, Span<RestingOrder> into)
    {
        int level = LevelSlot(side, price);
        int count = 0;
        for (int i = level == OrderStore.None ? OrderStore.None : _store.Level(level).First; i != OrderStore.None && count < into.Length; i = _store.Order(i).Behind)
        {
            ref StoredOrder order = ref _store.Order(i);
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
            int level = (int)ladder[i].Value;
            int behind;
            for (int slot = _store.Level(level).First; slot != OrderStore.None; slot = behind)
            {
                behind = _store.Order(slot).Behind;
                Find(_store.Order(slot).Id, out int at);
                _index.Remove(at);
                _store.GiveBackOrder(slot);
                OrderCount--;
            }

            _store.GiveBackLevel(level);
        }

        ladder.Clear();
    }

    /// <summary>The slot of an order of this book; <paramref name="at"/> is its entry in the index, or the empty one where it belongs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(long id, out int at)
    {
        uint tag = OrderIndex.TagOf(id);
        at = _index.First(tag, out int slot);
        while (slot != OrderIndex.None && !IsOwn(slot, id)) at = _index.Next(at, tag, out slot);
        return slot;
    }

    private bool IsOwn(int slot, long id)
    {
        ref StoredOrder order = ref _store.Order(slot);
        return order.Id == id && _store.Level(order.Level).Book == _book;
    }

    private BookResult Add(in BookDelta delta)
    {
        if (delta.Size.Raw <= 0) return Count(delta.Size.Raw == 0 ? BookResult.ZeroSize : BookResult.NegativeSize);
        if (delta.Side == OrderSide.None) return Count(BookResult.WrongSide);
        if (Find(delta.OrderId, out int at) != OrderIndex.None) return Count(BookResult.DuplicateOrder);
        if (!_store.HasRoomForOrder) return Count(BookResult.Full);
        BookResult room = Join(delta.Side, delta.Price.Raw, delta.Size.Raw, out int level);
        if (room != BookResult.Applied) return Count(room);
        int slot = _store.TakeOrder();
        _index.Put(at, OrderIndex.TagOf(delta.OrderId), slot);
        _store.Order(slot).Id = delta.OrderId;
        OrderCount++;
        Append(slot, level, delta.Size.Raw);
        return Settle();
    }

    private BookResult Delete(in BookDelta delta)
    {
        int slot = Find(delta.OrderId, out int at);
        if (slot == OrderIndex.None) return Count(BookResult.UnknownOrder);
        if (IsOtherSide(slot, delta.Side)) return Count(BookResult.WrongSide);
        return Remove(slot, at);
    }

    private BookResult Execute(in BookDelta delta)
    {
        int slot = Find(delta.OrderId, out int at);
        if (slot == OrderIndex.None) return Count(BookResult.UnknownOrder);
        if (IsOtherSide(slot, delta.Side)) return Count(BookResult.WrongSide);
        if (delta.Size.Raw <= 0) return Count(delta.Size.Raw == 0 ? BookResult.ZeroSize : BookResult.NegativeSize);
        ref StoredOrder order = ref _store.Order(slot);
        if (delta.Size.Raw < order.Size)
        {
            order.Size -= delta.Size.Raw;
            _store.Level(order.Level).Size -= delta.Size.Raw;
            return BookResult.Applied;
        }

        bool isTooMuch = delta.Size.Raw > order.Size;
        BookResult result = Remove(slot, at);
        return isTooMuch ? Count(BookResult.OverExecuted) : result;
    }

    private BookResult Modify(in BookDelta delta)
    {
        int slot = Find(delta.OrderId, out int at);
        if (slot == OrderIndex.None) return Count(BookResult.UnknownOrder);
        if (IsOtherSide(slot, delta.Side)) return Count(BookResult.WrongSide);
        if (delta.Size.Raw < 0) return Count(BookResult.NegativeSize);
        if (delta.Size.Raw == 0) return Remove(slot, at);
        ref StoredOrder order = ref _store.Order(slot);
        ref StoredLevel old = ref _store.Level(order.Level);
        if (old.Price == delta.Price.Raw && delta.Size.Raw <= order.Size)
        {
            old.Size -= order.Size - delta.Size.Raw;
            order.Size = delta.Size.Raw;
            return BookResult.Applied;
        }

        return Move(slot, delta);
    }

    private BookResult Move(int slot, in BookDelta delta)
    {
        ref StoredOrder order = ref _store.Order(slot);
        int from = order.Level;
        OrderSide side = _store.Level(from).Side;
        bool isSamePrice = _store.Level(from).Price == delta.Price.Raw;
        int level = from;
        if (isSamePrice)
        {
            if (delta.Size.Raw > long.MaxValue - (_store.Level(from).Size - order.Size)) return Count(BookResult.TooLarge);
        }
        else
        {
            BookResult room = Join(side, delta.Price.Raw, delta.Size.Raw, out level);
            if (room != BookResult.Applied) return Count(room);
        }

        Unlink(slot);
        Append(slot, level, delta.Size.Raw);
        if (_store.Level(from).Count == 0) DropLevel(from);
        return Settle();
    }

    private bool IsOtherSide(int slot, OrderSide side) => side != OrderSide.None && side != _store.Level(_store.Order(slot).Level).Side;

    /// <summary>Finds or makes the queue at a price that has room for a size; the result says why there is none.</summary>
    private BookResult Join(OrderSide side, long price, long size, out int level)
    {
        Ladder ladder = LadderOf(side);
        int depth = ladder.DepthOf(price);
        if (ladder.Holds(depth, price))
        {
            level = (int)ladder[depth].Value;
            return size <= long.MaxValue - _store.Level(level).Size ? BookResult.Applied : BookResult.TooLarge;
        }

        level = OrderStore.None;
        if (ladder.IsFull || !_store.HasRoomForLevel) return BookResult.Full;
        level = _store.TakeLevel(price, side, _book);
        ladder.Insert(depth, price, level);
        return BookResult.Applied;
    }

    private void Append(int slot, int at, long size)
    {
        ref StoredOrder order = ref _store.Order(slot);
        ref StoredLevel level = ref _store.Level(at);
        order.Size = size;
        order.Level = at;
        order.Rank = NextRank++;
        order.Before = level.Last;
        order.Behind = OrderStore.None;
        if (level.Last == OrderStore.None) level.First = slot;
        else _store.Order(level.Last).Behind = slot;
        level.Last = slot;
        level.Size += size;
        level.Count++;
    }

    private void Unlink(int slot)
    {
        ref StoredOrder order = ref _store.Order(slot);
        ref StoredLevel level = ref _store.Level(order.Level);
        if (order.Before == OrderStore.None) level.First = order.Behind;
        else _store.Order(order.Before).Behind = order.Behind;
        if (order.Behind == OrderStore.None) level.Last = order.Before;
        else _store.Order(order.Behind).Before = order.Before;
        level.Size -= order.Size;
        level.Count--;
    }

    private BookResult Remove(int slot, int at)
    {
        _index.Remove(at);
        Unlink(slot);
        int level = _store.Order(slot).Level;
        _store.GiveBackOrder(slot);
        OrderCount--;
        if (_store.Level(level).Count > 0) return BookResult.Applied;
        DropLevel(level);
        return Settle();
    }

    private void DropLevel(int at)
    {
        ref StoredLevel level = ref _store.Level(at);
        Ladder ladder = LadderOf(level.Side);
        ladder.RemoveAt(ladder.DepthOf(level.Price));
        _store.GiveBackLevel(at);
    }

    private int LevelSlot(OrderSide side, Price price)
    {
        Ladder ladder = LadderOf(side);
        int depth = ladder.DepthOf(price.Raw);
        return ladder.Holds(depth, price.Raw) ? (int)ladder[depth].Value : OrderStore.None;
    }
}
