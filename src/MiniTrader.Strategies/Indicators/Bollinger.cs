using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// Bollinger bands (Bollinger 2001): the mean of the last <c>period</c> inputs, and that mean plus and minus
/// <c>width</c> population standard deviations.
/// </summary>
public sealed class Bollinger
{
    private readonly RollingDeviation _deviation;
    private readonly double _width;

    /// <param name="period">1 to <see cref="IndicatorInput.MaxPeriod"/>.</param>
    /// <param name="width">Distance of the bands from the middle in deviations; above zero, at most 1000.</param>
    public Bollinger(int period = 20, double width = 2)
    {
        if (!(width is > 0 and <= 1000)) throw new ArgumentOutOfRangeException(nameof(width), "The width of Bollinger bands must be above 0 and at most 1000 deviations.");
        _deviation = new(period, DeviationKind.Population);
        _width = width;
    }

    /// <summary>The middle band.</summary>
    public double Value => Middle;

    public double Middle => _deviation.Mean;

    public double Upper => _deviation.Mean + (_width * _deviation.Value);

    public double Lower => _deviation.Mean - (_width * _deviation.Value);

    /// <summary>The population deviation of the window.</summary>
    public double Deviation => _deviation.Value;

    /// <summary>(upper − lower) / middle; not finite when the middle is zero.</summary>
    public double Bandwidth => 2 * _width * _deviation.Value / _deviation.Mean;

    /// <summary>Where the newest input lies: 0 on the lower band, 1 on the upper, 0.5 when the bands coincide.</summary>
    public double PercentB { get; private set; } = double.NaN;

    public int Period => _deviation.Period;

    /// <summary>True once the window is full.</summary>
    public bool IsWarm => _deviation.IsWarm;

    /// <summary>Takes the next input and answers the middle band.</summary>
    public double Update(double x)
    {
        double deviation = _deviation.Update(x);
        PercentB = deviation == 0 ? 0.5 : 0.5 + ((x - _deviation.Mean) / (2 * _width * deviation));
        return _deviation.Mean;
    }

    /// <summary>Takes the next price and answers the middle band.</summary>
    public double Update(Price price) => Update(price.ToDouble());

    public void Reset()
    {
        _deviation.Reset();
        PercentB = double.NaN;
    }
}
