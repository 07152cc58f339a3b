using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// One trade: from flat to flat in one instrument and one strategy. A fill that turns the position ends one trip and begins
/// the next; its fee is shared by quantity.
/// </summary>
public readonly record struct RoundTrip
{
    public required StrategyId Strategy { get; init; }

    public required InstrumentId Instrument { get; init; }

    /// <summary>Buy for a long trip, sell for a short one.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>Venue time of the first fill.</summary>
    public required Timestamp Opened { get; init; }

    /// <summary>Venue time of the fill that made the position flat.</summary>
    public required Timestamp Closed { get; init; }

    /// <summary>All that was entered, and thus all that was left: a trip that adds and reduces counts each addition.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Quantity-weighted mean price of the entries.</summary>
    public required decimal EntryPrice { get; init; }

    /// <summary>Quantity-weighted mean price of the exits.</summary>
    public required decimal ExitPrice { get; init; }

    /// <summary>In the base currency, at the closing fill's rate.</summary>
    public required decimal Fees { get; init; }

    /// <summary>
    /// ((exit value − entry value) × ±1 − fees) × base rate of the closing fill: fees are taken off, −1 is for a short trip.
    /// </summary>
    public required decimal Profit { get; init; }

    public required int Fills { get; init; }

    public double HoldingSeconds => (Closed - Opened) / (double)Timestamp.NanosecondsPerSecond;
}
