using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>Lengths of time as people write them: <c>250us</c>, <c>1.5ms</c>, <c>30s</c>, <c>1h</c>, <c>0</c>. In nanoseconds.</summary>
internal static class Duration
{
    private static readonly (string Unit, long Nanoseconds)[] _units =
    [
        ("ns", 1),
        ("us", Timestamp.NanosecondsPerMicrosecond),
        ("ms", Timestamp.NanosecondsPerMillisecond),
        ("s", Timestamp.NanosecondsPerSecond),
        ("m", Timestamp.NanosecondsPerMinute),
        ("h", Timestamp.NanosecondsPerHour),
    ];

    /// <summary>Longest duration that an option accepts, so that a time plus a duration never overflows.</summary>
    public const long MaxNanoseconds = 365 * Timestamp.NanosecondsPerDay;

    public static long Parse(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> trimmed = text.Trim();
        if (trimmed is "0") return 0;
        foreach ((string unit, long nanoseconds) in _units)
        {
            if (!trimmed.EndsWith(unit, StringComparison.Ordinal)) continue;
            ReadOnlySpan<char> number = trimmed[..^unit.Length];
            if (number.IsEmpty || !(char.IsAsciiDigit(number[^1]) || number[^1] == '.')) continue;
            if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)) break;
            if (value > MaxNanoseconds) break;
            decimal total = value * nanoseconds;
            if (total > MaxNanoseconds || total != decimal.Truncate(total)) break;
            return (long)total;
        }

        throw new FormatException($"'{text}' is not a duration. Write a number and ns, us, ms, s, m or h, such as 250us or 1.5ms; at most 365 days.");
    }

    public static string Format(long nanoseconds)
    {
        if (nanoseconds == 0) return "0";
        int i = _units.Length - 1;
        while (nanoseconds % _units[i].Nanoseconds != 0) i--;
        return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / _units[i].Nanoseconds}{_units[i].Unit}");
    }
}
