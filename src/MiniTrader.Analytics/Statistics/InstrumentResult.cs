using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>What a run did in one instrument, all strategies together; amounts in the account's base currency.</summary>
public sealed record InstrumentResult
{
    /// <summary>The instrument's place in the run's list of instruments.</summary>
    public required int Instrument { get; init; }

    public long Fills { get; init; }

    /// <summary>Quantity bought, a decimal because a long run trades more than a <see cref="Quantity"/> holds.</summary>
    public decimal Bought { get; init; }

    public decimal Sold { get; init; }

    /// <summary>Bought − sold: what was left when the run ended, if it began flat.</summary>
    public decimal OpenQuantity => Bought - Sold;

    /// <summary>Σ price × quantity × multiplier × base rate of the fills.</summary>
    public decimal TradedNotional { get; init; }

    public decimal Fees { get; init; }

    /// <summary>Closed round trips.</summary>
    public long Trades { get; init; }

    public long WinningTrades { get; init; }

    /// <summary>Σ profit of the closed round trips, fees taken off.</summary>
    public decimal Profit { get; init; }
}
