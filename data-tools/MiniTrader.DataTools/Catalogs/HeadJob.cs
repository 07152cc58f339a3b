using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>Shows the first rows of each chosen series.</summary>
public sealed record HeadJob
{
    public required string Catalog { get; init; }

    public SeriesChoice Choice { get; init; } = new();

    public int Rows { get; init; } = 10;

    /// <summary>Comma-separated lines instead of a table.</summary>
    public bool Csv { get; init; }

    public void Run(ToolConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        TickCatalog catalog = TickCatalog.Open(Catalog);
        foreach (TickSeries series in Choice.Of(catalog))
        {
            TickColumns present = catalog.FilesOf(series).Aggregate(TickColumns.None, (all, f) => all | f.Columns);
            EventCells cells = new(series.Kind, present, Csv ? series.Instrument.Symbol : null);
            MarketEvent[] events = First(catalog, series);
            if (!Csv) console.Line($"{series}");
            if (Csv)
            {
                console.Line(string.Join(',', cells.Names));
                foreach (MarketEvent e in events) console.Line(string.Join(',', cells.Of(e)));
            }
            else console.Table(cells.Names, events.Select(cells.Of));
        }
    }

    private MarketEvent[] First(TickCatalog catalog, TickSeries series)
    {
        using CatalogFeed feed = CatalogFeed.OpenSeries(catalog, series, new(0), Choice.Request);
        MarketEvent[] events = new MarketEvent[Rows];
        int count = 0;
        while (count < events.Length && !feed.IsFinished) count += feed.Fill(events.AsSpan(count));
        return events[..count];
    }
}
