using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>
/// The calendars of an import's instruments and the time that their prices cover, which together are their sessions. Instruments of one
/// calendar get the same sessions, which the catalog then keeps once. Owned by the catalog's sink.
/// </summary>
internal sealed class InstrumentHours(string directory)
{
    /// <summary>A daily bar ends after its session; nothing reaches further back.</summary>
    private const long Before = Timestamp.NanosecondsPerDay;

    /// <summary>An order may wait for the session behind the last row, and holidays make that one late.</summary>
    private const long Behind = 7 * Timestamp.NanosecondsPerDay;

    private readonly SortedDictionary<string, TradingCalendar> _calendars = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Timestamp First, Timestamp Last)> _covered = new(StringComparer.Ordinal);

    /// <summary>Says when an instrument trades.</summary>
    public void Set(Instrument instrument, TradingCalendar calendar) => _calendars[instrument.Name] = calendar;

    public bool IsSet(string instrument) => _calendars.ContainsKey(instrument);

    /// <summary>Notes the times of prices; splits and dividends need no open market.</summary>
    public void Cover(Instrument instrument, ReadOnlySpan<MarketEvent> events)
    {
        if (events.IsEmpty || events[0].Header.Kind is EventKind.CorporateAction or EventKind.Signal) return;
        Cover(instrument.Name, events[0].Header.VenueTime, events[^1].Header.ReceivedTime);
    }

    /// <summary>Gives the writer the sessions of all instruments that have a calendar and prices.</summary>
    public void Write(CatalogWriter writer)
    {
        if (_calendars.Count == 0) return;
        TickCatalog catalog = TickCatalog.Open(directory);
        foreach (IGrouping<TradingCalendar, string> shared in _calendars.GroupBy(c => c.Value, c => c.Key))
        {
            string[] names = [.. shared.Where(_covered.ContainsKey)];
            if (names.Length == 0) continue;
            if (shared.Key.IsContinuous)
            {
                foreach (string name in names) writer.SetSessions(name, Timestamp.MinValue, Timestamp.MaxValue, null);
                continue;
            }

            foreach (string name in names) CoverOlder(catalog, name);
            Timestamp from = names.Min(n => _covered[n].First) - Before, to = names.Max(n => _covered[n].Last) + Behind;
            TradingSessions sessions = shared.Key.Sessions(from, to);
            foreach (string name in names) writer.SetSessions(name, from, to, sessions);
        }
    }

    /// <summary>Rows that were imported without sessions would lie outside all of them.</summary>
    private void CoverOlder(TickCatalog catalog, string name)
    {
        foreach (TickSeries series in catalog.Series.Where(s => s.Instrument.Name == name && s.Instrument.Sessions is null))
        {
            if (series.Kind.Event is EventKind.CorporateAction or EventKind.Signal) continue;
            foreach (TickFileEntry file in catalog.FilesOf(series)) Cover(name, file.First, file.Last);
        }
    }

    private void Cover(string name, Timestamp first, Timestamp last)
    {
        if (!_covered.TryGetValue(name, out (Timestamp First, Timestamp Last) known)) known = (first, last);
        _covered[name] = (Timestamp.Min(known.First, first), Timestamp.Max(known.Last, last));
    }
}
