using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>A feed over the files of a catalog. One thread calls it; decoding threads of its own work ahead where asked for.</summary>
public abstract class CatalogFeed : IFeed
{
    private protected CatalogFeed()
    {
    }

    /// <summary>Events that the feed will emit from start to end, for progress; exact up to the two batches at the ends of the range.</summary>
    public abstract long TotalRows { get; }

    public abstract bool IsFinished { get; }

    /// <summary>
    /// Opens every series of the session's instruments that the request names, merged by due time. Event headers carry the
    /// session's instrument index.
    /// </summary>
    /// <exception cref="TickDataException">The request is invalid or finds no data; the sentence says which.</exception>
    /// <exception cref="TickFileException">A file is damaged.</exception>
    public static CatalogFeed Open(TickCatalog catalog, InstrumentTable sessionInstruments, FeedRequest request) => throw new NotImplementedException();

    /// <summary>
    /// Opens one series in file order, each row once with both of its stored times and flagged for both sides: what tools
    /// that inspect or export files want. The request's kinds and latency are not used.
    /// </summary>
    public static CatalogFeed OpenSeries(TickCatalog catalog, TickSeries series, InstrumentId instrument, FeedRequest request) => throw new NotImplementedException();

    public abstract int Fill(Span<MarketEvent> slots);

    public abstract void Dispose();
}
