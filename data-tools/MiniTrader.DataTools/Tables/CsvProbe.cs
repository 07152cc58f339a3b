using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>The first rows of a CSV, kept so that they are read once: the header, the columns, the finest steps.</summary>
internal sealed class CsvProbe
{
    private readonly RowFields _fields;

    private CsvProbe(RowFields fields) => _fields = fields;

    public List<byte[]> Rows { get; } = [];

    /// <summary>1 when the first line was a header.</summary>
    public int HeaderLines { get; private set; }

    public TableColumns Columns { get; private set; } = null!;

    /// <summary>The options, with the kind that was found out where none was said.</summary>
    public TableOptions Options { get; private set; } = null!;

    public int PriceDecimals { get; private set; }

    public int SizeDecimals { get; private set; }

    /// <summary>The cell of a field in the first row.</summary>
    public ReadOnlySpan<byte> SampleOf(TableField field) =>
        _fields.TrySplit(Rows[0]) && Columns[field] < _fields.Count ? _fields.Of(Rows[0], Columns[field]) : default;

    public static CsvProbe Read(LineReader reader, int rows, TableOptions options, string name)
    {
        CsvProbe probe = new(new((byte)options.Delimiter));
        while (probe.Rows.Count < rows && reader.TryRead(out ReadOnlySpan<byte> line)) probe.Rows.Add(line.ToArray());
        if (probe.Rows.Count == 0) return probe;

        IReadOnlyList<string> first = probe.Cells(probe.Rows[0]);
        bool hasHeader = options.HasHeader ?? TableColumns.LooksLikeHeader(first);
        if (hasHeader)
        {
            probe.HeaderLines = 1;
            probe.Rows.RemoveAt(0);
        }

        if (hasHeader && options.InfersKind && TableColumns.LooksLikeBars(first)) options = probe.InferBars(options, first, name);
        probe.Options = options;
        probe.Columns = TableColumns.Resolve(options, hasHeader ? first : null, name);
        foreach (byte[] row in probe.Rows)
        {
            if (!probe._fields.TrySplit(row)) continue;
            probe.PriceDecimals = probe.Finest(row, probe.PriceDecimals, TableField.Bid, TableField.Ask, TableField.Price, TableField.Open, TableField.High, TableField.Low, TableField.Close);
            probe.SizeDecimals = probe.Finest(row, probe.SizeDecimals, TableField.BidSize, TableField.AskSize, TableField.Size, TableField.Volume);
        }

        return probe;
    }

    private TableOptions InferBars(TableOptions options, IReadOnlyList<string> header, string name)
    {
        // Any interval will do to find the columns.
        Columns = TableColumns.Resolve(options with { Kind = TickKind.Bars(BarInterval.Create(1, BarUnit.Day)) }, header, name);
        List<Timestamp> times = [];
        TimeText? reader = null;
        foreach (byte[] row in Rows)
        {
            if (!_fields.TrySplit(row) || Columns[TableField.Time] >= _fields.Count) continue;
            ReadOnlySpan<byte> cell = _fields.Of(row, Columns[TableField.Time]);
            reader ??= TimeText.Create(options.TimeFormat, options.TimeZone, cell);
            if (reader.Read(cell, times.Count > 0 ? times[^1] : Timestamp.MinValue, out Timestamp time) is null) times.Add(time);
        }

        return options with { Kind = BarSpacing.Infer(times, name) };
    }

    private int Finest(ReadOnlySpan<byte> row, int finest, params ReadOnlySpan<TableField> fields)
    {
        foreach (TableField field in fields)
        {
            int place = Columns[field];
            if (place >= 0 && place < _fields.Count) finest = Math.Max(finest, NumberText.DecimalsOf(_fields.Of(row, place)));
        }

        return Math.Min(finest, FixedPoint.Decimals);
    }

    private List<string> Cells(ReadOnlySpan<byte> line)
    {
        List<string> cells = [];
        if (!_fields.TrySplit(line)) return cells;
        for (int i = 0; i < _fields.Count; i++) cells.Add(NumberText.Show(_fields.Of(line, i)));
        return cells;
    }
}
