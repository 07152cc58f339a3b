using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MiniTrader.Model;

/// <summary>
/// A 64-bit hash that is fed one record after another. Two sessions agree on it exactly when they saw the same orders and
/// reports in the same order. Not cryptographic. The mixing step is the finaliser of SplitMix64 (Steele, Lea, Flood, 2014).
/// </summary>
public struct RollingHash
{
    private ulong _state;

    /// <summary>The hash of all that was added so far; zero when nothing was.</summary>
    public readonly ulong Value => _state;

    /// <summary>Adds one 64-bit word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong word)
    {
        ulong x = (_state ^ word) + 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        _state = x ^ (x >> 31);
    }

    /// <summary>
    /// Adds every byte of a record; its size must be a multiple of 32 and it must have no padding. Four lanes take every fourth word
    /// at once, each mixed with a key that differs from word to word; the lane step is the one of XXH3 (Collet, 2019), a product of
    /// 32 × 32 bits and the neighbour's word, which keeps what a product with zero would lose.
    /// </summary>
    public void Add<T>(in T record)
        where T : unmanaged
    {
        ReadOnlySpan<Vector256<ulong>> stripes = MemoryMarshal.Cast<T, Vector256<ulong>>(new ReadOnlySpan<T>(in record));
        Vector256<ulong> lanes = Vector256.Create(1UL, 2UL, 3UL, 4UL);
        Vector256<ulong> key = Vector256.Create(0x9E3779B185EBCA87UL, 0xC2B2AE3D27D4EB4FUL, 0x165667B19E3779F9UL, 0x85EBCA77C2B2AE63UL);
        Vector256<ulong> step = Vector256.Create(0x9E3779B97F4A7C15UL);
        foreach (ref readonly Vector256<ulong> words in stripes)
        {
            lanes += HalvesProduct(words ^ key) + Vector256.Shuffle(words, Vector256.Create(1UL, 0UL, 3UL, 2UL));
            key += step;
        }

        Add(lanes[0] ^ BitOperations.RotateLeft(lanes[1], 16) ^ BitOperations.RotateLeft(lanes[2], 32) ^ BitOperations.RotateLeft(lanes[3], 48));
    }

    /// <summary>Sixteen lower-case hexadecimal digits.</summary>
    public override readonly string ToString() => _state.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The upper half of each word times its lower half, in one instruction where there is one; the same number elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> HalvesProduct(Vector256<ulong> words)
    {
        Vector256<ulong> upper = words >>> 32;
        return Avx2.IsSupported ? Avx2.Multiply(words.AsUInt32(), upper.AsUInt32()) : (words & Vector256.Create((ulong)uint.MaxValue)) * upper;
    }
}
