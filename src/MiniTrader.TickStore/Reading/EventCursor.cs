using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>One ordered stream of events that a feed merges with others. Called once a stage of rows, never once an event.</summary>
internal abstract unsafe class EventCursor : IDisposable
{
    /// <summary>Rows of the range, more only by those of its first and last batch that lie outside it.</summary>
    public abstract long TotalRows { get; }

    public abstract bool IsFinished { get; }

    /// <summary>
    /// Writes the next events, fewer than asked for where a batch ends; zero only at the end. A fault is thrown when all rows ahead of it
    /// have been handed out, and again by every later call, so that no row is ever passed over in silence.
    /// </summary>
    // SAFETY: the caller has room for count events, pinned or in native memory, for as long as the call lasts.
    public abstract int Fill(MarketEvent* slots, int count);

    /// <summary>Brings the rows behind the last ones that were handed out nearer, without waiting for them.</summary>
    public abstract void PrefetchNext(int rows);

    public abstract void Dispose();
}
