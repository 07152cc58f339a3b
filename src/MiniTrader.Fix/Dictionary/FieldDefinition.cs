namespace MiniTrader.Fix;

/// <summary>One field of a dictionary: its tag, name, type and, where there is one, its enumeration. Immutable.</summary>
public sealed class FieldDefinition
{
    private const int PackedBytesMax = 8;
    private readonly ulong[] _packedValues;
    private readonly byte[][] _longValues;

    internal FieldDefinition(int tag, string name, FieldType type, int ordinal, IReadOnlyCollection<byte[]> values)
    {
        Tag = tag;
        Name = name;
        Type = type;
        Ordinal = ordinal;
        _packedValues = values.Where(value => value.Length <= PackedBytesMax).Select(value => MsgTypes.Pack(value)).Distinct().Order().ToArray();
        _longValues = values.Where(value => value.Length > PackedBytesMax).ToArray();
        HasValues = values.Count > 0;
    }

    public int Tag { get; }

    public string Name { get; }

    public FieldType Type { get; }

    public bool HasValues { get; }

    /// <summary>The place of the field in its dictionary: 0 to count − 1.</summary>
    internal int Ordinal { get; }

    /// <summary>Whether the text has the form of the type. A number too large or too fine for this engine is still a number.</summary>
    public bool HasForm(ReadOnlySpan<byte> text) => Type switch
    {
        FieldType.Text or FieldType.MultipleValues or FieldType.Data => true,
        FieldType.Int or FieldType.Length or FieldType.NumInGroup => IsWellFormed(FieldValue.TryParseInt(text, out _)),
        FieldType.Decimal => IsWellFormed(FieldValue.TryParseDecimal(text, out _)),
        FieldType.Char => IsWellFormed(FieldValue.TryParseChar(text, out _)),
        FieldType.Bool => IsWellFormed(FieldValue.TryParseBool(text, out _)),
        FieldType.UtcTimestamp => IsWellFormed(FieldValue.TryParseTimestamp(text, out _)),
        FieldType.UtcDate => IsWellFormed(FieldValue.TryParseDate(text, out _)),
        FieldType.UtcTime => IsWellFormed(FieldValue.TryParseTimeOfDay(text, out _)),
        _ => false,
    };

    /// <summary>Whether the text is in the enumeration; always true where there is none.</summary>
    public bool HasValue(ReadOnlySpan<byte> text)
    {
        if (!HasValues) return true;
        if (Type != FieldType.MultipleValues) return IsOneValue(text);
        while (true)
        {
            int blank = text.IndexOf((byte)' ');
            if (blank < 0) return IsOneValue(text);
            if (!IsOneValue(text[..blank])) return false;
            text = text[(blank + 1)..];
        }
    }

    private static bool IsWellFormed(FieldStatus status) => status is not (FieldStatus.Malformed or FieldStatus.Empty);

    private bool IsOneValue(ReadOnlySpan<byte> text)
    {
        if (text.Length <= PackedBytesMax) return _packedValues.AsSpan().BinarySearch(MsgTypes.Pack(text)) >= 0;
        foreach (byte[] value in _longValues)
        {
            if (text.SequenceEqual(value)) return true;
        }

        return false;
    }
}
