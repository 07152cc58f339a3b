using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// Exponential moving average: value += 2/(period + 1) · (x − value), started from the plain mean of the first
/// <c>period</c> inputs (Hunter 1986 for the recursion; the start is the one of common chart packages).
/// A struct: keep it in a field that is not <c>readonly</c>, else each update is lost in a copy.
/// </summary>
public struct Ema
{
    private SmoothedAverage _average;

    /// <param name="period">1 to <see cref="IndicatorInput.MaxPeriod"/>; 1 follows the input.</param>
    public Ema(int period) => _average = new(IndicatorInput.RequirePeriod(period), 2.0 / (period + 1.0));

    /// <summary>The average; the plain mean so far while it is not warm, NaN before the first input.</summary>
    public readonly double Value => _average.Value;

    public readonly int Period => _average.Period;

    /// <summary>True from the input number <see cref="Period"/> on.</summary>
    public readonly bool IsWarm => _average.IsWarm;

    /// <summary>Takes the next input and answers the new value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Update(double x)
    {
        IndicatorInput.Require(x);
        return _average.IsWarm ? _average.Update(x) : Start(x);
    }

    /// <summary>Takes the next price, which needs no check because it is always finite, and answers the new value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Update(Price price) => _average.IsWarm ? _average.Update(price.ToDouble()) : Start(price.ToDouble());

    public void Reset() => _average.Reset();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private double Start(double x)
    {
        if (_average.Period == 0) IndicatorInput.ThrowNotConstructed(nameof(Ema));
        return _average.Update(x);
    }
}
