using System.Runtime.CompilerServices;

namespace MiniTrader.Fix;

/// <summary>
/// Cuts a stream of bytes into FIX messages of any version. It allocates nothing after construction, keeps no state between calls, and any
/// input gives a message, "more bytes" or "garbled", never an exception. One thread uses it; a message is valid until the next call.
/// <code>
/// 8=FIX.4.4 | 9=length | 35=type | ... | 10=nnn |
/// └──────── summed ────────────────────┘
///                      └── length ─────┘
/// </code>
/// </summary>
public sealed class FixParser
{
    private const byte Soh = FieldScanner.Delimiter;
    private const int BeginStringBytesMax = 16;
    private const int BodyLengthDigitsMax = 8;
    private const int ChecksumBytes = FieldScanner.BytesBehind;

    private readonly FieldIndex _index;
    private readonly DataFields _dataFields;
    private readonly int _messageBytesMax;

    public FixParser(FixLimits? limits = null, DataFields? dataFields = null)
    {
        limits = (limits ?? FixLimits.Default).Validated();
        _index = new FieldIndex(limits.Fields);
        _messageBytesMax = limits.MessageBytes;
        _dataFields = dataFields ?? DataFields.Standard;
    }

    /// <summary>Why the last answer was <see cref="ParseStatus.Garbled"/>.</summary>
    public GarbledReason Reason { get; private set; }

    private static ReadOnlySpan<byte> Prefix => "8=FIX"u8;

    private static ReadOnlySpan<byte> ChecksumPrefix => [Soh, (byte)'1', (byte)'0', (byte)'='];

    /// <summary>
    /// Reads one message at the front of <paramref name="input"/>. <paramref name="consumed"/> is its length, zero when more bytes are
    /// needed, and the number of bytes to skip when they are garbled. The decision depends only on the bytes up to there, so a stream gives
    /// the same messages however it was split.
    /// </summary>
    public ParseStatus Parse(ReadOnlySpan<byte> input, out FixMessage message, out int consumed)
    {
        message = default;
        consumed = 0;
        if (!input.StartsWith(Prefix)) return BeforePrefix(input, out consumed);

        // Decisions look at no byte beyond the longest message, whatever else has already arrived.
        bool isFull = input.Length >= _messageBytesMax;
        ReadOnlySpan<byte> bytes = isFull ? input[.._messageBytesMax] : input;
        int beginEnd = bytes[..Math.Min(bytes.Length, BeginStringBytesMax + 3)].IndexOf(Soh);
        if (beginEnd < 0) return bytes.Length > BeginStringBytesMax + 2 ? Resync(input, GarbledReason.NoBeginString, out consumed) : ParseStatus.NeedMore;

        int i = beginEnd + 1;
        if (i + 2 > bytes.Length)
            return i < bytes.Length && bytes[i] != '9' ? Resync(input, GarbledReason.NoBodyLength, out consumed) : ParseStatus.NeedMore;
        if (bytes[i] != '9' || bytes[i + 1] != '=') return Resync(input, GarbledReason.NoBodyLength, out consumed);

        i += 2;
        int length = 0;
        int lengthStart = i;
        for (; i < bytes.Length && (uint)(bytes[i] - '0') <= 9 && i - lengthStart < BodyLengthDigitsMax; i++) length = (length * 10) + (bytes[i] - '0');
        if (i == bytes.Length) return ParseStatus.NeedMore;
        if (bytes[i] != Soh || i == lengthStart) return Resync(input, GarbledReason.NoBodyLength, out consumed);

        int bodyEnd = i + 1 + length;
        if (bodyEnd > _messageBytesMax - ChecksumBytes) return Resync(input, GarbledReason.TooLong, out consumed);
        if (bytes.Length < bodyEnd + ChecksumBytes) return ParseStatus.NeedMore;
        return IsChecksum(bytes.Slice(bodyEnd - 1, ChecksumBytes + 1))
            ? Scan(bytes[..(bodyEnd + ChecksumBytes)], out message, out consumed)
            : BehindWrongLength(input, bytes, bodyEnd, isFull, out consumed);
    }

    private ParseStatus Scan(ReadOnlySpan<byte> bytes, out FixMessage message, out int consumed)
    {
        message = default;
        consumed = bytes.Length;
        int bodyEnd = bytes.Length - ChecksumBytes;
        GarbledReason reason = FieldScanner.Scan(bytes, _index, _dataFields, out byte sum);
        if (reason == GarbledReason.None && sum != ReadChecksum(bytes[(bodyEnd + 3)..])) reason = GarbledReason.WrongChecksum;
        if (reason == GarbledReason.None && (_index.Count < 3 || _index.Tag(2) != Tags.MsgType)) reason = GarbledReason.NoMsgType;
        if (reason == GarbledReason.None && !_index.TryAdd(Tags.CheckSum, bodyEnd + 3, 3)) reason = GarbledReason.TooManyFields;
        Reason = reason;
        if (reason != GarbledReason.None) return ParseStatus.Garbled;
        message = new FixMessage(bytes, _index);
        return ParseStatus.Message;
    }

    /// <summary>Delimiter, <c>10=</c>, three digits, delimiter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsChecksum(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(ChecksumPrefix) && bytes[7] == Soh
        && (uint)(bytes[4] - '0') <= 9 && (uint)(bytes[5] - '0') <= 9 && (uint)(bytes[6] - '0') <= 9;

    private static int ReadChecksum(ReadOnlySpan<byte> digits) => ((digits[0] - '0') * 100) + ((digits[1] - '0') * 10) + digits[2] - '0';

    /// <summary>
    /// Where the length leads to no checksum, all up to the next checksum field is skipped. A length that is too long therefore takes the next
    /// message with it, as other engines do, and the gap is filled by a resend.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ParseStatus BehindWrongLength(ReadOnlySpan<byte> input, ReadOnlySpan<byte> bytes, int bodyEnd, bool isFull, out int consumed)
    {
        consumed = 0;
        int search = bodyEnd - 1;
        int checksum = bytes[search..].IndexOf(ChecksumPrefix);
        int end = checksum < 0 ? -1 : bytes[(search + checksum + 1)..].IndexOf(Soh);
        if (end < 0) return isFull ? Resync(input, GarbledReason.WrongBodyLength, out consumed) : ParseStatus.NeedMore;
        consumed = search + checksum + 1 + end + 1;
        Reason = GarbledReason.WrongBodyLength;
        return ParseStatus.Garbled;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ParseStatus BeforePrefix(ReadOnlySpan<byte> input, out int consumed)
    {
        consumed = NextPrefix(input);
        if (consumed == 0) return ParseStatus.NeedMore;
        Reason = GarbledReason.NoBeginString;
        return ParseStatus.Garbled;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ParseStatus Resync(ReadOnlySpan<byte> input, GarbledReason reason, out int consumed)
    {
        consumed = 1 + NextPrefix(input[1..]);
        Reason = reason;
        return ParseStatus.Garbled;
    }

    /// <summary>Where the next message may start; a part of its first bytes at the very end counts.</summary>
    private static int NextPrefix(ReadOnlySpan<byte> input)
    {
        int found = input.IndexOf(Prefix);
        if (found >= 0) return found;
        for (int kept = Math.Min(Prefix.Length - 1, input.Length); kept > 0; kept--)
        {
            if (input[^kept..].SequenceEqual(Prefix[..kept])) return input.Length - kept;
        }

        return input.Length;
    }
}
