namespace MiniTrader.Fix;

/// <summary>What tells one FIX session from another, seen from our side: the sender is we, the target the other side.</summary>
public sealed record SessionId
{
    public required string BeginString { get; init; }

    public required string SenderCompId { get; init; }

    public required string TargetCompId { get; init; }

    public string SenderSubId { get; init; } = "";

    public string SenderLocationId { get; init; } = "";

    public string TargetSubId { get; init; } = "";

    public string TargetLocationId { get; init; } = "";

    /// <summary>Tells sessions apart that agree in all else; it is never sent.</summary>
    public string Qualifier { get; init; } = "";

    /// <summary>FIXT 1.1 carries application messages of another version.</summary>
    public bool IsFixt => BeginString.StartsWith("FIXT", StringComparison.Ordinal);

    /// <summary>A name for files: <c>FIX.4.4-SENDER-TARGET</c>, with the parts that are not empty.</summary>
    public string FileName
    {
        get
        {
            string name = ToString().Replace(':', '-').Replace("->", "-", StringComparison.Ordinal);
            foreach (char c in Path.GetInvalidFileNameChars()) name = name.Replace(c, '_');
            return name;
        }
    }

    public override string ToString() =>
        $"{BeginString}:{Join(SenderCompId, SenderSubId, SenderLocationId)}->{Join(TargetCompId, TargetSubId, TargetLocationId)}"
        + (Qualifier.Length > 0 ? ":" + Qualifier : "");

    private static string Join(string comp, string sub, string location) =>
        comp + (sub.Length > 0 || location.Length > 0 ? "/" + sub : "") + (location.Length > 0 ? "/" + location : "");
}
