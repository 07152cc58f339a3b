using System.Globalization;

namespace MiniTrader.Fix;

/// <summary>
/// One <c>[SESSION]</c> with the <c>[DEFAULT]</c> values behind it, as text. Each key that is asked for is remembered as known, so that
/// what was never asked for can be reported as unknown. Cold code; the reader of the file owns it.
/// </summary>
internal sealed class SettingsSection(string file, int line, Dictionary<string, SettingsValue> defaults)
{
    private readonly Dictionary<string, SettingsValue> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public string File { get; } = file;

    public void Add(string key, SettingsValue value)
    {
        if (_values.TryGetValue(key, out SettingsValue? earlier))
            throw new FixSettingsException($"{File}, line {value.Line}: {key} is set twice in this section; line {earlier.Line} sets it already.");
        _values[key] = value;
    }

    public string? Text(string key)
    {
        SettingsValue? value = Find(key);
        return value is null || value.Text.Length == 0 ? null : value.Text;
    }

    public string Required(string key) =>
        Text(key) ?? throw new FixSettingsException($"{File}, line {line}: the session that starts here needs {key}, here or in [DEFAULT].");

    public bool Flag(string key, bool otherwise) => Text(key)?.ToUpperInvariant() switch
    {
        null => otherwise,
        "Y" or "YES" or "TRUE" => true,
        "N" or "NO" or "FALSE" => false,
        _ => throw Bad(key, "is Y or N"),
    };

    public int Number(string key, int otherwise, int least, int most)
    {
        string? text = Text(key);
        if (text is null) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw Bad(key, string.Create(CultureInfo.InvariantCulture, $"is a whole number from {least} to {most}"));
    }

    public T Choice<T>(string key, T otherwise, params ReadOnlySpan<(string Text, T Value)> choices)
    {
        string? text = Text(key);
        if (text is null) return otherwise;
        List<string> words = [];
        foreach ((string word, T value) in choices)
        {
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase)) return value;
            words.Add(word);
        }

        throw Bad(key, $"is one of {string.Join(", ", words)}");
    }

    /// <summary>A data dictionary: a file, or <see cref="FixDictionary.BuiltInName"/>.</summary>
    public string? Dictionary(string key) => string.Equals(Text(key), FixDictionary.BuiltInName, StringComparison.OrdinalIgnoreCase) ? FixDictionary.BuiltInName : FilePath(key);

    /// <summary>A path as written, or beside the settings file where it is relative and nothing lies there from the current folder.</summary>
    public string? FilePath(string key)
    {
        string? text = Text(key);
        if (text is null) return null;
        string path = Beside(text);
        return System.IO.File.Exists(path) ? path : throw Bad(key, $"names a file; there is none at {path}");
    }

    /// <summary>A relative path is meant from the settings file; where nothing is there, from the current folder, as QuickFIX means it.</summary>
    public string Beside(string path)
    {
        path = path.Replace('\\', System.IO.Path.DirectorySeparatorChar);
        string beside = System.IO.Path.GetFullPath(path, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(File))!);
        return System.IO.Path.Exists(beside) || !System.IO.Path.Exists(path) ? beside : System.IO.Path.GetFullPath(path);
    }

    public FixSettingsException Bad(string key, string what)
    {
        SettingsValue? value = Find(key);
        return value is null
            ? new FixSettingsException($"{File}, line {line}: {key} {what}; the session that starts here does not set it.")
            : new FixSettingsException($"{File}, line {value.Line}: {key} {what}, not '{value.Text}'.");
    }

    /// <summary>Throws for the first key that nobody asked for.</summary>
    public void RefuseUnknownKeys()
    {
        foreach ((string key, SettingsValue value) in _values.Concat(defaults).OrderBy(pair => pair.Value.Line))
        {
            if (_known.Contains(key)) continue;
            string nearest = _known.MinBy(known => Distance(known, key))!;
            string hint = Distance(nearest, key) <= Math.Max(2, key.Length / 4) ? $" Did you mean {nearest}?" : "";
            throw new FixSettingsException($"{File}, line {value.Line}: {key} is no setting that a FIX session here has.{hint}");
        }
    }

    private SettingsValue? Find(string key)
    {
        _known.Add(key);
        return _values.GetValueOrDefault(key) ?? defaults.GetValueOrDefault(key);
    }

    // Levenshtein's distance, without regard to case.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + cost, 1 + Math.Min(row[j], row[j - 1])));
            }
        }

        return row[b.Length];
    }
}

/// <summary>The text behind a key, and the line where it stands.</summary>
internal sealed record SettingsValue(string Text, int Line);
