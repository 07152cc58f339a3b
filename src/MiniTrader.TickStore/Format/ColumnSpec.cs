namespace MiniTrader.TickStore;

/// <summary>How a column's values are stored.</summary>
internal enum ColumnType : byte
{
    /// <summary>timestamp[ns, UTC].</summary>
    Time,
    Int64,
    Int8,
    Float64,
}

/// <summary>Which scale of the schema's metadata a column's integers have.</summary>
internal enum ColumnScale : byte
{
    None,
    Price,
    Size,
}

/// <summary>One column of a tick file and where its value stands in a <see cref="Model.MarketEvent"/>.</summary>
/// <param name="Offset">Bytes from the event's beginning.</param>
/// <param name="Optional">The mark under which a file may leave the column out; none for a column that every file has.</param>
internal sealed record ColumnSpec(
    string Name, ColumnType Type, int Offset, ColumnScale Scale = ColumnScale.None, TickColumns Optional = TickColumns.None)
{
    public int Width => Type == ColumnType.Int8 ? 1 : 8;

    public bool IsIn(TickColumns present) => Optional == TickColumns.None || (present & Optional) != 0;
}
