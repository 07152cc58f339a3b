using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>
/// Counts the prices that an import brings for a time of which the sessions in the catalog say nothing: the market would never open for them, without a word.
/// Owned by the catalog's sink.
/// </summary>
internal sealed class SessionCheck
{
    private readonly SortedDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public SessionCheck(IEnumerable<Instrument> present)
    {
        foreach (Instrument instrument in present)
        {
            if (instrument.Sessions is { Count: > 0 } sessions) _known[instrument.Name] = new(sessions, new(sessions));
        }
    }

    public void Look(Instrument instrument, ReadOnlySpan<MarketEvent> events)
    {
        if (!_known.TryGetValue(instrument.Name, out Known? known)) return;
        foreach (ref readonly MarketEvent e in events)
        {
            if (known.Coverage.Covers(in e)) continue;
            if (known.Outside++ == 0) known.First = e.Header.VenueTime;
            known.Last = e.Header.VenueTime;
        }
    }

    /// <param name="isSaid">True of an instrument whose sessions this import says.</param>
    /// <exception cref="ImportException">Prices of another lie outside its sessions.</exception>
    public void ThrowIfOutside(Func<string, bool> isSaid)
    {
        KeyValuePair<string, Known>[] outside = [.. _known.Where(k => k.Value.Outside > 0 && !isSaid(k.Key))];
        if (outside.Length == 0) return;
        (string name, Known known) = outside[0];
        TradingSessions sessions = known.Sessions;
        string others = outside.Length == 1 ? "" : $" So have {ToolConsole.Count(outside.Length - 1)} more instruments.";
        throw new ImportException(
            $"{name} has sessions in the catalog, from {sessions[0].Open} to {sessions[sessions.Count - 1].Close}, and {ToolConsole.Count(known.Outside, "row")} of this import, from {known.First} to "
            + $"{known.Last}, {(known.Outside == 1 ? "is" : "are")} of a time of which they say nothing: its market would never open.{others} Nothing was written. Import with --sessions and the hours of that time, "
            + "which are added to those that are there, or with --sessions none, after which it trades without a break.");
    }

    private sealed record Known(TradingSessions Sessions, SessionCoverage Coverage)
    {
        public long Outside { get; set; }

        public Timestamp First { get; set; }

        public Timestamp Last { get; set; }
    }
}
