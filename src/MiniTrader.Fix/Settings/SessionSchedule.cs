using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>A stretch of time in which a session may be connected: from <paramref name="Start"/> up to, but not at, <paramref name="End"/>.</summary>
public readonly record struct SessionWindow(Timestamp Start, Timestamp End)
{
    public bool Contains(Timestamp time) => time >= Start && time < End;
}

/// <summary>
/// When a session is open: daily, on some days of the week, once a week, or always. A pure function of the time asked about. Sequence
/// numbers live as long as one window.
/// </summary>
/// <remarks>
/// Times are wall-clock times of <see cref="TimeZone"/>. A wall-clock time that a change to summer time skips means the instant of the change;
/// one that the change back has twice means the first.
/// </remarks>
public sealed record SessionSchedule
{
    /// <summary>Open always; the numbers start again only when somebody resets them.</summary>
    public static SessionSchedule NonStop { get; } = new() { IsNonStop = true };

    public bool IsNonStop { get; init; }

    /// <summary>Where it equals <see cref="EndTime"/>, one window follows the other without a break.</summary>
    public TimeOnly StartTime { get; init; }

    /// <summary>At or before <see cref="StartTime"/> it means the next day (or week).</summary>
    public TimeOnly EndTime { get; init; }

    /// <summary>With <see cref="EndDay"/>: one window a week.</summary>
    public DayOfWeek? StartDay { get; init; }

    public DayOfWeek? EndDay { get; init; }

    /// <summary>The days on which a daily window starts; null for all.</summary>
    public IReadOnlySet<DayOfWeek>? Weekdays { get; init; }

    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The window that contains <paramref name="time"/>, or else the next one.</summary>
    public SessionWindow WindowAt(Timestamp time)
    {
        if (IsNonStop) return new(Timestamp.MinValue, Timestamp.MaxValue);
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(time.ToDateTime(), TimeZone));

        // The window that contains the time started at most a week and a day before; the next starts at most as much later.
        for (int day = -8; day <= 8; day++)
        {
            DateOnly date = today.AddDays(day);
            if (!StartsOn(date.DayOfWeek)) continue;
            SessionWindow window = new(Instant(date, StartTime), Instant(date.AddDays(DaysOpen), EndTime));
            if (time < window.End) return window;
        }

        throw new InvalidOperationException("A schedule has a window in every week.");
    }

    public bool IsOpen(Timestamp time) => IsNonStop || WindowAt(time).Contains(time);

    /// <summary>Whether two times lie in one window, so that numbers given out at the first still hold at the second.</summary>
    public bool IsSameWindow(Timestamp first, Timestamp second)
    {
        SessionWindow window = WindowAt(second);
        return window.Contains(first) && window.Contains(second);
    }

    internal SessionSchedule Validated()
    {
        if (StartDay.HasValue != EndDay.HasValue) throw new ArgumentException("A weekly schedule has both StartDay and EndDay.");
        if (StartDay.HasValue && Weekdays is not null) throw new ArgumentException("A schedule has either Weekdays or StartDay and EndDay.");
        if (Weekdays is { Count: 0 }) throw new ArgumentException("A schedule with Weekdays names at least one.");
        return this;
    }

    private int DaysOpen
    {
        get
        {
            bool endsLater = EndTime > StartTime;
            if (StartDay is not { } start || EndDay is not { } end) return endsLater ? 0 : 1;
            int days = ((int)end - (int)start + 7) % 7;
            return days == 0 && !endsLater ? 7 : days;
        }
    }

    private bool StartsOn(DayOfWeek day) => StartDay is { } start ? day == start : Weekdays is null || Weekdays.Contains(day);

    private Timestamp Instant(DateOnly date, TimeOnly time)
    {
        DateTime local = date.ToDateTime(time, DateTimeKind.Unspecified);
        if (TimeZone.IsInvalidTime(local))
        {
            // Minute by minute to the first that exists, which is the instant of the change, whatever the length of the gap.
            local = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified);
            while (TimeZone.IsInvalidTime(local)) local = local.AddMinutes(1);
        }

        TimeSpan offset = TimeZone.IsAmbiguousTime(local) ? TimeZone.GetAmbiguousTimeOffsets(local).Max() : TimeZone.GetUtcOffset(local);
        return Timestamp.FromDateTime(DateTime.SpecifyKind(local - offset, DateTimeKind.Utc));
    }
}
