using System.Text;
using MiniTrader.Model;
using Parquet.Schema;

namespace MiniTrader.DataTools;

/// <summary>Turns the rows of row groups into <see cref="TableRow"/>s and stores them by symbol. One thread.</summary>
internal sealed class ParquetRows(TableOptions options, TableColumns columns, DataField[] fields, ImportRun run, FileAccount account)
{
    private readonly ParquetTimes _times = new(options.TimeFormat, options.TimeZone);
    private readonly ParquetTimes _receivedTimes = new(options.TimeFormat, options.TimeZone);
    private readonly TableInstruments _instruments = new(options, run);
    private readonly Dictionary<string, TableSeries> _series = new(StringComparer.Ordinal);
    private readonly int[] _places = [.. TableColumns.FieldsOf(options.Kind).Select(f => columns[f]).Where(p => p >= 0).Distinct()];

    private Dictionary<int, ParquetValues> _values = [];
    private long _row;

    /// <summary>The symbol of all rows; null takes each row's own.</summary>
    public string? Symbol { get; init; }

    /// <summary>Places of the columns that are needed.</summary>
    public IReadOnlyList<int> Places => _places;

    public void Read(Dictionary<int, ParquetValues> values, int count, string path)
    {
        _values = values;
        (int priceDecimals, int sizeDecimals) = _series.Count == 0 ? Finest(count) : (0, 0);
        for (int i = 0; i < count; i++)
        {
            RowOutcome outcome = ReadRow(i, priceDecimals, sizeDecimals);
            account.Count(outcome, path, ++_row, outcome.Fate == RowFate.Refused ? Show(i) : default);
        }
    }

    public void Flush()
    {
        foreach (TableSeries series in _series.Values) series.Flush();
    }

    private RowOutcome ReadRow(int index, int priceDecimals, int sizeDecimals)
    {
        string? symbol = Symbol ?? _values[columns[TableField.Symbol]][index] as string;
        if (string.IsNullOrEmpty(symbol)) return RowOutcome.Refused("the symbol is empty");
        if (!_series.TryGetValue(symbol, out TableSeries? series))
            _series[symbol] = series = new(options, columns.IsTimeEnd, run.Sink, _instruments.Find(symbol, priceDecimals, sizeDecimals), account);
        return Cells(index, series.Last, out TableRow row) is { } reason ? RowOutcome.Refused(reason) : series.Store(row);
    }

    private string? Cells(int index, Timestamp last, out TableRow row)
    {
        row = default;
        if (_times.Read(_values[columns[TableField.Time]], index, last, out row.Time) is { } wrongTime) return wrongTime;
        row.Received = row.Time;
        if (columns[TableField.Received] >= 0 && _receivedTimes.Read(_values[columns[TableField.Received]], index, last, out row.Received) is { } wrongReceived) return $"received: {wrongReceived}";
        return options.Kind.Event switch
        {
            EventKind.Quote => ReadQuote(index, ref row),
            EventKind.Trade => ReadTrade(index, ref row),
            _ => ReadBar(index, ref row),
        };
    }

    private string? ReadQuote(int index, ref TableRow row) =>
        ReadNumber(index, TableField.Bid, 0, out row.Bid, out row.HasBid)
        ?? ReadNumber(index, TableField.Ask, 0, out row.Ask, out row.HasAsk)
        ?? ReadNumber(index, TableField.BidSize, options.SizeOfUnsized.Raw, out row.BidSize, out _)
        ?? ReadNumber(index, TableField.AskSize, options.SizeOfUnsized.Raw, out row.AskSize, out _)
        ?? ReadWhole(index, TableField.Sequence, out row.Sequence);

    private string? ReadTrade(int index, ref TableRow row) =>
        ReadNeeded(index, TableField.Price, out row.Price)
        ?? ReadNumber(index, TableField.Size, options.SizeOfUnsized.Raw, out row.Size, out _)
        ?? ReadSide(index, out row.Side)
        ?? ReadId(index, out row.Id)
        ?? ReadCondition(index, out row.Condition)
        ?? ReadWhole(index, TableField.Sequence, out row.Sequence);

    private string? ReadBar(int index, ref TableRow row) =>
        ReadNeeded(index, TableField.Open, out row.Open)
        ?? ReadNeeded(index, TableField.High, out row.High)
        ?? ReadNeeded(index, TableField.Low, out row.Low)
        ?? ReadNeeded(index, TableField.Close, out row.Close)
        ?? ReadNumber(index, TableField.Volume, 0, out row.Volume, out _);

    private string? ReadNeeded(int index, TableField field, out long raw) =>
        ReadNumber(index, field, 0, out raw, out bool isThere) ?? (isThere ? null : $"{TableColumns.NameOf(field)} is empty");

    /// <summary>An empty cell is no fault here: a side may be unquoted, and has no size then.</summary>
    private string? ReadNumber(int index, TableField field, long withoutColumn, out long raw, out bool isThere)
    {
        (raw, isThere) = (withoutColumn, false);
        if (columns[field] < 0) return null;
        FixedPointStatus status = _values[columns[field]].ReadNumber(index, out raw, out bool isEmpty);
        isThere = !isEmpty;
        if (isEmpty || status == FixedPointStatus.Ok) return null;
        if (status != FixedPointStatus.TooPrecise) return $"{TableColumns.NameOf(field)} is not a number in range";
        account.Note($"{TableColumns.NameOf(field)} rounded to 9 decimals");
        return null;
    }

    private string? ReadWhole(int index, TableField field, out long value)
    {
        value = 0;
        if (columns[field] < 0 || _values[columns[field]][index] is null) return null;
        return _values[columns[field]].TryReadWhole(index, out value) ? null : $"{TableColumns.NameOf(field)} is not a whole number";
    }

    private string? ReadId(int index, out long id)
    {
        id = 0;
        if (columns[TableField.Id] >= 0 && !_values[columns[TableField.Id]].TryReadWhole(index, out id)) account.Note("trade ids that are not whole numbers, not kept");
        return null;
    }

    /// <summary>A venue's own codes are not kept; that is no fault of the row.</summary>
    private string? ReadCondition(int index, out TradeCondition condition)
    {
        condition = TradeCondition.Regular;
        if (columns[TableField.Condition] < 0) return null;
        object? cell = _values[columns[TableField.Condition]][index];
        bool isOurs = cell is null || (cell is string text && ConditionText.TryParse(Encoding.UTF8.GetBytes(text), out condition));
        if (!isOurs) account.Note("trade conditions that are not of this program, not kept");
        return null;
    }

    /// <summary>Text as in CSV, or 1 for a buyer and 2 or −1 for a seller.</summary>
    private string? ReadSide(int index, out AggressorSide side)
    {
        side = AggressorSide.Unknown;
        if (columns[TableField.Side] < 0) return null;
        object? cell = _values[columns[TableField.Side]][index];
        if (cell is long number)
        {
            side = number switch { 1 => AggressorSide.Buyer, 2 or -1 => AggressorSide.Seller, _ => AggressorSide.Unknown };
            return number is >= -1 and <= 2 ? null : "side is neither 1 nor 2";
        }

        return SideText.TryParse(Encoding.UTF8.GetBytes(cell as string ?? ""), out side) ? null : "side is neither buy nor sell";
    }

    private (int Price, int Size) Finest(int count)
    {
        const int Looked = 2_000;
        (int price, int size) = (0, 0);
        for (int i = 0; i < Math.Min(count, Looked); i++)
        {
            price = Finest(i, price, TableField.Bid, TableField.Ask, TableField.Price, TableField.Open, TableField.High, TableField.Low, TableField.Close);
            size = Finest(i, size, TableField.BidSize, TableField.AskSize, TableField.Size, TableField.Volume);
        }

        return (price, size);
    }

    private int Finest(int index, int finest, params ReadOnlySpan<TableField> wanted)
    {
        foreach (TableField field in wanted)
        {
            if (columns[field] < 0 || _values[columns[field]].ReadNumber(index, out long raw, out _) is not (FixedPointStatus.Ok or FixedPointStatus.TooPrecise)) continue;
            while (finest < FixedPoint.Decimals && raw % FixedPoint.PowerOfTen(FixedPoint.Decimals - finest) != 0) finest++;
        }

        return finest;
    }

    private byte[] Show(int index) => Encoding.UTF8.GetBytes(string.Join(", ", _places.Select(p => $"{fields[p].Name}={(_values[p][index] is byte[] bytes ? Convert.ToHexString(bytes) : _values[p][index])}")));
}
