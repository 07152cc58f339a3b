using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// Replays many series as one stream in the order of due time. Each series is turned into events a few rows ahead, in a buffer
/// that stays in the first-level cache, with the key of each row beside it; the merge then copies one cache line an event. One thread calls it.
/// </summary>
public sealed unsafe class MergedFeed : CatalogFeed
{
    /// <summary>Rows that each stream is ahead: long enough for the vectorised copy, short enough for many streams to share the cache.</summary>
    internal const int StageRows = 64;

    /// <summary>Behind the rows their mark, and behind that a key that is read a turn early and not used.</summary>
    private const int StageSlots = StageRows + 2;

    private readonly EventCursor[] _cursors;
    private readonly DecodeAhead? _ahead;
    private readonly long[] _heads;
    private MergeState* _state;
    private MergeKeys _keys;
    private MergeTree? _tree;
    private Exception? _fault;

    /// <param name="cursors">In the order that settles ties.</param>
    internal MergedFeed(EventCursor[] cursors, CursorSide[] sides, DecodeAhead? ahead)
    {
        _cursors = cursors;
        _ahead = ahead;
        _heads = new long[cursors.Length];
        nuint slots = (nuint)cursors.Length * StageSlots;
        _state = (MergeState*)NativeMemory.AlignedAlloc((nuint)sizeof(MergeState), 64);
        *_state = new MergeState
        {
            Events = (MarketEvent*)NativeMemory.AlignedAlloc(slots * MarketEvent.Size, MarketEvent.Size),
            RowKeys = (long*)NativeMemory.AllocZeroed(slots, sizeof(long)),
            Stages = (MergeStage*)NativeMemory.AlignedAlloc((nuint)(cursors.Length * sizeof(MergeStage)), 64),
        };
        for (int i = 0; i < cursors.Length; i++)
        {
            TotalRows += cursors[i].TotalRows;
            _state->Stages[i] = new MergeStage { DueOffset = sides[i] == CursorSide.Venue ? ColumnLayout.VenueTimeOffset : ColumnLayout.ReceivedTimeOffset };
        }
    }

    ~MergedFeed() => Free();

    public override long TotalRows { get; }

    public override bool IsFinished => _state == null || (_tree is not null && _keys.IsEnded(_state->Winner));

    /// <inheritdoc/>
    /// <exception cref="TickFileException">
    /// A row that would come next is damaged or out of order. All rows ahead of it have been handed out, and every later call throws again.
    /// </exception>
    public override int Fill(Span<MarketEvent> slots)
    {
        ObjectDisposedException.ThrowIf(_state == null, this);
        if (_fault is not null) ExceptionDispatchInfo.Throw(_fault);
        MergeTree tree = _tree ??= Start();
        fixed (MarketEvent* first = slots)
        {
            MarketEvent* target = first, end = first + slots.Length;
            while (true)
            {
                target = _cursors.Length == 2 ? MergeTwo(target, end) : MergeMany(target, end);
                if (target == end || IsFinished) return (int)(target - first);
                if (TryStep(tree)) continue;

                // A call without rows would look like the end.
                if (target == first) ExceptionDispatchInfo.Throw(_fault!);
                return (int)(target - first);
            }
        }
    }

    public override void Dispose()
    {
        foreach (EventCursor cursor in _cursors) cursor.Dispose();
        _ahead?.Dispose();
        _tree?.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>One event a turn, up to a mark.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // Alone in its method, what it needs every turn stays in registers.
    private MarketEvent* MergeMany(MarketEvent* target, MarketEvent* end)
    {
        MergeState* state = _state;
        long winner = state->Winner;
        for (; target < end && !MergeKeys.IsMark(winner); target++) winner = Turn(state, target, winner);
        state->Winner = winner;
        return target;
    }

    /// <summary>
    /// Hands out the winner's row and answers who wins next. A method of its own: see <see cref="MergeTree.Replace"/>; and what it works on does not have to
    /// outlive a call.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Turn(MergeState* state, MarketEvent* target, long winner)
    {
        // SAFETY: a stream whose head is no mark has at least that row staged, and behind its last row lie two keys more.
        nint stream = (nint)(winner >> 1) & state->StreamMask;
        MergeStage* stage = state->Stages + stream;
        nint row = stage->Row;
        *target = state->Events[row];
        long key = stage->NextKey;
        stage->Row = row + 1;

        // The key after the next one is found a turn early, so that the games need not wait for where it lies.
        stage->NextKey = state->RowKeys[row + 2];
        nint at = (stream + state->StreamMask + 1) >> 1;
        key = MergeTree.PlayThree(state->Games, at, key);
        return at < 8 ? key : MergeTree.Replace(state->Games, at >> 3, key);
    }

    /// <summary>
    /// Of two streams one may win many times in a row, as a book does over the trades beside it: its events up to the other's next one are copied
    /// without a game.
    /// </summary>
    private MarketEvent* MergeTwo(MarketEvent* target, MarketEvent* end)
    {
        MergeState* state = _state;
        long* rowKeys = state->RowKeys;
        MarketEvent* events = state->Events;
        long winner = state->Winner, rival = state->Games[1];
        while (target < end && !MergeKeys.IsMark(winner))
        {
            // SAFETY: as in Turn.
            MergeStage* stage = state->Stages + ((nint)(winner >> 1) & 1);
            nint row = stage->Row;
            do
            {
                *target++ = events[row++];
                winner = rowKeys[row];
            }
            while (winner < rival && !MergeKeys.IsMark(winner) && target < end);

            stage->Row = row;
            if (winner > rival) (winner, rival) = (rival, winner);
        }

        state->Winner = winner;
        state->Games[1] = rival;
        return target;
    }

    /// <summary>
    /// Does what the mark says that has come to its turn. False when the stream's next row is at fault: the events ahead of it are handed out first.
    /// </summary>
    private bool TryStep(MergeTree tree)
    {
        long winner = _state->Winner;
        if (_keys.IsFar(winner))
        {
            Rebase(tree);
            return true;
        }

        int stream = _keys.StreamOf(winner);
        if (!TryStage(stream)) return false;
        SetKeys(stream);
        _state->Winner = MergeTree.Replace(tree.Games, (tree.Leaves + stream) >> 1, HeadKey(stream));
        return true;
    }

    /// <summary>Reads the first rows of every stream; left to the first call, so that opening a feed touches no row.</summary>
    private MergeTree Start()
    {
        for (int i = 0; i < _cursors.Length; i++)
        {
            if (!TryStage(i)) ExceptionDispatchInfo.Throw(_fault!);
        }

        MergeTree tree = new(_cursors.Length);
        _state->Games = tree.Games;
        _state->StreamMask = tree.Leaves - 1;
        Rebase(tree);
        return tree;
    }

    /// <summary>Counts times from the earliest on, and plays all games again.</summary>
    private void Rebase(MergeTree tree)
    {
        long earliest = long.MaxValue;
        for (int i = 0; i < _cursors.Length; i++)
        {
            MergeStage* stage = _state->Stages + i;
            if (stage->Row != stage->End) earliest = Math.Min(earliest, stage->DueOf(_state->Events + stage->Row));
        }

        _keys = new MergeKeys(_cursors.Length, earliest);
        for (int i = 0; i < _heads.Length; i++)
        {
            SetKeys(i);
            _heads[i] = HeadKey(i);
        }

        _state->Winner = tree.Start(_heads);
    }

    private long HeadKey(int stream) => _state->RowKeys[_state->Stages[stream].Row];

    /// <summary>False when the next rows are at fault, of whatever kind: a cursor that threw may have passed over rows, and is not asked again.</summary>
    private bool TryStage(int stream)
    {
        nint first = (nint)stream * StageSlots;
        int rows;
        try
        {
            rows = _cursors[stream].Fill(_state->Events + first, StageRows);
        }
        catch (Exception fault)
        {
            _fault = fault;
            return false;
        }

        _state->Stages[stream].Row = first;
        _state->Stages[stream].End = first + rows;
        _cursors[stream].PrefetchNext(StageRows);
        return true;
    }

    /// <summary>The keys of the staged rows and the mark behind them, or in the place of the first one that is too far.</summary>
    private void SetKeys(int stream)
    {
        MergeStage* stage = _state->Stages + stream;
        MarketEvent* events = _state->Events;
        long* rowKeys = _state->RowKeys;
        nint first = stage->Row, end = stage->End;
        while (end > first && !_keys.IsInReach(stage->DueOf(events + end - 1))) end--;
        _keys.Write(stream, (byte*)(events + first) + stage->DueOffset, end - first, rowKeys + first);
        rowKeys[end] = end < stage->End ? _keys.FarKeyOf(stream) : end == first ? _keys.EndedKeyOf(stream) : MergeKeys.MarkBehind(rowKeys[end - 1]);
        stage->NextKey = rowKeys[first + 1];
    }

    private void Free()
    {
        if (_state == null) return;
        NativeMemory.AlignedFree(_state->Events);
        NativeMemory.Free(_state->RowKeys);
        NativeMemory.AlignedFree(_state->Stages);
        NativeMemory.AlignedFree(_state);
        _state = null;
    }
}
