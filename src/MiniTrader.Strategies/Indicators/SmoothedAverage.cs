using System.Runtime.CompilerServices;

namespace MiniTrader.Strategies;

/// <summary>
/// A recursive average, value = weight · x + (1 − weight) · value, that starts from the plain mean of its first <c>period</c> inputs.
/// While it starts, the value is the mean of what has come so far; before the first input it is NaN.
/// </summary>
internal struct SmoothedAverage
{
    private readonly double _weight;
    private readonly double _keep;
    private readonly int _period;
    private double _value;
    private int _count;
    private bool _isWarm;

    public SmoothedAverage(int period, double weight)
    {
        _period = IndicatorInput.RequirePeriod(period);

        // The two weights' sum is exactly one, so that inputs that do not change are their own average.
        _keep = 1 - weight;
        _weight = 1 - _keep;
        _value = double.NaN;
    }

    public readonly double Value => _value;

    public readonly int Period => _period;

    public readonly bool IsWarm => _isWarm;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Update(double x) => _isWarm ? _value = Math.FusedMultiplyAdd(_keep, _value, _weight * x) : Start(x);

    public void Reset()
    {
        _value = double.NaN;
        _count = 0;
        _isWarm = false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private double Start(double x)
    {
        _isWarm = ++_count == _period;
        return _value = _count == 1 ? x : _value + ((x - _value) / _count);
    }
}
