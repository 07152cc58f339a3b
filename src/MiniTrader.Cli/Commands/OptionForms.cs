using System.CommandLine;

namespace MiniTrader.Cli;

/// <summary>The two forms that the options of the commands have: a text, and a list of texts with commas between or given more than once.</summary>
internal static class OptionForms
{
    /// <param name="name">With its dashes.</param>
    /// <param name="form">What the help shows in the value's place.</param>
    /// <param name="description">A sentence of the help.</param>
    /// <param name="standard">What holds when it is left out, for the help.</param>
    /// <param name="aliases">Other names.</param>
    public static Option<string> Text(string name, string form, string description, string? standard = null, params string[] aliases) => new(name, aliases)
    {
        HelpName = form,
        Description = standard is null ? description : $"{description} [{standard}]",
    };

    public static Option<string[]> List(string name, string form, string description, params string[] aliases) => new(name, aliases)
    {
        HelpName = form,
        Description = description,
    };

    /// <summary>The names; null when the option was not given.</summary>
    /// <exception cref="ArgumentException">It was given and names nothing, which could be read as none or as all.</exception>
    public static string[]? Items(string[]? given)
    {
        if (given is null or []) return null;
        string[] items = [.. given.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        return items.Length > 0 ? items : throw new ArgumentException($"The list '{string.Join(' ', given)}' names nothing. Leave the option out for all.");
    }
}
