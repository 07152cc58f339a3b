namespace MiniTrader.Cli;

/// <summary>Options that are written <c>--set name=value</c>, any number of times.</summary>
internal static class Pairs
{
    /// <summary>Lays pairs from the command line over those of a config; names differ in more than case.</summary>
    /// <exception cref="ArgumentException">A text is no pair; the sentence names it.</exception>
    public static Dictionary<string, string> Over(IEnumerable<KeyValuePair<string, string>> config, string[]? given, string option, string example)
    {
        Dictionary<string, string> merged = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in config) merged[name] = value;
        foreach (string text in given ?? [])
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new ArgumentException($"'{option} {text}' is not a pair of name and value. Write it like {option} {example}.");
            merged[text[..equals].Trim()] = text[(equals + 1)..].Trim();
        }

        return merged;
    }
}
