using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace MiniTrader.Books;

/// <summary>
/// The orders of a store, each where its id says. An order's address is known before anything is read, so that it costs one wait for
/// memory, and none where somebody asks for it in advance.
/// <para>
/// Open addressing, at most a quarter full. A hundred and twenty-eight consecutive ids, and feeds number orders consecutively, lie side by side in a
/// block, which is a small page of memory; the blocks are spread by Fibonacci hashing, which also shuffles each block, so that ids of any stride spread. Who finds his place taken
/// tries the same place of the next blocks rather than his neighbour's, and each place counts who passed it and is still there. Nobody: no
/// search reads on. No order moves while it is here.
/// </para>
/// </summary>
internal sealed unsafe class OrderTable
{
    /// <summary>No place.</summary>
    public const int None = -1;

    private const int BlockBits = 7;
    private const int LaneMask = (1 << BlockBits) - 1;
    private const int LeastBlockBits = 2;

    private readonly StoredOrder* _orders;
    private readonly int _shift;
    private readonly int _places;
    private readonly LargePages _memory;

    /// <param name="capacity">Most orders.</param>
    public OrderTable(int capacity)
    {
        int placeBits = Math.Max(LeastBlockBits + BlockBits, BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)capacity)) + 2);
        _places = 1 << placeBits;
        _shift = 64 - placeBits;
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

    /// <summary>Finds a place for a new order; not all of them may be taken.</summary>
    public int Take(long id)
    {
        int place = HomeOf(id);
        return _orders[place].Id == 0 ? place : TakeFar(place);
    }

    /// <summary>Empties the place of an order that is in no queue any more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void GiveBack(int place)
    {
        int home = HomeOf(_orders[place].Id);
        _orders[place].Id = 0;
        if (home != place) Unpass(home, place);
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
            _orders[place].Pass();
            place = After(place);
        }
        while (_orders[place].Id != 0);
        return place;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Unpass(int home, int place)
    {
        for (int at = home; at != place; at = After(at)) _orders[at].Unpass();
    }
}
