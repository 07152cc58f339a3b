using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>Which series of a catalog a tool looks at, and which part of them.</summary>
public sealed record SeriesChoice
{
    /// <summary>Names or symbols; empty for all.</summary>
    public IReadOnlyList<string> Instruments { get; init; } = [];

    /// <summary>Kinds such as <c>quotes</c> and <c>bars-1m</c>; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    public Timestamp? From { get; init; }

    public Timestamp? To { get; init; }

    public FeedRequest Request => new() { From = From, To = To };

    /// <summary>The series, sorted by instrument and kind.</summary>
    /// <exception cref="ImportException">A name is not in the catalog, or nothing is left; the sentence lists what there is.</exception>
    public IReadOnlyList<TickSeries> Of(TickCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        if (catalog.Series.Count == 0) throw new ImportException($"The catalog {catalog.Directory} is empty. Import or generate data into it first.");
        HashSet<string> kinds = [.. Kinds];
        HashSet<string> names = [];
        foreach (string name in Instruments)
        {
            string[] found = [.. catalog.Instruments
                .Where(i => string.Equals(i.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(i.Symbol, name, StringComparison.OrdinalIgnoreCase))
                .Select(i => i.Name)];
            if (found.Length == 0) throw new ImportException($"The catalog has no instrument '{name}'. It has: {Some(catalog.Instruments.Select(i => i.Name))}.");
            names.UnionWith(found);
        }

        TickSeries[] chosen = [.. catalog.Series.Where(s => (names.Count == 0 || names.Contains(s.Instrument.Name)) && (kinds.Count == 0 || kinds.Contains(s.Kind.ToString())))];
        return chosen.Length > 0 ? chosen : throw new ImportException($"The catalog {catalog.Directory} has no such series. It has: {Some(catalog.Series.Select(s => s.ToString()))}.");
    }

    private static string Some(IEnumerable<string> names)
    {
        string[] first = [.. names.Take(13)];
        return first.Length == 0 ? "nothing" : string.Join(", ", first.Take(12)) + (first.Length > 12 ? ", …" : "");
    }
}
