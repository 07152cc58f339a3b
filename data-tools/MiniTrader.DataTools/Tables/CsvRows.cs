using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>Reads the cells of CSV rows into <see cref="TableRow"/>s. One thread.</summary>
public sealed class CsvRows(TableOptions options, TableColumns columns, TimeText times, FileAccount account)
{
    private readonly int _fields = columns.LastPlace + 1;

    private RowFields Fields { get; } = new((byte)options.Delimiter);

    /// <summary>Splits a row; null, or what is wrong.</summary>
    public string? Split(ReadOnlySpan<byte> line)
    {
        if (!Fields.TrySplit(line)) return "a quote is not closed, or there are too many columns";
        if (Fields.Count < _fields) return $"it has {Fields.Count} columns where {_fields} are needed";

        // One more that is empty comes of a delimiter at the line's end.
        int beyond = columns.HeaderWidth == 0 ? 0 : Fields.Count - columns.HeaderWidth;
        return beyond > 1 || (beyond == 1 && !Fields.Of(line, Fields.Count - 1).IsEmpty)
            ? $"it has {Fields.Count} columns under a header of {columns.HeaderWidth}: a comma within a number?"
            : null;
    }

    /// <summary>The symbol's cell of the row that was split.</summary>
    public ReadOnlySpan<byte> SymbolOf(ReadOnlySpan<byte> line) => Cell(line, TableField.Symbol);

    /// <summary>Reads the row that was split; null, or what is wrong.</summary>
    public string? Read(ReadOnlySpan<byte> line, Timestamp last, out TableRow row)
    {
        row = default;
        if (times.Read(Cell(line, TableField.Time), last, out row.Time) is { } wrongTime) return wrongTime;
        row.Received = row.Time;
        if (columns[TableField.Received] >= 0 && times.Read(Cell(line, TableField.Received), last, out row.Received) is { } wrongReceived) return $"received: {wrongReceived}";
        return options.Kind.Event switch
        {
            EventKind.Quote => ReadQuote(line, ref row),
            EventKind.Trade => ReadTrade(line, ref row),
            _ => ReadBar(line, ref row),
        };
    }

    private string? ReadQuote(ReadOnlySpan<byte> line, ref TableRow row)
    {
        row.HasBid = !Cell(line, TableField.Bid).IsEmpty;
        row.HasAsk = !Cell(line, TableField.Ask).IsEmpty;
        return (row.HasBid ? ReadNumber(line, TableField.Bid, 0, out row.Bid) : null)
            ?? (row.HasAsk ? ReadNumber(line, TableField.Ask, 0, out row.Ask) : null)
            ?? ReadSizeOf(line, row.HasBid, TableField.BidSize, out row.BidSize)
            ?? ReadSizeOf(line, row.HasAsk, TableField.AskSize, out row.AskSize)
            ?? ReadWhole(line, TableField.Sequence, out row.Sequence);
    }

    /// <summary>The size of a side that is not quoted may be empty too.</summary>
    private string? ReadSizeOf(ReadOnlySpan<byte> line, bool isQuoted, TableField field, out long size)
    {
        size = 0;
        return !isQuoted && Cell(line, field).IsEmpty ? null : ReadNumber(line, field, options.SizeOfUnsized.Raw, out size);
    }

    private string? ReadTrade(ReadOnlySpan<byte> line, ref TableRow row) =>
        ReadNumber(line, TableField.Price, 0, out row.Price)
        ?? ReadNumber(line, TableField.Size, options.SizeOfUnsized.Raw, out row.Size)
        ?? ReadSide(line, out row.Side)
        ?? ReadId(line, out row.Id)
        ?? ReadCondition(line, out row.Condition)
        ?? ReadWhole(line, TableField.Sequence, out row.Sequence);

    private string? ReadBar(ReadOnlySpan<byte> line, ref TableRow row) =>
        ReadNumber(line, TableField.Open, 0, out row.Open)
        ?? ReadNumber(line, TableField.High, 0, out row.High)
        ?? ReadNumber(line, TableField.Low, 0, out row.Low)
        ?? ReadNumber(line, TableField.Close, 0, out row.Close)
        ?? ReadNumber(line, TableField.Volume, 0, out row.Volume);

    private ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> line, TableField field) => columns[field] < 0 ? default : Fields.Of(line, columns[field]);

    private string? ReadNumber(ReadOnlySpan<byte> line, TableField field, long withoutColumn, out long raw)
    {
        raw = withoutColumn;
        if (columns[field] < 0) return null;
        switch (NumberText.TryParse(Cell(line, field), out raw))
        {
            case FixedPointStatus.Ok: return null;
            case FixedPointStatus.TooPrecise: account.Note($"{TableColumns.NameOf(field)} rounded to 9 decimals"); return null;
            case FixedPointStatus.TooLarge: return $"{TableColumns.NameOf(field)} is beyond 9.2 billion";
            default: return $"{TableColumns.NameOf(field)} is not a number";
        }
    }

    private string? ReadWhole(ReadOnlySpan<byte> line, TableField field, out long value)
    {
        value = 0;
        return columns[field] < 0 || NumberText.TryParseWhole(Cell(line, field), out value) ? null : $"{TableColumns.NameOf(field)} is not a whole number";
    }

    /// <summary>Ids that are not numbers, such as UUIDs, are not kept; that is no fault of the row.</summary>
    private string? ReadId(ReadOnlySpan<byte> line, out long id)
    {
        id = 0;
        if (columns[TableField.Id] >= 0 && !NumberText.TryParseWhole(Cell(line, TableField.Id), out id)) account.Note("trade ids that are not whole numbers, not kept");
        return null;
    }

    /// <summary>A venue's own codes are not kept; that is no fault of the row.</summary>
    private string? ReadCondition(ReadOnlySpan<byte> line, out TradeCondition condition)
    {
        if (!ConditionText.TryParse(Cell(line, TableField.Condition), out condition)) account.Note("trade conditions that are not of this program, not kept");
        return null;
    }

    private string? ReadSide(ReadOnlySpan<byte> line, out AggressorSide side) =>
        SideText.TryParse(Cell(line, TableField.Side), out side) ? null : "side is neither buy nor sell";
}
