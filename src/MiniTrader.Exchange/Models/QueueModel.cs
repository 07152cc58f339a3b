namespace MiniTrader.Exchange;

/// <summary>The families of queue position models.</summary>
public enum QueueKind : byte
{
    /// <summary>Only trades move us forward; cancellations are all assumed to be behind us.</summary>
    RiskAverse,
}

/// <summary>
/// How the quantity ahead of a resting order, F, shrinks. Risk-averse: a trade of v at the price makes F −= v; a level that now
/// shows n makes F = min(F, n). A value, so that an update is one switch and no call through an interface.
/// </summary>
public readonly record struct QueueModel(QueueKind Kind)
{
    /// <summary>F of an order whose level nobody has displayed yet: no trade at its price reaches it.</summary>
    internal const long UnknownAhead = long.MaxValue;

    public static QueueModel RiskAverse => default;

    /// <summary>Throws a <see cref="FormatException"/> that names the text when it is no queue model.</summary>
    public static QueueModel Parse(string text) => text?.Trim() switch
    {
        "risk-averse" => RiskAverse,
        _ => throw new FormatException($"'{text}' is not a queue model. Write risk-averse."),
    };

    /// <summary>F after a trade of <paramref name="size"/> at the price.</summary>
    internal static long AfterTrade(long ahead, long size) => ahead == UnknownAhead ? ahead : Math.Max(0, ahead - size);

    /// <summary>F after the level shows <paramref name="displayed"/>.</summary>
    internal static long AfterLevel(long ahead, long displayed) => Math.Min(ahead, displayed);

    public override string ToString() => "risk-averse";
}
