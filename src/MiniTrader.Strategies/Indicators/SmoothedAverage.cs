using System.Runtime.CompilerServices;

namespace MiniTrader.Strategies;

/// <summary>
/// A recursive average, value += weight · (x − value) rounded once, that starts from the plain mean of its first <c>period</c> inputs.
/// While it starts, the value is the mean of what has come so far; before the first input it is NaN.
/// </summary>
internal struct SmoothedAverage
{
    private readonly double _weight;
    private readonly int _period;
    private double _value;
    private int _count;

    public SmoothedAverage(int period, double weight)
    {
        _period = IndicatorInput.RequirePeriod(period);
        _weight = weight;
        _value = double.NaN;
    }

    public readonly double Value => _value;

    public readonly int Period => _period;

    public readonly bool IsWarm => _count >= _period && _period > 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Update(double x) => _count < _period ? Start(x) : _value = Math.FusedMultiplyAdd(_weight, x - _value, _value);

    public void Reset()
    {
        _value = double.NaN;
        _count = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private double Start(double x)
    {
        _count++;
        return _value = _count == 1 ? x : _value + ((x - _value) / _count);
    }
}
