using System.CommandLine;
using System.CommandLine.Parsing;

namespace MiniTrader.Cli;

/// <summary>An option or argument that is there but says nothing, as a script leaves it whose variable is not set.</summary>
internal static class EmptyValues
{
    /// <summary>The sentence on the first; null where every value says something.</summary>
    public static string? Explain(ParseResult parsed)
    {
        foreach (SymbolResult result in parsed.CommandResult.Children)
        {
            if (result.Tokens.All(t => !string.IsNullOrWhiteSpace(t.Value))) continue;
            return result is OptionResult { Option.Name: { } option }
                ? $"The value of {option} is empty. Give it one, or leave the option out."
                : $"The value of {((ArgumentResult)result).Argument.Name} is empty. Give it one.";
        }

        return null;
    }
}
