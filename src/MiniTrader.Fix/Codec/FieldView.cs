using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// A run of fields: a whole message or one entry of a repeating group. Access is by position or by tag; where a tag occurs more than once, the
/// first counts. Valid as long as its message.
/// </summary>
public readonly ref struct FieldView
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldIndex _index;
    private readonly int _start;
    private readonly int _end;

    internal FieldView(ReadOnlySpan<byte> bytes, FieldIndex index, int start, int end)
    {
        _bytes = bytes;
        _index = index;
        _start = start;
        _end = end;
    }

    public int Count => _end - _start;

    /// <summary>The tag at a position from 0 to <see cref="Count"/> − 1.</summary>
    public int TagAt(int position) => _index.Tag(_start + position);

    public ReadOnlySpan<byte> ValueAt(int position) => _index.Value(_start + position, _bytes);

    /// <summary>The bytes of one field, from its tag to its delimiter, for copying it as it is.</summary>
    public ReadOnlySpan<byte> RawAt(int position)
    {
        int at = _start + position;
        int start = at == 0 ? 0 : _index.Offset(at - 1) + _index.Value(at - 1, _bytes).Length + 1;
        return _bytes[start..(_index.Offset(at) + _index.Value(at, _bytes).Length + 1)];
    }

    /// <summary>The position of a tag at or behind <paramref name="from"/>, −1 when it is not there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int tag, int from = 0)
    {
        int found = _index.Tags(_start + from, _end).IndexOf(tag);
        return found < 0 ? -1 : found + from;
    }

    public bool Has(int tag) => Find(tag) >= 0;

    public bool TryGet(int tag, out ReadOnlySpan<byte> value)
    {
        int position = Find(tag);
        value = position < 0 ? default : ValueAt(position);
        return position >= 0;
    }

    /// <summary>The value of a tag, empty when it is missing.</summary>
    public ReadOnlySpan<byte> Get(int tag) => TryGet(tag, out ReadOnlySpan<byte> value) ? value : default;

    public FieldStatus GetInt(int tag, out long value)
    {
        value = 0;
        return TryGet(tag, out ReadOnlySpan<byte> text) ? FieldValue.TryParseInt(text, out value) : FieldStatus.Missing;
    }

    public FieldStatus GetChar(int tag, out char value)
    {
        value = '\0';
        return TryGet(tag, out ReadOnlySpan<byte> text) ? FieldValue.TryParseChar(text, out value) : FieldStatus.Missing;
    }

    public FieldStatus GetBool(int tag, out bool value)
    {
        value = false;
        return TryGet(tag, out ReadOnlySpan<byte> text) ? FieldValue.TryParseBool(text, out value) : FieldStatus.Missing;
    }

    /// <summary>A decimal number in 1e-9 units.</summary>
    public FieldStatus GetDecimal(int tag, out long raw)
    {
        raw = 0;
        return TryGet(tag, out ReadOnlySpan<byte> text) ? FieldValue.TryParseDecimal(text, out raw) : FieldStatus.Missing;
    }

    public FieldStatus GetPrice(int tag, out Price value)
    {
        FieldStatus status = GetDecimal(tag, out long raw);
        value = new Price(raw);
        return status;
    }

    public FieldStatus GetQuantity(int tag, out Quantity value)
    {
        FieldStatus status = GetDecimal(tag, out long raw);
        value = new Quantity(raw);
        return status;
    }

    public FieldStatus GetTimestamp(int tag, out Timestamp value)
    {
        value = default;
        return TryGet(tag, out ReadOnlySpan<byte> text) ? FieldValue.TryParseTimestamp(text, out value) : FieldStatus.Missing;
    }

    /// <summary>The entries of a repeating group; none when its count tag is missing.</summary>
    /// <param name="countTag">The NumInGroup tag.</param>
    /// <param name="members">All tags of an entry, those of nested groups included; the first is the one that starts each entry.</param>
    public GroupView Group(int countTag, ReadOnlySpan<int> members)
    {
        int position = Find(countTag);
        long declared = 0;
        FieldStatus status = position < 0 ? FieldStatus.Missing : FieldValue.TryParseInt(ValueAt(position), out declared);
        return new GroupView(_bytes, _index, _start + position + 1, _end, members, status == FieldStatus.Ok ? declared : 0, status);
    }

    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks the fields in their order.</summary>
    public ref struct Enumerator
    {
        private readonly FieldView _view;
        private int _position;

        internal Enumerator(FieldView view)
        {
            _view = view;
            _position = -1;
        }

        public readonly FixField Current => new(_view.TagAt(_position), _view.ValueAt(_position));

        public bool MoveNext() => ++_position < _view.Count;
    }
}

/// <summary>One field: a tag and the bytes of its value.</summary>
public readonly ref struct FixField(int tag, ReadOnlySpan<byte> value)
{
    public int Tag { get; } = tag;

    public ReadOnlySpan<byte> Value { get; } = value;
}
