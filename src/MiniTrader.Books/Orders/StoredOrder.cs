using System.Runtime.InteropServices;

namespace MiniTrader.Books;

/// <summary>
/// An order of an <see cref="OrderTable"/>, or a place for one.
/// <code>
/// 0        8        16       20       24       28       32
/// +--------+--------+--------+--------+--------+--------+
/// | id     | size   | p+queue| rank   | seat   | owner  |   id zero: nobody, and only p says anything; p, five bits, see OrderTable
/// +--------+--------+--------+--------+--------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal struct StoredOrder
{
    /// <summary>Two orders share a cache line and none lies across two.</summary>
    public const int Bytes = 32;

    private const int QueueBits = 27;
    private const uint QueueMask = (1u << QueueBits) - 1;
    private const uint OnePasser = 1u << QueueBits;

    [FieldOffset(0)] public long Id;
    [FieldOffset(8)] public long Size;
    [FieldOffset(16)] private uint _queue;

    /// <summary>Grows along the queue; differences count, so that it may wrap around.</summary>
    [FieldOffset(20)] public uint Rank;

    /// <summary>Where it sits in its queue, see <see cref="SeatBlock"/>.</summary>
    [FieldOffset(24)] public uint Seat;

    /// <summary>Twice the number of its book, and one more for asks.</summary>
    [FieldOffset(28)] public int Owner;

    /// <summary>The order's queue; there are fewer than 2^27, as <see cref="BookOptions.MaxOrderCapacity"/> has it.</summary>
    public int Queue
    {
        readonly get => (int)(_queue & QueueMask);
        set => _queue = (uint)value | (_queue & ~QueueMask);
    }

    /// <summary>True when an order may lie behind this place because it found the place taken.</summary>
    public readonly bool IsPassed => _queue > QueueMask;

    /// <summary>True when an order that belongs here can have the place, and its id is nowhere behind.</summary>
    public readonly bool IsUntouched => (Id | (_queue & ~QueueMask)) == 0;

    /// <summary>Counts one more that passes. Who counts to thirty-one does not count back: nobody knows how many there were.</summary>
    public void Pass()
    {
        if (_queue < ~QueueMask) _queue += OnePasser;
    }

    /// <summary>Counts one that is gone.</summary>
    public void Unpass()
    {
        if (_queue < ~QueueMask) _queue -= OnePasser;
    }
}
