using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>ISO 8601 dates and times in UTF-8, without making a string.</summary>
internal static class IsoText
{
    private const int FirstYear = 1678, LastYear = 2261;

    /// <summary>Reads the wall clock in nanoseconds since 1970, and the offset where the text has one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long wall, out long? offset)
    {
        (wall, offset) = (0, null);
        if (text.Length < 10 || text[4] is not ((byte)'-' or (byte)'/') || text[7] != text[4]) return false;
        bool isDate = TryDigits(text[..4], out int year) & TryDigits(text[5..7], out int month) & TryDigits(text[8..10], out int day);
        if (!isDate || year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        wall = (new DateOnly(year, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber) * Timestamp.NanosecondsPerDay;
        ReadOnlySpan<byte> rest = text[10..];
        if (rest.IsEmpty) return true;
        if (rest[0] is not ((byte)'T' or (byte)' ') || rest.Length < 6 || rest[3] != ':') return false;
        if (!(TryDigits(rest[1..3], out int hour) & TryDigits(rest[4..6], out int minute)) || hour > 23 || minute > 59) return false;
        wall += (hour * Timestamp.NanosecondsPerHour) + (minute * Timestamp.NanosecondsPerMinute);
        rest = rest[6..];
        return TrySeconds(ref rest, ref wall) && TryOffset(rest, out offset);
    }

    private static bool TrySeconds(ref ReadOnlySpan<byte> rest, ref long wall)
    {
        if (rest.IsEmpty || rest[0] != ':') return true;
        if (rest.Length < 3 || !TryDigits(rest[1..3], out int second) || second > 59) return false;
        wall += second * Timestamp.NanosecondsPerSecond;
        rest = rest[3..];
        if (rest.IsEmpty || rest[0] is not ((byte)'.' or (byte)',')) return true;
        int digits = 1;
        while (digits < rest.Length && rest[digits] is >= (byte)'0' and <= (byte)'9') digits++;
        if (digits is 1 or > 10 || !TryDigits(rest[1..digits], out int fraction)) return false;
        wall += fraction * FixedPoint.PowerOfTen(10 - digits);
        rest = rest[digits..];
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> rest, out long? offset)
    {
        offset = null;
        rest = rest.Trim((byte)' ');
        if (rest.IsEmpty) return true;
        if (rest.SequenceEqual("Z"u8) || rest.SequenceEqual("UTC"u8))
        {
            offset = 0;
            return true;
        }

        if (rest[0] is not ((byte)'+' or (byte)'-') || rest.Length is not (3 or 5 or 6) || (rest.Length == 6 && rest[3] != ':')) return false;
        int minute = 0;
        if (!TryDigits(rest[1..3], out int hour) || (rest.Length > 3 && !TryDigits(rest[^2..], out minute)) || hour > 14 || minute > 59) return false;
        long nanoseconds = (hour * Timestamp.NanosecondsPerHour) + (minute * Timestamp.NanosecondsPerMinute);
        offset = rest[0] == '-' ? -nanoseconds : nanoseconds;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte c in text)
        {
            if (c is < (byte)'0' or > (byte)'9') return false;
            value = (value * 10) + (c - '0');
        }

        return true;
    }
}
