using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// Replays many series as one stream in the order of due time. Each series is turned into events a few rows ahead, in a buffer
/// that stays in the first-level cache; the merge then copies one cache line an event. One thread calls it.
/// </summary>
public sealed unsafe class MergedFeed : CatalogFeed
{
    /// <summary>Rows that each stream is ahead: long enough for the vectorised copy, short enough for many streams to share the cache.</summary>
    private const int StageRows = 64;

    /// <summary>One slot more than rows: the key of the row behind the last is computed, and not used.</summary>
    private const int StageSlots = StageRows + 1;

    private readonly EventCursor[] _cursors;
    private readonly DecodeAhead? _ahead;
    private Stage* _stages;
    private MarketEvent* _events;
    private MergeTree? _tree;
    private Exception? _fault;

    /// <param name="cursors">In the order that settles ties.</param>
    internal MergedFeed(EventCursor[] cursors, CursorSide[] sides, DecodeAhead? ahead)
    {
        _cursors = cursors;
        _ahead = ahead;
        _events = (MarketEvent*)NativeMemory.AlignedAlloc((nuint)cursors.Length * StageSlots * MarketEvent.Size, MarketEvent.Size);
        _stages = (Stage*)NativeMemory.AlignedAlloc((nuint)(cursors.Length * sizeof(Stage)), 64);
        for (int i = 0; i < cursors.Length; i++)
        {
            TotalRows += cursors[i].TotalRows;
            _stages[i] = new Stage { DueOffset = sides[i] == CursorSide.Venue ? ColumnLayout.VenueTimeOffset : ColumnLayout.ReceivedTimeOffset };
        }
    }

    ~MergedFeed() => Free();

    public override long TotalRows { get; }

    public override bool IsFinished => _tree is { } tree && tree.IsEnded(tree.Winner);

    /// <inheritdoc/>
    /// <exception cref="TickFileException">A row that would come next is damaged or out of order. All rows ahead of it have been handed out.</exception>
    public override int Fill(Span<MarketEvent> slots)
    {
        if (_fault is not null) throw new TickFileException(_fault.Message, _fault);
        MergeTree tree = _tree ??= Start();
        return _cursors.Length == 2 ? Fill<TwoStreams>(tree, slots) : Fill<ManyStreams>(tree, slots);
    }

    /// <summary>
    /// One event a turn; of two streams also those that the winner has before the other's next one. Compiled once for two streams and once for
    /// many: in code for both, what two need besides cost many a quarter of their speed.
    /// </summary>
    /// <typeparam name="TStreams"><see cref="TwoStreams"/> or <see cref="ManyStreams"/>.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Fill<TStreams>(MergeTree tree, Span<MarketEvent> slots)
        where TStreams : struct
    {
        long winner = tree.Winner;
        int count = slots.Length, written = 0;
        Stage* stages = _stages;
        fixed (MarketEvent* target = slots)
        {
            while (written < count)
            {
                if (!tree.IsTime(winner))
                {
                    if (tree.IsEnded(winner)) break;
                    winner = Rebase(tree);
                }

                // SAFETY: a stream that has not ended has at least one staged event at its head.
                int stream = tree.StreamOf(winner);
                Stage* stage = stages + stream;
                MarketEvent* head = stage->Head;
                target[written++] = *head++;
                long next = stage->NextKey;
                if (typeof(TStreams) == typeof(TwoStreams) && next < tree.Rival)
                {
                    int run = CopyRun(tree, stream, head, target + written, count - written);
                    written += run;
                    head += run;
                    next = tree.KeyOf(stream, stage->DueOf(head));
                }

                stage->Head = head;
                if (head == stage->End)
                {
                    if (!TryRefill(stream)) break;
                    head = stage->Head;
                    next = head == stage->End ? tree.EndedKeyOf(stream) : tree.KeyOf(stream, stage->DueOf(head));
                }

                // The key after the next one is found a turn early, so that the games need not wait for the event's own cache line.
                stage->NextKey = tree.KeyOf(stream, stage->DueOf(head + 1));
                winner = tree.Replace(stream, next);
            }
        }

        tree.Winner = winner;
        return written;
    }

    public override void Dispose()
    {
        foreach (EventCursor cursor in _cursors) cursor.Dispose();
        _ahead?.Dispose();
        _tree?.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_events);
        NativeMemory.AlignedFree(_stages);
        _events = null;
        _stages = null;
    }

    private long Rebase(MergeTree tree)
    {
        tree.Rebase(Dues());
        NoteNextKeys(tree);
        return tree.Winner;
    }

    /// <summary>
    /// Of two streams one may win many times in a row, as a book does over the trades beside it: its events up to the other's next one are copied
    /// without a game. Answers how many.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int CopyRun(MergeTree tree, int stream, MarketEvent* from, MarketEvent* to, int room)
    {
        Stage* stage = _stages + stream;
        int staged = (int)Math.Min(room, stage->End - from), run = 0;
        for (long rival = tree.Rival; run < staged && tree.KeyOf(stream, stage->DueOf(from + run)) < rival; run++) to[run] = from[run];
        return run;
    }

    /// <summary>Reads the first rows of every stream; left to the first call, so that opening a feed touches no row.</summary>
    private MergeTree Start()
    {
        new Span<MarketEvent>(_events, _cursors.Length * StageSlots).Clear();
        for (int i = 0; i < _cursors.Length; i++) Refill(i);
        MergeTree tree = new(Dues());
        NoteNextKeys(tree);
        return tree;
    }

    private long?[] Dues()
    {
        long?[] dues = new long?[_cursors.Length];
        for (int i = 0; i < dues.Length; i++)
        {
            Stage* stage = _stages + i;
            dues[i] = stage->Head == stage->End ? null : stage->DueOf(stage->Head);
        }

        return dues;
    }

    private void NoteNextKeys(MergeTree tree)
    {
        for (int i = 0; i < _cursors.Length; i++)
        {
            Stage* stage = _stages + i;
            if (stage->Head != stage->End) stage->NextKey = tree.KeyOf(i, stage->DueOf(stage->Head + 1));
        }
    }

    /// <summary>False when the stream's next row is at fault; the events ahead of it are handed out first, the fault is thrown by the next call.</summary>
    private bool TryRefill(int stream)
    {
        try
        {
            Refill(stream);
            return true;
        }
        catch (TickFileException fault)
        {
            _fault = fault;
            return false;
        }
    }

    private void Refill(int stream)
    {
        MarketEvent* first = _events + ((nint)stream * StageSlots);
        _stages[stream].Head = first;
        _stages[stream].End = first + _cursors[stream].Fill(first, StageRows);
        _cursors[stream].PrefetchNext(StageRows);
    }

    private struct Stage
    {
        public MarketEvent* Head;
        public MarketEvent* End;
        public nint DueOffset;

        /// <summary>The key of the event behind the head, where there is one.</summary>
        public long NextKey;

        public readonly long DueOf(MarketEvent* slot) => *(long*)((byte*)slot + DueOffset);
    }

    private readonly struct TwoStreams;

    private readonly struct ManyStreams;
}
