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

    /// <summary>Adds every byte of a record; its size must be a multiple of eight and it must have no padding.</summary>
    public void Add<T>(in T record)
        where T : unmanaged
    {
        foreach (ulong word in MemoryMarshal.Cast<T, ulong>(new ReadOnlySpan<T>(in record))) Add(word);
    }

    /// <summary>Sixteen lower-case hexadecimal digits.</summary>
    public override readonly string ToString() => _state.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
