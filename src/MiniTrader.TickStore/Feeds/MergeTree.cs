using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiniTrader.TickStore;

/// <summary>
/// A tournament of losers over the heads of k ordered streams (Knuth, The Art of Computer Programming 3, 5.4.1): the winner is
/// known, and when its key changes only the games on its own path are played again. Equal keys go to the lower stream.
/// <code>
///               1            games 1 .. leaves-1 hold their loser; stream s plays first at game (leaves + s) / 2
///           2       3
///         4   5   6   7
/// </code>
/// </summary>
internal sealed unsafe class MergeTree : IDisposable
{
    /// <summary>The key of a stream that has ended.</summary>
    public const long Ended = long.MaxValue;

    private readonly int _leaves;
    private Game* _games;

    /// <param name="keys">The first key of each stream.</param>
    public MergeTree(ReadOnlySpan<long> keys)
    {
        _leaves = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(keys.Length, 2));
        _games = (Game*)NativeMemory.AlignedAlloc((nuint)(_leaves * sizeof(Game)), 64);
        Game champion = Play(1, keys);
        Winner = champion.Stream;
        WinnerKey = champion.Key;
    }

    ~MergeTree() => Dispose();

    public int Winner { get; private set; }

    public long WinnerKey { get; private set; }

    /// <summary>Gives the winner's stream its next key and finds the new winner.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Replace(long key)
    {
        int stream = Winner;
        Game* games = _games;

        // SAFETY: stream is below leaves, so that every game on its path is between 1 and leaves - 1.
        for (int at = (_leaves + stream) >> 1; at > 0; at >>= 1)
        {
            Game held = games[at];
            bool heldWins = (held.Key < key) | ((held.Key == key) & (held.Stream < stream));
            games[at].Key = heldWins ? key : held.Key;
            games[at].Stream = heldWins ? stream : held.Stream;
            key = heldWins ? held.Key : key;
            stream = heldWins ? held.Stream : stream;
        }

        Winner = stream;
        WinnerKey = key;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_games);
        _games = null;
        GC.SuppressFinalize(this);
    }

    private Game Play(int at, ReadOnlySpan<long> keys)
    {
        if (at >= _leaves)
        {
            int stream = at - _leaves;
            return new Game { Key = stream < keys.Length ? keys[stream] : Ended, Stream = stream };
        }

        Game left = Play(2 * at, keys), right = Play((2 * at) + 1, keys);
        bool leftWins = left.Key <= right.Key;
        _games[at] = leftWins ? right : left;
        return leftWins ? left : right;
    }

    private struct Game
    {
        public long Key;
        public int Stream;
    }
}
