using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Wall-clock times of a zone to UTC. An hour that a clock shows twice means its first pass, unless the data has already
/// reached the second; an hour that a clock never shows is refused. One thread.
/// </summary>
public sealed class ZoneClock(TimeZoneInfo zone)
{
    private const long BlockNanoseconds = 15 * Timestamp.NanosecondsPerMinute;

    private long _blockStart = long.MinValue;
    private long _blockOffset;

    public TimeZoneInfo Zone { get; } = zone;

    public static ZoneClock Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>Finds <c>America/New_York</c>, <c>UTC</c>, or a fixed offset such as <c>UTC-05</c> and <c>+05:30</c>.</summary>
    /// <exception cref="ImportException">The zone is unknown here.</exception>
    public static ZoneClock Find(string name)
    {
        if (TryFixed(name, out TimeSpan offset)) return new(TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name));
        try
        {
            return new(TimeZoneInfo.FindSystemTimeZoneById(name));
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new ImportException($"The time zone '{name}' is unknown on this machine. Use an IANA name such as America/New_York, or an offset such as UTC-05.", e);
        }
    }

    /// <summary>Converts nanoseconds of the wall clock since 1970-01-01 00:00; false when the clock skipped this time.</summary>
    /// <param name="wall">The wall clock.</param>
    /// <param name="notBefore">The time already reached, which decides an hour that the clock shows twice.</param>
    /// <param name="utc">The instant.</param>
    public bool TryToUtc(long wall, Timestamp notBefore, out Timestamp utc)
    {
        long start = new Timestamp(wall).FloorTo(BlockNanoseconds).Nanoseconds;
        if (start != _blockStart && !TryLoadBlock(start)) return TryConvertSlowly(wall, notBefore, out utc);
        utc = new(wall - _blockOffset);
        return true;
    }

    /// <summary>A block is kept when one offset holds for all of it; changes of zones fall on quarter hours.</summary>
    private bool TryLoadBlock(long start)
    {
        DateTime first = Wall(start), last = Wall(start + BlockNanoseconds - 100);
        if (Zone.IsAmbiguousTime(first) || Zone.IsAmbiguousTime(last) || Zone.IsInvalidTime(first) || Zone.IsInvalidTime(last)) return false;
        TimeSpan offset = Zone.GetUtcOffset(first);
        if (offset != Zone.GetUtcOffset(last)) return false;
        _blockStart = start;
        _blockOffset = offset.Ticks * 100;
        return true;
    }

    private bool TryConvertSlowly(long wall, Timestamp notBefore, out Timestamp utc)
    {
        DateTime time = Wall(wall);
        utc = default;
        if (Zone.IsInvalidTime(time)) return false;
        if (!Zone.IsAmbiguousTime(time))
        {
            utc = new(wall - (Zone.GetUtcOffset(time).Ticks * 100));
            return true;
        }

        TimeSpan[] offsets = Zone.GetAmbiguousTimeOffsets(time);
        utc = new(wall - (offsets.Max().Ticks * 100));
        if (utc < notBefore) utc = new(wall - (offsets.Min().Ticks * 100));
        return true;
    }

    private static DateTime Wall(long wall) => DateTime.SpecifyKind(new Timestamp(wall).ToDateTime(), DateTimeKind.Unspecified);

    private static bool TryFixed(string name, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        string text = name.StartsWith("UTC", StringComparison.OrdinalIgnoreCase) ? name[3..] : name;
        if (text.Length == 0) return name.Length > 0;
        if (text[0] is not ('+' or '-')) return false;
        string[] parts = text[1..].Split(':');
        if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int hours) || hours > 14) return false;
        int minutes = 0;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out minutes) || minutes > 59)) return false;
        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return Math.Abs(offset.TotalHours) <= 14;
    }
}
