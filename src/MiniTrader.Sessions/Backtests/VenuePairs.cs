using MiniTrader.Exchange;

namespace MiniTrader.Sessions;

/// <summary>
/// Venue options as pairs of key and text, layer over layer. <c>latency</c> stands for its legs, as <see cref="LatencyKeys"/> says, so that it
/// wins over the legs of a layer below and loses to a leg that its own layer names. Keys differ in more than case.
/// </summary>
public static class VenuePairs
{
    private static readonly string[] _broadFirst = [LatencyKeys.All, "latency-entry", "latency-modify"];

    /// <summary>Lays pairs over others.</summary>
    public static Dictionary<string, string> Over(IEnumerable<KeyValuePair<string, string>> below, IEnumerable<KeyValuePair<string, string>> above)
    {
        Dictionary<string, string> merged = new(StringComparer.OrdinalIgnoreCase);
        Lay(below, merged);
        Lay(above, merged);
        return merged;
    }

    private static void Lay(IEnumerable<KeyValuePair<string, string>> pairs, Dictionary<string, string> merged)
    {
        Dictionary<string, string> layer = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, string value) in pairs) layer[key.Trim().ToLowerInvariant()] = value;
        foreach (string broad in _broadFirst)
        {
            if (!layer.Remove(broad, out string? text)) continue;
            foreach ((string leg, string value) in LatencyKeys.Expand(broad, text)) merged[leg] = value;
        }

        foreach ((string key, string value) in layer) merged[key] = value;
    }
}
