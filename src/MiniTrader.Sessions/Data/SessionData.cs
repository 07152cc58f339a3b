using MiniTrader.Exchange;
using MiniTrader.Feeds;
using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.Sessions;

/// <summary>The data of a session: what it trades, and the feed of its events. Opened from a catalog folder or from a generator's words.</summary>
internal sealed class SessionData : IDisposable
{
    private readonly List<(InstrumentId Instrument, bool IsByOrder)> _books = [];

    private SessionData(InstrumentTable instruments, IFeed feed, long totalEvents, string source, IReadOnlyList<KindGroup> groups, IReadOnlyList<string> notes)
    {
        Instruments = instruments;
        Feed = feed;
        TotalEvents = totalEvents;
        Source = source;
        Groups = groups;
        Notes = notes;
    }

    public InstrumentTable Instruments { get; }

    public IFeed Feed { get; }

    /// <summary>Events that will come; zero when nobody knows.</summary>
    public long TotalEvents { get; }

    /// <summary>The data in words that open it again, from any directory.</summary>
    public string Source { get; }

    /// <summary>Kinds of prices that will come, and of which instruments.</summary>
    public IReadOnlyList<KindGroup> Groups { get; }

    /// <summary>True when the venue sees some events before the strategies do: with feed latency, or data of two times.</summary>
    public bool IsApart { get; private init; }

    /// <summary>Instruments whose data has a book, and whether it is one of single orders.</summary>
    public IReadOnlyList<(InstrumentId Instrument, bool IsByOrder)> Books => _books;

    /// <summary>Sentences on what was left out, and on what is mixed.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <exception cref="ArgumentException">The folder, an instrument, a kind or a time is wrong; the sentence names it.</exception>
    public static SessionData Open(RunConfig config)
    {
        Timestamp? from = config.From is null ? null : ConfigValue.Read("from", config.From, t => Timestamp.Parse(t));
        Timestamp? to = config.To is null ? null : ConfigValue.Read("to", config.To, t => Timestamp.Parse(t));
        if (from >= to) throw new ArgumentException($"The session would begin at {from} and end at {to}; it must begin before it ends.");
        LatencyModel latency = ConfigValue.Read("feed-latency", config.FeedLatency, t => LatencyModel.Parse(t));
        return config.Data.StartsWith(GeneratedMarketOptions.Prefix, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(config.Data)
            ? OpenGenerated(config, from, to, latency)
            : OpenCatalog(config, from, to, latency);
    }

    public void Dispose() => Feed.Dispose();

    private static SessionData OpenGenerated(RunConfig config, Timestamp? from, Timestamp? to, LatencyModel latency)
    {
        if (latency != LatencyModel.Constant(0)) throw new ArgumentException("A generated market has no feed latency. Write it into a catalog with 'minitrader-data generate' and run on that.");
        if (config.Kinds.Count > 0) throw new ArgumentException("A generated market gives quotes and trades together; leave the kinds out, or write it into a catalog first.");
        if (from is not null || to is not null) throw new ArgumentException("A generated market has no times to choose from; set its start and days instead, as in generated:start=2024-01-02,days=5.");
        GeneratedMarket market = new(GeneratedMarketOptions.Parse(config.Data));
        if (config.Instruments.Count > 0)
        {
            foreach (string name in config.Instruments) market.Instruments.Find(name);
            if (config.Instruments.Count != market.Instruments.Count)
            {
                throw new ArgumentException(
                    $"A generated market is traded whole: it has {market.Instruments.Count} instruments and {config.Instruments.Count} are named. Set their number with generated:instruments={config.Instruments.Count}.");
            }
        }

        return new(market.Instruments, market.OpenFeed(), market.Options.Rows, market.Options.ToString(), [new([EventKind.Quote, EventKind.Trade], [.. market.Instruments.Select(i => i.Name)])], []);
    }

    private static SessionData OpenCatalog(RunConfig config, Timestamp? from, Timestamp? to, LatencyModel latency)
    {
        if (File.Exists(config.Data)) throw new ArgumentException($"data: {config.Data} is a file. Name the catalog folder that it is to be imported into, or that it lies in.");
        if (!Directory.Exists(config.Data))
        {
            throw new ArgumentException(
                $"The data folder {config.Data} does not exist. Name a catalog folder made by 'minitrader-data import' or 'minitrader-data generate', or use 'generated'.");
        }

        TickCatalog catalog = TickCatalog.Open(config.Data);
        if (catalog.Instruments.Count == 0) throw new ArgumentException($"The catalog {config.Data} has no instruments. Import or generate data into it first.");
        KindChoice kinds = new(config.Kinds);
        List<string> notes = [];
        InstrumentTable instruments = config.Instruments.Count == 0
            ? WithData(catalog, kinds, notes)
            : Named(catalog, config.Instruments, kinds);
        List<TickSeries> all = catalog.Series.Where(s => instruments.TryFind(s.Instrument.Name, out _)).ToList();
        List<TickSeries> series = all.Where(s => kinds.Takes(s.Kind)).ToList();
        CatalogFeed feed = CatalogFeed.Open(catalog, instruments, new FeedRequest
        {
            Kinds = series.Count == all.Count ? null : series.Select(s => s.Kind).Distinct().ToList(),
            From = from,
            To = to,
            FeedLatencyNanoseconds = latency.Kind == LatencyKind.Constant ? latency.LowNanoseconds : 0,
            FeedDelay = latency.Kind == LatencyKind.Constant ? null : new FeedLatency(latency, config.Seed),
            Verify = config.Verify,
            DecodeThreads = Environment.ProcessorCount > 1 ? 1 : 0,
        });
        notes.AddRange([.. DataNotes.Mixtures(series), .. DataNotes.LeftOut(all.Except(series)), .. DataNotes.WithoutSession(catalog, series, from, to)]);
        SessionData data = new(instruments, feed, feed.TotalRows, Path.GetFullPath(config.Data), DataNotes.Groups(series), notes)
        {
            IsApart = feed.IsApart,
        };
        foreach (TickSeries book in series.Where(s => s.Kind == TickKind.Book))
        {
            if (BookPeek.IsByOrder(catalog, book) is { } isByOrder) data._books.Add((instruments.Find(book.Instrument.Name), isByOrder));
        }

        return data;
    }

    /// <summary>Instruments that somebody named have something of what was chosen.</summary>
    private static InstrumentTable Named(TickCatalog catalog, IReadOnlyList<string> names, KindChoice kinds)
    {
        InstrumentTable instruments = new(names.Select(name => catalog.Instruments[catalog.Instruments.Find(name)]));
        foreach (Instrument instrument in instruments)
        {
            TickKind[] known = [.. catalog.Series.Where(s => s.Instrument.Name == instrument.Name).Select(s => s.Kind).Order()];
            if (known.Any(kinds.Chooses)) continue;
            throw new TickDataException($"{catalog.Directory} has no {kinds.Wanted} of {instrument.Name}: it has {(known.Length == 0 ? "nothing of it" : "only " + string.Join(", ", known))}.");
        }

        return instruments;
    }

    /// <summary>A whole catalog is what it has of the kinds; only an instrument that was named must have them.</summary>
    private static InstrumentTable WithData(TickCatalog catalog, KindChoice kinds, List<string> notes)
    {
        HashSet<string> there = catalog.Series.Where(s => kinds.Chooses(s.Kind)).Select(s => s.Instrument.Name).ToHashSet();
        List<string> without = catalog.Instruments.Select(i => i.Name).Where(name => !there.Contains(name)).ToList();
        if (without.Count == 0) return catalog.Instruments;
        if (there.Count == 0)
        {
            string has = string.Join(", ", catalog.Series.Select(s => s.Kind).Distinct().Order());
            throw new ArgumentException($"The catalog {catalog.Directory} has no {kinds.Wanted} of any instrument. It has: {(has.Length == 0 ? "nothing" : has)}.");
        }

        notes.Add($"The catalog has no {kinds.Wanted} of {DataNotes.Names(without)}; the run is without {(without.Count == 1 ? "it" : "them")}.");
        return new InstrumentTable(catalog.Instruments.Where(i => there.Contains(i.Name)));
    }
}
