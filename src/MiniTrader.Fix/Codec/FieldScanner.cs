using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MiniTrader.Fix;

/// <summary>
/// Cuts the bytes of a framed message into fields and sums them in the same pass: 32 bytes at a time, one bit for each delimiter. A data
/// field swallows the delimiters that its length covers.
/// </summary>
internal ref struct FieldScanner
{
    public const byte Delimiter = 1;
    private const int TagDigitsMax = 9;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldIndex _index;
    private readonly DataFields _dataFields;
    private int _fieldStart;

    /// <summary>The data tag that the field before announced, and its length; zero when none did.</summary>
    private int _dataTag;
    private int _dataLength;

    public FieldScanner(ReadOnlySpan<byte> bytes, FieldIndex index, DataFields dataFields)
    {
        _bytes = bytes;
        _index = index;
        _dataFields = dataFields;
    }

    /// <summary>Fills the index; <paramref name="sum"/> is the checksum of all bytes when the answer is none.</summary>
    public GarbledReason Scan(out byte sum)
    {
        _index.Clear();
        sum = 0;
        ref byte first = ref MemoryMarshal.GetReference(_bytes);
        Vector256<byte> lanes = Vector256<byte>.Zero;
        int position = 0;
        for (; position <= _bytes.Length - Vector256<byte>.Count; position += Vector256<byte>.Count)
        {
            Vector256<byte> block = Vector256.LoadUnsafe(ref first, (nuint)position);
            lanes += block;
            uint delimiters = Vector256.Equals(block, Vector256.Create(Delimiter)).ExtractMostSignificantBits();
            for (; delimiters != 0; delimiters &= delimiters - 1)
            {
                GarbledReason reason = CloseField(position + BitOperations.TrailingZeroCount(delimiters));
                if (reason != GarbledReason.None) return reason;
            }
        }

        sum = Vector256.Sum(lanes);
        for (; position < _bytes.Length; position++)
        {
            byte b = _bytes[position];
            sum += b;
            if (b != Delimiter) continue;
            GarbledReason reason = CloseField(position);
            if (reason != GarbledReason.None) return reason;
        }

        return _fieldStart == _bytes.Length ? GarbledReason.None : GarbledReason.MalformedField;
    }

    /// <summary>Takes what lies between the last delimiter and the one at <paramref name="end"/> as a field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private GarbledReason CloseField(int end)
    {
        int start = _fieldStart;
        int tag = ReadTag(start, out int valueStart);
        if (valueStart > end || valueStart == 0) return GarbledReason.MalformedField;
        int length = end - valueStart;
        if (_dataTag != 0)
        {
            if (tag == _dataTag)
            {
                // A delimiter inside the data is part of it; the field closes at the one that the length names.
                if (length < _dataLength) return GarbledReason.None;
                if (length > _dataLength) return GarbledReason.WrongDataLength;
            }

            _dataTag = 0;
        }

        int dataTag = _dataFields.DataTagOf(tag);
        if (dataTag != 0) Announce(dataTag, _bytes.Slice(valueStart, length));
        _fieldStart = end + 1;
        return _index.TryAdd(tag, valueStart, length) ? GarbledReason.None : GarbledReason.TooManyFields;
    }

    /// <summary>The tag, and where its value starts; a start of zero says that there is no tag. The delimiter ends every run of digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int ReadTag(int start, out int valueStart)
    {
        int i = start;
        int tag = 0;
        uint digit;
        while ((digit = (uint)_bytes[i] - '0') <= 9 && i - start < TagDigitsMax)
        {
            tag = (tag * 10) + (int)digit;
            i++;
        }

        if (_bytes[i] != '=' || i == start || (_bytes[start] == '0' && i - start > 1)) return ReadNegativeTag(start, out valueStart);
        valueStart = i + 1;
        return tag;
    }

    /// <summary>A negative tag is a field, with a tag that no dictionary knows, and so is answered with a reject; anything else is garbled.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly int ReadNegativeTag(int start, out int valueStart)
    {
        valueStart = 0;
        if (_bytes[start] != '-') return 0;
        int i = start + 1;
        int tag = 0;
        for (; (uint)_bytes[i] - '0' <= 9 && i - start <= TagDigitsMax; i++) tag = (tag * 10) - (_bytes[i] - '0');
        if (_bytes[i] != '=' || tag == 0) return 0;
        valueStart = i + 1;
        return tag;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Announce(int dataTag, ReadOnlySpan<byte> lengthText)
    {
        // A length that is no number is left for validation to reject; the data field is then an ordinary one.
        if (FieldValue.TryParseInt(lengthText, out long length) != FieldStatus.Ok || length is < 0 or > FixLimits.MessageBytesMax) return;
        _dataTag = dataTag;
        _dataLength = (int)length;
    }
}
