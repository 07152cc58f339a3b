using System.Globalization;

namespace MiniTrader.Model;

/// <summary>An instant: nanoseconds since the Unix epoch, UTC. Covers the years 1677 to 2262.</summary>
/// <param name="Nanoseconds">Nanoseconds since 1970-01-01T00:00:00Z.</param>
public readonly record struct Timestamp(long Nanoseconds) : IComparable<Timestamp>
{
    public const long NanosecondsPerMicrosecond = 1_000;
    public const long NanosecondsPerMillisecond = 1_000_000;
    public const long NanosecondsPerSecond = 1_000_000_000;
    public const long NanosecondsPerMinute = 60 * NanosecondsPerSecond;
    public const long NanosecondsPerHour = 60 * NanosecondsPerMinute;
    public const long NanosecondsPerDay = 24 * NanosecondsPerHour;

    public static Timestamp MinValue => new(long.MinValue);

    /// <summary>Later than every real instant: "never".</summary>
    public static Timestamp MaxValue => new(long.MaxValue);

    public static Timestamp FromDateTime(DateTime utc) =>
        new(checked((utc.Ticks - DateTime.UnixEpoch.Ticks) * 100));

    public static Timestamp FromMilliseconds(long milliseconds) => new(checked(milliseconds * NanosecondsPerMillisecond));

    /// <summary>Ticks of 100 ns; the last two digits are lost.</summary>
    public DateTime ToDateTime() => new(DateTime.UnixEpoch.Ticks + FloorDivide(Nanoseconds, 100), DateTimeKind.Utc);

    public DateOnly Date => DateOnly.FromDateTime(ToDateTime());

    /// <summary>Nanoseconds since this instant's midnight, UTC.</summary>
    public long NanosecondsOfDay => Nanoseconds - (FloorDivide(Nanoseconds, NanosecondsPerDay) * NanosecondsPerDay);

    /// <summary>The start of this instant's multiple of <paramref name="interval"/> nanoseconds since the epoch.</summary>
    public Timestamp FloorTo(long interval) => new(FloorDivide(Nanoseconds, interval) * interval);

    public int CompareTo(Timestamp other) => Nanoseconds.CompareTo(other.Nanoseconds);

    public static Timestamp operator +(Timestamp a, long nanoseconds) => new(a.Nanoseconds + nanoseconds);

    public static Timestamp operator -(Timestamp a, long nanoseconds) => new(a.Nanoseconds - nanoseconds);

    public static long operator -(Timestamp a, Timestamp b) => a.Nanoseconds - b.Nanoseconds;

    public static bool operator <(Timestamp a, Timestamp b) => a.Nanoseconds < b.Nanoseconds;

    public static bool operator >(Timestamp a, Timestamp b) => a.Nanoseconds > b.Nanoseconds;

    public static bool operator <=(Timestamp a, Timestamp b) => a.Nanoseconds <= b.Nanoseconds;

    public static bool operator >=(Timestamp a, Timestamp b) => a.Nanoseconds >= b.Nanoseconds;

    public static Timestamp Min(Timestamp a, Timestamp b) => a.Nanoseconds <= b.Nanoseconds ? a : b;

    public static Timestamp Max(Timestamp a, Timestamp b) => a.Nanoseconds >= b.Nanoseconds ? a : b;

    /// <summary>
    /// Reads <c>2013-10-07</c>, <c>2013-10-07T14:30</c>, <c>2013-10-07 14:30:00.123456789</c>, each with an optional <c>Z</c> or
    /// an offset such as <c>+02:00</c>; without one the text is UTC.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Timestamp timestamp)
    {
        timestamp = default;
        text = text.Trim();
        long fraction = 0;
        int point = text.IndexOf('.');
        Span<char> whole = stackalloc char[40];
        if (text.Length is 0 or > 40) return false;
        if (point < 0)
        {
            text.CopyTo(whole);
            whole = whole[..text.Length];
        }
        else
        {
            int end = point + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            int digits = end - point - 1;
            if (digits is 0 or > 9 || point < 16) return false;
            for (int i = point + 1; i < end; i++) fraction = (fraction * 10) + (text[i] - '0');
            fraction *= FixedPoint.PowerOfTen(9 - digits);
            text[..point].CopyTo(whole);
            text[end..].CopyTo(whole[point..]);
            whole = whole[..(point + text.Length - end)];
        }

        if (whole.Length < 10 || whole[4] != '-' || whole[7] != '-') return false;
        if (!DateTime.TryParse(whole, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime time))
            return false;
        if (time.Year is < 1678 or > 2261) return false;
        timestamp = FromDateTime(time) + fraction;
        return true;
    }

    public static Timestamp Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out Timestamp timestamp)
            ? timestamp
            : throw new FormatException($"'{text}' is not a time. Write it like 2013-10-07, or 2013-10-07T14:30:00.123Z (UTC).");

    /// <summary>ISO 8601 with as many decimals as are needed: 0, 3, 6 or 9.</summary>
    public override string ToString()
    {
        long fraction = Nanoseconds - (FloorDivide(Nanoseconds, NanosecondsPerSecond) * NanosecondsPerSecond);
        string seconds = ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        if (fraction == 0) return seconds + "Z";
        if (fraction % NanosecondsPerMillisecond == 0) return string.Create(CultureInfo.InvariantCulture, $"{seconds}.{fraction / NanosecondsPerMillisecond:D3}Z");
        if (fraction % NanosecondsPerMicrosecond == 0) return string.Create(CultureInfo.InvariantCulture, $"{seconds}.{fraction / NanosecondsPerMicrosecond:D6}Z");
        return string.Create(CultureInfo.InvariantCulture, $"{seconds}.{fraction:D9}Z");
    }

    private static long FloorDivide(long value, long divisor)
    {
        long quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }
}
