using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>Simple moving average: the sum of the last <c>period</c> inputs divided by their number.</summary>
public sealed class Sma
{
    private readonly RollingFold<double, SumFold> _sum;

    /// <param name="period">1 to <see cref="IndicatorInput.MaxPeriod"/>.</param>
    public Sma(int period) => _sum = new(IndicatorInput.RequirePeriod(period));

    /// <summary>The average; over what has come so far while it is not warm, NaN before the first input.</summary>
    public double Value { get; private set; } = double.NaN;

    public int Period => _sum.Period;

    /// <summary>True once the window is full.</summary>
    public bool IsWarm => _sum.IsFull;

    /// <summary>Takes the next input and answers the new value.</summary>
    public double Update(double x)
    {
        IndicatorInput.Require(x);
        double sum = _sum.Update(x);
        return Value = sum / _sum.Count;
    }

    /// <summary>Takes the next price and answers the new value.</summary>
    public double Update(Price price) => Update(price.ToDouble());

    public void Reset()
    {
        _sum.Reset();
        Value = double.NaN;
    }
}
