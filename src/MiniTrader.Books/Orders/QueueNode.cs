using System.Runtime.InteropServices;

namespace MiniTrader.Books;

/// <summary>
/// A link of the queue at one price: an order that rests there, or the queue itself. The queue is a ring that begins and ends at its own
/// node, so that every order has a neighbour on both sides and nobody asks. Links are places in the <see cref="NodeTable"/>.
/// <code>
/// 0        8        16       20       24       28       32
/// +--------+--------+--------+--------+--------+--------+
/// | id     | size   | before | behind | p+queue| rank   |   an order; id zero: nothing; p see NodeTable
/// +--------+--------+--------+--------+--------+--------+
/// | price  | size   | last   | first  | count  | owner  |   a queue; its size is that of all its orders
/// +--------+--------+--------+--------+--------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal struct QueueNode
{
    /// <summary>Two nodes share a cache line and none lies across two.</summary>
    public const int Bytes = 32;

    private const int PassedBit = int.MinValue;

    [FieldOffset(0)] public long Id;
    [FieldOffset(0)] public long Price;
    [FieldOffset(8)] public long Size;
    [FieldOffset(16)] public int Before;
    [FieldOffset(16)] public int Last;
    [FieldOffset(20)] public int Behind;
    [FieldOffset(20)] public int First;
    [FieldOffset(24)] public int Count;

    /// <summary>Grows along the queue; differences count, so that it may wrap around.</summary>
    [FieldOffset(28)] public uint Rank;

    /// <summary>Twice the number of the queue's book, and one more for asks.</summary>
    [FieldOffset(28)] public int Owner;

    [FieldOffset(24)] private int _queue;

    /// <summary>The order's queue.</summary>
    public int Queue
    {
        readonly get => _queue & ~PassedBit;
        set => _queue = value | (_queue & PassedBit);
    }

    /// <summary>True when an order found this place taken and lies behind it.</summary>
    public readonly bool IsPassed => _queue < 0;

    public void MarkPassed() => _queue |= PassedBit;
}
