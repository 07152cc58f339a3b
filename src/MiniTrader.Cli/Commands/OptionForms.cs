namespace MiniTrader.Cli;

/// <summary>Options that name several things, with commas between or given more than once.</summary>
internal static class ListText
{
    /// <summary>The names; null when the option was not given.</summary>
    /// <exception cref="ArgumentException">It was given and names nothing, which could be read as none or as all.</exception>
    public static string[]? Items(string[]? given)
    {
        if (given is null or []) return null;
        string[] items = [.. given.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        return items.Length > 0 ? items : throw new ArgumentException($"The list '{string.Join(' ', given)}' names nothing. Leave the option out for all.");
    }
}
