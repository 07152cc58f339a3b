namespace MiniTrader.Analytics;

/// <summary>What the statistics of a run need to know beyond its records.</summary>
public sealed record StatisticsOptions
{
    /// <summary>
    /// Days on which the markets trade in a year: 252 for exchanges, 365 for coins. Up to 261 they are days from Monday to Friday, and a Sunday
    /// evening on which currencies and futures trade comes on top.
    /// </summary>
    public double TradingDaysPerYear { get; init; } = 252;

    /// <summary>Yearly rate that Sharpe takes off the mean return: 0.02 is two percent.</summary>
    public double RiskFreeRate { get; init; }

    /// <exception cref="ArgumentException">A number makes no sense; the sentence names it.</exception>
    public StatisticsOptions Validated()
    {
        if (!(TradingDaysPerYear is > 0 and <= 366)) throw new ArgumentException($"{TradingDaysPerYear} trading days a year is not between 1 and 366.");
        if (!double.IsFinite(RiskFreeRate)) throw new ArgumentException($"A risk-free rate of {RiskFreeRate} is not a number.");
        return this;
    }
}
