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
/// the nearer end, so that near the best price, where nearly all changes are, next to nothing moves; how far apart prices lie does
/// not matter. A search compares the best eight at once and halves what lies behind. One owner, one thread.
/// </summary>
internal sealed class Ladder
{
    private const int Near = 8;

    private readonly Rung[] _rungs;

    // Exclusive or with it makes the better price the smaller number: all ones for bids, zero for asks.
    private readonly long _flip;
    private int _head;
    private int _count;

    public Ladder(int capacity, bool isBid)
    {
        // The search reads eight rungs from the head whether they are there or not.
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
        get => ref _rungs[_head];
    }

    /// <summary>The rung that lies <paramref name="depth"/> behind the best one.</summary>
    public ref Rung this[int depth]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _rungs[_head + depth];
    }

    public ReadOnlySpan<Rung> Rungs => new(_rungs, _head, _count);

    /// <summary>How many prices are better than this one: its depth if it is here, else where it belongs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int DepthOf(long price)
    {
        int better = BetterThan(ref _rungs[_head], price ^ _flip, _flip);
        if (better < Near || _count <= Near) return Math.Min(better, _count);
        return FarDepthOf(price);
    }

    /// <summary>True when the price at this depth is <paramref name="price"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(int depth, long price) => depth < _count && _rungs[_head + depth].Price == price;

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
                _rungs[to] = _rungs[from];
                return;
            }

            (Rung first, Rung second) = (_rungs[from], _rungs[from + 1]);
            _rungs[to] = first;
            _rungs[to + 1] = second;
            return;
        }

        Array.Copy(_rungs, from, _rungs, to, count);
    }

    /// <summary>How many of the eight rungs from here have a better price, by four comparisons of two rungs each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int BetterThan(ref Rung head, long key, long flip)
    {
        ref long words = ref head.Price;
        Vector256<long> keys = Vector256.Create(key), flips = Vector256.Create(flip);

        // SAFETY: the array has eight rungs more than a head can pass, so that the loads never leave it.
        Vector256<long> a = Vector256.LessThan(Vector256.LoadUnsafe(ref words) ^ flips, keys);
        Vector256<long> b = Vector256.LessThan(Vector256.LoadUnsafe(ref words, 4) ^ flips, keys);
        Vector256<long> c = Vector256.LessThan(Vector256.LoadUnsafe(ref words, 8) ^ flips, keys);
        Vector256<long> d = Vector256.LessThan(Vector256.LoadUnsafe(ref words, 12) ^ flips, keys);
        uint bits = (a.ExtractMostSignificantBits() & 5) | ((b.ExtractMostSignificantBits() & 5) << 4)
            | ((c.ExtractMostSignificantBits() & 5) << 8) | ((d.ExtractMostSignificantBits() & 5) << 12);

        // The first rung that is not better ends the count. Rungs behind the last one hold old prices: the caller cuts off what they add.
        return System.Numerics.BitOperations.TrailingZeroCount(~bits & 0x5555u | 0x10000u) >> 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FarDepthOf(long price)
    {
        long key = price ^ _flip;
        int low = Near, high = _count;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if ((_rungs[_head + middle].Price ^ _flip) < key) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
