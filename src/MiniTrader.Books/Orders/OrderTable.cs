using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace MiniTrader.Books;

/// <summary>
/// The orders of a store, each where its id says. An order's address is known before anything is read, so that it costs one wait for
/// memory, and none where somebody asks for it in advance.
/// <para>
/// Open addressing, at most half full. Sixteen consecutive ids, and feeds number orders consecutively, lie side by side in a block;
/// the blocks are spread by Fibonacci hashing, which also shuffles each block, so that ids of any stride spread. Who finds his place taken
/// tries the same place of the next blocks rather than his neighbour's, and leaves a mark on each place that he passed. No mark: nobody
/// lies behind, and neither a search nor a removal reads on. A place that nobody has bears no mark.
/// </para>
/// </summary>
internal sealed unsafe class OrderTable
{
    /// <summary>No place.</summary>
    public const int None = -1;

    private const int BlockBits = 4;
    private const int LaneMask = (1 << BlockBits) - 1;
    private const int LeastBlockBits = 2;

    private readonly StoredOrder* _orders;
    private readonly int _shift;
    private readonly int _places;
    private readonly QueuePool _queues;
    private readonly LargePages _memory;

    /// <param name="capacity">Most orders.</param>
    /// <param name="queues">Where they queue: is told of orders that move.</param>
    public OrderTable(int capacity, QueuePool queues)
    {
        int placeBits = Math.Max(LeastBlockBits + BlockBits, BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)capacity)) + 1);
        _places = 1 << placeBits;
        _shift = 64 - placeBits;
        _queues = queues;
        _memory = new LargePages((long)_places * StoredOrder.Bytes);
        _orders = (StoredOrder*)_memory.Start;
        NativeMemory.Clear(_orders, (nuint)_places * StoredOrder.Bytes);
    }

    /// <summary>The order at a place.</summary>
    public ref StoredOrder this[int place]
    {
        // SAFETY: places come from here.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _orders[place];
    }

    /// <summary>Where an order of this id lies, unless another was there before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int HomeOf(long id) => (int)((((ulong)id >> BlockBits) * 0x9E3779B97F4A7C15UL) >> _shift) ^ ((int)id & LaneMask);

    /// <summary>The place of a book's order, or none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(long id, int book)
    {
        int place = HomeOf(id);
        return IsOwn(place, id, book) ? place : !_orders[place].IsPassed ? None : FindFar(place, id, book);
    }

    /// <summary>Finds a place for a new order; at most half of them may be taken.</summary>
    public int Take(long id)
    {
        int place = HomeOf(id);
        return _orders[place].Id == 0 ? place : TakeFar(place);
    }

    /// <summary>Empties the place of an order that is in no queue any more. Others may move into it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void GiveBack(int place)
    {
        if (_orders[place].IsPassed) MoveBack(place);
        else _orders[place] = default;
    }

    /// <summary>Asks for the line in which an order of this id lies or will lie.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(long id) => PrefetchAt(HomeOf(id));

    /// <summary>Asks for the line of a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchAt(int place)
    {
        if (Sse.IsSupported) Sse.Prefetch0(_orders + place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsOwn(int place, long id, int book) => _orders[place].Id == id && _orders[place].Owner >> 1 == book;

    /// <summary>The place that is tried behind one: the same of the next block, and behind the last block the next of the first.</summary>
    private int After(int place)
    {
        place += 1 << BlockBits;
        return place < _places ? place : (place + 1) & LaneMask;
    }

    /// <summary>Counts places in the order in which they are tried.</summary>
    private int Turn(int place) => ((place & LaneMask) * (_places >> BlockBits)) + (place >> BlockBits);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindFar(int place, long id, int book)
    {
        while (_orders[place].IsPassed)
        {
            place = After(place);
            if (IsOwn(place, id, book)) return place;
        }

        return None;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int TakeFar(int place)
    {
        do
        {
            _orders[place].MarkPassed();
            place = After(place);
        }
        while (_orders[place].Id != 0);
        return place;
    }

    /// <summary>Moves those behind a hole that only lie there because it was taken, and tells their queues.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MoveBack(int hole)
    {
        int mask = _places - 1;
        for (int at = After(hole); _orders[at].Id != 0; at = After(at))
        {
            int turn = Turn(at);
            if (((turn - Turn(HomeOf(_orders[at].Id))) & mask) < ((turn - Turn(hole)) & mask)) continue;

            // The hole was passed, and whoever lies behind it may have passed it.
            StoredOrder moved = _orders[at];
            moved.MarkPassed();
            _orders[hole] = moved;
            _queues.PlaceOn(moved.Seat) = hole;
            hole = at;
        }

        _orders[hole] = default;
    }
}
