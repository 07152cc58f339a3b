using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MiniTrader.Books;

/// <summary>
/// One price of a ladder and what stands there: a size, or the place of a queue.
/// <code>
/// 0        8        16
/// +--------+--------+
/// | price  | value  |
/// +--------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct Rung
{
    public long Price;
    public long Value;
}

/// <summary>
/// One side's prices, best first, side by side in the middle of an array taken at the start. A change opens or closes its gap towards
/// the nearer end, so that near the best price next to nothing moves; how far apart prices lie does not matter. The prices stand in an
/// array of their own as well, as keys: a search then compares sixteen at once, and never waits for a size that was just written. One
/// owner, one thread.
/// </summary>
internal sealed class Ladder
{
    /// <summary>Prices from the best one that a search compares at once.</summary>
    private const int Near = 16;

    private readonly long[] _keys;
    private readonly Rung[] _rungs;

    // Exclusive or with it makes of a price a key, of which the better one is smaller: all ones for bids, zero for asks.
    private readonly long _flip;
    private int _head;
    private int _count;

    public Ladder(int capacity, bool isBid)
    {
        // The search reads as many keys from the head as it compares at once, whether they are there or not.
        _keys = new long[capacity + Near];
        _rungs = new Rung[capacity + Near];
        Capacity = capacity;
        _flip = isBid ? -1 : 0;
        _head = capacity / 2;
    }

    public int Capacity { get; }

    public int Count => _count;

    public bool IsFull => _count == Capacity;

    /// <summary>The best rung; of an empty ladder it says nothing.</summary>
    public ref Rung Best
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_rungs), _head);
    }

    // SAFETY: a head is never below zero nor above the capacity, and both arrays are longer than that.
    private ref long HeadKey
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_keys), _head);
    }

    /// <summary>The rung that lies <paramref name="depth"/> behind the best one.</summary>
    public ref Rung this[int depth]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _rungs[_head + depth];
    }

    public ReadOnlySpan<Rung> Rungs => new(_rungs, _head, _count);

    /// <summary>
    /// The depth of a price when it is one of the best sixteen; otherwise a number that is not below <see cref="Count"/>, though the price may
    /// be here.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NearDepthOf(long price)
    {
        uint bits = Bits(ref HeadKey, price ^ _flip, isEqual: true);
        return bits == 0 ? int.MaxValue : BitOperations.TrailingZeroCount(bits);
    }

    /// <summary>How many prices are better than this one: its depth if it is here, else where it belongs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int DepthOf(long price)
    {
        // The first key that is not better ends the count. Keys behind the last one are of before: what they add is cut off.
        int better = BitOperations.TrailingZeroCount(~Bits(ref HeadKey, price ^ _flip, isEqual: false));
        if (better < Near || _count <= Near) return Math.Min(better, _count);
        return FarDepthOf(price);
    }

    /// <summary>True when the price at this depth is <paramref name="price"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(int depth, long price) => depth < _count && _rungs[_head + depth].Price == price;

    /// <summary>True when there is a better price than this one.</summary>
    public bool IsBehindBest(long price) => _count > 0 && _keys[_head] < (price ^ _flip);

    /// <summary>Puts a price where it belongs; the ladder must not be full.</summary>
    public void Insert(int depth, long price, long value)
    {
        bool isFront = 2 * depth < _count ? _head > 0 : _head + _count == Capacity;
        if (isFront)
        {
            Shift(_head, _head - 1, depth);
            _head--;
        }
        else
        {
            Shift(_head + depth, _head + depth + 1, _count - depth);
        }

        _count++;
        _keys[_head + depth] = price ^ _flip;
        ref Rung rung = ref _rungs[_head + depth];
        rung.Price = price;
        rung.Value = value;
    }

    public void RemoveAt(int depth)
    {
        _count--;
        if (2 * depth <= _count)
        {
            Shift(_head, _head + 1, depth);
            _head++;
        }
        else
        {
            Shift(_head + depth + 1, _head + depth, _count - depth);
        }

        if (_count == 0) _head = Capacity / 2;
    }

    public void Clear()
    {
        _count = 0;
        _head = Capacity / 2;
    }

    private void Shift(int from, int to, int count)
    {
        // One or two rungs move most of the time, for which a call costs more than the move.
        if (count <= 2)
        {
            if (count == 0) return;
            if (count == 1)
            {
                _keys[to] = _keys[from];
                _rungs[to] = _rungs[from];
                return;
            }

            (long firstKey, long secondKey) = (_keys[from], _keys[from + 1]);
            _keys[to] = firstKey;
            _keys[to + 1] = secondKey;
            (Rung first, Rung second) = (_rungs[from], _rungs[from + 1]);
            _rungs[to] = first;
            _rungs[to + 1] = second;
            return;
        }

        Array.Copy(_keys, from, _keys, to, count);
        Array.Copy(_rungs, from, _rungs, to, count);
    }

    /// <summary>A bit for each of the sixteen keys from here: whether it is this one, or whether it is better.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bits(ref long keys, long key, bool isEqual)
    {
        // SAFETY: the array has sixteen keys more than a head can pass, so that the loads never leave it.
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<long> wanted = Vector512.Create(key), a = Vector512.LoadUnsafe(ref keys), b = Vector512.LoadUnsafe(ref keys, 8);
            (a, b) = isEqual ? (Vector512.Equals(a, wanted), Vector512.Equals(b, wanted)) : (Vector512.LessThan(a, wanted), Vector512.LessThan(b, wanted));
            return (uint)(a.ExtractMostSignificantBits() | (b.ExtractMostSignificantBits() << 8));
        }

        uint bits = 0;
        Vector256<long> sought = Vector256.Create(key);
        for (int i = 0; i < Near; i += 4)
        {
            Vector256<long> four = Vector256.LoadUnsafe(ref keys, (nuint)i);
            bits |= (isEqual ? Vector256.Equals(four, sought) : Vector256.LessThan(four, sought)).ExtractMostSignificantBits() << i;
        }

        return bits;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FarDepthOf(long price)
    {
        // Halves by arithmetic: where a price lies among many follows no pattern, and a branch would be guessed wrong every other time.
        long key = price ^ _flip;
        ReadOnlySpan<long> keys = _keys.AsSpan(_head, _count);
        int low = Near;
        for (int left = _count - Near; left > 0;)
        {
            int half = (left + 1) >> 1;
            low += half & -(keys[low + half - 1] < key ? 1 : 0);
            left -= half;
        }

        return low;
    }
}
