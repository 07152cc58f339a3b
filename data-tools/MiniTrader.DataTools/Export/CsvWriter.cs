using System.Text;
using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>Comma-separated text with a header; no cell that is written here needs quotes but a symbol with a comma.</summary>
public sealed class CsvWriter : ITableWriter
{
    private const int BufferBytes = 1 << 16;

    private readonly StreamWriter _writer;
    private readonly EventCells _cells;

    public CsvWriter(Stream stream, TickSeries series, TickColumns present, bool isUnixTime)
    {
        ArgumentNullException.ThrowIfNull(series);
        _writer = new(stream, new UTF8Encoding(false), BufferBytes, leaveOpen: true) { NewLine = "\n" };
        _cells = new(series.Kind, present, Quoted(series.Instrument.Symbol), isUnixTime);
        _writer.WriteLine(string.Join(',', _cells.Names));
    }

    public void Write(ReadOnlySpan<MarketEvent> events)
    {
        foreach (MarketEvent e in events) _writer.WriteLine(string.Join(',', _cells.Of(e)));
    }

    public void Complete() => _writer.Flush();

    public void Dispose() => _writer.Dispose();

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(',', '"') < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
