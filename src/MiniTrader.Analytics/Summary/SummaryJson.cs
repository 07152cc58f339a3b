using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MiniTrader.Analytics;

/// <summary>Writes and reads <c>summary.json</c>: camelCase, members in a fixed order, numbers in the invariant culture.</summary>
public static class SummaryJson
{
    // No browser reads it as a script: a sentence's apostrophe stays one for whoever opens the file.
    private static readonly SummaryContext _indented = new(new JsonSerializerOptions(SummaryContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private static readonly SummaryContext _oneLine = new(new JsonSerializerOptions(_indented.Options) { WriteIndented = false });

    public static string Write(RunSummary summary) => JsonSerializer.Serialize(summary, _indented.RunSummary);

    /// <summary>One line, for a pipe.</summary>
    public static string WriteLine(RunSummary summary) => JsonSerializer.Serialize(summary, _oneLine.RunSummary);

    /// <exception cref="InvalidDataException">The text is no summary; the sentence says why and where.</exception>
    public static RunSummary Read(string json, string source = "summary.json")
    {
        try
        {
            return JsonSerializer.Deserialize(json, SummaryContext.Default.RunSummary)
                ?? throw new InvalidDataException($"{source} holds only null and is no summary of a run.");
        }
        catch (JsonException e)
        {
            throw OtherVersion.Of($"{source} is no summary of a run ({e.Message.TrimEnd('.')})", e);
        }
    }
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(UndefinedAsNullConverter), typeof(ShortestDecimalConverter), typeof(TimestampConverter), typeof(ReturnPeriodConverter)])]
[JsonSerializable(typeof(RunSummary))]
internal sealed partial class SummaryContext : JsonSerializerContext;
