using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// Returns between the last equities of consecutive observed periods of one length, aligned to UTC. A period without a point
/// (a night, a weekend) is not observed: the return over it belongs to the next period that is. The first return starts at the
/// first point of all.
/// </summary>
internal sealed class ReturnGrid(long periodNanoseconds)
{
    private ReturnMoments _moments;
    private bool _started;
    private long _period;
    private decimal _previous, _last;

    /// <summary>Periods that hold at least one point.</summary>
    public long Observed { get; private set; }

    /// <summary>Takes an equity; true when it is the first of its period.</summary>
    public bool Add(Timestamp time, decimal equity)
    {
        long before = Observed;
        long period = time.FloorTo(periodNanoseconds).Nanoseconds;
        if (!_started)
        {
            _started = true;
            _period = period;
            _previous = equity;
            Observed = 1;
        }
        else if (period != _period)
        {
            _moments.AddReturn(_previous, _last);
            _previous = _last;
            _period = period;
            Observed++;
        }

        _last = equity;
        return Observed != before;
    }

    /// <summary>The moments of all returns, that of the unfinished last period included.</summary>
    public ReturnMoments Moments()
    {
        ReturnMoments moments = _moments;
        if (_started) moments.AddReturn(_previous, _last);
        return moments;
    }
}
