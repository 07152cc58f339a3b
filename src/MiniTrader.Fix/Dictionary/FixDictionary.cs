namespace MiniTrader.Fix;

/// <summary>
/// What the messages of one FIX version hold: fields with types and enumerations, header, trailer, messages and their groups. Read from the XML
/// form of QuickFIX by <see cref="Load(string)"/>, or <see cref="BuiltIn"/>. Immutable; shared by all sessions.
/// </summary>
public sealed class FixDictionary
{
    private const int DenseTags = 16_384;

    private readonly FieldDefinition?[] _dense = new FieldDefinition?[DenseTags];
    private readonly Dictionary<int, FieldDefinition> _sparse = [];
    private readonly Dictionary<ulong, FieldSet> _messages;

    internal FixDictionary(
        string version, IReadOnlyCollection<FieldDefinition> fields, FieldSet header, FieldSet trailer, Dictionary<ulong, FieldSet> messages, bool isPartial)
    {
        Version = version;
        Header = header;
        Trailer = trailer;
        IsPartial = isPartial;
        _messages = messages;
        FieldCount = fields.Count;
        foreach (FieldDefinition field in fields)
        {
            if ((uint)field.Tag < DenseTags) _dense[field.Tag] = field;
            else _sparse[field.Tag] = field;
        }

        DataFields = new DataFields(FindDataFields(fields));
    }

    /// <summary>Such as <c>FIX.4.4</c>, <c>FIX.5.0SP2</c> or <c>FIXT.1.1</c>.</summary>
    public string Version { get; }

    public FieldSet Header { get; }

    public FieldSet Trailer { get; }

    /// <summary>The length and data tags, for a parser of these messages.</summary>
    public DataFields DataFields { get; }

    /// <summary>True for the built-in table, which knows only what this engine speaks: other messages and tags pass unchecked.</summary>
    public bool IsPartial { get; }

    public int FieldCount { get; }

    public int MessageCount => _messages.Count;

    /// <summary>Reads a QuickFIX data dictionary.</summary>
    /// <exception cref="InvalidDataException">The sentence names file, line and what is wrong.</exception>
    public static FixDictionary Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return DictionaryReader.Read(stream, path);
    }

    /// <summary>Reads a QuickFIX data dictionary from a stream; <paramref name="name"/> stands for the file in messages.</summary>
    public static FixDictionary Load(Stream stream, string name) => DictionaryReader.Read(stream, name);

    /// <summary>The compact table of the messages that this engine itself sends and receives, for sessions without a dictionary of their own.</summary>
    public static FixDictionary BuiltIn { get; } = BuiltInTable.Build();

    /// <summary>What a settings file names instead of a file to have <see cref="BuiltIn"/>.</summary>
    public const string BuiltInName = "built-in";

    /// <summary>The definition of a tag, null when the dictionary does not know it.</summary>
    public FieldDefinition? Field(int tag) =>
        (uint)tag < DenseTags ? _dense[tag] : _sparse.TryGetValue(tag, out FieldDefinition? field) ? field : null;

    /// <summary>The body of a message type, null when the dictionary does not know it.</summary>
    public FieldSet? Message(ulong msgType) => _messages.TryGetValue(msgType, out FieldSet? message) ? message : null;

    /// <summary>True for the dictionary's header fields and the standard ones.</summary>
    public bool IsHeader(int tag) => Header.Has(tag) || StandardTags.IsHeader(tag);

    public bool IsTrailer(int tag) => Trailer.Has(tag) || StandardTags.IsTrailer(tag);

    /// <summary>The standard pairs, and each data field whose name with Len or Length behind it is a length field.</summary>
    private static IEnumerable<(int, int)> FindDataFields(IReadOnlyCollection<FieldDefinition> fields)
    {
        Dictionary<string, FieldDefinition> byName = fields.GroupBy(field => field.Name).ToDictionary(group => group.Key, group => group.First());
        Dictionary<int, int> pairs = DataFields.Standard.Pairs.ToDictionary(pair => pair.LengthTag, pair => pair.DataTag);
        foreach (FieldDefinition data in fields.Where(field => field.Type == FieldType.Data && field.Tag < 65_536))
        {
            FieldDefinition? length = byName.GetValueOrDefault(data.Name + "Len") ?? byName.GetValueOrDefault(data.Name + "Length");
            if (length is { Type: FieldType.Length, Tag: < 65_536 }) pairs[length.Tag] = data.Tag;
        }

        return pairs.Select(pair => (pair.Key, pair.Value));
    }
}
