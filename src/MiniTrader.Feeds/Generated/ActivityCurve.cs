using MiniTrader.Model;

namespace MiniTrader.Feeds;

/// <summary>
/// How busy and how volatile each minute of a generated day is. Owned by one <see cref="GeneratedFeed"/>; its memory is taken
/// once. Only additions, multiplications, divisions and square roots, which IEEE 754 defines to the last bit.
/// </summary>
internal sealed class ActivityCurve
{
    private const int Minutes = GeneratedMarket.SessionMinutes;

    /// <summary>Standard deviation of the number of set bits among 64 random bits.</summary>
    private const double BitsDeviation = 4.0;

    // GARCH(1,1) by the minute with mean variance 1: h' = 0.03 + 0.12 h e² + 0.85 h.
    private const double GarchConstant = 0.03;
    private const double GarchShock = 0.12;
    private const double GarchMemory = 0.85;

    // A storm doubles the volatility; it starts about once in 200 minutes and lasts about 25.
    private const double StormStart = 0.005;
    private const double StormEnd = 0.04;
    private const double StormFactor = 2.0;

    private readonly double[] _volatility = new double[Minutes];
    private readonly long[] _rows = new long[Minutes];
    private double _variance = 1.0;
    private bool _isStorm;

    /// <summary>Events of a minute.</summary>
    public long RowsOf(int minute) => _rows[minute];

    /// <summary>Volatility of a minute as a multiple of the usual.</summary>
    public double VolatilityOf(int minute) => _volatility[minute];

    /// <summary>Draws the minutes of the next day and shares its rows among them.</summary>
    public void NextDay(long rows, ref SeededRandom random)
    {
        double total = 0;
        for (int minute = 0; minute < Minutes; minute++)
        {
            _volatility[minute] = NextVolatility(ref random);
            total += Weight(minute);
        }

        double sum = 0;
        long given = 0;
        for (int minute = 0; minute < Minutes; minute++)
        {
            sum += Weight(minute);
            long upTo = minute == Minutes - 1 ? rows : Math.Min(rows, (long)(rows * (sum / total)));
            _rows[minute] = upTo - given;
            given = upTo;
        }
    }

    /// <summary>A U over the day, three times as busy at the open as at noon and more so at the close, times the minute's unrest.</summary>
    private double Weight(int minute)
    {
        double x = ((2.0 * minute) - Minutes) / Minutes;
        double u = 1.0 + (2.0 * x * x) + (x > 0 ? x * x * x * x : 0);
        return u * (0.5 + (0.5 * _volatility[minute]));
    }

    private double NextVolatility(ref SeededRandom random)
    {
        double shock = (System.Numerics.BitOperations.PopCount(random.NextUInt64()) - 32) / BitsDeviation;
        _variance = GarchConstant + (GarchShock * _variance * shock * shock) + (GarchMemory * _variance);
        double draw = random.NextDouble();
        _isStorm = _isStorm ? draw >= StormEnd : draw < StormStart;
        return Math.Sqrt(Math.Min(_variance, 9.0)) * (_isStorm ? StormFactor : 1.0);
    }
}
