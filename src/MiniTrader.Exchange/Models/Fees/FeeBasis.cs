using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>All that a fee may depend on: one fill and what came before it. Made by the venue for each fill.</summary>
public readonly struct FeeBasis
{
    public required Price Price { get; init; }

    public required Quantity Quantity { get; init; }

    /// <summary>What the order had filled before this fill.</summary>
    public Quantity FilledBefore { get; init; }

    public decimal Multiplier { get; init; }

    public OrderSide Side { get; init; }

    public LiquiditySide Liquidity { get; init; }

    public InstrumentId Instrument { get; init; }

    /// <summary>Venue time of the fill.</summary>
    public Timestamp Time { get; init; }

    /// <summary>
    /// Value of all fills of the last 30 days (this UTC day and the 29 before it) in the instrument's currency, this fill not included. Zero
    /// unless the model is tiered or custom.
    /// </summary>
    public decimal RollingValue { get; init; }

    /// <summary>Absolute price × quantity × multiplier.</summary>
    public decimal Value => Math.Abs(Price.ToDecimal()) * Quantity.ToDecimal() * Multiplier;
}
