using System.Globalization;
using System.Reflection;
using MiniTrader.Model;

namespace MiniTrader.Cli;

/// <summary>One strategy as the list shows it: name, what it does, and a line for each setting.</summary>
internal static class StrategyListing
{
    private const int Width = 100;

    public static void Write(Type type, TextWriter output)
    {
        StrategyDocs docs = StrategyDocs.Of(type);
        output.WriteLine(type.Name);
        foreach (string line in Wrap(docs.Summary, Width - 2)) output.WriteLine($"  {line}");
        ParameterInfo[] parameters = type.GetConstructors()[0].GetParameters();
        (ParameterInfo Parameter, string Setting)[] rows = [.. parameters.Select(p => (p, $"--set {p.Name}={Standard(p)}"))];
        int width = rows.Select(r => r.Setting.Length).DefaultIfEmpty().Max() + 2;
        foreach ((ParameterInfo parameter, string setting) in rows)
        {
            string margin = "    " + setting.PadRight(width);
            foreach (string line in Wrap(docs.Of(parameter.Name!), Width - 4 - width))
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
