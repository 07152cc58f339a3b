using System.Text;
using System.Text.Json;

namespace MiniTrader.Sessions;

/// <summary>
/// Writes a <see cref="RunConfig"/> as the text of a config file. By hand, key by key: a session writes its config before its first event, and the serializer's
/// descriptions of types and members would delay that event by more than anything else of a start.
/// </summary>
internal static class RunConfigText
{
    private static readonly JsonWriterOptions _indented = new() { Indented = true };

    public static string Write(RunConfig config)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, _indented))
        {
            json.WriteStartObject();
            Write(json, "strategies", config.Strategies);
            Write(json, "settings", config.Settings);
            json.WriteString("data", config.Data);
            Write(json, "instruments", config.Instruments);
            Write(json, "kinds", config.Kinds);
            json.WriteString("from", config.From);
            json.WriteString("to", config.To);
            json.WriteNumber("cash", config.Cash);
            json.WriteString("currency", config.Currency);
            json.WriteStartObject("rates");
            foreach ((string currency, decimal rate) in config.Rates) json.WriteNumber(currency, rate);
            json.WriteEndObject();
            Write(json, "venue", config.Venue);
            Write(json, "risk", config.Risk);
            Write(json, "carry", config.Carry);
            json.WriteString("feedLatency", config.FeedLatency);
            json.WriteNumber("seed", config.Seed);
            json.WriteString("equityInterval", config.EquityInterval);
            json.WriteString("journal", config.Journal);
            json.WriteBoolean("threaded", config.Threaded);
            if (config.Core is { } core) json.WriteNumber("core", core);
            else json.WriteNull("core");
            json.WriteBoolean("verify", config.Verify);
            json.WriteString("out", config.Out);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static void Write(Utf8JsonWriter json, string key, IReadOnlyList<string> items)
    {
        json.WriteStartArray(key);
        foreach (string item in items) json.WriteStringValue(item);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string key, IReadOnlyDictionary<string, string> pairs)
    {
        json.WriteStartObject(key);
        foreach ((string name, string value) in pairs) json.WriteString(name, value);
        json.WriteEndObject();
    }
}
