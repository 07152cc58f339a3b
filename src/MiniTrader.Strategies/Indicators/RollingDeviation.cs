using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>What the sum of squared distances is divided by.</summary>
public enum DeviationKind : byte
{
    /// <summary>n − 1: the estimate for the market that the window is a sample of.</summary>
    Sample,

    /// <summary>n: the window's own spread, as Bollinger bands use it.</summary>
    Population,
}

/// <summary>
/// Standard deviation of the last <c>period</c> inputs: √(Σ(x − mean)² / (n − 1)), or / n. No large squares are subtracted
/// from each other, so a small deviation on a large level keeps its digits, and equal inputs give exactly zero.
/// </summary>
public sealed class RollingDeviation
{
    private readonly RollingFold<Moments, MomentsFold> _moments;

    /// <param name="period">2 (sample) or 1 (population) to <see cref="IndicatorInput.MaxPeriod"/>.</param>
    /// <param name="kind">Which divisor.</param>
    public RollingDeviation(int period, DeviationKind kind = DeviationKind.Sample)
    {
        _moments = new(IndicatorInput.RequirePeriod(period, kind == DeviationKind.Sample ? 2 : 1));
        Kind = kind;
    }

    public DeviationKind Kind { get; }

    /// <summary>The deviation; of what has come so far while it is not warm, NaN before it is defined.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>The square of the deviation.</summary>
    public double Variance { get; private set; } = double.NaN;

    /// <summary>The plain mean of the same window.</summary>
    public double Mean { get; private set; } = double.NaN;

    public int Period => _moments.Period;

    /// <summary>True once the window is full.</summary>
    public bool IsWarm => _moments.IsFull;

    /// <summary>Takes the next input and answers the new deviation.</summary>
    public double Update(double x)
    {
        IndicatorInput.Require(x);
        Moments moments = _moments.Update(new(1, x, 0));
        Mean = moments.Mean;

        // A sample of one is 0/0: NaN, which is what its deviation is.
        Variance = moments.Squares / (Kind == DeviationKind.Sample ? moments.Count - 1 : moments.Count);
        return Value = Math.Sqrt(Variance);
    }

    /// <summary>Takes the next price and answers the new deviation.</summary>
    public double Update(Price price) => Update(price.ToDouble());

    public void Reset()
    {
        _moments.Reset();
        Value = Variance = Mean = double.NaN;
    }
}
