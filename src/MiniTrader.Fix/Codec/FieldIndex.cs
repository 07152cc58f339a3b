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

    /// <summary>False when the index is full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(int tag, int offset, int length)
    {
        int count = Count;
        if ((uint)count >= (uint)_tags.Length || (uint)count >= (uint)_values.Length) return false;
        _tags[count] = tag;
        _values[count] = ((long)offset << 32) | (uint)length;
        Count = count + 1;
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
