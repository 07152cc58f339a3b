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

    private readonly SeriesCursor[] _cursors;
    private readonly DecodeAhead? _ahead;
    private Stage* _stages;
    private MarketEvent* _events;
    private MergeTree? _tree;
    private Exception? _fault;

    /// <param name="cursors">In the order that settles ties.</param>
    internal MergedFeed(SeriesCursor[] cursors, CursorSide[] sides, DecodeAhead? ahead)
    {
        _cursors = cursors;
        _ahead = ahead;
        _events = (MarketEvent*)NativeMemory.AlignedAlloc((nuint)cursors.Length * StageRows * MarketEvent.Size, MarketEvent.Size);
        _stages = (Stage*)NativeMemory.AlignedAlloc((nuint)(cursors.Length * sizeof(Stage)), 64);
        for (int i = 0; i < cursors.Length; i++)
        {
            TotalRows += cursors[i].TotalRows;
            _stages[i] = new Stage { DueOffset = sides[i] == CursorSide.Venue ? ColumnLayout.VenueTimeOffset : ColumnLayout.ReceivedTimeOffset };
        }
    }

    ~MergedFeed() => Free();

    public override long TotalRows { get; }

    public override bool IsFinished => _tree is { Winner.Key: MergeTree.Ended };

    /// <inheritdoc/>
    /// <exception cref="TickFileException">A row that would come next is damaged or out of order. All rows ahead of it have been handed out.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Fill(Span<MarketEvent> slots)
    {
        if (_fault is not null) throw new TickFileException(_fault.Message, _fault);
        MergeTree tree = _tree ??= Start();
        MergeTree.Head winner = tree.Winner;
        int count = slots.Length, written = 0;
        Stage* stages = _stages;
        fixed (MarketEvent* target = slots)
        {
            while (written < count && winner.Key != MergeTree.Ended)
            {
                // SAFETY: a stream that has not ended has at least one staged event at its head.
                Stage* stage = stages + winner.Stream;
                MarketEvent* head = stage->Head;
                target[written++] = *head++;
                stage->Head = head;
                if (head == stage->End)
                {
                    if (!TryRefill((int)winner.Stream)) break;
                    head = stage->Head;
                }

                long next = head == stage->End ? MergeTree.Ended : *(long*)((byte*)head + stage->DueOffset);
                winner = tree.Replace((int)winner.Stream, next);
            }
        }

        tree.Winner = winner;
        return written;
    }

    public override void Dispose()
    {
        foreach (SeriesCursor cursor in _cursors) cursor.Dispose();
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

    /// <summary>Reads the first rows of every stream; left to the first call, so that opening a feed touches no row.</summary>
    private MergeTree Start()
    {
        long[] keys = new long[_cursors.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            Refill(i);
            Stage* stage = _stages + i;
            keys[i] = stage->Head == stage->End ? MergeTree.Ended : *(long*)((byte*)stage->Head + stage->DueOffset);
        }

        return new MergeTree(keys);
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
        MarketEvent* first = _events + ((nint)stream * StageRows);
        _stages[stream].Head = first;
        _stages[stream].End = first + _cursors[stream].Fill(first, StageRows);
        _cursors[stream].PrefetchNext(StageRows);
    }

    private struct Stage
    {
        public MarketEvent* Head;
        public MarketEvent* End;
        public nint DueOffset;
    }
}
