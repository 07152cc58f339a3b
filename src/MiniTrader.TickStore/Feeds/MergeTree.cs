using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiniTrader.TickStore;

/// <summary>
/// A tournament of losers over the heads of k ordered streams (Knuth, The Art of Computer Programming 3, 5.4.1): the least key wins, and
/// when the winner's stream moves on only the games on its own path are played again. What a key is says <see cref="MergeKeys"/>.
/// <code>
///               1            games 1 .. leaves-1 hold their loser; stream s plays first at game (leaves + s) / 2
///           2       3        game 0 holds the greatest number, against which every key wins
///         4   5   6   7
/// </code>
/// </summary>
internal sealed unsafe class MergeTree : IDisposable
{
    public MergeTree(int streams)
    {
        Leaves = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(streams, 2));
        Games = (long*)NativeMemory.AlignedAlloc((nuint)(Leaves * sizeof(long)), 64);
        Games[0] = long.MaxValue;
    }

    ~MergeTree() => NativeMemory.AlignedFree(Games);

    public int Leaves { get; }

    /// <summary>The losers, by game.</summary>
    public long* Games { get; private set; }

    /// <summary>
    /// Plays the games of a winner's path with its stream's next key, from game <paramref name="at"/> up, and returns the new winner. A method of its own,
    /// because there, and not inside a loop, the compiler decides games without branches: in a merge nothing about them can be foreseen.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Replace(long* games, nint at, long key)
    {
        key = PlayThree(games, at, key);
        return at < 8 ? key : Replace(games, at >> 3, key);
    }

    /// <summary>Three games, or those that there are and game 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long PlayThree(long* games, nint at, long key)
    {
        // SAFETY: a path's games are between 1 and leaves - 1, and what lies above the last is game 0.
        long* game = games + at;
        long held = *game;
        *game = held > key ? held : key;
        key = held > key ? key : held;
        game = games + (at >> 1);
        held = *game;
        *game = held > key ? held : key;
        key = held > key ? key : held;
        game = games + (at >> 2);
        held = *game;
        *game = held > key ? held : key;
        return held > key ? key : held;
    }

    /// <summary>Plays all games. Streams are numbered as their keys stand.</summary>
    public long Start(ReadOnlySpan<long> keys) => Play(1, keys);

    public void Dispose()
    {
        NativeMemory.AlignedFree(Games);
        Games = null;
        GC.SuppressFinalize(this);
    }

    private long Play(int at, ReadOnlySpan<long> keys)
    {
        if (at >= Leaves) return at - Leaves < keys.Length ? keys[at - Leaves] : long.MaxValue;
        long left = Play(2 * at, keys), right = Play((2 * at) + 1, keys);
        Games[at] = Math.Max(left, right);
        return Math.Min(left, right);
    }
}
