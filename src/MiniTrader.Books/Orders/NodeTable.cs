using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace MiniTrader.Books;

/// <summary>
/// The orders of a store, each where its id says, and behind them the queues. An order's address is known before anything is read, so that
/// it costs one wait for memory, and none where somebody asks for it in advance.
/// <para>
/// Open addressing, at most half full. Sixteen consecutive ids, and feeds number orders consecutively, lie side by side in a block;
/// the blocks are spread by Fibonacci hashing, which also shuffles each block, so that ids of any stride spread. Who finds his place taken
/// tries the same place of the next blocks rather than his neighbour's, and leaves a mark on each place that he passed. No mark: nobody
/// lies behind, and neither a search nor a removal reads on.
/// </para>
/// <code>
/// +-----------------------------+-----------------------------+- - -+----------------- - -+
/// | block 0: 16 orders of 32 B  | block 1                     |     | queues of 32 B      |
/// +-----------------------------+-----------------------------+- - -+----------------- - -+
/// </code>
/// </summary>
internal sealed unsafe class NodeTable
{
    /// <summary>No place.</summary>
    public const int None = -1;

    private const int BlockBits = 4;
    private const int LaneMask = (1 << BlockBits) - 1;
    private const int LeastBlockBits = 2;

    private readonly QueueNode* _nodes;
    private readonly int _shift;
    private readonly long _bytes;

    public NodeTable(int orderCapacity, int queueCapacity)
    {
        int placeBits = Math.Max(LeastBlockBits + BlockBits, BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)orderCapacity)) + 1);
        OrderPlaces = 1 << placeBits;
        _shift = 64 - placeBits;
        _bytes = ((long)OrderPlaces + queueCapacity) * QueueNode.Bytes;
        _nodes = (QueueNode*)LargePages.Allocate((nuint)_bytes);

        // A process that runs many sessions leaves many tables behind: the collector must know that they weigh something.
        GC.AddMemoryPressure(_bytes);
        NativeMemory.Clear(_nodes, (nuint)OrderPlaces * QueueNode.Bytes);
    }

    ~NodeTable()
    {
        LargePages.Free(_nodes);
        if (_nodes != null) GC.RemoveMemoryPressure(_bytes);
    }

    /// <summary>Places of orders; the queues lie from here on.</summary>
    public int OrderPlaces { get; }

    /// <summary>The node at a place.</summary>
    public ref QueueNode this[int place]
    {
        // SAFETY: places come from here and from the store, which hands out none beyond the capacities of the constructor.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _nodes[place];
    }

    /// <summary>The place of a book's order, or none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(long id, int book)
    {
        int place = HomeOf(id);
        return IsOwn(place, id, book) ? place : !_nodes[place].IsPassed ? None : FindFar(place, id, book);
    }

    /// <summary>Takes the place of a new order; at most half of them may be taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(long id)
    {
        int place = HomeOf(id);
        if (_nodes[place].Id != 0) place = TakeFar(place);
        _nodes[place].Id = id;
        return place;
    }

    /// <summary>Empties the place of an order that is in no queue any more. Others may move into it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void GiveBack(int place)
    {
        if (_nodes[place].IsPassed) MoveBack(place);
        else _nodes[place] = default;
    }

    /// <summary>Asks for the line in which an order of this id lies or will lie.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(long id) => PrefetchNode(HomeOf(id));

    /// <summary>Asks for the queue and the neighbours of an order whose line is in the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchLinks(long id)
    {
        // Whoever lies there, or nothing, whose links are zero: a wrong guess costs less than a branch that goes wrong.
        QueueNode* node = _nodes + HomeOf(id);
        PrefetchNode(node->Queue);
        PrefetchNode(node->Before);
        PrefetchNode(node->Behind);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PrefetchNode(int place)
    {
        if (Sse.IsSupported) Sse.Prefetch0(_nodes + place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int HomeOf(long id) => (int)((((ulong)id >> BlockBits) * 0x9E3779B97F4A7C15UL) >> _shift) ^ ((int)id & LaneMask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsOwn(int place, long id, int book) => _nodes[place].Id == id && _nodes[_nodes[place].Queue].Owner >> 1 == book;

    /// <summary>The place that is tried behind one: the same of the next block, and behind the last block the next of the first.</summary>
    private int After(int place)
    {
        place += 1 << BlockBits;
        return place < OrderPlaces ? place : (place + 1) & LaneMask;
    }

    /// <summary>Counts places in the order in which they are tried.</summary>
    private int Turn(int place) => ((place & LaneMask) * (OrderPlaces >> BlockBits)) + (place >> BlockBits);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindFar(int place, long id, int book)
    {
        while (_nodes[place].IsPassed)
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
            _nodes[place].MarkPassed();
            place = After(place);
        }
        while (_nodes[place].Id != 0);
        return place;
    }

    /// <summary>Moves those behind a hole that only lie there because it was taken, and their neighbours' links with them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MoveBack(int hole)
    {
        int mask = OrderPlaces - 1;
        for (int at = After(hole); _nodes[at].Id != 0; at = After(at))
        {
            int turn = Turn(at);
            if (((turn - Turn(HomeOf(_nodes[at].Id))) & mask) < ((turn - Turn(hole)) & mask)) continue;

            // The hole was passed, and whoever lies behind it may have passed it.
            QueueNode moved = _nodes[at];
            moved.MarkPassed();
            _nodes[hole] = moved;
            _nodes[moved.Before].Behind = hole;
            _nodes[moved.Behind].Before = hole;
            hole = at;
        }

        _nodes[hole] = default;
    }
}
