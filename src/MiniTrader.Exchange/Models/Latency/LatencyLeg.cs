namespace MiniTrader.Exchange;

/// <summary>Which way a message goes, for models in which the ways differ.</summary>
public enum LatencyLeg : byte
{
    /// <summary>Market data, venue to strategy.</summary>
    Feed,

    /// <summary>A command, strategy to venue.</summary>
    Entry,

    /// <summary>A report, venue to strategy.</summary>
    Response,
}

/// <summary>What became of one message.</summary>
/// <param name="Nanoseconds">How long it took; for one that was lost, how long its sender waited to hear that.</param>
/// <param name="IsLost">
/// A command that never reached the venue: a technical reject, heard after <paramref name="Nanoseconds"/>. Says nothing on other legs.
/// </param>
public readonly record struct LatencyDraw(long Nanoseconds, bool IsLost = false);
