using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>How the rows of a table (CSV or Parquet) become events of one kind. Validated when an importer is made of it.</summary>
public sealed record TableOptions
{
    /// <summary>Most rows of one file that are sorted in memory: 64 bytes each.</summary>
    public const int MaxSortedRows = 8_000_000;

    /// <summary>Quotes, trades or bars.</summary>
    public TickKind Kind { get; init; } = TickKind.Quotes;

    /// <summary>Nobody said the kind: a text table with open, high, low and close is read as bars, of the interval that its rows show.</summary>
    public bool InfersKind { get; init; }

    /// <summary>Which column holds a field: its name, or its place counted from 0. Fields that are not named are found by usual names.</summary>
    public IReadOnlyDictionary<TableField, string> Map { get; init; } = new Dictionary<TableField, string>();

    /// <summary>The symbol of every row; null takes the symbol column, else the file's name.</summary>
    public string? Symbol { get; init; }

    public string Venue { get; init; } = "CSV";

    public AssetClass AssetClass { get; init; } = AssetClass.Equity;

    /// <summary>Null is US dollars, and the import says so.</summary>
    public Currency? Currency { get; init; }

    /// <summary>Null takes the finest step that the first rows of a file show.</summary>
    public Price? TickSize { get; init; }

    /// <inheritdoc cref="TickSize"/>
    public Quantity? LotSize { get; init; }

    public decimal Multiplier { get; init; } = 1m;

    /// <summary>The size of both sides of quotes, or of trades, that have no size column.</summary>
    public Quantity SizeOfUnsized { get; init; } = Quantity.FromUnits(1);

    /// <summary><c>auto</c>, <c>unix-ns</c>, <c>unix-us</c>, <c>unix-ms</c>, <c>unix-s</c>, <c>iso</c>, or a .NET date and time format.</summary>
    public string TimeFormat { get; init; } = "auto";

    /// <summary>The zone of times that do not say theirs.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>True when a bar's time is its end; most sources write its start.</summary>
    public bool IsBarTimeEnd { get; init; }

    /// <summary>Sort each file by received time, up to <see cref="MaxSortedRows"/> rows; otherwise a row that goes back is bad.</summary>
    public bool Sort { get; init; }

    public char Delimiter { get; init; } = ',';

    /// <summary>Whether the first row names the columns; null finds out.</summary>
    public bool? HasHeader { get; init; }

    /// <exception cref="ImportException">A setting is wrong; the sentence names it.</exception>
    public TableOptions Validated()
    {
        if (Kind.Event is not (EventKind.Quote or EventKind.Trade or EventKind.Bar))
            throw new ImportException($"Tables of kind '{Kind}' cannot be imported; use quotes, trades or bars-1m (any interval).");
        if (Delimiter is '"' or '\n' or '\r' or '.' or > '\x7F' || char.IsAsciiLetterOrDigit(Delimiter)) throw new ImportException($"'{Delimiter}' cannot be a delimiter.");
        if (string.IsNullOrWhiteSpace(Venue)) throw new ImportException("The venue must have a name.");
        foreach (TableField field in Map.Keys)
        {
            if (!TableColumns.FieldsOf(Kind).Contains(field)) throw new ImportException($"{Kind} have no field '{TableColumns.NameOf(field)}'. Fields are: {TableColumns.NamesOf(Kind)}.");
        }

        return this;
    }
}
