using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiniTrader.TickStore;

/// <summary>
/// A tournament of losers over the heads of k ordered streams (Knuth, The Art of Computer Programming 3, 5.4.1): the winner is
/// known, and when its key changes only the games on its own path are played again. A key is the due time since a base with the
/// stream's number in its lowest bits, so that equal times go to the lower stream and a game is one subtraction.
/// <code>
///               1            games 1 .. leaves-1 hold their loser; stream s plays first at game (leaves + s) / 2
///           2       3
///         4   5   6   7
/// </code>
/// </summary>
internal sealed unsafe class MergeTree : IDisposable
{
    private readonly int _leaves;
    private readonly int _streamBits;
    private readonly long _streamMask;
    private long _base;
    private long* _games;

    /// <param name="dues">The first due time of each stream, null for one without events.</param>
    public MergeTree(ReadOnlySpan<long?> dues)
    {
        _leaves = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(dues.Length, 2));
        _streamBits = BitOperations.Log2((uint)_leaves);
        _streamMask = _leaves - 1;
        _games = (long*)NativeMemory.AlignedAlloc((nuint)(_leaves * sizeof(long)), 64);
        Rebase(dues);
    }

    ~MergeTree() => Dispose();

    /// <summary>The key whose turn it is.</summary>
    public long Winner { get; set; }

    /// <summary>The time of a stream that has ended: later than every other.</summary>
    private long Ended => long.MaxValue >> _streamBits;

    /// <summary>All times that are too far from the base to be told apart: <see cref="Rebase"/> is due when one of them wins.</summary>
    private long Far => Ended - 1;

    public int StreamOf(long key) => (int)(key & _streamMask);

    /// <summary>False for the keys that stand for no single time: see <see cref="IsEnded"/> and <see cref="Rebase"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsTime(long key) => key >> _streamBits < Far;

    public bool IsEnded(long key) => key >> _streamBits == Ended;

    /// <summary>The key of a stream whose next event is due at a time that is not before the winner's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long KeyOf(int stream, long due) => ((long)Math.Min((ulong)due - (ulong)_base, (ulong)Far) << _streamBits) | (uint)stream;

    public long EndedKeyOf(int stream) => (Ended << _streamBits) | (uint)stream;

    /// <summary>
    /// Of two streams the key that did not win, or the first that stands for no single time: as long as the winner's stream stays below it, it
    /// wins without a game. Only for two streams.
    /// </summary>
    public long Rival
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Math.Min(_games[1], Far << _streamBits);
    }

    /// <summary>
    /// Gives the winner's stream its next key and returns the new winner, which the caller keeps (and stores when it stops).
    /// The games are decided without branches: in a merge nothing about them can be foreseen.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Replace(int stream, long key)
    {
        long* games = _games;

        // SAFETY: stream is below leaves, so that every game on its path is between 1 and leaves - 1.
        for (int at = (_leaves + stream) >> 1; at > 0; at >>= 1)
        {
            // Keys are not negative, so that the difference cannot overflow and its sign says who wins.
            long held = games[at], lead = held - key;
            lead &= lead >> 63;
            games[at] = held - lead;
            key += lead;
        }

        return key;
    }

    /// <summary>Counts times from the earliest on, and plays all games again.</summary>
    public void Rebase(ReadOnlySpan<long?> dues)
    {
        long earliest = long.MaxValue;
        foreach (long? due in dues) earliest = Math.Min(earliest, due ?? long.MaxValue);
        _base = earliest;
        Winner = Play(1, dues);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_games);
        _games = null;
        GC.SuppressFinalize(this);
    }

    private long Play(int at, ReadOnlySpan<long?> dues)
    {
        if (at >= _leaves)
        {
            int stream = at - _leaves;
            return stream < dues.Length && dues[stream] is { } due ? KeyOf(stream, due) : EndedKeyOf(stream);
        }

        long left = Play(2 * at, dues), right = Play((2 * at) + 1, dues);
        _games[at] = Math.Max(left, right);
        return Math.Min(left, right);
    }
}
