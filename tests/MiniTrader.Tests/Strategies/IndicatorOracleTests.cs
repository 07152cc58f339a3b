using CsCheck;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Strategies;

/// <summary>Every windowed indicator against the plain formula over the window, on random series, levels and periods.</summary>
public sealed class IndicatorOracleTests
{
    private static readonly double[] _levels = [0, 1, 1e4, 1e9, -1e6];

    private static readonly Gen<(int Period, double[] Inputs)> _cases =
        from period in Gen.Int[1, 40]
        from level in Gen.Int[0, _levels.Length - 1].Select(i => _levels[i])
        from inputs in Gen.Double[-1, 1].Array[1, 200]
        select (period, inputs.Select(x => level + x).ToArray());

    [Fact]
    public void Sma() => Check(p => new Sma(p).Update, w => w.Sum() / w.Length, 1e-14);

    [Fact]
    public void Wma() => Check(
        p => new Wma(p).Update,
        w => w.Select((x, i) => (i + 1) * x).Sum() / (w.Length * (w.Length + 1) / 2.0),
        1e-13);

    [Fact]
    public void RollingMax() => Check(p => new RollingMax(p).Update, w => w.Max(), 0);

    [Fact]
    public void RollingMin() => Check(p => new RollingMin(p).Update, w => w.Min(), 0);

    [Fact]
    public void Population_deviation() => Check(p => new RollingDeviation(p, DeviationKind.Population).Update, w => Deviation(w, w.Length), 1e-15);

    [Fact]
    public void Sample_deviation() => Check(p => new RollingDeviation(p + 1).Update, w => Deviation(w, w.Length - 1), 1e-15, extra: 1);

    [Fact]
    public void Ema_is_its_weighted_sum()
    {
        // Unrolled: (1 − a)^(n − p) · mean of the first p, plus Σ a(1 − a)^(n − i) x_i over the rest.
        _cases.Sample(
            c =>
            {
                double[] x = c.Inputs;
                if (x.Length < c.Period) return true;
                Ema ema = new(c.Period);
                foreach (double input in x) ema.Update(input);
                double a = 2.0 / (c.Period + 1);
                double expected = x[..c.Period].Average() * Math.Pow(1 - a, x.Length - c.Period);
                for (int i = c.Period; i < x.Length; i++) expected += a * Math.Pow(1 - a, x.Length - 1 - i) * x[i];
                return Math.Abs(ema.Value - expected) <= 1e-13 * x.Max(Math.Abs) + 1e-13;
            },
            iter: 500);
    }

    private static double Deviation(double[] window, int divisor)
    {
        double mean = window.Average();
        return Math.Sqrt(window.Sum(x => (x - mean) * (x - mean)) / divisor);
    }

    /// <param name="make">Makes the indicator's update from a period.</param>
    /// <param name="formula">The definition, over the window.</param>
    /// <param name="relative">Tolerance as a part of the largest input, per value in the window.</param>
    /// <param name="extra">How much longer than the drawn period the indicator's window is.</param>
    private static void Check(Func<int, Func<double, double>> make, Func<double[], double> formula, double relative, int extra = 0) =>
        _cases.Sample(
            c =>
            {
                Func<double, double> update = make(c.Period);
                for (int i = 0; i < c.Inputs.Length; i++)
                {
                    double value = update(c.Inputs[i]);
                    double[] window = c.Inputs[Math.Max(0, i + 1 - c.Period - extra)..(i + 1)];
                    double expected = formula(window);
                    double tolerance = relative * window.Length * window.Max(Math.Abs);
                    if (double.IsNaN(expected) ? !double.IsNaN(value) : !(Math.Abs(value - expected) <= tolerance)) return false;
                }

                return true;
            },
            iter: 500);
}
