using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>Time-weighted means over equity points: what a point says holds until the next one.</summary>
internal sealed class TimeWeights
{
    private EquityPoint _last;
    private bool _started;
    private double _elapsed, _invested, _equity, _leverage;

    /// <summary>Time with a position / elapsed time; NaN when no time passed.</summary>
    public double Exposure => _elapsed > 0 ? _invested / _elapsed : double.NaN;

    /// <summary>Mean equity; the only one there is when no time passed.</summary>
    public double MeanEquity => _elapsed > 0 ? _equity / _elapsed : (double)_last.Equity;

    /// <summary>Mean of gross exposure / equity; NaN when no time passed or equity was not positive throughout.</summary>
    public double MeanLeverage => _elapsed > 0 ? _leverage / _elapsed : double.NaN;

    public void Add(in EquityPoint point)
    {
        if (_started)
        {
            double seconds = (point.Time - _last.Time) / (double)Timestamp.NanosecondsPerSecond;
            double equity = (double)_last.Equity;
            _elapsed += seconds;
            _equity += seconds * equity;
            if (_last.GrossExposure != 0) _invested += seconds;
            if (seconds > 0) _leverage += equity > 0 ? seconds * (double)_last.GrossExposure / equity : double.NaN;
        }

        _started = true;
        _last = point;
    }
}
