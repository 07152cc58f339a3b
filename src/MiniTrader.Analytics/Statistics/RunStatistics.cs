using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// The statistics of a run, each defined by its formula. Amounts are in the account's base currency; a number that is not defined for
/// the run is NaN, an amount null, and both are null in JSON.
/// <para>
/// E₀ is the first equity point, E₁ … Eₙ the last equity of each of the n observed periods, rₖ = Eₖ / Eₖ₋₁ − 1. The period is a UTC day
/// when at least ten days were observed, else an hour when at least ten hours were, else a minute; a period without an equity point is
/// not observed. P, the periods in a year, is the trading days per year × observed periods / observed days: a day of six and a half
/// hours by the minute has P = 252 × 390. The 252 days of exchanges are days from Monday to Friday, and only such are counted as observed days with them:
/// currencies that trade from Sunday to Friday have P = 252 × 6 / 5 days. Figures of a short run are therefore that run scaled up, not a forecast.
/// </para>
/// </summary>
public record RunStatistics
{
    /// <summary>Equity of the first point.</summary>
    public decimal InitialEquity { get; init; }

    /// <summary>Equity of the last point.</summary>
    public decimal FinalEquity { get; init; }

    /// <summary>Final − initial equity.</summary>
    public decimal NetProfit { get; init; }

    /// <summary>Final equity / initial equity − 1; NaN when the initial equity is not above zero.</summary>
    public double TotalReturn { get; init; } = double.NaN;

    /// <summary>
    /// Compound annual growth rate: (final / initial)^(365.25 days / elapsed) − 1, −1 when nothing is left. NaN for a run shorter than
    /// 30 days: raising a day's return to the 365th power says nothing.
    /// </summary>
    public double Cagr { get; init; } = double.NaN;

    /// <summary>√P × √(Σ (rₖ − mean)² / (n − 1)). NaN for n &lt; 2, or when a period began with no equity.</summary>
    public double Volatility { get; init; } = double.NaN;

    /// <summary>√P × (mean of r − risk-free rate / P) / deviation of r (Sharpe, "The Sharpe Ratio", 1994). NaN when r never varies.</summary>
    public double Sharpe { get; init; } = double.NaN;

    /// <summary>√P × mean of r / √(Σ min(rₖ, 0)² / n) (Sortino and Price, 1994, target zero). NaN when no return is negative.</summary>
    public double Sortino { get; init; } = double.NaN;

    /// <summary>Largest (peak − equity) / peak over all points, peak being the highest equity before; 0.2 is a fall of 20 %.</summary>
    public double MaxDrawdown { get; init; } = double.NaN;

    /// <summary>Peak − trough of the deepest drawdown.</summary>
    public decimal MaxDrawdownAmount { get; init; }

    /// <summary>The last moment at the peak before the deepest drawdown; null when equity never fell.</summary>
    public Timestamp? MaxDrawdownPeak { get; init; }

    public Timestamp? MaxDrawdownTrough { get; init; }

    /// <summary>When equity was back at that peak; null when it never was.</summary>
    public Timestamp? MaxDrawdownRecovery { get; init; }

    /// <summary>Longest time from a peak to the return to it, or to the end of the run.</summary>
    public double LongestDrawdownSeconds { get; init; }

    /// <summary>Length of the periods of r.</summary>
    public ReturnPeriod ReturnPeriod { get; init; }

    /// <summary>n, the number of returns.</summary>
    public long ReturnCount { get; init; }

    /// <summary>P, the periods in a year.</summary>
    public double PeriodsPerYear { get; init; } = double.NaN;

    /// <summary>Time in market: time with any position / elapsed time, each point holding until the next.</summary>
    public double Exposure { get; init; } = double.NaN;

    /// <summary>Time-weighted mean of gross exposure / equity.</summary>
    public double AverageLeverage { get; init; } = double.NaN;

    /// <summary>Closed round trips: from flat to flat in one instrument and strategy; a fill that turns the position ends one and begins one.</summary>
    public long Trades { get; init; }

    /// <summary>Round trips that the run's end left open; in no other figure here.</summary>
    public long OpenTrades { get; init; }

    /// <summary>Trades whose profit, fees taken off, is above zero.</summary>
    public long WinningTrades { get; init; }

    /// <summary>Trades whose profit, fees taken off, is below zero.</summary>
    public long LosingTrades { get; init; }

    /// <summary>Winning trades / trades.</summary>
    public double WinRate { get; init; } = double.NaN;

    /// <summary>Σ profit of winning trades / −Σ profit of losing trades; NaN when none lost.</summary>
    public double ProfitFactor { get; init; } = double.NaN;

    /// <summary>Σ profit of trades / trades.</summary>
    public decimal? AverageTrade { get; init; }

    /// <summary>Σ profit of winning trades / winning trades.</summary>
    public decimal? AverageWin { get; init; }

    /// <summary>Σ profit of losing trades / losing trades: a negative amount.</summary>
    public decimal? AverageLoss { get; init; }

    /// <summary>Profit of the best trade.</summary>
    public decimal? BestTrade { get; init; }

    /// <summary>Profit of the worst trade.</summary>
    public decimal? WorstTrade { get; init; }

    /// <summary>Mean seconds from the first to the last fill of a trade.</summary>
    public double AverageHoldingSeconds { get; init; } = double.NaN;

    /// <summary>Orders that strategies asked for, denied and rejected ones included.</summary>
    public long Orders { get; init; }

    public long Fills { get; init; }

    /// <summary>Orders that our own risk gate refused.</summary>
    public long Denied { get; init; }

    /// <summary>Orders that the venue refused.</summary>
    public long Rejected { get; init; }

    /// <summary>Changes of working orders that the venue took over.</summary>
    public long Replaces { get; init; }

    public long Cancelled { get; init; }

    public long Expired { get; init; }

    /// <summary>Σ fee × base rate of the fills, rebates taken off.</summary>
    public decimal Fees { get; init; }

    /// <summary>Σ price × quantity × multiplier × base rate of the fills, both sides counted.</summary>
    public decimal TradedNotional { get; init; }

    /// <summary>Traded notional / time-weighted mean equity, over the whole run; NaN when that mean is not above zero.</summary>
    public double Turnover { get; init; } = double.NaN;

    /// <summary>Results by strategy, in the order of the run's strategies; those without an order or a fill are left out.</summary>
    public IReadOnlyList<StrategyResult> PerStrategy { get; init; } = [];

    /// <summary>Results by instrument, in the order of the run's instruments; those that never traded are left out.</summary>
    public IReadOnlyList<InstrumentResult> PerInstrument { get; init; } = [];
}
