using System.Text.Json;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>Lists the series of a catalog: files, rows, first and last time, bytes, compression.</summary>
public sealed record InfoJob
{
    private static readonly string[] _header = ["instrument", "kind", "files", "rows", "first", "last", "size", "compression", "tick", "lot", "sessions"];
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public required string Catalog { get; init; }

    public SeriesChoice Choice { get; init; } = new();

    public bool Json { get; init; }

    public void Run(ToolConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        TickCatalog catalog = TickCatalog.Open(Catalog);
        Line[] lines = [.. Choice.Of(catalog).Select(s => LineOf(catalog, s))];
        if (Json)
        {
            console.Line(JsonSerializer.Serialize(lines, _indented));
            return;
        }

        console.Table(_header, lines.Select(l => (IReadOnlyList<string>)
            [l.Instrument, l.Kind, ToolConsole.Count(l.Files), ToolConsole.Count(l.Rows), l.First, l.Last, ToolConsole.Bytes(l.Bytes), l.Compression, l.Tick, l.Lot, l.Sessions?.ToString() ?? "no breaks"]));
        console.Line($"{lines.Length} series, {ToolConsole.Count(lines.Sum(l => l.Files), "file")}, {ToolConsole.Count(lines.Sum(l => l.Rows), "row")}, {ToolConsole.Bytes(lines.Sum(l => l.Bytes))}");
    }

    private static Line LineOf(TickCatalog catalog, TickSeries series)
    {
        IReadOnlyList<TickFileEntry> files = catalog.FilesOf(series);
        string compression = string.Join("+", files.Select(f => f.Compression.ToString().ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal));
        return new(
            series.Instrument.Name, series.Kind.ToString(), files.Count, files.Sum(f => f.Rows),
            files.Count == 0 ? "" : files[0].First.ToString(), files.Count == 0 ? "" : files[^1].Last.ToString(),
            files.Sum(f => f.Bytes), compression, series.Instrument.TickSize.ToString(), series.Instrument.LotSize.ToString(),
            series.Instrument.Sessions is { Count: > 0 } sessions ? SessionSummary.Of(sessions) : null);
    }

    private sealed record Line(
        string Instrument, string Kind, int Files, long Rows, string First, string Last, long Bytes, string Compression, string Tick, string Lot, SessionSummary? Sessions);
}
