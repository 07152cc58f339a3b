using System.Globalization;

namespace MiniTrader.Analytics;

/// <summary>
/// A value axis with round ticks: steps of 1, 2 or 5 times a power of ten, after Heckbert, "Nice Numbers for Graph Labels", Graphics Gems
/// (1990). The axis covers all values and a little more.
/// </summary>
internal sealed class ValueAxis
{
    private readonly int _firstTick, _lastTick;

    /// <param name="low">Lowest value, finite.</param>
    /// <param name="high">Highest value, finite.</param>
    /// <param name="ticks">About how many ticks.</param>
    public ValueAxis(double low, double high, int ticks = 5)
    {
        // Ticks closer together than this would need labels longer than anyone reads.
        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low <= size * 1e-7)
        {
            double room = size > 0 ? size * 1e-3 : 1;
            (low, high) = (low - room, high + room);
        }

        Step = RoundStep((high - low) / ticks);
        _firstTick = (int)Math.Floor(low / Step);
        _lastTick = (int)Math.Ceiling(high / Step);
    }

    public double Step { get; }

    public double Low => _firstTick * Step;

    public double High => _lastTick * Step;

    public IEnumerable<double> Ticks => Enumerable.Range(_firstTick, _lastTick - _firstTick + 1).Select(k => k * Step);

    /// <summary>Where a value lies: 0 at the low end, 1 at the high end.</summary>
    public double Place(double value) => (value - Low) / (High - Low);

    /// <summary>A tick's label with as many decimals as the step needs.</summary>
    public string Label(double value)
    {
        double size = Math.Max(Math.Abs(Low), Math.Abs(High));
        if (size < 1e-4) return value == 0 ? "0" : value.ToString("0.#########e+0", CultureInfo.InvariantCulture).Replace('-', '−');
        (double unit, string suffix) = size switch
        {
            >= 1e15 => (Math.Pow(10, Math.Floor(Math.Log10(size))), "e+" + ((int)Math.Floor(Math.Log10(size))).ToString(CultureInfo.InvariantCulture)),
            >= 1e12 => (1e12, "T"),
            >= 1e9 => (1e9, "B"),
            >= 1e7 => (1e6, "M"),
            _ => (1.0, ""),
        };
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(Step / unit) - 1e-9), 0, 12);
        string text = (value / unit).ToString(unit == 1 ? "N" + decimals : "F" + decimals, CultureInfo.InvariantCulture);
        return text.Replace('-', '−') + suffix;
    }

    private static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch { <= 1 => power, <= 2 => 2 * power, <= 5 => 5 * power, _ => 10 * power };
    }
}
