using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// Volume-weighted average price, Σ price·size / Σ size, since its anchor. <c>new Vwap()</c> is anchored where the caller says:
/// at the first trade and at each <see cref="Reset"/>. <see cref="PerDay"/> and <see cref="PerSession"/> start anew on their own,
/// by venue time. The sums are exact integers: the order of trades inside a session does not change the value.
/// A struct: keep it in a field that is not <c>readonly</c>.
/// </summary>
public struct Vwap
{
    private readonly TradingSessions? _sessions;
    private readonly long _startOfDay;
    private readonly bool _restarts;
    private Timestamp _end;
    private Int128 _notional;
    private Int128 _volume;

    private Vwap(TradingSessions? sessions, long startOfDay)
    {
        _sessions = sessions;
        _startOfDay = startOfDay;
        _restarts = true;
        _end = Timestamp.MinValue;
    }

    /// <summary>Starts anew each day at a time of day, UTC: midnight when none is given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not within a day.</exception>
    public static Vwap PerDay(TimeSpan startsAt = default)
    {
        if (startsAt < TimeSpan.Zero || startsAt >= TimeSpan.FromDays(1))
            throw new ArgumentOutOfRangeException(nameof(startsAt), "The time of day at which a VWAP starts must be 00:00 or later and before 24:00.");
        return new(null, startsAt.Ticks * TimeSpan.NanosecondsPerTick);
    }

    /// <summary>Starts anew at the first trade at or after each session's close; trades between sessions count to the next one.</summary>
    public static Vwap PerSession(TradingSessions sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        return new(sessions, 0);
    }

    /// <summary>The average; NaN before the first trade with a size.</summary>
    public readonly double Value => _volume == 0 ? double.NaN : (double)_notional / (double)_volume / FixedPoint.One;

    /// <summary>True once something has traded since the anchor.</summary>
    public readonly bool IsWarm => _volume != 0;

    /// <summary>Takes the next trade and answers the new value.</summary>
    public double Update(in TradeTick trade) => Update(trade.VenueTime, trade.Price, trade.Size);

    /// <summary>
    /// Takes the next trade and answers the new value. A size of zero or less changes nothing; a trade with a time before the
    /// current session counts to the current one. Throws an <see cref="OverflowException"/> when a session turns over more than
    /// 1.7e20 units of price times size.
    /// </summary>
    public double Update(Timestamp time, Price price, Quantity size)
    {
        if (_restarts && time >= _end) Restart(time);
        if (size.IsPositive)
        {
            _notional = checked(_notional + ((Int128)price.Raw * size.Raw));
            _volume += size.Raw;
        }

        return Value;
    }

    /// <summary>Anchors it here.</summary>
    public void Reset() => (_notional, _volume, _end) = (0, 0, Timestamp.MinValue);

    private void Restart(Timestamp time)
    {
        (_notional, _volume) = (0, 0);
        _end = _sessions is not null
            ? _sessions.NextClose(time)
            : (time - _startOfDay).FloorTo(Timestamp.NanosecondsPerDay) + _startOfDay + Timestamp.NanosecondsPerDay;
    }
}
