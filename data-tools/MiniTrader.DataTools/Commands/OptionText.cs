using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MiniTrader.DataTools;

/// <summary>What an option was given, read so that a fault in it is one sentence that names the option.</summary>
internal static class OptionText
{
    /// <summary>An option's text through a parser of its own; null when it was not given.</summary>
    /// <exception cref="ImportException">The parser refused it.</exception>
    public static T? Read<T>(ParseResult parsed, Option<string?> option, Func<string, T> parse)
        where T : struct
    {
        if (parsed.GetValue(option) is not { } text) return null;
        try
        {
            return parse(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            throw new ImportException($"{option.Name}: {e.Message}", e);
        }
    }

    public static decimal Decimal(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
        ? number
        : throw new FormatException($"'{text}' is not a number. Write it like 100 or 0.01.");

    /// <summary>What an option of an enumeration takes, for the help: <c>none|lz4</c>.</summary>
    public static string Words<T>(string between = "|")
        where T : struct, Enum => string.Join(between, Enum.GetNames<T>().Select(n => n.ToLowerInvariant()));

    /// <summary>The sentences on what the command line has wrong; none when it can be run.</summary>
    public static IEnumerable<string> Faults(ParseResult parsed)
    {
        SymbolResult[] given = [.. parsed.CommandResult.Children];
        SymbolResult? empty = given.FirstOrDefault(r => r.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value)));
        if (empty is not null) return [empty is OptionResult { Option.Name: { } name } ? $"The value of {name} is empty. Give it one, or leave the option out." : $"The value of {((ArgumentResult)empty).Argument.Name} is empty. Give it one."];

        Command command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0)
        {
            // Behind a name that there is not, every other word is unknown too.
            string there = $"There are: {string.Join(", ", command.Subcommands.Select(c => c.Name))}.";
            string place = command is RootCommand ? "" : $" of {command.Name}";
            if (parsed.UnmatchedTokens.Count > 0) return [$"There is no command '{parsed.UnmatchedTokens[0]}'{place}. {there}"];
            return parsed.Errors.Count > 0 ? [$"A command{place} is missing. {there}"] : [];
        }

        // The library's own sentences on values speak of types of this program.
        string[] values = [.. given.OfType<OptionResult>().Where(r => r.Errors.Any() && r.Tokens.Count == 1).Select(Explain)];
        return values.Length > 0 ? values : parsed.Errors.Select(e => e.Message);
    }

    private static string Explain(OptionResult result)
    {
        Type type = Nullable.GetUnderlyingType(result.Option.ValueType) ?? result.Option.ValueType;
        string expected = type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type).Select(n => n.ToLowerInvariant()))
            : type == typeof(int) || type == typeof(long) ? "a whole number"
            : type == typeof(double) ? "a number such as 0.5"
            : "";
        if (expected.Length == 0) return string.Join(' ', $"{result.Option.Name}: {result.Errors.First().Message}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"{result.Option.Name} cannot be '{result.Tokens[0].Value}'; it takes {expected}.";
    }
}
