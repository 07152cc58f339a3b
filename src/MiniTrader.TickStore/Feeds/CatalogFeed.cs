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
    /// True when some events come twice, for the venue at venue time and for the strategy at received time; false when each comes once,
    /// for both.
    /// </summary>
    public bool IsApart { get; private init; }

    /// <summary>
    /// Opens every series of the session's instruments that the request names, merged by due time. Event headers carry the
    /// session's instrument index.
    /// </summary>
    /// <exception cref="TickDataException">The request is invalid or finds no data; the sentence says which.</exception>
    /// <exception cref="TickFileException">A file is damaged.</exception>
    public static CatalogFeed Open(TickCatalog catalog, InstrumentTable sessionInstruments, FeedRequest request)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(sessionInstruments);
        ArgumentNullException.ThrowIfNull(request);
        request.Validated();
        List<FeedStream> streams = FeedStream.Find(catalog, sessionInstruments, request);
        DecodeAhead? ahead = StartDecoding(streams, request);
        EventCursor[] cursors = [.. streams.Select(s => s.Open(ahead))];
        bool isApart = streams.Any(s => s.Settings.Side == CursorSide.Strategy);
        CatalogFeed feed = cursors.Length == 1
            ? new MappedFeed(cursors[0], ahead) { IsApart = isApart }
            : new MergedFeed(cursors, [.. streams.Select(s => s.Settings.Side)], ahead) { IsApart = isApart };
        if (feed.TotalRows > 0) return feed;

        feed.Dispose();
        throw new TickDataException($"{catalog.Directory} has no events of the instruments between {request.From?.ToString() ?? "the beginning"} and {request.To?.ToString() ?? "the end"}.");
    }

    /// <summary>
    /// Opens one series in file order, each row once with both of its stored times and flagged for both sides: what tools
    /// that inspect or export files want. The request's kinds and latency are not used.
    /// </summary>
    public static CatalogFeed OpenSeries(TickCatalog catalog, TickSeries series, InstrumentId instrument, FeedRequest request)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(request);
        request.Validated();
        FeedStream stream = new([catalog.OpenFiles(series)], FeedStream.SettingsOf(request, instrument, CursorSide.File, 1));
        DecodeAhead? ahead = StartDecoding([stream], request);
        return new MappedFeed(stream.Open(ahead), ahead);
    }

    public abstract int Fill(Span<MarketEvent> slots);

    public abstract void Dispose();

    private static DecodeAhead? StartDecoding(List<FeedStream> streams, FeedRequest request)
    {
        bool isNeeded = request.DecodeThreads > 0 && streams.Any(s => s.Series.Any(files => files.Any(f => f.Compression != TickCompression.None)));
        return isNeeded ? new DecodeAhead(request.DecodeThreads, streams.Sum(s => s.Series.Length) * SeriesCursor.SlotsAhead) : null;
    }
}
