namespace MiniTrader.DataTools;

/// <summary>How LOBSTER files are imported.</summary>
public sealed record LobsterOptions
{
    public string Venue { get; init; } = "XNAS";

    /// <summary>The zone of the rows' midnight.</summary>
    public string Zone { get; init; } = "America/New_York";
}
