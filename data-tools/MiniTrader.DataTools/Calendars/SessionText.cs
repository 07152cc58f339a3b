using System.Globalization;

namespace MiniTrader.DataTools;

/// <summary>
/// A calendar as the command line has it: <c>[DAYS ]FROM-TO[,FROM-TO…][;…]@ZONE</c>, such as <c>09:30-16:00@America/New_York</c> (Monday to Friday) or
/// <c>Sun-Thu 18:00-17:00@America/New_York</c> (into the next day), and the dates that differ: <c>2024-12-25</c> has no session, <c>2024-07-03=13:00</c> closes early,
/// <c>2024-07-05=/11:00</c> opens late, <c>2024-07-04=13:00/18:00</c> is closed between.
/// </summary>
public static class SessionText
{
    public const string Continuous = "none";

    private const string Shape = "Write it like 09:30-16:00@America/New_York, Sun-Thu 18:00-17:00@America/Chicago or none (open without a break).";
    private const string ExceptionShape = "Write them like 2024-12-25,2024-07-03=13:00,2024-07-05=/11:00,2024-07-04=13:00/18:00: closed, closing early, opening late, closed between.";

    private static readonly string[] _days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <exception cref="ImportException">The text is not of this form, or its zone is unknown.</exception>
    public static TradingCalendar Parse(string sessions, string? holidays)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        int at = sessions.LastIndexOf('@');
        if (at <= 0 || at == sessions.Length - 1) throw Wrong(sessions, "has no time zone");
        TimeZoneInfo zone = ZoneClock.Find(sessions[(at + 1)..].Trim()).Zone;
        List<OpenHours>[] week = [.. _days.Select(_ => new List<OpenHours>())];
        foreach (string part in sessions[..at].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int space = part.LastIndexOf(' ');
            foreach (string hours in part[(space + 1)..].Split(','))
            {
                OpenHours open = HoursOf(hours, sessions);
                foreach (int day in DaysOf(space < 0 ? "Mon-Fri" : part[..space].Trim(), sessions)) week[day].Add(open);
            }
        }

        return week.All(d => d.Count == 0) ? throw Wrong(sessions, "has no hours") : new TradingCalendar(zone, week, ExceptionsOf(holidays));
    }

    private static IEnumerable<int> DaysOf(string text, string whole)
    {
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-', StringSplitOptions.TrimEntries);
            int first = DayOf(ends[0], whole), last = ends.Length == 2 ? DayOf(ends[1], whole) : ends.Length == 1 ? first : throw Wrong(whole, $"'{part}' are no days");
            for (int day = first; ; day = (day + 1) % 7)
            {
                yield return day;
                if (day == last) break;
            }
        }
    }

    private static int DayOf(string text, string whole)
    {
        int day = Array.FindIndex(_days, d => string.Equals(d, text, StringComparison.OrdinalIgnoreCase));
        return day >= 0 ? day : throw Wrong(whole, $"'{text}' is no weekday; they are {string.Join(", ", _days)}");
    }

    private static OpenHours HoursOf(string text, string whole)
    {
        string[] ends = text.Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length != 2 || !TryTime(ends[0], out TimeSpan from) || !TryTime(ends[1], out TimeSpan to) || from.TotalHours >= 24)
            throw Wrong(whole, $"'{text}' is not from one time of day to another");
        return new(from, to > from ? to : to + TimeSpan.FromHours(24));
    }

    private static Dictionary<DateOnly, DayException> ExceptionsOf(string? text)
    {
        Dictionary<DateOnly, DayException> exceptions = [];
        foreach (string part in text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            string[] cells = part.Split('=', StringSplitOptions.TrimEntries);
            DayException exception = DayException.Holiday;
            bool isSound = DateOnly.TryParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
                && (cells.Length == 1 || (cells.Length == 2 && TryException(cells[1], out exception)));
            if (!isSound) throw new ImportException($"--holidays: '{part}' is not a date, or a date and times. {ExceptionShape}");
            if (!exceptions.TryAdd(day, exception)) throw new ImportException($"--holidays: {cells[0]} is named twice. {ExceptionShape}");
        }

        return exceptions;
    }

    /// <summary><c>CLOSE</c>, <c>/OPEN</c> or <c>CLOSE/OPEN</c>.</summary>
    private static bool TryException(string text, out DayException exception)
    {
        string[] ends = text.Split('/', StringSplitOptions.TrimEntries);
        (TimeSpan closes, TimeSpan opens) = (default, default);
        bool hasClose = ends[0].Length > 0, hasOpen = ends.Length == 2;
        exception = new(IsClosed: false, hasClose && TryTime(ends[0], out closes) ? closes : null, hasOpen && TryTime(ends[1], out opens) ? opens : null);
        return ends.Length <= 2 && (!hasClose || closes != opens) && exception.Closes.HasValue == hasClose && exception.Opens.HasValue == hasOpen && (hasClose || hasOpen);
    }

    /// <summary>Hours and minutes, and seconds where there are some; 24:00 is the end of a day.</summary>
    private static bool TryTime(string text, out TimeSpan time)
    {
        time = TimeSpan.FromHours(24);
        return text == "24:00" || TimeSpan.TryParseExact(text, [@"h\:mm", @"hh\:mm", @"hh\:mm\:ss"], CultureInfo.InvariantCulture, out time);
    }

    private static ImportException Wrong(string text, string fault) => new($"--sessions: '{text}': {fault}. {Shape}");
}
