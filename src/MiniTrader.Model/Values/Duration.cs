using System.Globalization;

namespace MiniTrader.Model;

/// <summary>A length of time in nanoseconds, as people write it: <c>250us</c>, <c>1ms</c>, <c>1.5s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>.</summary>
public readonly record struct Duration(long Nanoseconds)
{
    private static readonly (string Unit, long Nanoseconds)[] _units =
    [
        ("ns", 1), ("us", Timestamp.NanosecondsPerMicrosecond), ("ms", Timestamp.NanosecondsPerMillisecond), ("s", Timestamp.NanosecondsPerSecond),
        ("m", Timestamp.NanosecondsPerMinute), ("h", Timestamp.NanosecondsPerHour), ("d", Timestamp.NanosecondsPerDay),
    ];

    /// <exception cref="FormatException">The text is no number with a unit, or does not fit 64 bits of nanoseconds.</exception>
    public static Duration Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Trim() == "0") return default;
        int unit = 0;
        while (unit < text.Length && !char.IsAsciiLetter(text[unit])) unit++;
        if (decimal.TryParse(text.AsSpan(0, unit), NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out decimal number))
        {
            foreach ((string name, long nanoseconds) in _units)
            {
                if (text.AsSpan(unit).Trim().SequenceEqual(name) && number * nanoseconds <= long.MaxValue) return new((long)(number * nanoseconds));
            }
        }

        throw new FormatException($"'{text}' is not a length of time. Write a number and one of ns, us, ms, s, m, h, d, such as 250us.");
    }

    public TimeSpan ToTimeSpan() => TimeSpan.FromTicks(Nanoseconds / TimeSpan.NanosecondsPerTick);

    public override string ToString()
    {
        for (int i = _units.Length - 1; i >= 0; i--)
        {
            if (Nanoseconds != 0 && Nanoseconds % _units[i].Nanoseconds == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{Nanoseconds / _units[i].Nanoseconds}{_units[i].Unit}");
        }

        return "0";
    }
}
