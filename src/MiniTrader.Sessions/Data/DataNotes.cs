using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.Sessions;

/// <summary>The sentences on a catalog's data that a user should see before a session trades on it.</summary>
internal static class DataNotes
{
    private const int MaxNames = 5;

    /// <summary>Bars beside ticks, or beside other bars, tell the same market twice; a strategy sees both.</summary>
    public static IEnumerable<string> Mixtures(IEnumerable<TickSeries> series) => series
        .Where(s => IsView(s.Kind))
        .GroupBy(s => s.Instrument.Name, s => s.Kind)
        .Where(views => views.Count() > 1 && views.Any(k => k.Event == EventKind.Bar))
        .GroupBy(views => string.Join(", ", views.Order()), views => views.Key)
        .Take(MaxNames)
        .Select(alike => $"{Names([.. alike])} {(alike.Count() == 1 ? "has" : "have")} {alike.Key}, all of which the strategy sees; --kinds chooses.");

    /// <summary>The instruments by the kinds of prices that there are of them.</summary>
    public static IReadOnlyList<KindGroup> Groups(IEnumerable<TickSeries> series) =>
    [
        .. series
            .Where(s => IsView(s.Kind))
            .GroupBy(s => s.Instrument.Name, s => s.Kind.Event)
            .Select(instrument => (Name: instrument.Key, Kinds: instrument.Distinct().Order().ToArray()))
            .GroupBy(i => string.Join(',', i.Kinds))
            .Select(alike => new KindGroup(alike.First().Kinds, [.. alike.Select(i => i.Name)])),
    ];

    /// <summary>What the data has and the kinds leave out.</summary>
    public static IEnumerable<string> LeftOut(IEnumerable<TickSeries> series)
    {
        List<TickKind> kinds = [.. series.Select(s => s.Kind).Distinct().Order()];
        if (kinds.Count == 0) yield break;
        yield return $"The chosen kinds leave out {string.Join(", ", kinds)}."
            + (kinds.Contains(TickKind.Actions) ? " Without actions no split, dividend, funding or settlement reaches orders and positions, and a split is a fall of the price." : "")
            + (kinds.Contains(TickKind.Status) ? " Without status nobody learns of halts and auctions." : "");
    }

    /// <summary>Instruments with prices of a time of which their sessions say nothing.</summary>
    public static IEnumerable<string> WithoutSession(TickCatalog catalog, IEnumerable<TickSeries> series, Timestamp? from, Timestamp? to)
    {
        foreach (IGrouping<Instrument, TickSeries> instrument in series.Where(s => s.Instrument.Sessions is not null && IsView(s.Kind)).GroupBy(s => s.Instrument).Take(MaxNames))
        {
            SessionCoverage coverage = new(instrument.Key.Sessions!);
            Timestamp[] outside = [.. instrument.SelectMany(s => Ends(catalog, s, from, to).Where(t => !coverage.Covers(t - s.Kind.Interval.Nanoseconds, t)))];
            if (outside.Length == 0) continue;
            yield return $"{instrument.Key} has prices of {outside.Min()}{(outside.Length > 1 ? $" to {outside.Max()}" : "")}, of which its sessions say nothing: its market never opens then, and nothing fills. "
                + "Import with --sessions and the hours of that time, or with --sessions none.";
        }
    }

    /// <summary>The first and the last time of each file, where they are in the range.</summary>
    private static IEnumerable<Timestamp> Ends(TickCatalog catalog, TickSeries series, Timestamp? from, Timestamp? to)
    {
        foreach (TickFileEntry file in catalog.FilesOf(series))
        {
            if (IsWithin(file.First)) yield return file.First;
            if (file.Last != file.First && IsWithin(file.Last)) yield return file.Last;
        }

        bool IsWithin(Timestamp time) => !(time < from) && !(time >= to);
    }

    private static bool IsView(TickKind kind) => kind.Event is EventKind.Quote or EventKind.Trade or EventKind.Bar or EventKind.BookDelta;

    /// <summary>Names with commas between, the first of many.</summary>
    public static string Names(List<string> names) => string.Join(", ", names.Take(MaxNames)) + (names.Count > MaxNames ? $" and {names.Count - MaxNames} more" : "");
}
