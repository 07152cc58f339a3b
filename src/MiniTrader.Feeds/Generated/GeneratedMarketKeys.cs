using System.Globalization;

namespace MiniTrader.Feeds;

/// <summary>The keys of the text form of <see cref="GeneratedMarketOptions"/>, and how each value is read.</summary>
internal static class GeneratedMarketKeys
{
    public const string Names = "seed, rows, instruments, start, days, trades, volatility, correlation";

    public static GeneratedMarketOptions With(GeneratedMarketOptions options, string key, string value, string text) =>
        key.ToUpperInvariant() switch
        {
            "SEED" => options with { Seed = Read<ulong>(key, value, "a whole number, zero or above") },
            "ROWS" => options with { Rows = ReadWhole(key, value) },
            "INSTRUMENTS" => options with { Instruments = Read<int>(key, value, "a whole number") },
            "START" => options with { Start = ReadDate(key, value) },
            "DAYS" => options with { Days = Read<int>(key, value, "a whole number") },
            "TRADES" => options with { TradeShare = Read<double>(key, value, "a share such as 0.2") },
            "VOLATILITY" => options with { DailyVolatility = Read<double>(key, value, "a number such as 0.015") },
            "CORRELATION" => options with { Correlation = Read<double>(key, value, "a number from 0 to 1") },
            _ => throw new FormatException($"'{key}' in '{text}' is not a key of a generated market. Keys are: {Names}."),
        };

    /// <summary>A row count, with <c>k</c> for thousands and <c>M</c> for millions allowed behind it.</summary>
    private static long ReadWhole(string key, string value)
    {
        long unit = value.Length == 0 ? 1 : value[^1] switch { 'k' or 'K' => 1_000, 'm' or 'M' => 1_000_000, _ => 1 };
        string digits = unit == 1 ? value : value[..^1];
        bool isNumber = long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long count);
        return isNumber && Math.Abs(count) <= long.MaxValue / unit ? count * unit : throw Wrong(key, value, "a whole number such as 2000000 or 2M");
    }

    private static DateOnly ReadDate(string key, string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw Wrong(key, value, "a date such as 2024-01-02");

    private static T Read<T>(string key, string value, string takes)
        where T : ISpanParsable<T> =>
        T.TryParse(value, CultureInfo.InvariantCulture, out T? number) ? number : throw Wrong(key, value, takes);

    private static FormatException Wrong(string key, string value, string takes) =>
        new($"The key '{key}' of a generated market cannot be '{value}'; it takes {takes}.");
}
