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
    private Head* _games;

    /// <param name="keys">The first key of each stream.</param>
    public MergeTree(ReadOnlySpan<long> keys)
    {
        _leaves = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(keys.Length, 2));
        _games = (Head*)NativeMemory.AlignedAlloc((nuint)(_leaves * sizeof(Head)), 64);
        Winner = Play(1, keys);
    }

    ~MergeTree() => Dispose();

    /// <summary>The stream whose turn it is; its key is <see cref="Ended"/> when all streams have ended.</summary>
    public Head Winner { get; set; }

    /// <summary>
    /// Gives the winner's stream its next key and returns the new winner, which the caller keeps (and stores when it stops).
    /// The games are decided without branches: in a merge nothing about them can be foreseen.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Head Replace(int winner, long key)
    {
        Head* games = _games;
        long stream = winner;

        // SAFETY: winner is below leaves, so that every game on its path is between 1 and leaves - 1.
        for (int at = (_leaves + winner) >> 1; at > 0; at >>= 1)
        {
            long heldKey = games[at].Key, heldStream = games[at].Stream;
            bool heldWins = (heldKey < key) | ((heldKey == key) & (heldStream < stream));
            long swap = -(long)Unsafe.BitCast<bool, byte>(heldWins);
            long keys = (heldKey ^ key) & swap, streams = (heldStream ^ stream) & swap;
            games[at].Key = heldKey ^ keys;
            games[at].Stream = heldStream ^ streams;
            key ^= keys;
            stream ^= streams;
        }

        return new Head(key, stream);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_games);
        _games = null;
        GC.SuppressFinalize(this);
    }

    private Head Play(int at, ReadOnlySpan<long> keys)
    {
        if (at >= _leaves)
        {
            int stream = at - _leaves;
            return new Head(stream < keys.Length ? keys[stream] : Ended, stream);
        }

        Head left = Play(2 * at, keys), right = Play((2 * at) + 1, keys);
        bool leftWins = left.Key <= right.Key;
        _games[at] = leftWins ? right : left;
        return leftWins ? left : right;
    }

    /// <summary>A stream and the key of its first event.</summary>
    public struct Head(long key, long stream)
    {
        public long Key = key;
        public long Stream = stream;
    }
}
