using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// How many standard deviations the newest input lies from the mean of the last <c>period</c> inputs, itself included:
/// (x − mean) / deviation. Zero when the inputs are all equal.
/// </summary>
public sealed class Zscore
{
    private readonly RollingDeviation _deviation;

    /// <param name="period">2 (sample) or 1 (population) to <see cref="IndicatorInput.MaxPeriod"/>.</param>
    /// <param name="kind">Which divisor the deviation has.</param>
    public Zscore(int period, DeviationKind kind = DeviationKind.Sample) => _deviation = new(period, kind);

    /// <summary>The score; over what has come so far while it is not warm, NaN before it is defined.</summary>
    public double Value { get; private set; } = double.NaN;

    public double Mean => _deviation.Mean;

    public double Deviation => _deviation.Value;

    public int Period => _deviation.Period;

    /// <summary>True once the window is full.</summary>
    public bool IsWarm => _deviation.IsWarm;

    /// <summary>Takes the next input and answers its score.</summary>
    public double Update(double x)
    {
        double deviation = _deviation.Update(x);
        return Value = deviation == 0 ? 0 : (x - _deviation.Mean) / deviation;
    }

    /// <summary>Takes the next price and answers its score.</summary>
    public double Update(Price price) => Update(price.ToDouble());

    public void Reset()
    {
        _deviation.Reset();
        Value = double.NaN;
    }
}
