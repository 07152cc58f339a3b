using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// The value of our fills in the last 30 days, this UTC day and the 29 before it, one sum for each currency. A ring of days, so that
/// memory does not grow with the run. Owned by the venue, engine thread only.
/// </summary>
internal sealed class RollingTurnover(int currencies)
{
    public const int Days = 30;

    private readonly decimal[] _byDay = new decimal[currencies * Days];
    private readonly decimal[] _sums = new decimal[currencies];
    private long _day = long.MinValue;

    /// <summary>The sum at an instant; times never go back.</summary>
    public decimal At(int currency, Timestamp time)
    {
        Advance(time);
        return _sums[currency];
    }

    public void Add(int currency, Timestamp time, decimal value)
    {
        Advance(time);
        _byDay[(currency * Days) + SlotOf(_day)] += value;
        _sums[currency] += value;
    }

    private void Advance(Timestamp time)
    {
        long day = time.FloorTo(Timestamp.NanosecondsPerDay).Nanoseconds / Timestamp.NanosecondsPerDay;
        if (day <= _day) return;
        long steps = _day == long.MinValue ? 0 : Math.Min(Days, day - _day);
        for (long leaving = day - steps + 1; leaving <= day; leaving++)
        {
            int slot = SlotOf(leaving);
            for (int c = 0; c < _sums.Length; c++)
            {
                _sums[c] -= _byDay[(c * Days) + slot];
                _byDay[(c * Days) + slot] = 0;
            }
        }

        _day = day;
    }

    /// <summary>Days before 1970 have numbers below zero.</summary>
    private static int SlotOf(long day) => (int)(((day % Days) + Days) % Days);
}
