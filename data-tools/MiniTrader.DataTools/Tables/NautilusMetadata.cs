using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace MiniTrader.DataTools;

/// <summary>The instrument id that NautilusTrader keeps in a Parquet file's metadata, beside or inside the Arrow schema.</summary>
internal static class NautilusMetadata
{
    private const string InstrumentKey = "instrument_id";
    private const string SchemaKey = "ARROW:schema";

    /// <summary>Symbol and venue of <c>EUR/USD.SIM</c>; nulls where the file says nothing.</summary>
    public static (string? Symbol, string? Venue) InstrumentOf(IReadOnlyDictionary<string, string> metadata)
    {
        string? id = metadata.GetValueOrDefault(InstrumentKey) ?? FromSchema(metadata.GetValueOrDefault(SchemaKey));
        int dot = id?.LastIndexOf('.') ?? -1;
        return dot > 0 && dot < id!.Length - 1 ? (id[..dot], id[(dot + 1)..]) : (id, null);
    }

    /// <summary>The Arrow schema is an IPC message in base 64; one that cannot be read says nothing.</summary>
    private static string? FromSchema(string? base64)
    {
        if (base64 is null) return null;
        try
        {
            using ArrowStreamReader reader = new(Convert.FromBase64String(base64));
            Schema schema = reader.Schema;
            return schema.HasMetadata ? schema.Metadata.GetValueOrDefault(InstrumentKey) : null;
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or IOException or ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
