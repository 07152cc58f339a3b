using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiniTrader.Ring;

/// <summary>
/// How many events have passed one point of a ring: the number of the next event that will pass. Written by one thread (or by
/// compare-and-swap), read by any. The value stands alone on its pair of cache lines, because processors fetch lines in pairs.
/// <code>
/// 0             120     128            248
/// +-------------+-------+--------------+
/// |   padding   | value |   padding    |
/// +-------------+-------+--------------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
public sealed class Sequence
{
    internal const int Padding = 120;
    internal const int Size = Padding + sizeof(long) + Padding;

    [FieldOffset(Padding)] private long _value;

    internal Sequence(long value = 0) => _value = value;

    /// <summary>The value; all that its writer wrote before is visible after this read.</summary>
    public long Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref _value);
    }

    /// <summary>Publishes a new value, and with it all that this thread has written before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Set(long value) => Volatile.Write(ref _value, value);

    /// <summary>Moves from one value to the next; false when another thread has moved it first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryMove(long from, long to) => Interlocked.CompareExchange(ref _value, to, from) == from;

    /// <summary>Where the value lies, for tests of the layout.</summary>
    internal ref long Location => ref _value;
}
