using System.Numerics;
using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// When a row's turn is, as one number: its due time since an origin, its stream and whether it is a mark. Equal times go to the lower stream, and
/// comparing two rows is one subtraction.
/// <code>
/// bit 63   62 .. shift         shift-1 .. 1   0
///     0    due time - origin   stream         mark
/// </code>
/// A mark is not a row, but what has to be done where it stands: behind a stream's last staged row the next ones are to be staged; at the
/// greatest times but one a row waits whose time is too far from the origin to be told; at the greatest a stream has ended.
/// </summary>
internal readonly struct MergeKeys
{
    private readonly long _origin;

    /// <param name="streams">Rounded up to a power of two.</param>
    /// <param name="origin">No later than any row that gets a key.</param>
    public MergeKeys(int streams, long origin)
    {
        Shift = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)streams)) + 1;
        _origin = origin;
    }

    private int Shift { get; }

    private long EndedTime => long.MaxValue >> Shift;

    private long FarTime => EndedTime - 1;

    public static bool IsMark(long key) => (key & 1) != 0;

    /// <summary>What stands behind the last staged row, ahead of all that comes later.</summary>
    public static long MarkBehind(long key) => key | 1;

    /// <summary>False for times that are too far from the origin.</summary>
    public bool IsInReach(long due) => (ulong)due - (ulong)_origin < (ulong)FarTime;

    /// <summary>Writes the keys of rows that are all in reach.</summary>
    /// <param name="due">The first row's due time; those behind it follow at every <see cref="MarketEvent.Size"/> bytes.</param>
    public unsafe void Write(int stream, byte* due, nint rows, long* keys)
    {
        // Locals stay in registers. The origin's part of all these keys is one number: what shifts out of it is lost on both sides.
        int shift = Shift;
        long rest = ((long)stream << 1) - (_origin << shift);

        // SAFETY: the caller has that many rows and room for as many keys.
        long* end = keys + rows;
        for (; keys + 4 <= end; keys += 4, due += 4 * MarketEvent.Size)
        {
            keys[0] = (*(long*)due << shift) + rest;
            keys[1] = (*(long*)(due + MarketEvent.Size) << shift) + rest;
            keys[2] = (*(long*)(due + (2 * MarketEvent.Size)) << shift) + rest;
            keys[3] = (*(long*)(due + (3 * MarketEvent.Size)) << shift) + rest;
        }

        for (; keys < end; keys++, due += MarketEvent.Size) *keys = (*(long*)due << shift) + rest;
    }

    public long FarKeyOf(int stream) => (FarTime << Shift) | ((long)stream << 1) | 1;

    public long EndedKeyOf(int stream) => (EndedTime << Shift) | ((long)stream << 1) | 1;

    public bool IsFar(long key) => key >> Shift == FarTime;

    public bool IsEnded(long key) => key >> Shift == EndedTime;

    public int StreamOf(long key) => (int)(key & ((1L << Shift) - 1)) >> 1;
}
