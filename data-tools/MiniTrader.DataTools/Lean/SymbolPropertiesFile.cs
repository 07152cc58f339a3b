using System.Globalization;

namespace MiniTrader.DataTools;

/// <summary>One line of LEAN's symbol properties.</summary>
public sealed record SymbolProperties(string Currency, decimal Multiplier, decimal Tick, decimal Lot);

/// <summary>LEAN's <c>symbol-properties-database.csv</c>: currency, contract multiplier, tick and lot by market, symbol and class.</summary>
public sealed class SymbolPropertiesFile
{
    private readonly Dictionary<(string Market, string Symbol, string Class), SymbolProperties> _lines = [];

    private SymbolPropertiesFile()
    {
    }

    public static SymbolPropertiesFile Empty { get; } = new();

    /// <exception cref="ImportException">The file cannot be read; lines that are not understood are passed over.</exception>
    public static SymbolPropertiesFile Load(string path)
    {
        SymbolPropertiesFile file = new();
        try
        {
            foreach (string line in File.ReadLines(RegularFile.Require(path)))
            {
                string[] fields = line.Split(',');
                if (line.StartsWith('#') || fields.Length < 8) continue;
                bool isComplete = TryNumber(fields[5], out decimal multiplier) & TryNumber(fields[6], out decimal tick) & TryNumber(fields[7], out decimal lot);
                if (isComplete) file._lines[Key(fields[0], fields[1], fields[2])] = new(fields[4], multiplier, tick, lot);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"The symbol properties {path} cannot be read: {e.Message}", e);
        }

        return file;
    }

    /// <summary>The line of a symbol, or of all symbols of its class at the market, or null.</summary>
    public SymbolProperties? Find(LeanFile file) =>
        _lines.GetValueOrDefault(Key(file.Market, file.Symbol, file.Class)) ?? _lines.GetValueOrDefault(Key(file.Market, "[*]", file.Class));

    private static (string, string, string) Key(string market, string symbol, string assetClass) =>
        (market.Trim().ToLowerInvariant(), symbol.Trim().ToUpperInvariant(), assetClass.Trim().ToLowerInvariant());

    private static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && number > 0;
}
