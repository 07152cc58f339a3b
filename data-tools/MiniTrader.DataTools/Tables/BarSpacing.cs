using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>What the distance between rows of bars says about their interval.</summary>
internal static class BarSpacing
{
    /// <summary>
    /// The interval of a table that does not say it: the most frequent step from one row to the next. Days that are an hour short or
    /// long, as at a change of clocks, are days.
    /// </summary>
    /// <exception cref="ImportException">There are too few rows, or no interval is that long; the sentence says what to give.</exception>
    public static TickKind Infer(IReadOnlyList<Timestamp> times, string name)
    {
        SortedDictionary<long, int> steps = [];
        for (int i = 1; i < times.Count; i++)
        {
            long step = Math.Abs(times[i] - times[i - 1]);
            if (step > 0) steps[step] = steps.GetValueOrDefault(step) + 1;
        }

        if (steps.Count == 0) throw new ImportException($"{name} looks like bars, but has too few rows to tell of what interval. Say it with --kind, such as --kind bars-1m.");
        long usual = steps.MaxBy(s => s.Value).Key;
        if (Math.Abs(usual - Timestamp.NanosecondsPerDay) == Timestamp.NanosecondsPerHour) usual = Timestamp.NanosecondsPerDay;
        return Fits(usual, Timestamp.NanosecondsPerDay, BarUnit.Day, 7) ?? Fits(usual, Timestamp.NanosecondsPerHour, BarUnit.Hour, 23) ?? Fits(usual, Timestamp.NanosecondsPerMinute, BarUnit.Minute, 59)
            ?? Fits(usual, Timestamp.NanosecondsPerSecond, BarUnit.Second, 59)
            ?? throw new ImportException($"{name} looks like bars whose rows are {SpanText.Of(usual)} apart, which is no usual interval. Say it with --kind, such as --kind bars-1d.");
    }

    /// <summary>True when a bar starts well before the one above ends, so the interval said is too long. A day may be an hour short.</summary>
    public static bool IsTooClose(Timestamp end, Timestamp former, BarInterval interval) => former > Timestamp.MinValue && end > former && end - former < interval.Nanoseconds / 10 * 9;

    private static TickKind? Fits(long step, long unit, BarUnit name, int most) =>
        step % unit == 0 && step / unit <= most ? TickKind.Bars(BarInterval.Create((int)(step / unit), name)) : null;
}
