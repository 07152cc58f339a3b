using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>Follows the highest equity so far and the deepest and longest fall from it, one point at a time.</summary>
internal sealed class DrawdownTracker
{
    private bool _started, _below, _deepestIsOpen;
    private decimal _peak;
    private Timestamp _peakTime, _lastTime;
    private long _longestClosed;

    /// <summary>Deepest fall as a share of the peak it fell from; above 1 where equity went below zero.</summary>
    public double Depth { get; private set; }

    /// <summary>The deepest fall in the base currency.</summary>
    public decimal Amount { get; private set; }

    /// <summary>The last moment at the peak before the deepest fall.</summary>
    public Timestamp? Peak { get; private set; }

    public Timestamp? Trough { get; private set; }

    /// <summary>When equity was back at the peak that the deepest fall began from.</summary>
    public Timestamp? Recovery { get; private set; }

    /// <summary>A fall from a peak at or below zero has no depth.</summary>
    public bool IsUndefined { get; private set; }

    /// <summary>Longest time between a peak and the return to it, or the end of the run.</summary>
    public long LongestNanoseconds => _below ? Math.Max(_longestClosed, _lastTime - _peakTime) : _longestClosed;

    /// <summary>Takes a point and answers how far it lies below the highest, as a share of it.</summary>
    public double Add(Timestamp time, decimal equity)
    {
        _lastTime = time;
        if (!_started || equity >= _peak)
        {
            if (_below) _longestClosed = Math.Max(_longestClosed, time - _peakTime);
            if (_deepestIsOpen) Recovery = time;
            _started = true;
            _below = _deepestIsOpen = false;
            _peak = equity;
            _peakTime = time;
            return 0;
        }

        _below = true;
        if (_peak <= 0)
        {
            IsUndefined = true;
            return double.NaN;
        }

        double depth = (double)((_peak - equity) / _peak);
        if (depth > Depth)
        {
            Depth = depth;
            Amount = _peak - equity;
            Peak = _peakTime;
            Trough = time;
            Recovery = null;
            _deepestIsOpen = true;
        }

        return depth;
    }
}
