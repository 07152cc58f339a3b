namespace MiniTrader.Sessions;

/// <summary>Reads a value of a config so that a fault in it names its key, which is the option's name too.</summary>
internal static class ConfigValue
{
    /// <exception cref="ArgumentException">The text cannot be read; the sentence begins with the key.</exception>
    public static T Read<T>(string key, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            throw new ArgumentException($"{key}: {e.Message}", e);
        }
    }
}
