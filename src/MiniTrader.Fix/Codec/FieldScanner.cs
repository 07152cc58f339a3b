using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MiniTrader.Fix;

/// <summary>
/// Cuts the bytes of a framed message into fields and sums them in the same pass: 32 bytes at a time, one bit for each delimiter. A data
/// field swallows the delimiters that its length covers.
/// </summary>
internal static class FieldScanner
{
    public const byte Delimiter = 1;

    /// <summary>Readable bytes that lie behind the scanned ones: the checksum field, which lets a tag be read without looking for the end.</summary>
    public const int BytesBehind = 7;

    private const int TagDigitsMax = 9;

    /// <summary>Fills the index; <paramref name="sum"/> is the checksum of the scanned bytes when the answer is none.</summary>
    /// <param name="bytes">The message with its checksum field, of which the last <see cref="BytesBehind"/> are not scanned.</param>
    /// <param name="index">Where the fields go.</param>
    /// <param name="dataFields">Which length announces which data.</param>
    /// <param name="sum">The checksum.</param>
    public static GarbledReason Scan(ReadOnlySpan<byte> bytes, FieldIndex index, DataFields dataFields, out byte sum)
    {
        sum = 0;
        index.Clear();
        int length = bytes.Length - BytesBehind;
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        Vector256<byte> lanes = Vector256<byte>.Zero;
        int count = 0, fieldStart = 0, dataTag = 0, dataLength = 0;
        for (int position = 0; position < length; position += Vector256<byte>.Count)
        {
            Vector256<byte> block = position <= length - Vector256<byte>.Count
                ? Vector256.LoadUnsafe(ref first, (nuint)position)
                : LoadTail(bytes[position..length]);
            lanes += block;
            uint delimiters = Vector256.Equals(block, Vector256.Create(Delimiter)).ExtractMostSignificantBits();
            for (; delimiters != 0; delimiters &= delimiters - 1)
            {
                int end = position + BitOperations.TrailingZeroCount(delimiters);
                int tag = ReadTag(ref Unsafe.Add(ref first, fieldStart), out int tagBytes);
                int valueStart = fieldStart + tagBytes;
                if (tagBytes == 0 || valueStart > end) return GarbledReason.MalformedField;
                int valueLength = end - valueStart;
                if (dataTag != 0)
                {
                    if (tag == dataTag)
                    {
                        // A delimiter inside the data is part of it; the field closes at the one that the length names.
                        if (valueLength < dataLength) continue;
                        if (valueLength > dataLength) return GarbledReason.WrongDataLength;
                    }

                    dataTag = 0;
                }

                if (!index.TrySet(count, tag, valueStart, valueLength)) return GarbledReason.TooManyFields;
                count++;
                fieldStart = end + 1;
                int announced = dataFields.DataTagOf(tag);
                if (announced != 0 && TryReadDataLength(bytes.Slice(valueStart, valueLength), out dataLength)) dataTag = announced;
            }
        }

        index.SetCount(count);
        sum = Vector256.Sum(lanes);
        return fieldStart == length ? GarbledReason.None : GarbledReason.MalformedField;
    }

    private static Vector256<byte> LoadTail(ReadOnlySpan<byte> tail)
    {
        Vector256<byte> block = Vector256<byte>.Zero;
        tail.CopyTo(MemoryMarshal.AsBytes(new Span<Vector256<byte>>(ref block)));
        return block;
    }

    /// <summary>The tag at the start of a field and its bytes with the sign of equality; no bytes when there is no tag.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadTag(ref byte field, out int bytes)
    {
        // SAFETY: four bytes are read from a field's start, which lies before the end of the scanned part, and BytesBehind more follow it.
        uint d0 = (uint)field - '0';
        uint d1 = (uint)Unsafe.Add(ref field, 1) - '0';
        uint d2 = (uint)Unsafe.Add(ref field, 2) - '0';
        const uint equals = '=' - '0';
        if (d2 == equals && d0 - 1 <= 8 && d1 <= 9)
        {
            bytes = 3;
            return (int)((d0 * 10) + d1);
        }

        uint d3 = (uint)Unsafe.Add(ref field, 3) - '0';
        if (d3 == equals && d0 - 1 <= 8 && d1 <= 9 && d2 <= 9)
        {
            bytes = 4;
            return (int)((d0 * 100) + (d1 * 10) + d2);
        }

        if (d1 == equals && d0 <= 9)
        {
            bytes = 2;
            return (int)d0;
        }

        return ReadLongTag(ref field, out bytes);
    }

    /// <summary>
    /// A tag of four digits or more, or a negative one, which is a field with a tag that no dictionary knows and so is answered with a reject.
    /// Anything else is garbled. The delimiter that ends the field ends every run of digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadLongTag(ref byte field, out int bytes)
    {
        bytes = 0;
        bool isNegative = field == '-';
        int start = isNegative ? 1 : 0;
        int i = start;
        int tag = 0;
        uint digit;
        while ((digit = (uint)Unsafe.Add(ref field, i) - '0') <= 9 && i - start < TagDigitsMax)
        {
            tag = (tag * 10) + (int)digit;
            i++;
        }

        bool hasLeadingZero = Unsafe.Add(ref field, start) == '0' && (isNegative || i - start > 1);
        if (Unsafe.Add(ref field, i) != '=' || i == start || hasLeadingZero) return 0;
        bytes = i + 1;
        return isNegative ? -tag : tag;
    }

    /// <summary>A length that is no number is left for validation to reject; the data field is then an ordinary one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadDataLength(ReadOnlySpan<byte> text, out int length)
    {
        bool isLength = FieldValue.TryParseInt(text, out long value) == FieldStatus.Ok && value is >= 0 and <= FixLimits.MessageBytesMax;
        length = isLength ? (int)value : 0;
        return isLength;
    }
}
