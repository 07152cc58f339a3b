using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiniTrader.Books;

/// <summary>
/// Thirteen seats of a queue, one cache line. Orders take them in the order in which they come; who leaves, leaves a gap that nobody
/// takes, so that he writes to one line of others whatever his neighbours are. The line is given back when all have left. A seat's number is
/// sixteen times its block's, plus its own.
/// <code>
/// 0        4        8        12                                     64
/// +--------+--------+--------+--------+--------+- - - - - -+--------+
/// | before | behind | taken  | place  | place  |           | place  |   taken: a bit for each seat
/// +--------+--------+--------+--------+--------+- - - - - -+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct QueueBlock
{
    public const int Bytes = 64;
    public const int Seats = 13;
    public const int SeatBits = 4;
    public const uint SeatMask = (1 << SeatBits) - 1;

    public int Before;
    public int Behind;
    public uint Taken;
    private Places _places;

    /// <summary>The place in the <see cref="OrderTable"/> of the order on a seat.</summary>
    [UnscopedRef]
    public ref int this[uint seat]
    {
        // SAFETY: seats are those that the queues hand out, thirteen a block.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref Unsafe.As<Places, int>(ref _places), seat);
    }

    [InlineArray(Seats)]
    private struct Places
    {
        private int _first;
    }
}
