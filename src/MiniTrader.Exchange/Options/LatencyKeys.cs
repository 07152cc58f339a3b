namespace MiniTrader.Exchange;

/// <summary>
/// The short ways to write the delays of several legs: <c>latency=1ms</c> is all four, <c>latency-entry=…</c> is new, replace and cancel,
/// and <c>latency=entry=lognormal(median=250us,sigma=0.5),response=1ms</c> names legs in one value. Cold.
/// </summary>
public static class LatencyKeys
{
    /// <summary>The key that stands for all legs.</summary>
    public const string All = "latency";

    /// <summary>The feed's delay is not the venue's: a session takes this pair out.</summary>
    public const string Feed = "latency-feed";

    private static readonly string[] _entry = ["latency-new", "latency-replace", "latency-cancel"];
    private static readonly string[] _all = [.. _entry, "latency-response"];

    /// <summary>The legs that a pair stands for, in order; the pair itself when it stands for no other.</summary>
    /// <exception cref="FormatException">A value names legs, but not in each of its parts.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Expand(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (key == "latency-entry") return Each(_entry, value);
        if (key == "latency-modify") return Each(["latency-replace"], value);
        if (key != All) return Each([key], value);
        List<string> parts = ModelText.Split(value, ',');
        if (parts.Find(p => !NamesLeg(p)) is { } bare && (parts.Any(NamesLeg) || NamesAnything(bare)))
            throw new FormatException($"'{bare}' names no leg. Write entry=, new=, replace=, cancel=, response= or feed= before each delay, or one delay for all.");
        if (!parts.Any(NamesLeg)) return Each(_all, value);
        return [.. parts.SelectMany(p => Expand($"latency-{p[..p.IndexOf('=', StringComparison.Ordinal)].Trim()}", p[(p.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim()))];
    }

    private static bool NamesLeg(string part)
    {
        int equals = part.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && part[..equals].Trim() is "entry" or "new" or "modify" or "replace" or "cancel" or "response" or "feed";
    }

    /// <summary>True for <c>word=…</c>; the names inside a model's brackets are its own.</summary>
    private static bool NamesAnything(string part) => part.AsSpan().IndexOfAny('=', '(') is >= 0 and int at && part[at] == '=';

    private static KeyValuePair<string, string>[] Each(string[] keys, string value) => [.. keys.Select(k => KeyValuePair.Create(k, value))];
}
