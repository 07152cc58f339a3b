using System.Globalization;
using System.Reflection;
using MiniTrader.Model;

namespace MiniTrader.Cli;

/// <summary>One strategy as the list shows it: name, what it does, and a line for each setting.</summary>
internal static class StrategyListing
{
    /// <summary>Of lines that no terminal bounds, and the most where one does: longer ones are hard to read.</summary>
    public const int UsualWidth = 100;

    private const int LeastText = 20;

    /// <param name="type">The strategy.</param>
    /// <param name="output">Where the lines go.</param>
    /// <param name="columns">Columns of the terminal.</param>
    public static void Write(Type type, TextWriter output, int columns = UsualWidth)
    {
        // A line as wide as the terminal would be broken once more by some.
        int most = Math.Min(UsualWidth, columns - 1);
        StrategyDocs docs = StrategyDocs.Of(type);
        output.WriteLine(type.Name);
        foreach (string line in Wrap(docs.Summary, Math.Max(LeastText, most - 2)).Where(l => l.Length > 0)) output.WriteLine($"  {line}");
        ParameterInfo[] parameters = type.GetConstructors()[0].GetParameters();
        (ParameterInfo Parameter, string Setting)[] rows = [.. parameters.Select(p => (p, $"--set {p.Name}={Standard(p)}"))];
        int width = rows.Select(r => r.Setting.Length).DefaultIfEmpty().Max() + 2;
        foreach ((ParameterInfo parameter, string setting) in rows)
        {
            string margin = "    " + setting.PadRight(width);
            foreach (string line in Wrap(docs.Of(parameter.Name!), Math.Max(LeastText, most - 4 - width)))
            {
                output.WriteLine((margin + line).TrimEnd());
                margin = new string(' ', 4 + width);
            }
        }

        output.WriteLine();
    }

    /// <summary>The default as it would be typed, or in capitals what stands for it.</summary>
    private static string Standard(ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(InstrumentId)) return "SYMBOL";
        if (parameter.HasDefaultValue) return Convert.ToString(parameter.DefaultValue, CultureInfo.InvariantCulture) ?? "";
        return parameter.ParameterType == typeof(Quantity) ? "LOT" : parameter.ParameterType.Name.ToUpperInvariant();
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
