using System.Text.Json;

namespace MiniTrader.Analytics;

/// <summary>Turns a run's <c>config.json</c> into the lines that its report lists.</summary>
internal static class RunSettings
{
    public const string FileName = "config.json";

    /// <summary>One line per value, nested names joined by dots; none when the folder has no such file or it cannot be read as JSON.</summary>
    public static IReadOnlyList<ReportSetting> Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path)) return [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            List<ReportSetting> lines = [];
            Flatten(document.RootElement, "", lines);
            return lines;
        }
        catch (JsonException e)
        {
            return [new(FileName, $"This file is not JSON: {e.Message}")];
        }
    }

    private static void Flatten(JsonElement element, string name, List<ReportSetting> lines)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                    Flatten(property.Value, name.Length == 0 ? property.Name : $"{name}.{property.Name}", lines);
                break;
            case JsonValueKind.Array when element.EnumerateArray().Any(e => e.ValueKind is JsonValueKind.Object or JsonValueKind.Array):
                int index = 0;
                foreach (JsonElement item in element.EnumerateArray()) Flatten(item, $"{name}[{index++}]", lines);
                break;
            case JsonValueKind.Array:
                lines.Add(new(name, string.Join(", ", element.EnumerateArray().Select(e => e.ToString()))));
                break;
            case JsonValueKind.Null:
                break;
            case JsonValueKind.True or JsonValueKind.False:
                lines.Add(new(name, element.GetRawText()));
                break;
            default:
                lines.Add(new(name, element.ToString()));
                break;
        }
    }
}
