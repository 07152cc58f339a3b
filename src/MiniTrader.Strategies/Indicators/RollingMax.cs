using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>Highest of the last <c>period</c> inputs; with bar highs and lows, one side of a Donchian channel.</summary>
public sealed class RollingMax
{
    private readonly RollingFold<double, MaxFold> _highest;

    /// <param name="period">1 to <see cref="IndicatorInput.MaxPeriod"/>.</param>
    public RollingMax(int period) => _highest = new(IndicatorInput.RequirePeriod(period));

    /// <summary>The highest; of what has come so far while it is not warm, NaN before the first input.</summary>
    public double Value { get; private set; } = double.NaN;

    public int Period => _highest.Period;

    /// <summary>True once the window is full.</summary>
    public bool IsWarm => _highest.IsFull;

    /// <summary>Takes the next input and answers the new value.</summary>
    public double Update(double x)
    {
        IndicatorInput.Require(x);
        return Value = _highest.Update(x);
    }

    /// <summary>Takes the next price and answers the new value.</summary>
    public double Update(Price price) => Update(price.ToDouble());

    public void Reset()
    {
        _highest.Reset();
        Value = double.NaN;
    }
}
