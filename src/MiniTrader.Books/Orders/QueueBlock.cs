using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiniTrader.Books;

/// <summary>
/// Thirteen seats of a queue, one cache line. Orders take them in the order in which they come; who leaves, leaves a gap that nobody
/// takes. Who comes only writes, and waits for nothing; who leaves has had the line asked for. It is given back when all its seats were
/// taken and left. A seat's number is sixteen times its block's, plus its own.
/// <code>
/// 0        4        8        12                                     64
/// +--------+--------+--------+--------+--------+- - - - - -+--------+
/// | before | behind | left   | place  | place  |           | place  |   left: a bit for each seat that somebody left
/// +--------+--------+--------+--------+--------+- - - - - -+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct QueueBlock
{
    public const int Bytes = 64;
    public const int Seats = 13;
    public const int SeatBits = 4;
    public const uint AllLeft = (1 << Seats) - 1;
    public const uint SeatMask = (1 << SeatBits) - 1;

    public int Before;
    public int Behind;
    public uint Left;
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
