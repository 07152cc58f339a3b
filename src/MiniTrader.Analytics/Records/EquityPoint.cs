using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// The account at one instant, every amount in its base currency: a row of <c>equity.arrow</c>. A value; sampled by the session,
/// at least once in every minute in which a market moved.
/// </summary>
public readonly record struct EquityPoint
{
    public required Timestamp Time { get; init; }

    /// <summary>Cash and the value of all positions.</summary>
    public required decimal Equity { get; init; }

    public decimal Cash { get; init; }

    public decimal Unrealised { get; init; }

    public decimal Realised { get; init; }

    /// <summary>All fees so far.</summary>
    public decimal Fees { get; init; }

    /// <summary>What holding brought so far: dividends, funding, borrow, rollover.</summary>
    public decimal Income { get; init; }

    /// <summary>Sum of the positions' absolute values.</summary>
    public decimal GrossExposure { get; init; }

    /// <summary>Sum of the positions' signed values.</summary>
    public decimal NetExposure { get; init; }

    /// <summary>
    /// (highest equity so far − equity) / highest equity so far, 0 at a new high. <see cref="RunFolderWriter"/> works it out; what a
    /// caller sets is not looked at.
    /// </summary>
    public double Drawdown { get; init; }
}
