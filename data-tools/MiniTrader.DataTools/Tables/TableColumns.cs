using System.Globalization;
using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>Which column of a table holds which field: as the user mapped them, else by the names that columns usually have.</summary>
public sealed class TableColumns
{
    /// <summary>Names of a bar's time that say it is the end.</summary>
    private static readonly string[] _endNames = ["end_time", "close_time", "end"];

    private static readonly TableField[] _quoteFields =
        [TableField.Time, TableField.Bid, TableField.Ask, TableField.BidSize, TableField.AskSize, TableField.Received, TableField.Sequence, TableField.Symbol];

    private static readonly TableField[] _tradeFields =
        [TableField.Time, TableField.Price, TableField.Size, TableField.Side, TableField.Id, TableField.Condition, TableField.Received, TableField.Sequence, TableField.Symbol];

    private static readonly TableField[] _barFields =
        [TableField.Time, TableField.Open, TableField.High, TableField.Low, TableField.Close, TableField.Volume, TableField.Received, TableField.Symbol];

    private static readonly Dictionary<TableField, string[]> _usualNames = new()
    {
        [TableField.Time] = ["time", "timestamp", "venue_time", "datetime", "date", "ts", "ts_event", "open_time", "gmt time", "local time", "", .. _endNames],
        [TableField.Received] = ["received", "received_time", "local_timestamp", "ts_init", "ts_recv", "recv_time"],
        [TableField.Symbol] = ["symbol", "ticker", "instrument"],
        [TableField.Bid] = ["bid", "bid_price", "bidprice", "best_bid", "best_bid_price", "bids[0].price", "b"],
        [TableField.Ask] = ["ask", "ask_price", "askprice", "best_ask", "best_ask_price", "asks[0].price", "a"],
        [TableField.BidSize] = ["bid_size", "bidsize", "bid_amount", "bid_qty", "best_bid_qty", "bid_volume", "bids[0].amount", "bv"],
        [TableField.AskSize] = ["ask_size", "asksize", "ask_amount", "ask_qty", "best_ask_qty", "ask_volume", "asks[0].amount", "av"],
        [TableField.Price] = ["price", "p", "last", "trade_price"],
        [TableField.Size] = ["size", "amount", "qty", "quantity", "volume", "q"],
        [TableField.Side] = ["side", "aggressor", "aggressor_side", "taker_side"],
        [TableField.Id] = ["id", "trade_id", "tradeid"],
        [TableField.Sequence] = ["sequence", "seq"],
        [TableField.Condition] = ["condition", "trade_condition"],
        [TableField.Open] = ["open", "o"],
        [TableField.High] = ["high", "h"],
        [TableField.Low] = ["low", "l"],
        [TableField.Close] = ["close", "c"],
        [TableField.Volume] = ["volume", "vol", "v"],
    };

    private readonly int[] _places = new int[Enum.GetValues<TableField>().Length];

    private TableColumns() => Array.Fill(_places, -1);

    /// <summary>The place of a field's column, from 0; −1 when the table has none.</summary>
    public int this[TableField field] => _places[(int)field];

    /// <summary>True when the name of the time's column says that it is a bar's end.</summary>
    public bool IsTimeEnd { get; private set; }

    /// <summary>The highest place in use: a row must have one column more.</summary>
    public int LastPlace => _places.Max();

    public static IReadOnlyList<TableField> FieldsOf(TickKind kind) => kind.Event switch
    {
        EventKind.Quote => _quoteFields,
        EventKind.Trade => _tradeFields,
        _ => _barFields,
    };

    /// <summary>How many columns the header names; zero without one.</summary>
    public int HeaderWidth { get; private init; }

    /// <summary>The word for a field in <c>--map</c>: <c>bid_size</c>.</summary>
    public static string NameOf(TableField field) => field switch
    {
        TableField.BidSize => "bid_size",
        TableField.AskSize => "ask_size",
        _ => field.ToString().ToLowerInvariant(),
    };

    public static string NamesOf(TickKind kind) => string.Join(", ", FieldsOf(kind).Select(NameOf));

    /// <summary>Finds the columns.</summary>
    /// <param name="options">The kind and the user's map.</param>
    /// <param name="names">The table's columns in order; null when it has no header.</param>
    /// <param name="where">The file, for messages.</param>
    /// <exception cref="ImportException">A mapped column is not there, or one that the kind needs is not found.</exception>
    public static TableColumns Resolve(TableOptions options, IReadOnlyList<string>? names, string where)
    {
        ArgumentNullException.ThrowIfNull(options);
        TableColumns columns = new() { HeaderWidth = names?.Count ?? 0 };
        foreach (TableField field in FieldsOf(options.Kind))
        {
            bool isMapped = options.Map.TryGetValue(field, out string? column);
            int place = isMapped ? Place(column!, names, field, where) : names is null ? -1 : Usual(names, field);
            columns._places[(int)field] = place;
            if (names is not null && place >= 0) RefuseTwin(names, place, field, isMapped ? column : null, where);
        }

        int time = columns[TableField.Time];
        columns.IsTimeEnd = time >= 0 && names is not null && _endNames.Contains(names[time].Trim().ToLowerInvariant());
        foreach (TableField field in Needed(options.Kind))
        {
            if (columns[field] >= 0) continue;
            string have = names is null ? "it has no header, so map columns by their place from 0" : $"it has: {string.Join(", ", names.Take(30))}";
            string hint = options.Kind.Event != EventKind.Bar && names?.Contains("close", StringComparer.OrdinalIgnoreCase) == true ? " Or is this a table of bars (--kind bars-1d)?" : "";
            throw new ImportException($"{where}: no column was found for '{NameOf(field)}' ({have}). Say which with --map {NameOf(field)}=COLUMN.{hint}{(names is null ? "" : OtherDelimiter(names))}");
        }

        return columns;
    }

    /// <summary>Whether a row looks like a header: it holds a word that is not a number where data would have one.</summary>
    public static bool LooksLikeHeader(IReadOnlyList<string> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return cells.Count > 0 && cells.All(c => !decimal.TryParse(c, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && !Timestamp.TryParse(c, out _));
    }

    /// <summary>Whether the columns are those of bars and not of quotes.</summary>
    public static bool LooksLikeBars(IReadOnlyList<string> names)
    {
        bool hasBars = Usual(names, TableField.Open) >= 0 && Usual(names, TableField.High) >= 0 && Usual(names, TableField.Low) >= 0 && Usual(names, TableField.Close) >= 0;
        return hasBars && (Usual(names, TableField.Bid) < 0 || Usual(names, TableField.Ask) < 0);
    }

    private static IEnumerable<TableField> Needed(TickKind kind) => kind.Event switch
    {
        EventKind.Quote => [TableField.Time, TableField.Bid, TableField.Ask],
        EventKind.Trade => [TableField.Time, TableField.Price],
        _ => [TableField.Time, TableField.Open, TableField.High, TableField.Low, TableField.Close],
    };

    private static int Place(string column, IReadOnlyList<string>? names, TableField field, string where)
    {
        int named = names is null ? -1 : IndexOf(names, column);
        if (named >= 0) return named;
        bool isPlace = int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int place) && place < RowFields.MaxFields && (names is null || place < names.Count);
        return isPlace ? place : throw new ImportException(
            $"{where}: --map {NameOf(field)}={column} names no column. {(names is null ? "Without a header, columns are places from 0." : $"The file has: {string.Join(", ", names.Take(30))}.{OtherDelimiter(names)}")}");
    }

    /// <summary>A header that is one column, with what others put between columns in its name.</summary>
    private static string OtherDelimiter(IReadOnlyList<string> names) => names.Count != 1 ? ""
        : names[0].Contains(';', StringComparison.Ordinal) ? " Its columns may end at semicolons (--delimiter ';')."
        : names[0].Contains('\t', StringComparison.Ordinal) ? " Its columns may end at tabs (--delimiter tab)."
        : names[0].Contains('|', StringComparison.Ordinal) ? " Its columns may end at bars (--delimiter '|')."
        : "";

    /// <summary>Of two columns of one name nobody can say which is meant; a map by place can.</summary>
    private static void RefuseTwin(IReadOnlyList<string> names, int place, TableField field, string? mapped, string where)
    {
        string name = names[place].Trim();
        if (mapped is not null && !string.Equals(mapped, name, StringComparison.OrdinalIgnoreCase)) return;
        int[] twins = [.. Enumerable.Range(0, names.Count).Where(i => string.Equals(names[i].Trim(), name, StringComparison.OrdinalIgnoreCase))];
        if (twins.Length > 1)
            throw new ImportException($"{where}: {twins.Length} columns are named '{name}', at places {string.Join(" and ", twins)} from 0. Say which with --map {NameOf(field)}={place}.");
    }

    private static int Usual(IReadOnlyList<string> names, TableField field)
    {
        foreach (string usual in _usualNames[field])
        {
            int place = IndexOf(names, usual);
            if (place >= 0) return place;
        }

        return -1;
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i].Trim(), name, StringComparison.OrdinalIgnoreCase)) return i;
        }

        return -1;
    }
}
