namespace MiniTrader.Analytics;

/// <summary>
/// Count, mean, variance and downside of a series of returns in constant memory. Mean and variance by the update of
/// Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4 (1962).
/// </summary>
internal struct ReturnMoments
{
    private double _mean, _squares, _downside;
    private bool _undefined;

    public long Count { get; private set; }

    /// <summary>Σ r / n; NaN without returns, or when a period began with no equity.</summary>
    public readonly double Mean => _undefined || Count == 0 ? double.NaN : _mean;

    /// <summary>√(Σ (r − mean)² / (n − 1)): the sample deviation; NaN for fewer than two returns.</summary>
    public readonly double Deviation => _undefined || Count < 2 ? double.NaN : Math.Sqrt(_squares / (Count - 1));

    /// <summary>√(Σ min(r, 0)² / n): the downside deviation below zero; NaN for fewer than two returns.</summary>
    public readonly double DownsideDeviation => _undefined || Count < 2 ? double.NaN : Math.Sqrt(_downside / Count);

    /// <summary>Takes the return from one equity to the next; from zero or less there is none, and every moment becomes NaN.</summary>
    public void AddReturn(decimal from, decimal to)
    {
        Count++;
        if (from <= 0)
        {
            _undefined = true;
            return;
        }

        double value = (double)((to - from) / from);
        double delta = value - _mean;
        _mean += delta / Count;
        _squares += delta * (value - _mean);
        if (value < 0) _downside += value * value;
    }
}
