using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// Moving average convergence/divergence (Appel 1979): the fast EMA minus the slow one, and a signal line that is the EMA of
/// that difference. The signal starts with the first difference of two warm averages, so that the start-up does not linger in it.
/// A struct: keep it in a field that is not <c>readonly</c>.
/// </summary>
public struct Macd
{
    private Ema _fast;
    private Ema _slow;
    private Ema _signal;

    /// <summary>The usual periods 12, 26 and 9.</summary>
    public Macd()
        : this(12, 26, 9)
    {
    }

    /// <param name="fast">Period of the fast average, below <paramref name="slow"/>.</param>
    /// <param name="slow">Period of the slow average.</param>
    /// <param name="signal">Period of the signal line.</param>
    public Macd(int fast, int slow, int signal)
    {
        if (fast >= slow) throw new ArgumentException($"The fast period ({fast}) of a MACD must be below the slow one ({slow}).");
        _fast = new(fast);
        _slow = new(slow);
        _signal = new(signal);
    }

    /// <summary>The MACD line: fast minus slow average.</summary>
    public readonly double Value => _fast.Value - _slow.Value;

    /// <summary>The signal line; NaN until both averages are warm.</summary>
    public readonly double Signal => _signal.Value;

    /// <summary>Line minus signal.</summary>
    public readonly double Histogram => Value - Signal;

    /// <summary>True from the input number slow + signal − 1 on.</summary>
    public readonly bool IsWarm => _signal.IsWarm;

    /// <summary>Takes the next input and answers the MACD line.</summary>
    public double Update(double x)
    {
        double line = _fast.Update(x) - _slow.Update(x);
        if (_slow.IsWarm) _signal.Update(line);
        return line;
    }

    /// <summary>Takes the next price and answers the MACD line.</summary>
    public double Update(Price price) => Update(price.ToDouble());

    public void Reset()
    {
        _fast.Reset();
        _slow.Reset();
        _signal.Reset();
    }
}
