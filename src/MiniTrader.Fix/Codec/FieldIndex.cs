using System.Runtime.CompilerServices;

namespace MiniTrader.Fix;

/// <summary>
/// Where the fields of one message lie: tags in an array of their own, so that a search compares eight at once, and offset and length of the
/// value packed beside it. One parser owns it and fills it anew for every message.
/// </summary>
internal sealed class FieldIndex(int capacity)
{
    private readonly int[] _tags = new int[capacity];
    private readonly long[] _values = new long[capacity];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    /// <summary>Sets the field at a place; false when the index is full. <see cref="SetCount"/> follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySet(int place, int tag, int offset, int length)
    {
        int[] tags = _tags;
        long[] values = _values;
        if ((uint)place >= (uint)tags.Length || (uint)place >= (uint)values.Length) return false;
        tags[place] = tag;
        values[place] = ((long)offset << 32) | (uint)length;
        return true;
    }

    public void SetCount(int count) => Count = count;

    /// <summary>Adds one more; false when the index is full.</summary>
    public bool TryAdd(int tag, int offset, int length)
    {
        if (!TrySet(Count, tag, offset, length)) return false;
        Count++;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Tag(int position) => _tags[position];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Value(int position, ReadOnlySpan<byte> message)
    {
        long value = _values[position];
        return message.Slice((int)(value >> 32), (int)value);
    }

    public int Offset(int position) => (int)(_values[position] >> 32);

    public ReadOnlySpan<int> Tags(int start, int end) => _tags.AsSpan(start, end - start);
}
