using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>Numbers and times as the report writes them: invariant culture, a dash for what is not defined.</summary>
internal static class ReportText
{
    public const string Undefined = "–";

    private static readonly (double Size, string Suffix)[] _magnitudes = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")];

    private static CultureInfo Culture => CultureInfo.InvariantCulture;

    /// <summary>An amount of money: cents while they matter, an exponent where digits no longer do.</summary>
    public static string Amount(decimal? amount)
    {
        if (amount is not { } value) return Undefined;
        string text = Math.Abs(value) switch
        {
            >= 1e15m => value.ToString("0.000e+0", Culture),
            >= 1e8m => value.ToString("#,##0", Culture),
            >= 1m or 0m => value.ToString("#,##0.00", Culture),
            _ => value.ToString("0.00##", Culture),
        };
        return Typeset(text);
    }

    /// <summary>An amount with its sign, so that profit and loss differ in more than colour.</summary>
    public static string Signed(decimal? amount) => amount > 0 ? "+" + Amount(amount) : Amount(amount);

    /// <summary>A price or quantity with the decimals it has, eight at most.</summary>
    public static string Exact(decimal value) => Typeset(value.ToString("#,##0.########", Culture));

    /// <summary>A price with two decimals at least, so that a column of them lines up.</summary>
    public static string Price(decimal value) => Typeset(value.ToString("#,##0.00####", Culture));

    public static string Percent(double share)
    {
        if (!double.IsFinite(share)) return Undefined;
        string text = Math.Abs(share) >= 1e5 ? Compact(share * 100) : Typeset((share * 100).ToString("#,##0.00", Culture));
        return text + " %";
    }

    public static string Ratio(double value) => !double.IsFinite(value)
        ? Undefined
        : Math.Abs(value) >= 1e6 ? Compact(value) : Typeset(value.ToString("#,##0.00", Culture));

    public static string Count(long count) => count.ToString("#,##0", Culture);

    /// <summary>Three significant digits and a letter: 1.25M.</summary>
    public static string Compact(double value)
    {
        if (!double.IsFinite(value)) return Undefined;
        double size = Math.Abs(value);
        if (size >= 1e15) return Typeset(value.ToString("0.##e+0", Culture));
        foreach ((double unit, string suffix) in _magnitudes)
        {
            if (size >= unit) return Typeset((value / unit).ToString(size / unit >= 100 ? "0" : "0.##", Culture)) + suffix;
        }

        return Typeset(value.ToString("0.##", Culture));
    }

    public static string Time(Timestamp? time) => time is { } value ? value.ToDateTime().ToString("yyyy-MM-dd HH:mm:ss", Culture) : Undefined;

    /// <summary>A length of time in its two largest units.</summary>
    public static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds)) return Undefined;
        if (seconds == 0) return "0 s";
        if (seconds < 1e-3) return (seconds * 1e6).ToString("0.##", Culture) + " µs";
        if (seconds < 1) return (seconds * 1e3).ToString("0.##", Culture) + " ms";
        if (seconds < 60) return seconds.ToString("0.#", Culture) + " s";
        long whole = (long)Math.Round(seconds);
        if (whole < 3600) return $"{whole / 60} min {whole % 60:00} s";
        if (whole < 86_400) return $"{whole / 3600} h {whole / 60 % 60:00} min";
        return $"{Count(whole / 86_400)} d {whole / 3600 % 24} h";
    }

    /// <summary>A true minus sign, and none on a number that was rounded to zero.</summary>
    private static string Typeset(string number) => number.AsSpan().ContainsAnyInRange('1', '9') ? number.Replace('-', '−') : number.Replace("-", "", StringComparison.Ordinal);
}
