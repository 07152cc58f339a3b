namespace MiniTrader.LoadTests;

/// <summary>The rate of one thing, measured in several rounds, in events per second.</summary>
internal sealed record Rate(string Name, double Median, double Slowest, double Fastest)
{
    public static Rate Of(string name, IReadOnlyCollection<double> rounds)
    {
        double[] sorted = [.. rounds.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Rate(name, median, sorted[0], sorted[^1]);
    }
}
