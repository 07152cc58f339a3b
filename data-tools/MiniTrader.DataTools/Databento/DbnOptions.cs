namespace MiniTrader.DataTools;

/// <summary>How Databento files are imported.</summary>
public sealed record DbnOptions
{
    /// <summary>The venue's name; null takes the publisher's.</summary>
    public string? Venue { get; init; }
}
