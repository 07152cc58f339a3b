namespace MiniTrader.Fix;

/// <summary>
/// The entries of a repeating group, taken with <c>foreach</c>. An entry starts at the group's first tag and ends before the next one, or
/// before the first tag that is no member. Never more entries than were declared. Valid as long as its message.
/// </summary>
public ref struct GroupView
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldIndex _index;
    private readonly ReadOnlySpan<int> _members;
    private readonly int _end;
    private int _entryStart;
    private int _entryEnd;

    internal GroupView(
        ReadOnlySpan<byte> bytes, FieldIndex index, int start, int end, ReadOnlySpan<int> members, long declared, FieldStatus status)
    {
        _bytes = bytes;
        _index = index;
        _members = members;
        _end = end;
        _entryEnd = start;
        Declared = declared;
        Status = status;
    }

    /// <summary>What the count tag says; zero when it is missing or no number.</summary>
    public long Declared { get; }

    /// <summary>How reading the count tag went.</summary>
    public FieldStatus Status { get; }

    /// <summary>Entries taken so far.</summary>
    public int Taken { get; private set; }

    public readonly FieldView Current => new(_bytes, _index, _entryStart, _entryEnd);

    public readonly GroupView GetEnumerator() => this;

    public bool MoveNext()
    {
        if (Taken >= Declared || _entryEnd >= _end || _index.Tag(_entryEnd) != _members[0]) return false;
        _entryStart = _entryEnd;
        int i = _entryStart + 1;
        while (i < _end && _index.Tag(i) != _members[0] && _members.Contains(_index.Tag(i))) i++;
        _entryEnd = i;
        Taken++;
        return true;
    }
}
