using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.Sessions;

/// <summary>The sentences on a catalog's data that a user should see before a session trades on it.</summary>
internal static class DataNotes
{
    private const int MaxNames = 5;

    /// <summary>Bars beside ticks, or beside other bars, tell the same market twice; a strategy sees both.</summary>
    public static IEnumerable<string> Mixtures(IEnumerable<TickSeries> series) => series
        .Where(s => s.Kind.Event is EventKind.Quote or EventKind.Trade or EventKind.Bar or EventKind.BookDelta)
        .GroupBy(s => s.Instrument.Name, s => s.Kind)
        .Where(views => views.Count() > 1 && views.Any(k => k.Event == EventKind.Bar))
        .Take(MaxNames)
        .Select(views => $"{views.Key} has {string.Join(", ", views.Order())}, all of which the strategy sees; --kinds chooses.");

    /// <summary>What the data has and the kinds leave out.</summary>
    public static IEnumerable<string> LeftOut(IEnumerable<TickSeries> series)
    {
        List<TickKind> kinds = [.. series.Select(s => s.Kind).Distinct().Order()];
        if (kinds.Count == 0) yield break;
        yield return $"The chosen kinds leave out {string.Join(", ", kinds)}."
            + (kinds.Contains(TickKind.Actions) ? " Without actions no split, dividend, funding or settlement reaches orders and positions, and a split is a fall of the price." : "")
            + (kinds.Contains(TickKind.Status) ? " Without status nobody learns of halts and auctions." : "");
    }

    /// <summary>Names with commas between, the first of many.</summary>
    public static string Names(List<string> names) => string.Join(", ", names.Take(MaxNames)) + (names.Count > MaxNames ? $" and {names.Count - MaxNames} more" : "");
}
