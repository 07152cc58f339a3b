using System.Globalization;
using System.Text;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>Reads times in text: counts since 1970 in four units, ISO 8601, or a format of the user's. One thread.</summary>
public sealed class TimeText
{
    private const int MaxLength = 64;
    private const long LastSecond = 9_223_372_036;

    private readonly string _format;
    private readonly long _unit;
    private readonly ZoneClock _clock;

    private TimeText(string format, long unit, ZoneClock clock)
    {
        _format = format;
        _unit = unit;
        _clock = clock;
    }

    /// <summary>The format's name, or the user's format.</summary>
    public string Format => _format;

    /// <summary>Makes a reader; <c>auto</c> decides by a sample.</summary>
    /// <exception cref="ImportException">The format is unknown.</exception>
    public static TimeText Create(string format, string zone, ReadOnlySpan<byte> sample)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (format == "auto") format = Guess(sample);
        ZoneClock clock = ZoneClock.Find(zone);
        if (UnitOf(format) is { } unit) return new(format, unit, clock);
        if (format != "iso" && !format.Contains('y', StringComparison.Ordinal) && !format.Contains('d', StringComparison.Ordinal))
            throw new ImportException($"'{format}' is not a time format. Use unix-ns, unix-us, unix-ms, unix-s, iso, or a .NET format such as \"yyyyMMdd HH:mm:ss.fff\".");
        return new(format, 0, clock);
    }

    /// <summary>Nanoseconds of one unit of <c>unix-…</c>; null for other formats.</summary>
    public static long? UnitOf(string format) => format switch
    {
        "unix-ns" => 1,
        "unix-us" => Timestamp.NanosecondsPerMicrosecond,
        "unix-ms" => Timestamp.NanosecondsPerMillisecond,
        "unix-s" => Timestamp.NanosecondsPerSecond,
        _ => null,
    };

    /// <summary>Reads a time; returns what is wrong, or null.</summary>
    public string? Read(ReadOnlySpan<byte> text, Timestamp last, out Timestamp time)
    {
        time = default;
        if (text.Length is 0 or > MaxLength) return "the time is empty or too long";
        if (_unit > 0) return TryReadCount(text, out time) ? null : $"the time is not {_format}";
        if (_format == "iso") return ReadIso(text, last, out time);

        Span<char> characters = stackalloc char[MaxLength];
        int length = Encoding.UTF8.GetChars(text, characters);
        bool isRead = DateTime.TryParseExact(characters[..length], _format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime wall);
        if (!isRead || wall.Year is < 1678 or > 2261) return $"the time is not '{_format}'";
        return ToUtc((wall.Ticks - DateTime.UnixEpoch.Ticks) * 100, last, out time);
    }

    private string? ToUtc(long wall, Timestamp last, out Timestamp time) =>
        _clock.TryToUtc(wall, last, out time) ? null : $"the time does not exist in {_clock.Zone.Id}";

    /// <summary>Whole numbers in full; with a decimal point, as seconds often have, down to the nanosecond.</summary>
    private bool TryReadCount(ReadOnlySpan<byte> text, out Timestamp time)
    {
        time = default;
        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
        if (!NumberText.TryParseWhole(whole, out long count) || Math.Abs((decimal)count) > (decimal)LastSecond * Timestamp.NanosecondsPerSecond / _unit) return false;
        long fraction = 0;
        if (point >= 0)
        {
            if (FixedPoint.TryParseRounded(text[point..], out fraction) is not (FixedPointStatus.Ok or FixedPointStatus.TooPrecise)) return false;
            fraction = (long)((Int128)fraction * _unit / FixedPoint.One);
        }

        time = new((count * _unit) + (text[0] == '-' ? -fraction : fraction));
        return true;
    }

    /// <summary><c>yyyy-MM-dd[ T]HH:mm[:ss[.fffffffff]][Z|±hh[:mm]]</c>; the time of day may be missing, slashes may be dashes.</summary>
    private string? ReadIso(ReadOnlySpan<byte> text, Timestamp last, out Timestamp time)
    {
        time = default;
        const string Wrong = "the time is not ISO 8601 (2013-10-07T14:30:00.123Z)";
        if (!IsoText.TryParse(text, out long wall, out long? offset)) return Wrong;
        if (offset is null) return ToUtc(wall, last, out time);
        time = new(wall - offset.Value);
        return null;
    }

    /// <summary>
    /// The format of digits that are a date of the years 1900 to 2100, with or without a time of day: <c>20131007</c>, <c>201310070930</c>, <c>20131007093015</c>; else
    /// null. As counts they would be seconds of 1970, milliseconds of 1976 and nothing. Ten digits are always seconds.
    /// </summary>
    public static string? CompactDate(ReadOnlySpan<byte> digits)
    {
        string? format = digits.Length switch { 8 => "yyyyMMdd", 12 => "yyyyMMddHHmm", 14 => "yyyyMMddHHmmss", _ => null };
        if (format is null) return null;
        Span<char> text = stackalloc char[digits.Length];
        Encoding.ASCII.GetChars(digits, text);
        bool isDate = DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time);
        return isDate && time.Year is >= 1900 and <= 2100 ? format : null;
    }

    /// <summary>Digits alone are a date, or a count whose unit follows from their number; all else is ISO.</summary>
    private static string Guess(ReadOnlySpan<byte> sample)
    {
        if (CompactDate(sample) is { } compact) return compact;
        int point = sample.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? sample : sample[..point];
        if (!NumberText.TryParseWhole(whole, out _)) return "iso";
        return whole.Length switch { >= 18 => "unix-ns", >= 15 => "unix-us", >= 12 => "unix-ms", _ => "unix-s" };
    }
}
