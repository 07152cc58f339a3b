using System.Globalization;

namespace MiniTrader.Fix;

/// <summary>The schedule's keys: StartTime, EndTime, StartDay, EndDay, Weekdays, TimeZone, UseLocalTime, NonStopSession. Cold code.</summary>
internal static class ScheduleReader
{
    public static SessionSchedule Read(SettingsSection section)
    {
        bool nonStop = section.Flag("NonStopSession", false);
        TimeZoneInfo zone = ReadZone(section);
        string? start = section.Text("StartTime"), end = section.Text("EndTime");
        DayOfWeek? startDay = Day(section, "StartDay"), endDay = Day(section, "EndDay");
        HashSet<DayOfWeek>? weekdays = ReadWeekdays(section);
        if (nonStop)
        {
            foreach (string key in new[] { "StartTime", "EndTime", "StartDay", "EndDay", "Weekdays" })
            {
                if (section.Text(key) is not null) throw section.Bad(key, "does not go with NonStopSession=Y");
            }

            return SessionSchedule.NonStop;
        }

        if (start is null) section.Required("StartTime");
        if (end is null) section.Required("EndTime");
        if (startDay.HasValue != endDay.HasValue) section.Required(startDay.HasValue ? "EndDay" : "StartDay");
        if (weekdays is not null && startDay.HasValue) throw section.Bad("Weekdays", "does not go with StartDay and EndDay");
        return new SessionSchedule
        {
            StartTime = Time(section, "StartTime", start!),
            EndTime = Time(section, "EndTime", end!),
            StartDay = startDay,
            EndDay = endDay,
            Weekdays = weekdays,
            TimeZone = zone,
        }.Validated();
    }

    private static TimeZoneInfo ReadZone(SettingsSection section)
    {
        bool isLocal = section.Flag("UseLocalTime", false);
        string? name = section.Text("TimeZone");
        if (name is null) return isLocal ? TimeZoneInfo.Local : TimeZoneInfo.Utc;
        if (isLocal) throw section.Bad("TimeZone", "does not go with UseLocalTime=Y");
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            ? zone
            : throw section.Bad("TimeZone", "is a time zone that this machine knows, such as America/New_York or UTC");
    }

    private static TimeOnly Time(SettingsSection section, string key, string text)
    {
        if (!TimeOnly.TryParseExact(text, ["HH:mm:ss", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time))
            throw section.Bad(key, "is a time of day like 17:00:00");
        return time;
    }

    private static DayOfWeek? Day(SettingsSection section, string key)
    {
        string? text = section.Text(key);
        return text is null ? null : ParseDay(text) ?? throw section.Bad(key, "is a day of the week, such as Sunday or Sun");
    }

    private static HashSet<DayOfWeek>? ReadWeekdays(SettingsSection section)
    {
        string? text = section.Text("Weekdays");
        if (text is null) return null;
        HashSet<DayOfWeek> days = [];
        foreach (string word in text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            days.Add(ParseDay(word) ?? throw section.Bad("Weekdays", "are days of the week with commas between, such as Mon,Tue,Fri"));
        return days;
    }

    // QuickFIX takes a whole name or any beginning of two letters or more.
    private static DayOfWeek? ParseDay(string text)
    {
        foreach (DayOfWeek day in Enum.GetValues<DayOfWeek>())
        {
            if (text.Length >= 2 && day.ToString().StartsWith(text, StringComparison.OrdinalIgnoreCase)) return day;
        }

        return null;
    }
}
