namespace MiniTrader.DataTools;

/// <summary>Hours of one weekday in which a market is open, by its wall clock.</summary>
/// <param name="From">Since the day's midnight; below 24 hours.</param>
/// <param name="To">Since the same midnight; beyond 24 hours where they end on the next day.</param>
/// <param name="IsRegular">False before and after the regular market.</param>
public readonly record struct OpenHours(TimeSpan From, TimeSpan To, bool IsRegular = true);

/// <summary>What is different on one date: closed, or open until, or from, another time. A close before a late open is a break between them.</summary>
public readonly record struct DayException(bool IsClosed, TimeSpan? Closes = null, TimeSpan? Opens = null)
{
    /// <summary>The date is like every other of its weekday.</summary>
    public static DayException None => default;

    public static DayException Holiday => new(IsClosed: true);

    /// <summary>What is left of a weekday's hours on this date.</summary>
    public IEnumerable<(TimeSpan From, TimeSpan To)> Of(OpenHours hours)
    {
        if (IsClosed) return [];
        bool isBreak = Closes < Opens;
        (TimeSpan, TimeSpan)[] parts = isBreak
            ? [(hours.From, Earlier(hours.To, Closes)), (Later(hours.From, Opens), hours.To)]
            : [(Later(hours.From, Opens), Earlier(hours.To, Closes))];
        return parts.Where(p => p.Item1 < p.Item2);
    }

    private static TimeSpan Earlier(TimeSpan time, TimeSpan? limit) => limit is { } at && at < time ? at : time;

    private static TimeSpan Later(TimeSpan time, TimeSpan? limit) => limit is { } at && at > time ? at : time;
}
