using System.Text.Json;
using System.Text.Json.Serialization;
using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>An instrument as <c>instruments.json</c> has it: numbers as exact decimal text.</summary>
internal sealed record InstrumentDocument
{
    public required string Symbol { get; init; }

    public required string Venue { get; init; }

    public string AssetClass { get; init; } = nameof(Model.AssetClass.Equity);

    public required string Currency { get; init; }

    public required string TickSize { get; init; }

    public required string LotSize { get; init; }

    public string Multiplier { get; init; } = "1";

    public string? Expiry { get; init; }

    public string? Strike { get; init; }

    public string? Right { get; init; }

    public string? Underlying { get; init; }

    /// <summary>Open and close instants, alternating.</summary>
    public IReadOnlyList<string>? Sessions { get; init; }

    /// <summary>The name of another instrument in the file whose sessions are this one's too, so that a market's hours stand there once.</summary>
    public string? SessionsOf { get; init; }

    public static InstrumentDocument Of(Instrument instrument)
    {
        List<string>? sessions = null;
        if (instrument.Sessions is { } open)
        {
            sessions = [];
            for (int i = 0; i < open.Count; i++)
            {
                sessions.Add(open[i].Open.ToString());
                sessions.Add(open[i].Close.ToString());
            }
        }

        return new InstrumentDocument
        {
            Symbol = instrument.Symbol,
            Venue = instrument.Venue,
            AssetClass = instrument.AssetClass.ToString(),
            Currency = instrument.Currency.ToString(),
            TickSize = instrument.TickSize.ToString(),
            LotSize = instrument.LotSize.ToString(),
            Multiplier = instrument.Multiplier.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Expiry = instrument.Expiry?.ToString(),
            Strike = instrument.Strike?.ToString(),
            Right = instrument.Right == OptionRight.None ? null : instrument.Right.ToString(),
            Underlying = instrument.Underlying,
            Sessions = sessions,
        };
    }

    /// <summary>The instrument; <see cref="SessionsOf"/> is its caller's to resolve.</summary>
    public Instrument ToInstrument() => new Instrument
    {
        Symbol = Symbol,
        Venue = Venue,
        AssetClass = Enum.Parse<AssetClass>(AssetClass),
        Currency = Model.Currency.Parse(Currency),
        TickSize = Price.Parse(TickSize),
        LotSize = Quantity.Parse(LotSize),
        Multiplier = decimal.Parse(Multiplier, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture),
        Expiry = Expiry is null ? null : Timestamp.Parse(Expiry),
        Strike = Strike is null ? null : Price.Parse(Strike),
        Right = Right is null ? OptionRight.None : Enum.Parse<OptionRight>(Right),
        Underlying = Underlying,
        Sessions = Sessions is null ? null : ReadSessions(Sessions),
    }.Validated();

    private static TradingSessions ReadSessions(IReadOnlyList<string> times)
    {
        if (times.Count % 2 != 0) throw new FormatException($"The sessions have {times.Count} times; opens and closes must alternate.");
        List<(Timestamp, Timestamp)> sessions = [];
        for (int i = 0; i < times.Count; i += 2) sessions.Add((Timestamp.Parse(times[i]), Timestamp.Parse(times[i + 1])));
        return new TradingSessions(sessions);
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<InstrumentDocument>))]
internal sealed partial class InstrumentJson : JsonSerializerContext;

/// <summary>Reads and writes a catalog's <c>instruments.json</c>.</summary>
internal static class InstrumentFile
{
    /// <summary>The instruments in the file's order; none when there is no file.</summary>
    public static List<Instrument> Read(string catalog)
    {
        string path = Path.Combine(catalog, CatalogPaths.InstrumentsFile);
        if (!File.Exists(path)) return [];
        try
        {
            using FileStream stream = File.OpenRead(path);
            List<InstrumentDocument> documents = JsonSerializer.Deserialize(stream, InstrumentJson.Default.ListInstrumentDocument) ?? [];
            List<Instrument> instruments = documents.ConvertAll(d => d.ToInstrument());
            for (int i = 0; i < documents.Count; i++)
            {
                if (documents[i].SessionsOf is { } other) instruments[i] = instruments[i] with { Sessions = SharedSessions(instruments[i], other, instruments) };
            }

            return instruments;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or ArgumentException or OverflowException)
        {
            throw new TickDataException($"{path} is not sound: {fault.Message}", fault);
        }
    }

    /// <summary>Writes the file beside its place; the move makes it the catalog's.</summary>
    public static PlannedMove Write(string catalog, IEnumerable<Instrument> instruments)
    {
        const string Unfinished = CatalogPaths.InstrumentsFile + TickFileWriter.UnfinishedSuffix;
        Dictionary<string, string> owners = new(StringComparer.Ordinal);
        List<InstrumentDocument> documents = [.. instruments.OrderBy(i => i.Name, StringComparer.Ordinal).Select(i => Shared(InstrumentDocument.Of(i), i.Name, owners))];
        using FileStream stream = File.Create(Path.Combine(catalog, Unfinished));
        JsonSerializer.Serialize(stream, documents, InstrumentJson.Default.ListInstrumentDocument);
        return new PlannedMove(Unfinished, CatalogPaths.InstrumentsFile, stream.Length);
    }

    /// <summary>Names the first instrument that has the same sessions in their place.</summary>
    private static InstrumentDocument Shared(InstrumentDocument document, string name, Dictionary<string, string> owners)
    {
        if (document.Sessions is null || owners.TryAdd(string.Join(' ', document.Sessions), name)) return document;
        return document with { Sessions = null, SessionsOf = owners[string.Join(' ', document.Sessions)] };
    }

    private static TradingSessions SharedSessions(Instrument instrument, string other, List<Instrument> instruments) =>
        instruments.FirstOrDefault(i => i.Name == other)?.Sessions
            ?? throw new FormatException($"{instrument.Name} has the sessions of {other}, which has none there.");

    /// <summary>Equal in all that the file keeps; the records' own equality compares sessions by reference.</summary>
    public static bool AreSame(Instrument a, Instrument b)
    {
        InstrumentDocument left = InstrumentDocument.Of(a), right = InstrumentDocument.Of(b);
        return left with { Sessions = null } == right with { Sessions = null }
            && (left.Sessions ?? []).SequenceEqual(right.Sessions ?? []);
    }
}
