using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>What one strategy of a run did, all instruments together; amounts in the account's base currency.</summary>
public sealed record StrategyResult
{
    /// <summary>The strategy's place in the run's list of strategies.</summary>
    public required int Strategy { get; init; }

    /// <summary>The only instrument that it ordered or traded, by its place in the run's list; null where there were several.</summary>
    public int? Instrument { get; init; }

    /// <summary>Orders that it asked for, denied and rejected ones included.</summary>
    public long Orders { get; init; }

    /// <summary>Changes of working orders that the venue took over.</summary>
    public long Replaces { get; init; }

    public long Cancelled { get; init; }

    /// <summary>Orders that the risk gate or the venue refused.</summary>
    public long Refused { get; init; }

    public long Fills { get; init; }

    /// <summary>Closed round trips.</summary>
    public long Trades { get; init; }

    public long WinningTrades { get; init; }

    /// <summary>Σ price × quantity × multiplier × base rate of the fills.</summary>
    public decimal TradedNotional { get; init; }

    /// <summary>Traded notional / the account's time-weighted mean equity; NaN when that is not above zero.</summary>
    public double Turnover { get; init; } = double.NaN;

    public decimal Fees { get; init; }

    /// <summary>Σ profit of the closed round trips, fees taken off.</summary>
    public decimal Profit { get; init; }
}
