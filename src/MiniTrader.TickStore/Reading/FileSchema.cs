using System.Text;
using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>A file's schema, matched with the columns that its kind must have. Immutable.</summary>
internal sealed class FileSchema
{
    private FileSchema(TickKind kind, ColumnBinding[] columns, int nodes, int buffers, Dictionary<string, string> metadata)
    {
        Kind = kind;
        Columns = columns;
        Nodes = nodes;
        Buffers = buffers;
        Metadata = metadata;
        foreach (ColumnBinding column in columns)
        {
            if (column.IsPresent) Present |= column.Spec.Optional;
        }
    }

    public TickKind Kind { get; }

    /// <summary>One for each column of <see cref="ColumnLayout"/>, in its order.</summary>
    public ColumnBinding[] Columns { get; }

    public TickColumns Present { get; }

    /// <summary>Field nodes of every batch, columns that are not ours included.</summary>
    public int Nodes { get; }

    public int Buffers { get; }

    public Dictionary<string, string> Metadata { get; }

    /// <summary>Matches a schema; anything that does not fit throws a <see cref="DamagedMetadataException"/> that names it.</summary>
    public static FileSchema Match(FlatTable schema, TickKind kind)
    {
        if (schema.GetInt16(0) != 0) throw new DamagedMetadataException("its integers are big-endian; only little-endian files are read.");
        Dictionary<string, string> metadata = ReadMetadata(schema, 2);
        if (metadata.TryGetValue(FileMetadata.Kind, out string? text) && text != kind.ToString())
            throw new DamagedMetadataException($"its schema says that it holds {text}, but {kind} are expected here.");

        ReadOnlySpan<ColumnSpec> specs = ColumnLayout.Of(kind);
        ColumnBinding[] columns = new ColumnBinding[specs.Length];
        for (int i = 0; i < specs.Length; i++) columns[i] = new ColumnBinding(specs[i], -1, -1, 1);

        int buffers = 0;
        FlatTable.FlatVector fields = schema.GetVector(1, 4);
        for (int node = 0; node < fields.Count; node++)
        {
            FlatTable field = fields.TableAt(node);
            string name = Encoding.UTF8.GetString(field.GetText(0));
            int place = Array.FindIndex(columns, c => c.Spec.Name == name);
            if (place >= 0)
            {
                if (columns[place].IsPresent) throw new DamagedMetadataException($"it has two columns '{name}'.");
                columns[place] = new ColumnBinding(columns[place].Spec, node, buffers, Factor(field, columns[place].Spec, metadata));
            }

            buffers += BuffersOf(field, name);
        }

        foreach (ColumnBinding column in columns)
        {
            if (!column.IsPresent && column.Spec.Optional == TickColumns.None)
                throw new DamagedMetadataException($"it has no column '{column.Spec.Name}', which files of {kind} must have.");
        }

        return new FileSchema(kind, columns, fields.Count, buffers, metadata);
    }

    public static Dictionary<string, string> ReadMetadata(FlatTable table, int slot)
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        FlatTable.FlatVector pairs = table.GetVector(slot, 4);
        for (int i = 0; i < pairs.Count; i++)
        {
            FlatTable pair = pairs.TableAt(i);
            metadata[Encoding.UTF8.GetString(pair.GetText(0))] = Encoding.UTF8.GetString(pair.GetText(1));
        }

        return metadata;
    }

    /// <summary>Checks a column's type and returns the factor to our unit.</summary>
    private static long Factor(FlatTable field, ColumnSpec spec, Dictionary<string, string> metadata)
    {
        if (field.Has(4)) throw new DamagedMetadataException($"its column '{spec.Name}' is dictionary-encoded; store plain values.");
        ArrowType arrowType = (ArrowType)field.GetByte(2);
        FlatTable type = field.GetTable(3, $"type of column '{spec.Name}'");
        switch (spec.Type)
        {
            case ColumnType.Time:
                if (arrowType != ArrowType.Timestamp) throw WrongType(spec, "timestamp");
                return type.GetInt16(0) switch
                {
                    0 => Timestamp.NanosecondsPerSecond,
                    1 => Timestamp.NanosecondsPerMillisecond,
                    2 => Timestamp.NanosecondsPerMicrosecond,
                    3 => 1,
                    _ => throw WrongType(spec, "timestamp of a known unit"),
                };
            case ColumnType.Float64:
                if (arrowType != ArrowType.FloatingPoint || type.GetInt16(0) != 2) throw WrongType(spec, "float64");
                return 1;
            case ColumnType.Int8:
                if (arrowType != ArrowType.Int || type.GetInt32(0) != 8) throw WrongType(spec, "int8");
                return 1;
            default:
                if (arrowType != ArrowType.Int || type.GetInt32(0) != 64 || !type.GetBool(1)) throw WrongType(spec, "int64");
                return spec.Scale switch
                {
                    ColumnScale.Price => ScaleFactor(metadata, FileMetadata.PriceScale, spec),
                    ColumnScale.Size => ScaleFactor(metadata, FileMetadata.SizeScale, spec),
                    _ => 1,
                };
        }
    }

    private static long ScaleFactor(Dictionary<string, string> metadata, string key, ColumnSpec spec)
    {
        if (!metadata.TryGetValue(key, out string? text))
            throw new DamagedMetadataException($"its schema's metadata has no '{key}', the decimals of column '{spec.Name}'; write it as 0 to {FixedPoint.Decimals}.");
        if (text.Length != 1 || text[0] is < '0' or > '9')
            throw new DamagedMetadataException($"its schema's metadata has {key}='{text}'; it must be 0 to {FixedPoint.Decimals}.");
        return FixedPoint.PowerOfTen(FixedPoint.Decimals - (text[0] - '0'));
    }

    private static DamagedMetadataException WrongType(ColumnSpec spec, string wanted) =>
        new($"its column '{spec.Name}' must be of type {wanted}.");

    /// <summary>How many buffers a field has in each batch; columns that are not ours are stepped over.</summary>
    private static int BuffersOf(FlatTable field, string name)
    {
        if (field.GetVector(5, 4).Count > 0) throw Unreadable(name);
        return field.Has(4) ? 2 : (ArrowType)field.GetByte(2) switch
        {
            ArrowType.Null => 0,
            ArrowType.Binary or ArrowType.Utf8 or ArrowType.LargeBinary or ArrowType.LargeUtf8 => 3,
            ArrowType.Int or ArrowType.FloatingPoint or ArrowType.Bool or ArrowType.Decimal or ArrowType.Date or ArrowType.Time
                or ArrowType.Timestamp or ArrowType.Interval or ArrowType.FixedSizeBinary or ArrowType.Duration => 2,
            _ => throw Unreadable(name),
        };
    }

    private static DamagedMetadataException Unreadable(string name) =>
        new($"its column '{name}' is of a nested or unknown type; only flat columns can stand beside the ones that are read.");
}
