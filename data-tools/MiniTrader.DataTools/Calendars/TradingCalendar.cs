using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// When a market is open: hours of each weekday by the wall clock of a time zone, and the dates that differ. Makes the instants that an
/// instrument's sessions are. Immutable once built; any thread.
/// </summary>
public sealed class TradingCalendar
{
    private static readonly TimeSpan _day = TimeSpan.FromHours(24);

    private readonly OpenHours[][] _week;
    private readonly IReadOnlyDictionary<DateOnly, DayException> _exceptions;
    private readonly TimeZoneInfo _zone;

    /// <param name="zone">The zone whose clock the hours are of.</param>
    /// <param name="week">The hours of Sunday to Saturday; none on a day without trading.</param>
    /// <param name="exceptions">Holidays, early closes and late opens, by local date.</param>
    public TradingCalendar(TimeZoneInfo zone, IReadOnlyList<IReadOnlyList<OpenHours>> week, IReadOnlyDictionary<DateOnly, DayException> exceptions)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(week);
        _zone = zone;
        _exceptions = exceptions;
        _week = [.. week.Select(hours => hours.OrderBy(h => h.From).ToArray())];
        if (_week.Length != 7) throw new ArgumentException($"A calendar has the hours of 7 weekdays, not of {_week.Length}.", nameof(week));
        OpenHours wrong = _week.SelectMany(hours => hours).FirstOrDefault(h => h.From < TimeSpan.Zero || h.From >= _day || h.To <= h.From || h.To > h.From + _day);
        if (wrong != default) throw new ArgumentException($"Hours from {wrong.From} to {wrong.To} are not within a day, or longer than one.", nameof(week));
        if (_week.All(hours => hours.Length == 0)) throw new ArgumentException("The market is open on no day of the week.", nameof(week));
    }

    /// <summary>Open without a break, and its days end at midnight UTC: the same as no sessions.</summary>
    public bool IsContinuous => _exceptions.Count == 0 && _zone.BaseUtcOffset == TimeSpan.Zero && !_zone.SupportsDaylightSavingTime && _week.All(IsWholeDay);

    /// <summary>
    /// The sessions that have a part in [from, to). Hours that follow each other without a break are one session; one that is longer than a day
    /// is cut at the zone's midnights. A time that the clock skips counts on from the hour before; one that it shows twice is the first.
    /// </summary>
    public TradingSessions Sessions(Timestamp from, Timestamp to)
    {
        // Two days ahead, so that the session that is open at the beginning begins where it does.
        DateOnly day = LocalDate(from).AddDays(-2), last = LocalDate(to).AddDays(1);
        List<(Timestamp Open, Timestamp Close)> spans = [];
        for (; day <= last; day = day.AddDays(1)) AddDay(spans, day);
        return new([.. spans.SelectMany(CutAtMidnights).Where(s => s.Close > from && s.Open < to)]);
    }

    private void AddDay(List<(Timestamp Open, Timestamp Close)> spans, DateOnly day)
    {
        foreach ((TimeSpan start, TimeSpan end) in _week[(int)day.DayOfWeek].SelectMany(hours => Parts(hours, day)).Order())
        {
            (Timestamp open, Timestamp close) = (ToUtc(day, start), ToUtc(day, end));
            if (open >= close) continue;
            if (spans.Count > 0 && spans[^1].Close >= open) spans[^1] = (spans[^1].Open, Timestamp.Max(spans[^1].Close, close));
            else spans.Add((open, close));
        }
    }

    /// <summary>What the dates that the hours touch leave of them.</summary>
    private IEnumerable<(TimeSpan From, TimeSpan To)> Parts(OpenHours hours, DateOnly day)
    {
        DayException first = _exceptions.GetValueOrDefault(day), next = _exceptions.GetValueOrDefault(day.AddDays(1));
        return first.Of((hours.From, hours.To), TimeSpan.Zero, !hours.IsOfNextDate).SelectMany(part => next.Of(part, _day, hours.IsOfNextDate));
    }

    private IEnumerable<(Timestamp Open, Timestamp Close)> CutAtMidnights((Timestamp Open, Timestamp Close) span)
    {
        Timestamp open = span.Open;
        bool isLong = span.Close - span.Open > Timestamp.NanosecondsPerDay;
        for (DateOnly day = LocalDate(span.Open).AddDays(1); isLong; day = day.AddDays(1))
        {
            Timestamp midnight = ToUtc(day, TimeSpan.Zero);
            if (midnight >= span.Close) break;
            yield return (open, midnight);
            open = midnight;
        }

        yield return (open, span.Close);
    }

    private static bool IsWholeDay(OpenHours[] hours)
    {
        TimeSpan reached = TimeSpan.Zero;
        foreach (OpenHours h in hours.Where(h => h.From <= reached)) reached = h.To > reached ? h.To : reached;
        return reached >= _day && hours[0].From == TimeSpan.Zero;
    }

    private DateOnly LocalDate(Timestamp time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(time.ToDateTime(), _zone));

    private Timestamp ToUtc(DateOnly day, TimeSpan ofDay)
    {
        DateTime wall = day.ToDateTime(TimeOnly.MinValue) + ofDay;
        TimeSpan offset = _zone.IsAmbiguousTime(wall) ? _zone.GetAmbiguousTimeOffsets(wall).Max() : _zone.GetUtcOffset(wall);
        return Timestamp.FromDateTime(DateTime.SpecifyKind(wall - offset, DateTimeKind.Utc));
    }
}
