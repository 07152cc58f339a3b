using System.Numerics;
using System.Runtime.CompilerServices;

namespace MiniTrader.Books;

/// <summary>
/// Finds the slot of an order by its id: open addressing with linear probing over 8-byte entries, at most half full. Sixteen
/// consecutive ids, and feeds number orders consecutively, lie side by side; these blocks are spread by Fibonacci hashing, so that ids of any
/// stride spread as well. An entry carries 32 bits of its id, so that neither a probe nor a removal reads the orders
/// themselves.
/// <code>
/// 0        32       64
/// +--------+--------+
/// | slot+1 | tag    |   zero: empty
/// +--------+--------+
/// </code>
/// </summary>
internal sealed class OrderIndex
{
    public const int None = -1;

    private const int BlockBits = 4;
    private readonly ulong[] _entries;
    private readonly int _mask;
    private readonly int _shift;

    public OrderIndex(int capacity)
    {
        _entries = new ulong[2 * (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 4 << BlockBits))];
        _mask = _entries.Length - 1;
        _shift = 32 - (BitOperations.Log2((uint)_entries.Length) - BlockBits);
    }

    /// <summary>The place of the first entry at or behind the id's home that is empty or may be its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int First(uint tag, out int slot)
    {
        int at = HomeOf(tag);
        return NextFrom(at, tag, out slot);
    }

    /// <summary>As <see cref="First"/>, behind an entry that had the tag but was another order's.</summary>
    public int Next(int at, uint tag, out int slot) => NextFrom((at + 1) & _mask, tag, out slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint TagOf(long id) => (uint)id ^ (uint)((ulong)id >> 32);

    /// <summary>Writes an entry at the empty place that a search ended at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int at, uint tag, int slot) => _entries[at] = ((ulong)tag << 32) | (uint)(slot + 1);

    /// <summary>Empties a place and moves back those behind it that only stood there because it was taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(int hole)
    {
        int next = (hole + 1) & _mask;
        _entries[hole] = 0;
        if (_entries[next] != 0) MoveBack(hole, next);
    }

    /// <summary>The slot at the id's home, or none; only a guess, which brings the line into the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Guess(uint tag)
    {
        ulong entry = _entries[HomeOf(tag)];
        return (uint)(entry >> 32) == tag ? (int)(uint)entry - 1 : None;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextFrom(int at, uint tag, out int slot)
    {
        ulong[] entries = _entries;
        while (true)
        {
            ulong entry = entries[at];
            if (entry == 0 || (uint)(entry >> 32) == tag)
            {
                slot = (int)(uint)entry - 1;
                return at;
            }

            at = (at + 1) & _mask;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MoveBack(int hole, int at)
    {
        for (; _entries[at] != 0; at = (at + 1) & _mask)
        {
            int home = HomeOf((uint)(_entries[at] >> 32));
            if (((at - home) & _mask) < ((at - hole) & _mask)) continue;
            _entries[hole] = _entries[at];
            _entries[at] = 0;
            hole = at;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int HomeOf(uint tag) => (int)((((tag >> BlockBits) * 0x9E3779B9u) >> _shift) << BlockBits) | (int)(tag & ((1 << BlockBits) - 1));
}
