using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>Replays one series straight from its mapped files. One thread calls it.</summary>
public sealed unsafe class MappedFeed : CatalogFeed
{
    private readonly EventCursor _cursor;
    private readonly DecodeAhead? _ahead;
    private bool _isDisposed;

    internal MappedFeed(EventCursor cursor, DecodeAhead? ahead)
    {
        _cursor = cursor;
        _ahead = ahead;
    }

    public override long TotalRows => _cursor.TotalRows;

    public override bool IsFinished => _cursor.IsFinished;

    /// <inheritdoc/>
    /// <exception cref="TickFileException">The next rows are damaged or out of order.</exception>
    public override int Fill(Span<MarketEvent> slots)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);

        // SAFETY: the cursor writes at most as many events as the span has.
        int filled;
        fixed (MarketEvent* first = slots) filled = _cursor.Fill(first, slots.Length);

        // While these events are taken in the memory has nothing to do: it brings the rows of the next call.
        _cursor.PrefetchNext(filled);
        return filled;
    }

    public override void Dispose()
    {
        _isDisposed = true;
        _cursor.Dispose();
        _ahead?.Dispose();
    }

    internal static MappedFeed OverFile(TickFile file) =>
        new(new SeriesCursor([file], new CursorSettings { Instrument = new InstrumentId(0) }, null), null);
}
