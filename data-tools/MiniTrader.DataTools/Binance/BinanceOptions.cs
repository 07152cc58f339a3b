namespace MiniTrader.DataTools;

/// <summary>How raw Binance captures are imported.</summary>
public sealed record BinanceOptions
{
    /// <summary>The venue's name; null takes BINANCE, BINANCE-USDM or BINANCE-COINM from the shape of the messages.</summary>
    public string? Venue { get; init; }

    /// <summary>
    /// Nanoseconds added to the recorder's clock. Null measures it: where the recorder's clock is behind the exchange's, so much
    /// is added that the fastest message of the file takes <see cref="BaseLatency"/>; otherwise nothing.
    /// </summary>
    public long? ClockOffset { get; init; }

    /// <summary>Nanoseconds that the fastest message is taken to have needed, where the clock is corrected.</summary>
    public long BaseLatency { get; init; }

    /// <summary>Begin a book empty where no snapshot was captured, or after a hole; otherwise updates wait for a snapshot.</summary>
    public bool DepthWithoutSnapshot { get; init; }
}
