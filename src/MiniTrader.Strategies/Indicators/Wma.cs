using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// Linearly weighted moving average: weight n for the newest of the last n inputs down to 1 for the oldest, divided by
/// n(n + 1)/2.
/// </summary>
public sealed class Wma
{
    private readonly RollingFold<WeightedSum, WeightedSumFold> _sum;

    /// <param name="period">1 to <see cref="IndicatorInput.MaxPeriod"/>.</param>
    public Wma(int period) => _sum = new(IndicatorInput.RequirePeriod(period));

    /// <summary>The average; over what has come so far while it is not warm, NaN before the first input.</summary>
    public double Value { get; private set; } = double.NaN;

    public int Period => _sum.Period;

    /// <summary>True once the window is full.</summary>
    public bool IsWarm => _sum.IsFull;

    /// <summary>Takes the next input and answers the new value.</summary>
    public double Update(double x)
    {
        IndicatorInput.Require(x);
        WeightedSum sum = _sum.Update(new(1, x, x));
        return Value = sum.Weighted / (0.5 * sum.Count * (sum.Count + 1));
    }

    /// <summary>Takes the next price and answers the new value.</summary>
    public double Update(Price price) => Update(price.ToDouble());

    public void Reset()
    {
        _sum.Reset();
        Value = double.NaN;
    }
}
