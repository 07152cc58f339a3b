using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// What an instrument traded in the last 24 hours, the hour at hand included, in hourly sums. A ring, so that memory does not grow with the
/// run; taken only where the slippage model asks. Owned by a market, engine thread only.
/// </summary>
internal sealed class DayVolume
{
    private const int Hours = 24;

    private readonly long[] _byHour = new long[Hours];
    private long _hour = long.MinValue;
    private long _sum;

    /// <summary>The sum at an instant; times never go back.</summary>
    public long At(Timestamp time)
    {
        Advance(time);
        return _sum;
    }

    public void Add(Timestamp time, long size)
    {
        Advance(time);
        _byHour[SlotOf(_hour)] += size;
        _sum += size;
    }

    /// <summary>What traded is counted in the units of after a split.</summary>
    public void Split(long newUnits, long oldUnits)
    {
        _sum = 0;
        for (int i = 0; i < Hours; i++) _sum += _byHour[i] = (long)Int128.Min((Int128)_byHour[i] * newUnits / oldUnits, long.MaxValue / Hours);
    }

    private void Advance(Timestamp time)
    {
        long hour = time.FloorTo(Timestamp.NanosecondsPerHour).Nanoseconds / Timestamp.NanosecondsPerHour;
        if (hour <= _hour) return;
        long steps = _hour == long.MinValue ? 0 : Math.Min(Hours, hour - _hour);
        for (long leaving = hour - steps + 1; leaving <= hour; leaving++)
        {
            _sum -= _byHour[SlotOf(leaving)];
            _byHour[SlotOf(leaving)] = 0;
        }

        _hour = hour;
    }

    /// <summary>Hours before 1970 have numbers below zero.</summary>
    private static int SlotOf(long hour) => (int)(((hour % Hours) + Hours) % Hours);
}
