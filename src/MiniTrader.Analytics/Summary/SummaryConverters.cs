using System.Text.Json;
using System.Text.Json.Serialization;
using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>NaN and infinities are null in JSON, which has no word for them; null is read as NaN.</summary>
internal sealed class UndefinedAsNullConverter : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value)) writer.WriteNumberValue(value);
        else writer.WriteNullValue();
    }
}

/// <summary>Decimals without trailing zeros, so that 5 and 5.00 are written alike.</summary>
internal sealed class ShortestDecimalConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

    // Dividing by one at the largest scale leaves the value and drops the zeros.
    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value / 1.0000000000000000000000000000m);
}

/// <summary>Times as ISO 8601 text in UTC, to the nanosecond.</summary>
internal sealed class TimestampConverter : JsonConverter<Timestamp>
{
    public override Timestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Timestamp.TryParse(reader.GetString(), out Timestamp time) ? time : throw new JsonException($"'{reader.GetString()}' is not a time.");

    public override void Write(Utf8JsonWriter writer, Timestamp value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary><c>minute</c>, <c>hour</c>, <c>day</c>.</summary>
internal sealed class ReturnPeriodConverter() : JsonStringEnumConverter<ReturnPeriod>(JsonNamingPolicy.CamelCase);
