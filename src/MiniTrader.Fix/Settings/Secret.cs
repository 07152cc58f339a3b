namespace MiniTrader.Fix;

/// <summary>
/// A text that no log, message or debugger may show. It is named in the settings as <c>env:NAME</c> (an environment variable),
/// <c>file:PATH</c> (the first line of a file), or stands there itself.
/// </summary>
public sealed class Secret
{
    private readonly string _text;

    public Secret(string text) => _text = text ?? throw new ArgumentNullException(nameof(text));

    /// <summary>The text itself, for the one place that sends it.</summary>
    public string Reveal() => _text;

    public override string ToString() => "***";

    internal static Secret? Read(SettingsSection section, string key)
    {
        string? text = section.Text(key);
        if (text is null) return null;
        if (text.StartsWith("env:", StringComparison.Ordinal))
        {
            string? value = Environment.GetEnvironmentVariable(text[4..]);
            return string.IsNullOrEmpty(value) ? throw section.Bad(key, "names an environment variable that is not set") : new(value);
        }

        if (!text.StartsWith("file:", StringComparison.Ordinal)) return new(text);
        string path = section.Beside(text[5..]);
        if (!File.Exists(path)) throw section.Bad(key, $"names a file; there is none at {path}");
        string? line = File.ReadLines(path).FirstOrDefault();
        return string.IsNullOrEmpty(line) ? throw section.Bad(key, "names a file whose first line is empty") : new(line);
    }
}
