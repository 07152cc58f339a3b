using System.Globalization;
using System.Text;
using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// The Hive-style names of a catalog. Letters of a symbol or venue that file systems or Hive readers stumble over stand as
/// <c>%XX</c>, the bytes of their UTF-8.
/// </summary>
internal static class CatalogPaths
{
    public const string InstrumentsFile = "instruments.json";
    public const string Extension = ".arrow";
    public const string KindPrefix = "kind=";
    public const string VenuePrefix = "venue=";
    public const string SymbolPrefix = "symbol=";

    /// <summary>A catalog's folder as a full path.</summary>
    /// <exception cref="TickDataException">It has no name.</exception>
    public static string Full(string directory) =>
        string.IsNullOrWhiteSpace(directory) ? throw new TickDataException("The catalog's folder has no name. Name the folder to read from or to write to.") : Path.GetFullPath(directory);

    /// <summary>A series' folder relative to the catalog.</summary>
    public static string SeriesFolder(Instrument instrument, TickKind kind) =>
        Path.Combine(KindPrefix + kind, VenuePrefix + Escape(instrument.Venue), SymbolPrefix + Escape(instrument.Symbol));

    /// <summary>A partition's file name: the date, or the year of coarse bars.</summary>
    public static string FileName(TickKind kind, DateOnly partition) => kind.IsCoarse
        ? partition.Year.ToString("D4", CultureInfo.InvariantCulture) + Extension
        : partition.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + Extension;

    public static string Escape(string name)
    {
        StringBuilder escaped = new();
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            bool isPlain = char.IsAsciiLetterOrDigit((char)b) || (char)b is '-' or '_' or '.';
            if (isPlain) escaped.Append((char)b);
            else escaped.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return escaped.Replace(".", "%2E", 0, name is "." or ".." ? escaped.Length : 0).ToString();
    }

    public static string Unescape(string name) => Uri.UnescapeDataString(name);
}
