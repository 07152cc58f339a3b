namespace MiniTrader.Strategies;

/// <summary>Sum.</summary>
internal readonly struct SumFold : IFold<double>
{
    public static double Empty => 0;

    public static double Join(double older, double newer) => older + newer;
}

/// <summary>Highest value.</summary>
internal readonly struct MaxFold : IFold<double>
{
    public static double Empty => double.NegativeInfinity;

    public static double Join(double older, double newer) => older > newer ? older : newer;
}

/// <summary>Lowest value.</summary>
internal readonly struct MinFold : IFold<double>
{
    public static double Empty => double.PositiveInfinity;

    public static double Join(double older, double newer) => older < newer ? older : newer;
}

/// <summary>Number of values, their mean, and the sum of squared distances from it.</summary>
internal readonly record struct Moments(double Count, double Mean, double Squares);

/// <summary>
/// Mean and variance by the pairwise update of Chan, Golub and LeVeque (1979), which does not subtract large squares from
/// each other: d = mean₂ − mean₁, mean = mean₁ + d·n₂/n, squares = squares₁ + squares₂ + d²·n₁·n₂/n.
/// </summary>
internal readonly struct MomentsFold : IFold<Moments>
{
    public static Moments Empty => default;

    public static Moments Join(Moments older, Moments newer)
    {
        if (older.Count == 0) return newer;
        if (newer.Count == 0) return older;
        double count = older.Count + newer.Count;
        double distance = newer.Mean - older.Mean;
        double share = newer.Count / count;
        return new(count, older.Mean + (distance * share), older.Squares + newer.Squares + (distance * distance * older.Count * share));
    }
}

/// <summary>Number of values, their sum, and their sum weighted 1 for the oldest to n for the newest.</summary>
internal readonly record struct WeightedSum(double Count, double Sum, double Weighted);

/// <summary>Joining puts the newer values behind the older ones, which raises each newer weight by the number of older values.</summary>
internal readonly struct WeightedSumFold : IFold<WeightedSum>
{
    public static WeightedSum Empty => default;

    public static WeightedSum Join(WeightedSum older, WeightedSum newer) =>
        new(older.Count + newer.Count, older.Sum + newer.Sum, older.Weighted + newer.Weighted + (older.Count * newer.Sum));
}

/// <summary>Money and size traded.</summary>
internal readonly record struct Turnover(double Notional, double Volume);

/// <summary>Sum of each.</summary>
internal readonly struct TurnoverFold : IFold<Turnover>
{
    public static Turnover Empty => default;

    public static Turnover Join(Turnover older, Turnover newer) => new(older.Notional + newer.Notional, older.Volume + newer.Volume);
}
