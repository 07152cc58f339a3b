using System.Globalization;

namespace MiniTrader.Model;

/// <summary>A length of time in nanoseconds, as people write it: <c>250us</c>, <c>1ms</c>, <c>1.5s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>, <c>0</c>.</summary>
public readonly record struct Duration(long Nanoseconds)
{
    /// <summary>Longest length that text may say, 365 days, so that a time plus a length never overflows.</summary>
    public const long MaxNanoseconds = 365 * Timestamp.NanosecondsPerDay;

    private static readonly (string Unit, long Nanoseconds)[] _units =
    [
        ("ns", 1), ("us", Timestamp.NanosecondsPerMicrosecond), ("ms", Timestamp.NanosecondsPerMillisecond), ("s", Timestamp.NanosecondsPerSecond),
        ("m", Timestamp.NanosecondsPerMinute), ("h", Timestamp.NanosecondsPerHour), ("d", Timestamp.NanosecondsPerDay),
    ];

    /// <exception cref="FormatException">The text is no number with a unit, is finer than a nanosecond, or is beyond 365 days.</exception>
    public static Duration Parse(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> trimmed = text.Trim();
        if (trimmed is "0") return default;
        int unit = 0;
        while (unit < trimmed.Length && !char.IsAsciiLetter(trimmed[unit])) unit++;
        if (decimal.TryParse(trimmed[..unit], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && number <= MaxNanoseconds)
        {
            foreach ((string name, long nanoseconds) in _units)
            {
                decimal total = number * nanoseconds;
                if (trimmed[unit..].SequenceEqual(name) && total <= MaxNanoseconds && total == decimal.Truncate(total)) return new((long)total);
            }
        }

        throw new FormatException($"'{text}' is not a length of time. Write a number and one of ns, us, ms, s, m, h, d, such as 250us or 1.5ms; at most 365 days.");
    }

    public TimeSpan ToTimeSpan() => TimeSpan.FromTicks(Nanoseconds / TimeSpan.NanosecondsPerTick);

    /// <summary>The text with the largest unit of which it is a whole number.</summary>
    public override string ToString()
    {
        if (Nanoseconds == 0) return "0";
        int i = _units.Length - 1;
        while (Nanoseconds % _units[i].Nanoseconds != 0) i--;
        return string.Create(CultureInfo.InvariantCulture, $"{Nanoseconds / _units[i].Nanoseconds}{_units[i].Unit}");
    }
}
