using System.Globalization;
using System.Text.Json;

namespace MiniTrader.DataTools;

/// <summary>
/// The calendar of one entry of LEAN's market hours database: hours of each weekday with their state (market, premarket, postmarket), holidays,
/// early closes and late opens. What the entry says about a date goes before what a wider one says, the whole market's and then, of options,
/// the underlying's; a bank holiday is a date on which the market is open.
/// </summary>
public static class LeanCalendar
{
    private static readonly string[] _days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    /// <param name="entry">The entry that has the hours.</param>
    /// <param name="wider">Entries whose dates hold where the ones before them say nothing, the nearest first.</param>
    /// <param name="which">Whether hours outside the regular market count.</param>
    /// <returns>Null when the market is never open in these hours.</returns>
    public static TradingCalendar? Read(JsonElement entry, IEnumerable<JsonElement> wider, LeanHours which)
    {
        ArgumentNullException.ThrowIfNull(wider);
        OpenHours[][] week = [.. _days.Select(day => HoursOf(entry, day).Where(h => h.IsRegular || which == LeanHours.Extended).ToArray())];
        if (week.All(hours => hours.Length == 0)) return null;
        Dictionary<DateOnly, DayException> dates = [];
        foreach (JsonElement source in wider.Prepend(entry))
        {
            foreach ((DateOnly day, DayException exception) in DatesOf(source)) dates.TryAdd(day, exception);
        }

        foreach (DateOnly plain in dates.Where(d => d.Value == DayException.None).Select(d => d.Key).ToArray()) dates.Remove(plain);
        return new(ZoneClock.Find(entry.GetProperty("exchangeTimeZone").GetString() ?? "").Zone, week, dates);
    }

    private static IEnumerable<OpenHours> HoursOf(JsonElement entry, string day)
    {
        if (!entry.TryGetProperty(day, out JsonElement hours)) yield break;
        foreach (JsonElement part in hours.EnumerateArray())
            yield return new(TimeOf(part.GetProperty("start").GetString()), TimeOf(part.GetProperty("end").GetString()), part.GetProperty("state").GetString() == "market");
    }

    private static Dictionary<DateOnly, DayException> DatesOf(JsonElement entry)
    {
        Dictionary<DateOnly, DayException> dates = [];
        if (entry.TryGetProperty("bankHolidays", out JsonElement bankHolidays))
        {
            foreach (JsonElement day in bankHolidays.EnumerateArray()) dates[DateOf(day.GetString())] = DayException.None;
        }

        if (entry.TryGetProperty("earlyCloses", out JsonElement closes))
        {
            foreach (JsonProperty day in closes.EnumerateObject()) dates[DateOf(day.Name)] = new(IsClosed: false, Closes: TimeOf(day.Value.GetString()));
        }

        if (entry.TryGetProperty("lateOpens", out JsonElement opens))
        {
            foreach (JsonProperty day in opens.EnumerateObject())
                dates[DateOf(day.Name)] = dates.GetValueOrDefault(DateOf(day.Name)) with { Opens = TimeOf(day.Value.GetString()) };
        }

        if (entry.TryGetProperty("holidays", out JsonElement holidays))
        {
            foreach (JsonElement day in holidays.EnumerateArray()) dates[DateOf(day.GetString())] = DayException.Holiday;
        }

        return dates;
    }

    /// <summary>Month, day, year, as American dates are written.</summary>
    private static DateOnly DateOf(string? text) => DateOnly.ParseExact(text ?? "", ["M/d/yyyy", "MM/dd/yyyy"], CultureInfo.InvariantCulture);

    /// <summary><c>09:30:00</c>; <c>1.00:00:00</c> and <c>1:00:00:00</c> are the end of the day.</summary>
    private static TimeSpan TimeOf(string? text) => TimeSpan.ParseExact(text ?? "", ["c", @"h\:mm\:ss", @"d\:hh\:mm\:ss"], CultureInfo.InvariantCulture);
}
