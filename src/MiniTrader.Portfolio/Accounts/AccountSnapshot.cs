namespace MiniTrader.Portfolio;

/// <summary>An account's worth at one instant, all in its base currency.</summary>
public struct AccountSnapshot
{
    /// <summary>Initial cash + realised + unrealised + income − fees.</summary>
    public decimal Equity;

    public decimal Cash;

    /// <summary>Result of what is closed, before fees.</summary>
    public decimal Realised;

    /// <summary>Result of what is open, at the marks.</summary>
    public decimal Unrealised;

    public decimal Fees;

    /// <summary>Sum of the absolute market values.</summary>
    public decimal GrossExposure;

    /// <summary>Sum of the signed market values.</summary>
    public decimal NetExposure;

    /// <summary>What holding brought or cost: dividends, funding, borrow, rollover.</summary>
    public decimal Income;
}
