using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>A tick of a time axis: its label, and the date below it where the date is news.</summary>
internal readonly record struct TimeTick(Timestamp Time, string Label, string? Date);

/// <summary>A time axis in UTC with ticks at round times, from milliseconds to decades.</summary>
internal sealed class TimeAxis
{
    private const long Second = Timestamp.NanosecondsPerSecond;
    private const long Minute = Timestamp.NanosecondsPerMinute;
    private const long Hour = Timestamp.NanosecondsPerHour;
    private const long Day = Timestamp.NanosecondsPerDay;

    /// <summary>1970-01-05 was the first Monday of the epoch.</summary>
    private const long FirstMonday = 4 * Day;

    private static readonly long[] _steps =
    [
        Second, 2 * Second, 5 * Second, 10 * Second, 15 * Second, 30 * Second,
        Minute, 2 * Minute, 5 * Minute, 10 * Minute, 15 * Minute, 30 * Minute,
        Hour, 2 * Hour, 3 * Hour, 6 * Hour, 12 * Hour, Day, 2 * Day, 7 * Day, 14 * Day,
    ];

    private static readonly int[] _monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

    public TimeAxis(Timestamp from, Timestamp to, int ticks = 8)
    {
        From = from;
        To = to > from ? to : from + Second;
        Ticks = [.. Build(Math.Max(1, (To - From) / ticks))];
    }

    public Timestamp From { get; }

    public Timestamp To { get; }

    public IReadOnlyList<TimeTick> Ticks { get; }

    /// <summary>Where a time lies: 0 at the start, 1 at the end.</summary>
    public double Place(Timestamp time) => (time - From) / (double)(To - From);

    private IEnumerable<TimeTick> Build(long least)
    {
        if (least <= 14 * Day)
        {
            long step = least < Second ? FractionOfSecond(least) : _steps.First(s => s >= least);
            return Regular(step);
        }

        int months = _monthSteps.FirstOrDefault(m => m * 30 * Day >= least, 1200);
        return Monthly(months);
    }

    private IEnumerable<TimeTick> Regular(long step)
    {
        long offset = step >= 7 * Day ? FirstMonday : 0;
        Timestamp time = (From - offset).FloorTo(step) + offset;
        if (time < From) time += step;
        DateOnly? shown = null;
        int year = 0;
        for (; time <= To; time += step)
        {
            DateTime clock = time.ToDateTime();
            if (step >= Day)
            {
                yield return new(time, Text(clock, "d MMM"), clock.Year == year ? null : Text(clock, "yyyy"));
                year = clock.Year;
                continue;
            }

            string format = step >= Minute ? "HH:mm" : step >= Second ? "HH:mm:ss" : "HH:mm:ss.fff";
            yield return new(time, Text(clock, format), time.Date == shown ? null : Text(clock, "d MMM yyyy"));
            shown = time.Date;
        }
    }

    private IEnumerable<TimeTick> Monthly(int months)
    {
        DateTime start = From.ToDateTime();
        int index = ((start.Year * 12) + start.Month - 1) / months * months;
        int shown = 0;
        for (; index / 12 < 2262; index += months)
        {
            DateTime month = new(index / 12, (index % 12) + 1, 1, 0, 0, 0, DateTimeKind.Utc);
            Timestamp time = Timestamp.FromDateTime(month);
            if (time < From) continue;
            if (time > To) yield break;
            if (months >= 12) yield return new(time, Text(month, "yyyy"), null);
            else yield return new(time, Text(month, "MMM"), month.Year == shown ? null : Text(month, "yyyy"));
            shown = month.Year;
        }
    }

    private static string Text(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);

    private static long FractionOfSecond(long least)
    {
        for (long power = Timestamp.NanosecondsPerMillisecond; power < Second; power *= 10)
        {
            foreach (int factor in (ReadOnlySpan<int>)[1, 2, 5])
            {
                if (power * factor >= least) return power * factor;
            }
        }

        return Second;
    }
}
