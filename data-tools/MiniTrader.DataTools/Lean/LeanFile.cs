using System.Globalization;

namespace MiniTrader.DataTools;

/// <summary>What the rows of a LEAN file are. Daily and hourly files may leave it to the number of columns.</summary>
public enum LeanContent : byte
{
    FromColumns,
    Trade,
    Quote,
    OpenInterest,
}

/// <summary>Spacing of the rows of a LEAN file.</summary>
public enum LeanResolution : byte
{
    Tick,
    Second,
    Minute,
    Hour,
    Daily,
}

/// <summary>
/// What the path of a LEAN file says: <c>class/market/resolution/symbol/yyyyMMdd_kind[_style].zip</c>, or
/// <c>class/market/resolution/symbol[_kind][_style].zip</c> for hours and days, which hold all dates.
/// </summary>
public sealed record LeanFile
{
    private static readonly string[] _classes =
        ["equity", "forex", "cfd", "crypto", "cryptofuture", "future", "futureoption", "option", "indexoption", "index"];

    public required string Path { get; init; }

    /// <summary>In lower case: <c>equity</c>, <c>forex</c>, <c>future</c> and so on.</summary>
    public required string Class { get; init; }

    /// <summary>In lower case: <c>usa</c>, <c>oanda</c>, <c>cme</c>.</summary>
    public required string Market { get; init; }

    public required LeanResolution Resolution { get; init; }

    /// <summary>In upper case.</summary>
    public required string Symbol { get; init; }

    public required LeanContent Content { get; init; }

    /// <summary>The day of the rows; null where each row has its date.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Equity and option prices are stored as integers ×10,000.</summary>
    public bool HasScaledPrices => Class is "equity" or "option" or "indexoption";

    /// <summary>One CSV for each contract inside.</summary>
    public bool HasContracts => Class is "future" or "futureoption" or "option" or "indexoption";

    public bool IsIntraday => Resolution is LeanResolution.Tick or LeanResolution.Second or LeanResolution.Minute;

    /// <summary>Reads a path; null when it is not one of a LEAN data file.</summary>
    public static LeanFile? FromPath(string path)
    {
        string[] parts = System.IO.Path.GetFullPath(path).Split('/', '\\');
        if (parts.Length < 5 || !parts[^1].EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) return null;
        string[] words = parts[^1][..^4].ToLowerInvariant().Split('_');
        return FromIntraday(path, parts, words) ?? FromWhole(path, parts, words);
    }

    private static LeanFile? FromIntraday(string path, string[] parts, string[] words)
    {
        bool isDated = DateOnly.TryParseExact(words[0], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date);
        LeanResolution? resolution = ResolutionOf(parts[^3]);
        if (!isDated || resolution is null or LeanResolution.Hour or LeanResolution.Daily || parts.Length < 5 || words.Length < 2) return null;
        LeanContent content = ContentOf(words);
        return content == LeanContent.FromColumns ? null : Create(path, parts[^5], parts[^4], resolution.Value, parts[^2], content, date);
    }

    private static LeanFile? FromWhole(string path, string[] parts, string[] words)
    {
        LeanResolution? resolution = ResolutionOf(parts[^2]);
        return resolution is LeanResolution.Hour or LeanResolution.Daily
            ? Create(path, parts[^4], parts[^3], resolution.Value, words[0], ContentOf(words), null)
            : null;
    }

    private static LeanFile? Create(
        string path, string assetClass, string market, LeanResolution resolution, string symbol, LeanContent content, DateOnly? date)
    {
        assetClass = assetClass.ToLowerInvariant();
        if (!_classes.Contains(assetClass) || symbol.Length == 0) return null;
        return new()
        {
            Path = path,
            Class = assetClass,
            Market = market.ToLowerInvariant(),
            Resolution = resolution,
            Symbol = symbol.ToUpperInvariant(),
            Content = content,
            Date = date,
        };
    }

    private static LeanContent ContentOf(string[] words) =>
        words.Contains("trade") ? LeanContent.Trade
        : words.Contains("quote") ? LeanContent.Quote
        : words.Contains("openinterest") ? LeanContent.OpenInterest
        : LeanContent.FromColumns;

    private static LeanResolution? ResolutionOf(string folder) => folder.ToLowerInvariant() switch
    {
        "tick" => LeanResolution.Tick,
        "second" => LeanResolution.Second,
        "minute" => LeanResolution.Minute,
        "hour" => LeanResolution.Hour,
        "daily" => LeanResolution.Daily,
        _ => null,
    };
}
