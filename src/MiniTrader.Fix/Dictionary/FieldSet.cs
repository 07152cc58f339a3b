namespace MiniTrader.Fix;

/// <summary>
/// The fields that may stand together: a header, a trailer, a message's body or one entry of a group, in the dictionary's order. Immutable.
/// </summary>
public sealed class FieldSet
{
    private readonly FieldDefinition[] _fields;
    private readonly GroupDefinition?[] _groups;
    private readonly FieldDefinition[] _required;
    private readonly TagTable _places;

    internal FieldSet(IReadOnlyList<FieldDefinition> fields, IReadOnlyList<GroupDefinition> groups, IReadOnlyList<FieldDefinition> required)
    {
        _fields = fields.DistinctBy(field => field.Tag).ToArray();
        _required = required.DistinctBy(field => field.Tag).ToArray();
        _places = new TagTable(_fields.Select(field => field.Tag).ToArray());
        _groups = new GroupDefinition?[_fields.Length];
        foreach (GroupDefinition group in groups) _groups[_places.Find(group.CountTag)] ??= group;
    }

    /// <summary>The fields in the dictionary's order; a group stands there with its count.</summary>
    public ReadOnlySpan<FieldDefinition> Fields => _fields;

    public ReadOnlySpan<FieldDefinition> Required => _required;

    public bool Has(int tag) => _places.Find(tag) >= 0;

    /// <summary>The place of a tag in <see cref="Fields"/>, −1 when it may not stand here.</summary>
    public int PlaceOf(int tag) => _places.Find(tag);

    /// <summary>The group that a tag counts, null when it counts none.</summary>
    public GroupDefinition? GroupOf(int tag)
    {
        int place = _places.Find(tag);
        return place < 0 ? null : _groups[place];
    }
}

/// <summary>A repeating group: the tag that counts its entries, the tag that starts each, and what an entry holds.</summary>
public sealed class GroupDefinition
{
    internal GroupDefinition(int countTag, FieldSet entry)
    {
        CountTag = countTag;
        Entry = entry;
        DelimiterTag = entry.Fields[0].Tag;
    }

    public int CountTag { get; }

    public int DelimiterTag { get; }

    public FieldSet Entry { get; }
}
