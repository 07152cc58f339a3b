using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>Lowest of the last <c>period</c> inputs; with bar highs and lows, one side of a Donchian channel.</summary>
public sealed class RollingMin
{
    private readonly RollingFold<double, MinFold> _lowest;

    /// <param name="period">1 to <see cref="IndicatorInput.MaxPeriod"/>.</param>
    public RollingMin(int period) => _lowest = new(IndicatorInput.RequirePeriod(period));

    /// <summary>The lowest; of what has come so far while it is not warm, NaN before the first input.</summary>
    public double Value { get; private set; } = double.NaN;

    public int Period => _lowest.Period;

    /// <summary>True once the window is full.</summary>
    public bool IsWarm => _lowest.IsFull;

    /// <summary>Takes the next input and answers the new value.</summary>
    public double Update(double x)
    {
        IndicatorInput.Require(x);
        return Value = _lowest.Update(x);
    }

    /// <summary>Takes the next price and answers the new value.</summary>
    public double Update(Price price) => Update(price.ToDouble());

    public void Reset()
    {
        _lowest.Reset();
        Value = double.NaN;
    }
}
