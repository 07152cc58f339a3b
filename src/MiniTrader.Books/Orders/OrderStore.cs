using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Books;

/// <summary>
/// The orders and queues of any number of <see cref="OrderBook"/>s: one pool taken at the start, so that books of which nobody knows which
/// will be large need not each be as large as the largest. One thread.
/// </summary>
public sealed class OrderStore
{
    internal const int None = OrderTable.None;

    /// <summary>
    /// How many changes before its turn a change is told to <see cref="Prefetch(long)"/>: far enough for the memory to answer, near enough not to be
    /// pushed out again.
    /// </summary>
    public const int Ahead = 32;

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
        Queues = new QueuePool(queues, orderCapacity);
        Orders = new OrderTable(orderCapacity);
    }

    public int OrderCapacity { get; }

    /// <summary>Orders of all books.</summary>
    public int OrderCount { get; internal set; }

    /// <summary>
    /// Says that a change of this order is coming, <see cref="Ahead"/> changes from now: asks the memory for its line. Changes nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(long id) => Orders.Prefetch(id);

    /// <summary>
    /// For whoever applies a batch of events one by one: called before the one at <paramref name="at"/>, it tells of those that come
    /// behind it in the batch. Events that are no deltas cost a needless look.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LookAhead(ReadOnlySpan<MarketEvent> events, int at)
    {
        if ((uint)(at + Ahead) < (uint)events.Length) Prefetch(events[at + Ahead].BookDelta.OrderId);
    }

    internal OrderTable Orders { get; }

    internal QueuePool Queues { get; }

    internal bool HasRoomForOrder => OrderCount < OrderCapacity;

    internal int NextBook() => _books++;
}
