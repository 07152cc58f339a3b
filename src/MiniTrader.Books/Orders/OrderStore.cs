using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Books;

/// <summary>
/// The orders and queues of any number of <see cref="OrderBook"/>s: one pool taken at the start, so that books of which nobody knows which
/// will be large need not each be as large as the largest. One thread.
/// </summary>
public sealed class OrderStore
{
    internal const int None = NodeTable.None;

    /// <summary>
    /// How many changes before its turn a change is told to <see cref="Prefetch(long)"/>, and then to
    /// <see cref="PrefetchLinks(long)"/>: far enough for the memory to answer, near enough not to be pushed out again.
    /// </summary>
    public const int FarAhead = 32, NearAhead = 16;

    private readonly int _endOfQueues;

    // Given back last, taken first, while it is in the cache; places from the fresh one on were never used.
    private int _freeQueue = None;
    private int _freshQueue;
    private int _books;

    /// <param name="orderCapacity">Most orders of all books together; one more is refused as <see cref="BookResult.Full"/>.</param>
    /// <param name="levelCapacity">Most prices of all books together; zero takes enough for every order to have its own, and one more for an order that moves.</param>
    public OrderStore(int orderCapacity, int levelCapacity = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orderCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(orderCapacity, BookOptions.MaxOrderCapacity);
        ArgumentOutOfRangeException.ThrowIfNegative(levelCapacity);
        OrderCapacity = orderCapacity;
        int queues = levelCapacity == 0 ? orderCapacity + 1 : levelCapacity;
        Nodes = new NodeTable(orderCapacity, queues);
        _freshQueue = Nodes.OrderPlaces;
        _endOfQueues = _freshQueue + queues;
    }

    public int OrderCapacity { get; }

    /// <summary>Orders of all books.</summary>
    public int OrderCount { get; private set; }

    /// <summary>
    /// Says that a change of this order is coming, <see cref="FarAhead"/> changes from now: asks the memory for its line. Changes nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(long id) => Nodes.Prefetch(id);

    /// <summary>
    /// Says it again, <see cref="NearAhead"/> changes before: the order's line has come, and asks for its queue and neighbours in turn.
    /// Changes nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchLinks(long id) => Nodes.PrefetchLinks(id);

    /// <summary>
    /// For whoever applies a batch of events one by one: called before the one at <paramref name="at"/>, it tells of those that come
    /// behind it in the batch. Events that are no deltas cost a needless look.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LookAhead(ReadOnlySpan<MarketEvent> events, int at)
    {
        if ((uint)(at + FarAhead) < (uint)events.Length) Prefetch(events[at + FarAhead].BookDelta.OrderId);
        if ((uint)(at + NearAhead) < (uint)events.Length) PrefetchLinks(events[at + NearAhead].BookDelta.OrderId);
    }

    internal NodeTable Nodes { get; }

    internal bool HasRoomForOrder => OrderCount < OrderCapacity;

    internal bool HasRoomForQueue => _freeQueue != None || _freshQueue < _endOfQueues;

    internal int NextBook() => _books++;

    /// <summary>Takes the place of a new order; there must be room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int TakeOrder(long id)
    {
        OrderCount++;
        return Nodes.Take(id);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void GiveBackOrder(int place)
    {
        OrderCount--;
        Nodes.GiveBack(place);
    }

    /// <summary>Takes an empty queue; there must be room.</summary>
    internal int TakeQueue(long price, int owner)
    {
        int place = _freeQueue;
        if (place == None) place = _freshQueue++;
        else _freeQueue = Nodes[place].First;
        ref QueueNode queue = ref Nodes[place];
        queue = default;
        queue.Price = price;
        queue.First = queue.Last = place;
        queue.Owner = owner;
        return place;
    }

    internal void GiveBackQueue(int place)
    {
        Nodes[place].First = _freeQueue;
        _freeQueue = place;
    }
}
