namespace MiniTrader.TickStore;

/// <summary>What a tick file says of itself in its schema's metadata.</summary>
public sealed record TickFileInfo
{
    /// <summary>The instrument's full name, such as <c>SPY.XNAS</c>.</summary>
    public required string Instrument { get; init; }

    public required TickKind Kind { get; init; }

    /// <summary>Optional columns that are known to be needed; others are added when a row needs them.</summary>
    public TickColumns Columns { get; init; }
}
