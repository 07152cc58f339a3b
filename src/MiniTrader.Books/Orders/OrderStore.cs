using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.Books;

/// <summary>
/// One resting order of a market, a link in the queue at its price. Links are slots, −1 is none.
/// <code>
/// 0        8        16       20       24       28       32
/// +--------+--------+--------+--------+--------+--------+
/// | id     | size   | before | behind | level  | rank   |
/// +--------+--------+--------+--------+--------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct StoredOrder
{
    public long Id;
    public long Size;
    public int Before;
    public int Behind;
    public int Level;

    /// <summary>Grows along the queue; differences count, so that it may wrap around.</summary>
    public uint Rank;
}

/// <summary>
/// The queue at one price of one book.
/// <code>
/// 0        8        16       20       24       28       32  33     40
/// +--------+--------+--------+--------+--------+--------+---+------+
/// | price  | size   | first  | last   | count  | book   | s | 0    |   s side
/// +--------+--------+--------+--------+--------+--------+---+------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 40)]
internal struct StoredLevel
{
    public long Price;
    public long Size;

    /// <summary>First order of the queue; of a free level the next free one.</summary>
    public int First;
    public int Last;
    public int Count;
    public int Book;
    public OrderSide Side;
}

/// <summary>
/// The orders and queues of any number of <see cref="OrderBook"/>s: one pool taken at the start, so that books of which nobody knows which
/// will be large need not each be as large as the largest. A slot that was given back last is taken first, while it is in the cache.
/// One thread.
/// </summary>
public sealed class OrderStore
{
    internal const int None = -1;

    private readonly StoredOrder[] _orders;
    private readonly StoredLevel[] _levels;
    private int _freeOrder = None;
    private int _freeLevel = None;

    // Slots from here on were never used: room that nobody needs is never touched.
    private int _freshOrder;
    private int _freshLevel;
    private int _books;

    /// <param name="orderCapacity">Most orders of all books together; one more is refused as <see cref="BookResult.Full"/>.</param>
    /// <param name="levelCapacity">Most prices of all books together; zero takes enough for every order to have its own, and one more for an order that moves.</param>
    public OrderStore(int orderCapacity, int levelCapacity = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orderCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(orderCapacity, BookOptions.MaxOrderCapacity);
        ArgumentOutOfRangeException.ThrowIfNegative(levelCapacity);
        OrderCapacity = orderCapacity;
        _orders = new StoredOrder[orderCapacity];
        _levels = new StoredLevel[levelCapacity == 0 ? orderCapacity + 1 : levelCapacity];
        Index = new OrderIndex(orderCapacity);
    }

    public int OrderCapacity { get; }

    /// <summary>Orders of all books.</summary>
    public int OrderCount { get; private set; }

    /// <summary>Most events that <see cref="Warm"/> looks at in one call.</summary>
    public const int WarmBatch = 32;

    /// <summary>
    /// Brings what the coming deltas will touch into the cache, all of them at once: a book waits for its memory three times in a row for
    /// each delta, while the waits of many deltas overlap. Changes nothing; the result says nothing and only keeps the loads alive.
    /// </summary>
    /// <param name="next">At most <see cref="WarmBatch"/> of them are looked at, those that are no book deltas of orders are passed over.</param>
    public long Warm(ReadOnlySpan<MarketEvent> next)
    {
        Span<int> slots = stackalloc int[WarmBatch];
        int count = Math.Min(next.Length, WarmBatch);
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            ref readonly MarketEvent e = ref next[i];
            slots[i] = e.Header.Kind == EventKind.BookDelta && e.BookDelta.OrderId != 0 ? Index.Guess(OrderIndex.TagOf(e.BookDelta.OrderId)) : None;
        }

        for (int i = 0; i < count; i++)
        {
            if (slots[i] == None) continue;
            ref StoredOrder order = ref _orders[slots[i]];
            sum += order.Size;
            slots[i] = order.Level;
        }

        for (int i = 0; i < count; i++)
        {
            if ((uint)slots[i] < (uint)_levels.Length) sum += _levels[slots[i]].Size;
        }

        return sum;
    }

    internal OrderIndex Index { get; }

    internal bool HasRoomForOrder => _freeOrder != None || _freshOrder < _orders.Length;

    internal bool HasRoomForLevel => _freeLevel != None || _freshLevel < _levels.Length;

    internal int NextBook() => _books++;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref StoredOrder Order(int slot) => ref _orders[slot];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref StoredLevel Level(int slot) => ref _levels[slot];

    /// <summary>Takes a slot whose contents are those of its last use; there must be room.</summary>
    internal int TakeOrder()
    {
        OrderCount++;
        int slot = _freeOrder;
        if (slot == None) return _freshOrder++;
        _freeOrder = _orders[slot].Behind;
        return slot;
    }

    internal void GiveBackOrder(int slot)
    {
        _orders[slot].Behind = _freeOrder;
        _freeOrder = slot;
        OrderCount--;
    }

    internal int TakeLevel(long price, OrderSide side, int book)
    {
        int slot = _freeLevel == None ? _freshLevel++ : _freeLevel;
        ref StoredLevel level = ref _levels[slot];
        if (slot == _freeLevel) _freeLevel = level.First;
        level = default;
        level.Price = price;
        level.First = level.Last = None;
        level.Side = side;
        level.Book = book;
        return slot;
    }

    internal void GiveBackLevel(int slot)
    {
        _levels[slot].First = _freeLevel;
        _freeLevel = slot;
    }
}
