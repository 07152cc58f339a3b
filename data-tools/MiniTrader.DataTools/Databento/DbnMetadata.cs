using System.Buffers.Binary;
using System.Text;

namespace MiniTrader.DataTools;

/// <summary>Which symbol an instrument id stood for, on dates (yyyyMMdd) from the first and before the second.</summary>
internal readonly record struct DbnMapping(uint Instrument, string Symbol, int FromDate, int BeforeDate);

/// <summary>What stands in front of a DBN file's records.</summary>
internal sealed record DbnMetadata
{
    /// <summary>Most bytes of metadata: a million mappings are far below it, a damaged length is not.</summary>
    public const int MaxBytes = 256 << 20;

    /// <summary>Bytes before the first list of symbols.</summary>
    private const int FixedBytes = 100;

    private const int OldSymbolBytes = 22;
    private const ushort NoSchema = ushort.MaxValue;

    private static readonly string[] _schemas =
    [
        "mbo", "mbp-1", "mbp-10", "tbbo", "trades", "ohlcv-1s", "ohlcv-1m", "ohlcv-1h", "ohlcv-1d", "definition", "statistics",
        "status", "imbalance", "ohlcv-eod", "cmbp-1", "cbbo-1s", "cbbo-1m", "tcbbo", "bbo-1s", "bbo-1m",
    ];

    /// <summary>The format's version; 0 for a fragment, which has no metadata.</summary>
    public int Version { get; init; }

    public string Dataset { get; init; } = "";

    /// <summary>The schema's name; <c>mixed</c> where records of several may follow.</summary>
    public string Schema { get; init; } = "mixed";

    public bool HasSendTime { get; init; }

    public IReadOnlyList<DbnMapping> Mappings { get; init; } = [];

    public int SymbolsNotFound { get; init; }

    /// <summary>Reads the bytes behind the length.</summary>
    /// <exception cref="FormatException">They do not fit the format; the sentence goes behind the file's name.</exception>
    public static DbnMetadata Parse(int version, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedBytes) throw new FormatException($"its metadata has {bytes.Length} bytes where at least {FixedBytes} are needed");
        ushort schema = BinaryPrimitives.ReadUInt16LittleEndian(bytes[16..]);
        if (schema != NoSchema && schema >= _schemas.Length) throw new FormatException($"its schema {schema} is unknown");
        int at = version == 1 ? 50 : 42;
        (byte inType, byte outType, byte sendTime) = (bytes[at], bytes[at + 1], bytes[at + 2]);
        int symbolBytes = version == 1 ? OldSymbolBytes : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 3)..]);
        if (symbolBytes == 0) throw new FormatException("its metadata says that symbols have no bytes");
        Cursor cursor = new(bytes[FixedBytes..], symbolBytes);
        if (cursor.Count(1) != 0) throw new FormatException("its metadata holds a schema definition, which no version up to 3 has");
        cursor.SkipSymbols();
        cursor.SkipSymbols();
        int notFound = cursor.SkipSymbols();
        return new()
        {
            Version = version,
            Dataset = Text(bytes[..16]),
            Schema = schema == NoSchema ? "mixed" : _schemas[schema],
            HasSendTime = sendTime != 0,
            SymbolsNotFound = notFound,
            Mappings = ReadMappings(ref cursor, inType == 0, outType == 0),
        };
    }

    /// <summary>Text up to its first zero byte.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    /// <summary>Ids are on the side of the mapping whose symbology type says so; without any there is nothing to map records by.</summary>
    private static List<DbnMapping> ReadMappings(ref Cursor cursor, bool isInId, bool isOutId)
    {
        List<DbnMapping> mappings = [];
        int count = cursor.Count(4);
        for (int i = 0; i < count; i++)
        {
            string asked = cursor.Symbol();
            int intervals = cursor.Count(8);
            for (int k = 0; k < intervals; k++)
            {
                (int from, int before) = (cursor.Int(), cursor.Int());
                string found = cursor.Symbol();
                (string id, string symbol) = isInId && !isOutId ? (asked, found) : (found, asked);
                bool isId = (isInId || isOutId) && uint.TryParse(id, out _);
                if (isId && symbol.Length > 0) mappings.Add(new(uint.Parse(id, System.Globalization.CultureInfo.InvariantCulture), symbol, from, before));
            }
        }

        return mappings;
    }

    /// <summary>Walks the lists behind the fixed part and never past the end.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> rest, int symbolBytes)
    {
        private ReadOnlySpan<byte> _rest = rest;

        public int Int()
        {
            if (_rest.Length < 4) throw new FormatException("its metadata ends inside a list");
            int value = BinaryPrimitives.ReadInt32LittleEndian(_rest);
            _rest = _rest[4..];
            return value;
        }

        /// <summary>A number of elements, each of at least so many bytes.</summary>
        public int Count(int leastBytes)
        {
            int count = Int();
            if (count < 0 || (long)count * leastBytes > _rest.Length) throw new FormatException($"its metadata promises {(uint)count} elements where {_rest.Length} bytes are left");
            return count;
        }

        public string Symbol()
        {
            if (_rest.Length < symbolBytes) throw new FormatException("its metadata ends inside a symbol");
            string symbol = Text(_rest[..symbolBytes]);
            _rest = _rest[symbolBytes..];
            return symbol;
        }

        public int SkipSymbols()
        {
            int count = Count(symbolBytes);
            _rest = _rest[(count * symbolBytes)..];
            return count;
        }
    }
}
