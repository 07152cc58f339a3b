using System.Globalization;

namespace MiniTrader.DataTools;

/// <summary>
/// Under which symbols a security traded: the file of the same name in <c>map_files</c> beside <c>factor_files</c>, lines of last day, symbol and
/// exchange, the first of which only says when it began. Without such a file it has one symbol.
/// </summary>
internal sealed class LeanMap
{
    private readonly List<(DateOnly Until, string Symbol)> _symbols = [];
    private readonly string _symbol;

    private LeanMap(string symbol) => _symbol = symbol;

    /// <summary>A sentence that names every rename; null when there was none.</summary>
    public string? Renames
    {
        get
        {
            List<string> renames = [];
            for (int i = 1; i < _symbols.Count; i++)
            {
                if (_symbols[i].Symbol != _symbols[i - 1].Symbol) renames.Add($"{_symbols[i - 1].Symbol} until {_symbols[i - 1].Until:yyyy-MM-dd}, then {_symbols[i].Symbol}");
            }

            return renames.Count == 0 ? null : $"{_symbol} was renamed ({string.Join("; ", renames)}): each split and dividend is stored with the symbol of its day";
        }
    }

    /// <exception cref="ImportException">The map file is none.</exception>
    public static LeanMap Beside(string factorFile)
    {
        string name = Path.GetFileName(factorFile);
        LeanMap map = new(Path.GetFileNameWithoutExtension(name).ToUpperInvariant());
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(factorFile))!, "..", "map_files", name);
        if (!File.Exists(path)) return map;
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Trim().Length == 0) continue;
            string[] cells = line.Split(',', StringSplitOptions.TrimEntries);
            bool isRow = cells.Length >= 2 && cells[1].Length > 0 && DateOnly.TryParseExact(cells[0], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
                && (map._symbols.Count == 0 || map._symbols[^1].Until < day);
            if (!isRow) throw new ImportException($"{Path.GetFullPath(path)}, line {number}: '{line}' is not a later day and a symbol, as in LEAN's map files.");
            map._symbols.Add((DateOnly.ParseExact(cells[0], "yyyyMMdd", CultureInfo.InvariantCulture), cells[1].ToUpperInvariant()));
        }

        return map;
    }

    /// <summary>The symbol of a day, in upper case.</summary>
    public string SymbolOn(DateOnly day)
    {
        foreach ((DateOnly until, string symbol) in _symbols)
        {
            if (day <= until) return symbol;
        }

        return _symbols.Count > 0 ? _symbols[^1].Symbol : _symbol;
    }
}
