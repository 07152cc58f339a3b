using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// Relative strength index (Wilder 1978): 100 · gain / (gain + loss), where gain and loss are Wilder averages of the rises and
/// falls from input to input: the plain mean of the first <c>period</c> changes, then average += (change − average) / period.
/// 50 when nothing has moved. A struct: keep it in a field that is not <c>readonly</c>.
/// </summary>
public struct Rsi
{
    private SmoothedAverage _gain;
    private SmoothedAverage _loss;
    private double _previous;

    /// <summary>Wilder's period of 14.</summary>
    public Rsi()
        : this(14)
    {
    }

    /// <param name="period">1 to <see cref="IndicatorInput.MaxPeriod"/>.</param>
    public Rsi(int period)
    {
        _gain = _loss = new(period, 1.0 / period);
        _previous = double.NaN;
    }

    /// <summary>0 to 100; over what has come so far while it is not warm, NaN before the second input.</summary>
    public readonly double Value
    {
        get
        {
            double sum = _gain.Value + _loss.Value;
            return sum == 0 ? 50 : 100 * _gain.Value / sum;
        }
    }

    public readonly int Period => _gain.Period;

    /// <summary>True from the input number <see cref="Period"/> + 1 on, which ends change number <see cref="Period"/>.</summary>
    public readonly bool IsWarm => _gain.IsWarm;

    /// <summary>Takes the next input and answers the new value.</summary>
    public double Update(double x)
    {
        IndicatorInput.Require(x);
        if (_gain.Period == 0) IndicatorInput.ThrowNotConstructed(nameof(Rsi));
        double change = x - _previous;
        _previous = x;
        if (double.IsNaN(change)) return double.NaN;
        _gain.Update(change > 0 ? change : 0);
        _loss.Update(change < 0 ? -change : 0);
        return Value;
    }

    /// <summary>Takes the next price and answers the new value.</summary>
    public double Update(Price price) => Update(price.ToDouble());

    public void Reset()
    {
        _gain.Reset();
        _loss.Reset();
        _previous = double.NaN;
    }
}
