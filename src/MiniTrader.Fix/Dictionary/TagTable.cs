using System.Runtime.CompilerServices;

namespace MiniTrader.Fix;

/// <summary>Tag to small number, at most half full, looked up by probing; built once, then read-only.</summary>
internal sealed class TagTable
{
    private readonly int[] _tags;
    private readonly int[] _values;
    private readonly int _mask;

    /// <summary>The value of a tag is its place in the list; a tag that is listed twice keeps the first.</summary>
    public TagTable(IReadOnlyList<int> tags)
    {
        int size = 4;
        while (size < tags.Count * 2) size *= 2;
        _mask = size - 1;
        _tags = new int[size];
        _values = new int[size];
        Array.Fill(_values, -1);
        for (int i = 0; i < tags.Count; i++)
        {
            int slot = Slot(tags[i]);
            if (_values[slot] >= 0) continue;
            _tags[slot] = tags[i];
            _values[slot] = i;
        }
    }

    /// <summary>The place of a tag, −1 when it is not there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int tag) => _values[Slot(tag)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Slot(int tag)
    {
        int slot = tag & _mask;
        while (_values[slot] >= 0 && _tags[slot] != tag) slot = (slot + 1) & _mask;
        return slot;
    }
}
