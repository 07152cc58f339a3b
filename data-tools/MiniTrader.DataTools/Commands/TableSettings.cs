using System.CommandLine;
using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>The options of <c>import csv</c> and <c>import parquet</c>.</summary>
internal sealed class TableSettings
{
    private readonly Option<string?> _kind = new("--kind") { Description = "quotes, trades, or bars of an interval such as bars-1m [default: quotes; of a CSV with open, high, low, close: bars, by the step of its rows]" };
    private readonly Option<string[]> _map = new("--map") { HelpName = "FIELD=COLUMN,…", Description = $"Which column is which field: its name, or its place from 0; usual names are found without. {FieldsOfKinds}", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _symbol = new("--symbol") { Description = "The symbol of all rows [default: the symbol column, else the file's name]" };
    private readonly Option<string?> _venue = new("--venue") { Description = "The venue's name [default: CSV]" };
    private readonly Option<AssetClass> _class = new("--asset-class") { HelpName = "CLASS", Description = $"What kind of instruments they are: {OptionText.Words<AssetClass>(", ")} [default: equity]" };
    private readonly Option<string?> _currency = new("--currency") { Description = "The currency of prices [default: USD]" };
    private readonly Option<string?> _tick = new("--tick") { Description = "Smallest price step [default: the finest in the first rows]" };
    private readonly Option<string?> _lot = new("--lot") { Description = "Smallest size step [default: the finest in the first rows]" };
    private readonly Option<string?> _multiplier = new("--multiplier") { Description = "Units of the underlying in one contract [default: 1]" };
    private readonly Option<string?> _size = new("--size") { Description = "Size where the table has no column of sizes [default: 1]" };
    private readonly Option<string> _time = new("--time-format") { Description = "unix-ns, unix-us, unix-ms, unix-s, iso, a .NET format, or auto", DefaultValueFactory = _ => "auto" };
    private readonly Option<string> _zone = new("--time-zone") { Description = "Zone of times that do not say theirs", DefaultValueFactory = _ => "UTC" };
    private readonly Option<string> _barTime = new("--bar-time") { Description = "start or end: what a bar's time means [default: start; end where the column is end_time]" };
    private readonly Option<bool> _sort = new("--sort") { Description = $"Sort each file by time in memory, up to {TableOptions.MaxSortedRows} rows" };
    private readonly Option<string?> _delimiter = new("--delimiter") { Description = "A character, or tab [default: a comma]" };
    private readonly Option<bool> _header = new("--header") { Description = "The first row names the columns [default: found out]" };
    private readonly Option<bool> _noHeader = new("--no-header") { Description = "The first row is data" };

    /// <summary>For the help: what <c>--map</c> can name.</summary>
    private static string FieldsOfKinds => $"Quotes: {TableColumns.NamesOf(TickKind.Quotes)}. Trades: {TableColumns.NamesOf(TickKind.Trades)}. Bars: {TableColumns.NamesOf(TickKind.Bars(BarInterval.Create(1, BarUnit.Minute)))}";

    public TableSettings(Command command, bool isText)
    {
        foreach (Option option in new Option[] { _kind, _map, _symbol, _venue, _class, _currency, _tick, _lot, _multiplier, _size, _time, _zone, _barTime, _sort }) command.Add(option);
        if (!isText) return;
        command.Add(_delimiter);
        command.Add(_header);
        command.Add(_noHeader);
    }

    public TableOptions Options(ParseResult parsed)
    {
        string? said = parsed.GetValue(_kind);
        if (!TickKind.TryParse(said ?? "quotes", out TickKind kind)) throw new ImportException($"--kind: '{said}' is not a kind. Use quotes, trades, or bars of an interval such as bars-1m.");
        TableOptions defaults = new();
        return new()
        {
            Kind = kind,
            InfersKind = said is null,
            Map = ReadMap(parsed.GetValue(_map) ?? [], kind),
            Symbol = parsed.GetValue(_symbol),
            Venue = parsed.GetValue(_venue) ?? defaults.Venue,
            AssetClass = parsed.GetValue(_class),
            Currency = OptionText.Read(parsed, _currency, t => Currency.Parse(t)),
            TickSize = OptionText.Read(parsed, _tick, t => Price.Parse(t)),
            LotSize = OptionText.Read(parsed, _lot, t => Quantity.Parse(t)),
            Multiplier = OptionText.Read(parsed, _multiplier, OptionText.Decimal) ?? 1m,
            SizeOfUnsized = OptionText.Read(parsed, _size, t => Quantity.Parse(t)) ?? defaults.SizeOfUnsized,
            TimeFormat = parsed.GetRequiredValue(_time),
            TimeZone = parsed.GetRequiredValue(_zone),
            IsBarTimeEnd = ReadBarTime(parsed.GetValue(_barTime)),
            Sort = parsed.GetValue(_sort),
            Delimiter = ReadDelimiter(parsed.GetValue(_delimiter)),
            HasHeader = parsed.GetValue(_header) ? true : parsed.GetValue(_noHeader) ? false : null,
        };
    }

    private static Dictionary<TableField, string> ReadMap(string[] texts, TickKind kind)
    {
        Dictionary<TableField, string> map = [];
        foreach (string pair in texts.SelectMany(t => t.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? pair : pair[..equals];
            TableField[] fields = [.. TableColumns.FieldsOf(kind).Where(f => TableColumns.NameOf(f) == name)];
            if (equals <= 0 || fields.Length == 0) throw new ImportException($"--map {pair} is not FIELD=COLUMN. Fields of {kind} are: {TableColumns.NamesOf(kind)}.");
            if (!map.TryAdd(fields[0], pair[(equals + 1)..])) throw new ImportException($"--map names {name} twice.");
        }

        return map;
    }

    private static bool ReadBarTime(string? text) => text switch
    {
        null or "start" => false,
        "end" => true,
        _ => throw new ImportException($"--bar-time {text} is not start or end."),
    };

    private static char ReadDelimiter(string? text) => text switch
    {
        null => ',',
        "tab" or "\\t" or "\t" => '\t',
        { Length: 1 } => text[0],
        _ => throw new ImportException($"--delimiter '{text}' is not one character, nor tab."),
    };
}
