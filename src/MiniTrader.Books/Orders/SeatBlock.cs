using System.Runtime.InteropServices;

namespace MiniTrader.Books;

/// <summary>
/// Which blocks of seats stand before and behind one in its queue. A block is thirty-two seats, each the place of an order in the
/// <see cref="OrderTable"/>: two cache lines. A seat's number is thirty-two times its block's, plus its own.
/// <code>
/// 0        4        8
/// +--------+--------+
/// | before | behind |   none at the ends; behind one that is not used the next one that is not
/// +--------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct SeatBlock
{
    public const int Bytes = 8;
    public const int SeatBits = 5;
    public const int Seats = 1 << SeatBits;
    public const uint SeatMask = Seats - 1;

    /// <summary>The marks of a block whose seats were all left.</summary>
    public const uint AllLeft = uint.MaxValue;

    public int Before;
    public int Behind;
}
