namespace MiniTrader.TickStore;

/// <summary>The keys of the schema's and the footer's metadata, and the limits of the format.</summary>
internal static class FileMetadata
{
    public const string Format = "minitrader.format";
    public const string FormatVersion = "1";
    public const string Instrument = "instrument";
    public const string Kind = "kind";
    public const string PriceScale = "price_scale";
    public const string SizeScale = "size_scale";

    /// <summary>Footer: base64 of a <see cref="BatchStatistics"/> for each batch.</summary>
    public const string Batches = "minitrader.batches";

    /// <summary>Footer: XXH3-64 of all bytes before the first batch.</summary>
    public const string HeadHash = "minitrader.head";

    /// <summary>Footer: XXH3-64 of the footer itself, computed while <see cref="FooterHashPlace"/> stands in the hash's place.</summary>
    public const string FooterHash = "minitrader.footer";

    /// <summary>Footer: <c>none</c> or <c>lz4</c>.</summary>
    public const string Compression = "compression";

    /// <summary>Sixteen bytes, as long as the hash's hexadecimal digits.</summary>
    public const string FooterHashPlace = "0-footer-hash--0";

    /// <summary>Decimals of the integers that are written: those of <see cref="Model.FixedPoint"/>.</summary>
    public const int WrittenScale = Model.FixedPoint.Decimals;

    /// <summary>The latest time of a row: "never" and the times that a feed latency could push past it stay free.</summary>
    public const long MaxTime = long.MaxValue - (2 * Model.Timestamp.NanosecondsPerDay);

    /// <summary>Both ends of an Arrow file carry it.</summary>
    public static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    /// <summary>Bytes of every file beside its batches and its footer's flatbuffer: head magic and padding, footer length, magic.</summary>
    public const int FixedBytes = 8 + 4 + 6;

    /// <summary>Marks the beginning of an encapsulated message.</summary>
    public const int Continuation = -1;

    /// <summary>Columns begin on cache lines of the file, and thereby of the mapping.</summary>
    public const int BodyAlignment = 64;

    public const byte SchemaMessage = 1;
    public const byte RecordBatchMessage = 3;
    public const short MetadataVersion5 = 4;
    public const short MetadataVersion4 = 3;
    public const sbyte CompressionLz4Frame = 0;
}
