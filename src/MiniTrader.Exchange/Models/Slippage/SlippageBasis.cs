using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>All that slippage may depend on: a taker's fill and the market that it meets. Made by the venue for each such fill.</summary>
public readonly struct SlippageBasis
{
    /// <summary>The price that the order met.</summary>
    public required Price Price { get; init; }

    /// <summary>Ask − bid, zero where nobody quotes both.</summary>
    public Price Spread { get; init; }

    public required Price Tick { get; init; }

    public OrderSide Side { get; init; }

    public InstrumentId Instrument { get; init; }

    public Timestamp Time { get; init; }

    /// <summary>Of this fill.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>What the order has filled with this fill.</summary>
    public required Quantity Filled { get; init; }

    /// <summary>
    /// What the market traded in the 24 hours before, as the data showed it; zero before the first trade or bar, and always unless the model needs it.
    /// </summary>
    public Quantity DayVolume { get; init; }
}
