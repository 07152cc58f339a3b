using System.Text.Json;
using System.Text.Json.Nodes;

namespace MiniTrader.Sessions;

/// <summary>Reads a config file and says what is wrong with it in the words of the file: its keys and lines.</summary>
internal static class RunConfigFile
{
    private static readonly JsonDocumentOptions _lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static RunConfig Read(string path)
    {
        if (Directory.Exists(path)) throw new ArgumentException($"{path} is a folder. Name the config file in it.");
        if (!File.Exists(path)) throw new ArgumentException($"The config file {path} does not exist.");
        string text = File.ReadAllText(path);
        JsonObject standard = JsonNode.Parse(new RunConfig().ToJson())!.AsObject();
        try
        {
            using (JsonDocument document = JsonDocument.Parse(text, _lenient)) Check(document.RootElement, standard, path);

            // Read once for values of a wrong kind with their line; then what the file does not say is filled in, which the reader leaves null or zero.
            JsonSerializer.Deserialize(text, RunConfigJson.Default.RunConfig);
            JsonObject given = JsonNode.Parse(text, null, _lenient)!.AsObject();
            foreach ((string key, JsonNode? value) in standard) given[key] ??= value?.DeepClone();
            return given.Deserialize(RunConfigJson.Default.RunConfig)!;
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The config file {path}{(e.LineNumber is { } line ? $", line {line + 1}" : "")}: {Explain(e)}", e);
        }
    }

    /// <summary>Keys that do not exist or stand twice, and places without a value, are told before anything is read.</summary>
    private static void Check(JsonElement root, JsonObject standard, string path)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new ArgumentException($"The config file {path} is not an object of keys and values. Write it like the config.json of a run folder.");
        HashSet<string> seen = [];
        foreach (JsonProperty property in root.EnumerateObject())
        {
            string key = property.Name;
            if (!standard.ContainsKey(key)) throw new ArgumentException($"The config file {path} has a key '{key}', which does not exist. There are: {string.Join(", ", standard.Select(k => k.Key))}.");
            if (!seen.Add(key)) throw new ArgumentException($"The config file {path} has the key '{key}' twice. Leave one of them.");
            string? empty = property.Value.ValueKind switch
            {
                JsonValueKind.Object => property.Value.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Null).Select(p => $"{key}.{p.Name}").FirstOrDefault(),
                JsonValueKind.Array when property.Value.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.Null) => $"an item of {key}",
                _ => null,
            };
            if (empty is not null) throw new ArgumentException($"The config file {path} has no value for {empty}. Give it one as text, or leave it out.");
        }
    }

    /// <summary>The reader speaks of types of this program where a value has the wrong kind, and puts places behind every sentence.</summary>
    private static string Explain(JsonException e)
    {
        if (e.Path is ['$', '.', .. string key] && e.Message.Contains("could not be converted", StringComparison.Ordinal))
            return $"the value of '{key}' is of the wrong kind. Write it as the config.json of a run folder has it.";
        string text = e.Message;
        foreach (string place in (string[])[" Path:", " LineNumber:"])
        {
            if (text.IndexOf(place, StringComparison.Ordinal) is > 0 and int at) text = text[..at];
        }

        return $"it is not JSON: {text}";
    }
}
