using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>Reads <c>name(key=value,key=value)</c>, in which a value may itself be such a text. Cold: used before a session starts.</summary>
internal static class ModelText
{
    /// <summary>Splits a text at a separator, but not inside parentheses.</summary>
    public static List<string> Split(string text, char separator)
    {
        List<string> parts = [];
        int depth = 0, start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '(') depth++;
            else if (text[i] == ')') depth--;
            if (text[i] != separator || depth != 0) continue;
            parts.Add(text[start..i].Trim());
            start = i + 1;
        }

        if (depth != 0) throw new FormatException($"'{text}' opens and closes a different number of parentheses.");
        parts.Add(text[start..].Trim());
        return parts;
    }

    /// <summary>The words between <c>name(</c> and the last parenthesis; false when the text is something else.</summary>
    public static bool TryCall(string text, string name, out string inside)
    {
        bool isCall = text.Length > name.Length + 1 && text.StartsWith(name, StringComparison.Ordinal) && text[name.Length] == '(' && text[^1] == ')';
        inside = isCall ? text[(name.Length + 1)..^1] : "";
        return isCall;
    }

    /// <summary>The pairs inside a call by key; a key that is not among <paramref name="keys"/> or comes twice is refused by name.</summary>
    public static Dictionary<string, string> Pairs(string inside, params string[] keys)
    {
        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        foreach (string part in Split(inside, ','))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? part : part[..equals].Trim();
            if (equals < 0 || !keys.Contains(key)) throw new FormatException($"'{part}' is none of {string.Join(", ", keys.Select(k => k + "=…"))}.");
            if (!pairs.TryAdd(key, part[(equals + 1)..].Trim())) throw new FormatException($"'{key}' is given twice.");
        }

        return pairs;
    }

    /// <summary>A number from a range, kept as the decimal that was written so that it reads back.</summary>
    public static decimal Number(string text, string name, decimal low, decimal high) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && number >= low && number <= high
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'; it must be a number between {low} and {high}."));

    public static string Write(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Write(long nanoseconds) => new Duration(nanoseconds).ToString();
}
