using System.Text;
using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>Imports tables of text: plain, gzip, zstd or zipped. Rows are lines; a quoted cell holds no line end.</summary>
public sealed class CsvImporter(TableOptions options)
{
    private const int ProbeRows = 2_000;

    private readonly TableOptions _options = options.Validated();

    public void Import(ImportRun run, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(run);
        TableInstruments instruments = new(_options, run);
        foreach (string path in InputFiles.Find(paths, ".csv", ".csv.gz", ".csv.zst", ".tsv", ".txt", ".gz", ".zst", ".zip"))
        {
            FileAccount account = run.Begin(path);
            foreach (SourcePart part in SourceFile.Parts(path, run)) ImportPart(run, part, account, instruments);
            run.End(account);
        }
    }

    private void ImportPart(ImportRun run, SourcePart part, FileAccount account, TableInstruments instruments)
    {
        LineReader lines = new(part.Stream, part.Name);
        CsvProbe probe = CsvProbe.Read(lines, ProbeRows, _options, part.Name);
        if (probe.Rows.Count == 0)
        {
            run.Remark($"{part.Name} has no rows");
            return;
        }

        TableOptions options = probe.Options;
        if (options.Kind != _options.Kind) run.Remark($"{part.Name}: no --kind was said; by its columns and the step of its rows it holds {options.Kind}");
        TimeText times = TimeText.Create(_options.TimeFormat, _options.TimeZone, probe.SampleOf(TableField.Time));
        if (_options.TimeFormat == "auto") run.Remark($"{part.Name}: times are read as {times.Format}, {_options.TimeZone} where they do not say");
        RemarkSizes(run, probe.Columns, options.Kind);
        CsvRows rows = new(options, probe.Columns, times, account);
        Dictionary<string, TableSeries> series = new(StringComparer.Ordinal);
        TableSeries SeriesOf(string symbol)
        {
            if (series.TryGetValue(symbol, out TableSeries? known)) return known;
            Instrument instrument = instruments.Find(symbol, probe.PriceDecimals, probe.SizeDecimals);
            return series[symbol] = new(options, probe.Columns.IsTimeEnd, run.Sink, instrument, account);
        }

        string? fixedSymbol = _options.Symbol ?? (probe.Columns[TableField.Symbol] < 0 ? SymbolOf(part.Entry) : null);
        TableSeries? only = fixedSymbol is null ? null : SeriesOf(fixedSymbol);
        (string? lastSymbol, TableSeries? last) = (null, only);
        long line = probe.HeaderLines;
        foreach (byte[] text in probe.Rows) Count(text);
        while (lines.TryRead(out ReadOnlySpan<byte> text)) Count(text);
        account.IsLastLineOpen |= lines.IsOpen;
        foreach (TableSeries one in series.Values) one.Flush();

        void Count(ReadOnlySpan<byte> text) => account.Count(text.IsEmpty ? RowOutcome.LeftOut("blank line") : ReadRow(text), part.Name, ++line, text);

        RowOutcome ReadRow(ReadOnlySpan<byte> text)
        {
            if (rows.Split(text) is { } wrong) return RowOutcome.Refused(wrong);
            if (only is null)
            {
                ReadOnlySpan<byte> symbol = rows.SymbolOf(text);
                if (symbol.IsEmpty) return RowOutcome.Refused("the symbol is empty");
                if (lastSymbol is null || !IsSame(symbol, lastSymbol)) (lastSymbol, last) = (Encoding.UTF8.GetString(symbol), null);
                last ??= SeriesOf(lastSymbol!);
            }

            return rows.Read(text, last!.Last, out TableRow row) is { } reason ? RowOutcome.Refused(reason) : last.Store(row);
        }
    }

    private void RemarkSizes(ImportRun run, TableColumns columns, TickKind kind)
    {
        bool lacksSize = kind.Event switch
        {
            EventKind.Quote => columns[TableField.BidSize] < 0 || columns[TableField.AskSize] < 0,
            EventKind.Trade => columns[TableField.Size] < 0,
            _ => false,
        };
        if (lacksSize) run.Remark($"there is no column of sizes; each is taken to be {_options.SizeOfUnsized} (--size sets it)");
    }

    /// <summary>The file's name up to its first dot, as a symbol.</summary>
    private static string SymbolOf(string entry) => entry.Split('.')[0].ToUpperInvariant();

    private static bool IsSame(ReadOnlySpan<byte> text, string symbol) => text.Length == symbol.Length && Ascii.Equals(text, symbol);
}
