using System.Runtime.InteropServices;

namespace MiniTrader.Books;

/// <summary>
/// The queue at one price.
/// <code>
/// 0        8        16       20       24       28       32
/// +--------+--------+--------+--------+--------+--------+
/// | price  | size   | count  | owner  | next   | first  |   size of all its orders
/// +--------+--------+--------+--------+--------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal struct OrderQueue
{
    public const int Bytes = 32;

    [FieldOffset(0)] public long Price;
    [FieldOffset(8)] public long Size;
    [FieldOffset(16)] public int Count;

    /// <summary>Twice the number of the queue's book, and one more for asks; of a queue that is not used it is <see cref="QueuePool.None"/>.</summary>
    [FieldOffset(20)] public int Owner;

    /// <summary>The seat of the next order that joins; when it takes another block, the one behind the last block's last, or zero.</summary>
    [FieldOffset(24)] public uint Next;

    /// <summary>The block at the front, or none; of a queue that is not used the next one that is not.</summary>
    [FieldOffset(28)] public int First;

    /// <summary>True when its last block has a seat that nobody took.</summary>
    public readonly bool HasSeat => (Next & SeatBlock.SeatMask) != 0;
}
