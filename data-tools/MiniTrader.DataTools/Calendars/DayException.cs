namespace MiniTrader.DataTools;

/// <summary>
/// What is different on one date: closed, or open until, or from, another time. A close before a late open is a break between them, by that date's clock,
/// for whatever would be open then; all else concerns the date's own hours (<see cref="OpenHours.IsOfNextDate"/>).
/// </summary>
public readonly record struct DayException(bool IsClosed, TimeSpan? Closes = null, TimeSpan? Opens = null)
{
    /// <summary>The date is like every other of its weekday.</summary>
    public static DayException None => default;

    public static DayException Holiday => new(IsClosed: true);

    /// <summary>What is left of a stretch of open hours.</summary>
    /// <param name="part">Counted from any midnight.</param>
    /// <param name="midnight">Where this date begins, counted from the same.</param>
    /// <param name="isOwn">True when the hours are this date's, whichever date they begin on.</param>
    public IEnumerable<(TimeSpan From, TimeSpan To)> Of((TimeSpan From, TimeSpan To) part, TimeSpan midnight, bool isOwn)
    {
        if (IsClosed) return isOwn ? [] : [part];
        (TimeSpan? closes, TimeSpan? opens) = (midnight + Closes, midnight + Opens);
        (TimeSpan, TimeSpan)[] left = closes < opens ? [(part.From, Earlier(part.To, closes)), (Later(part.From, opens), part.To)]
            : isOwn ? [(Later(part.From, opens), Earlier(part.To, closes))]
            : [part];
        return left.Where(p => p.Item1 < p.Item2);
    }

    private static TimeSpan Earlier(TimeSpan time, TimeSpan? limit) => limit is { } at && at < time ? at : time;

    private static TimeSpan Later(TimeSpan time, TimeSpan? limit) => limit is { } at && at > time ? at : time;
}
