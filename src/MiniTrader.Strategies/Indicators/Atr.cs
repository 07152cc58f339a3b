using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// Average true range (Wilder 1978). True range of a bar: the largest of high − low, |high − previous close| and
/// |low − previous close|; high − low for the first bar. Of single prices: |price − previous price|, from the second on.
/// The average is the plain mean of the first <c>period</c> ranges, then average += (range − average) / period.
/// A struct: keep it in a field that is not <c>readonly</c>.
/// </summary>
public struct Atr
{
    private SmoothedAverage _range;
    private double _previous;

    /// <summary>Wilder's period of 14.</summary>
    public Atr()
        : this(14)
    {
    }

    /// <param name="period">1 to <see cref="IndicatorInput.MaxPeriod"/>.</param>
    public Atr(int period)
    {
        _range = new(period, 1.0 / period);
        _previous = double.NaN;
    }

    /// <summary>In price units; over what has come so far while it is not warm, NaN before the first range.</summary>
    public readonly double Value => _range.Value;

    public readonly int Period => _range.Period;

    /// <summary>True once <see cref="Period"/> ranges have come.</summary>
    public readonly bool IsWarm => _range.IsWarm;

    /// <summary>Takes the next bar and answers the new value.</summary>
    public double Update(in Bar bar) => Update(bar.High.ToDouble(), bar.Low.ToDouble(), bar.Close.ToDouble());

    /// <summary>Takes the next bar and answers the new value. A close outside of low to high, or a low above the high, is refused.</summary>
    public double Update(double high, double low, double close)
    {
        IndicatorInput.Require(high);
        IndicatorInput.Require(low);
        if (!(low <= close && close <= high)) ThrowNotABar();
        if (_range.Period == 0) IndicatorInput.ThrowNotConstructed(nameof(Atr));
        double range = high - low;
        if (!double.IsNaN(_previous))
            range = Math.Max(range, Math.Max(Math.Abs(high - _previous), Math.Abs(low - _previous)));

        _previous = close;
        return _range.Update(range);
    }

    /// <summary>Takes the next single price and answers the new value.</summary>
    public double Update(double x)
    {
        IndicatorInput.Require(x);
        if (_range.Period == 0) IndicatorInput.ThrowNotConstructed(nameof(Atr));
        double change = x - _previous;
        _previous = x;
        return double.IsNaN(change) ? double.NaN : _range.Update(Math.Abs(change));
    }

    /// <summary>Takes the next single price and answers the new value.</summary>
    public double Update(Price price) => Update(price.ToDouble());

    public void Reset()
    {
        _range.Reset();
        _previous = double.NaN;
    }

    private static void ThrowNotABar() =>
        throw new ArgumentException("A bar's close must lie between its low and its high; check the bar, and the order of the arguments.");
}
