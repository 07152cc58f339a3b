using System.Globalization;
using System.Text.RegularExpressions;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>The day of an ITCH file, and its times in UTC. One thread.</summary>
public sealed partial class ItchDay(DateOnly date, ZoneClock clock)
{
    private readonly long _midnight = Timestamp.FromDateTime(date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)).Nanoseconds;

    public DateOnly Date { get; } = date;

    /// <summary>False for a time that the zone's clock skipped on this day.</summary>
    public bool TryToUtc(long nanoseconds, Timestamp notBefore, out Timestamp time) => clock.TryToUtc(_midnight + nanoseconds, notBefore, out time);

    /// <summary>The day that a file's name holds: <c>20190130</c>, <c>01302019</c> or <c>S013019</c>.</summary>
    /// <exception cref="ImportException">It holds none.</exception>
    public static DateOnly FromName(string path)
    {
        string name = Path.GetFileName(path);
        foreach (Match run in DigitRuns().Matches(name))
        {
            string[] formats = run.Value.Length switch { 8 => ["yyyyMMdd", "MMddyyyy"], 6 => ["MMddyy"], 10 => ["yyyy-MM-dd"], _ => [] };
            bool isDay = DateOnly.TryParseExact(run.Value, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) && date.Year is >= 1990 and < 2200;
            if (isDay) return date;
        }

        throw new ImportException($"{path}: its name holds no day such as 20190130 or 01302019; say which it is with --date 2019-01-30.");
    }

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}|\d+")]
    private static partial Regex DigitRuns();
}
