using System.Runtime.InteropServices;

namespace MiniTrader.Books;

/// <summary>
/// An order of an <see cref="OrderTable"/>.
/// <code>
/// 0        8        16       20       24       28       32
/// +--------+--------+--------+--------+--------+--------+
/// | id     | size   | p+queue| rank   | seat   | owner  |   id zero: nothing; p see OrderTable
/// +--------+--------+--------+--------+--------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal struct StoredOrder
{
    /// <summary>Two orders share a cache line and none lies across two.</summary>
    public const int Bytes = 32;

    private const int PassedBit = int.MinValue;

    [FieldOffset(0)] public long Id;
    [FieldOffset(8)] public long Size;
    [FieldOffset(16)] private int _queue;

    /// <summary>Grows along the queue; differences count, so that it may wrap around.</summary>
    [FieldOffset(20)] public uint Rank;

    /// <summary>Where it sits in its queue, see <see cref="SeatBlock"/>.</summary>
    [FieldOffset(24)] public uint Seat;

    /// <summary>Twice the number of its book, and one more for asks.</summary>
    [FieldOffset(28)] public int Owner;

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
