using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    /// Adds every byte of a record; its size must be a multiple of 32 and it must have no padding. Four lanes take every fourth word,
    /// so that their multiplications overlap; the lane step is the round of xxHash64 (Collet, 2014).
    /// </summary>
    public void Add<T>(in T record)
        where T : unmanaged
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<T, ulong>(new ReadOnlySpan<T>(in record));
        ulong a = 1, b = 2, c = 3, d = 4;
        for (int i = 0; i + 4 <= words.Length; i += 4)
        {
            a = Round(a, words[i]);
            b = Round(b, words[i + 1]);
            c = Round(c, words[i + 2]);
            d = Round(d, words[i + 3]);
        }

        Add(a ^ BitOperations.RotateLeft(b, 16) ^ BitOperations.RotateLeft(c, 32) ^ BitOperations.RotateLeft(d, 48));
    }

    /// <summary>Sixteen lower-case hexadecimal digits.</summary>
    public override readonly string ToString() => _state.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    private static ulong Round(ulong lane, ulong word) => BitOperations.RotateLeft(lane + (word * 0xC2B2AE3D27D4EB4FUL), 31) * 0x9E3779B185EBCA87UL;
}
