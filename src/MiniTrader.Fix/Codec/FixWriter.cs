using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// Writes one message into the caller's buffer, front to back and without allocation: begin, append fields, end. The body starts at a fixed
/// place; when its length is known, the first two fields are put right before it, so the message may start a few bytes into the buffer.
/// <code>
/// buffer: | gap | 8=FIX.4.4 | 9=123 | 35=D | 34=7 | 49=… | 52=… | 56=… | body fields | 10=nnn |
///               ^ start                                                                       ^ end
/// </code>
/// A failed append makes the whole message fail: <see cref="End"/> then returns nothing and <see cref="Status"/> says why.
/// </summary>
public ref struct FixWriter
{
    private const byte Soh = FieldScanner.Delimiter;
    private const int BodyLengthBytesMax = 9;
    private const int TrailerBytes = 7;

    /// <summary>Room that every append of a number or time makes sure of: the longest tag, the longest value, the delimiter, one word over.</summary>
    private const int FieldBytes = 48;

    private readonly Span<byte> _buffer;
    private readonly HeaderTemplate _header;
    private readonly int _bodyStart;
    private int _position;

    /// <param name="buffer">Where the message goes; at least 64 bytes longer than it.</param>
    /// <param name="header">The session's template.</param>
    public FixWriter(Span<byte> buffer, HeaderTemplate header)
    {
        _buffer = buffer;
        _header = header;
        _bodyStart = header.Prefix.Length + BodyLengthBytesMax;
        _position = _bodyStart;
    }

    public WriteStatus Status { get; private set; }

    /// <summary>What has been written since tag 35, with it; for signing. Valid until the next append.</summary>
    public readonly ReadOnlySpan<byte> Written => _position <= _buffer.Length ? _buffer[_bodyStart.._position] : default;

    /// <summary>Writes the standard header. May be called again, after <see cref="End"/> was taken care of, for the next message.</summary>
    /// <param name="msgType">One of <see cref="MsgTypes"/>.</param>
    /// <param name="msgSeqNum">Tag 34.</param>
    /// <param name="sendingTime">Tag 52.</param>
    /// <param name="isPossDup">Writes 43=Y.</param>
    /// <param name="origSendingTime">Tag 122, written unless it is the epoch.</param>
    public void Begin(ulong msgType, long msgSeqNum, Timestamp sendingTime, bool isPossDup = false, Timestamp origSendingTime = default)
    {
        BeginBare(msgType);
        if (!HasRoom(_header.FixedBytes + (3 * FieldBytes))) return;
        Int(Tags.MsgSeqNum, msgSeqNum);
        if (isPossDup) Bool(Tags.PossDupFlag, true);
        Append(_header.BeforeSendingTime);
        Time(Tags.SendingTime, sendingTime);
        Append(_header.AfterSendingTime);
        if (origSendingTime.Nanoseconds != 0) Time(Tags.OrigSendingTime, origSendingTime);
        if (_header.Last.Length != 0) Append(_header.Last);
    }

    /// <summary>Writes only tag 35; the caller appends the rest of the header itself.</summary>
    public void BeginBare(ulong msgType)
    {
        Status = WriteStatus.Ok;
        _position = _bodyStart;
        if (!HasRoom(FieldBytes)) return;
        ref byte start = ref Unsafe.Add(ref MemoryMarshal.GetReference(_buffer), _bodyStart);
        Unsafe.WriteUnaligned(ref start, (uint)('3' | ('5' << 8) | ('=' << 16)));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, 3), msgType);
        int length = 3 + MsgTypes.Length(msgType);
        Unsafe.Add(ref start, length) = Soh;
        _position += length + 1;
    }

    public void Int(int tag, long value)
    {
        if (!HasRoom(FieldBytes)) return;
        ref byte at = ref WriteTag(tag);
        Close(FieldText.WriteInt(ref at, value));
    }

    public void Decimal(int tag, long raw)
    {
        if (!HasRoom(FieldBytes)) return;
        ref byte at = ref WriteTag(tag);
        Close(FieldText.WriteDecimal(ref at, raw));
    }

    public void Decimal(int tag, Price value) => Decimal(tag, value.Raw);

    public void Decimal(int tag, Quantity value) => Decimal(tag, value.Raw);

    public void Char(int tag, char value)
    {
        if (!HasRoom(FieldBytes)) return;
        ref byte at = ref WriteTag(tag);
        at = (byte)value;
        Close(1);
        if (value is '\u0001' or '\0') Fail(WriteStatus.DelimiterInText);
    }

    public void Bool(int tag, bool value) => Char(tag, value ? 'Y' : 'N');

    /// <summary>A time stamp with the session's precision.</summary>
    public void Time(int tag, Timestamp value)
    {
        if (!HasRoom(FieldBytes)) return;
        ref byte at = ref WriteTag(tag);
        Close(_header.Times.Write(ref at, value));
    }

    /// <summary>The UTC date <c>yyyyMMdd</c> of an instant.</summary>
    public void Date(int tag, Timestamp value)
    {
        if (!HasRoom(FieldBytes)) return;
        ref byte at = ref WriteTag(tag);
        DateOnly date = value.Date;
        FieldText.WriteDigits(ref at, (uint)((date.Year * 10_000) + (date.Month * 100) + date.Day), 8);
        Close(8);
    }

    /// <summary>The UTC time of day <c>HH:mm:ss</c> of an instant, with the session's precision.</summary>
    public void TimeOfDay(int tag, Timestamp value)
    {
        if (!HasRoom(FieldBytes)) return;
        ref byte at = ref WriteTag(tag);
        Span<byte> text = stackalloc byte[TimestampText.BytesMax];
        int length = _header.Times.Write(ref MemoryMarshal.GetReference(text), value);
        const int dateBytes = 9;
        text[dateBytes..length].CopyTo(MemoryMarshal.CreateSpan(ref at, length - dateBytes));
        Close(length - dateBytes);
    }

    /// <summary>Text as it is; it must not be empty or hold the delimiter.</summary>
    public void Text(int tag, scoped ReadOnlySpan<byte> value)
    {
        if (!HasRoom(value.Length + FieldBytes)) return;
        if (value.Contains(Soh)) Fail(WriteStatus.DelimiterInText);
        else if (value.IsEmpty) Fail(WriteStatus.EmptyValue);
        ref byte at = ref WriteTag(tag);
        value.CopyTo(MemoryMarshal.CreateSpan(ref at, value.Length));
        Close(value.Length);
    }

    /// <summary>Characters as UTF-8; see the overload for bytes.</summary>
    public void Text(int tag, scoped ReadOnlySpan<char> value)
    {
        if (!HasRoom((value.Length * 3) + FieldBytes)) return;
        if (value.Contains((char)Soh)) Fail(WriteStatus.DelimiterInText);
        else if (value.IsEmpty) Fail(WriteStatus.EmptyValue);
        ref byte at = ref WriteTag(tag);
        Close(Encoding.UTF8.GetBytes(value, MemoryMarshal.CreateSpan(ref at, value.Length * 3)));
    }

    /// <summary>A data field behind its length field; the data may hold anything.</summary>
    public void Data(int lengthTag, int dataTag, scoped ReadOnlySpan<byte> value)
    {
        Int(lengthTag, value.Length);
        if (!HasRoom(value.Length + FieldBytes)) return;
        ref byte at = ref WriteTag(dataTag);
        value.CopyTo(MemoryMarshal.CreateSpan(ref at, value.Length));
        Close(value.Length);
    }

    /// <summary>Whole fields as they are, each with its tag and delimiter, such as those of <see cref="FieldView.RawAt"/>.</summary>
    public void Raw(scoped ReadOnlySpan<byte> fields)
    {
        if (!HasRoom(fields.Length + FieldBytes)) return;
        Append(fields);
    }

    /// <summary>Closes the message with length and checksum and returns its bytes; empty when an append failed.</summary>
    public ReadOnlySpan<byte> End()
    {
        if (!HasRoom(TrailerBytes) || Status != WriteStatus.Ok) return default;
        ref byte buffer = ref MemoryMarshal.GetReference(_buffer);
        int length = _position - _bodyStart;
        int digits = length < 10 ? 1 : FieldText.CountDigits((ulong)length);
        int start = _bodyStart - 1 - digits - _header.Prefix.Length;
        FieldText.WriteDigits(ref Unsafe.Add(ref buffer, _bodyStart - 1 - digits), (ulong)length, digits);
        Unsafe.Add(ref buffer, _bodyStart - 1) = Soh;
        _header.Prefix.CopyTo(_buffer[start..]);

        byte sum = Checksum.Of(_buffer[start.._position]);
        ref byte trailer = ref Unsafe.Add(ref buffer, _position);
        Unsafe.WriteUnaligned(ref trailer, (ushort)('1' | ('0' << 8)));
        Unsafe.Add(ref trailer, 2) = (byte)'=';
        FieldText.WriteDigits(ref Unsafe.Add(ref trailer, 3), sum, 3);
        Unsafe.Add(ref trailer, 6) = Soh;
        _position += TrailerBytes;
        return _buffer[start.._position];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool HasRoom(int bytes)
    {
        if (_buffer.Length - _position >= bytes) return true;
        Fail(WriteStatus.BufferFull);
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fail(WriteStatus status)
    {
        if (Status == WriteStatus.Ok) Status = status;
    }

    /// <summary>Writes the tag and returns where the value goes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte WriteTag(int tag)
    {
        ref byte at = ref Unsafe.Add(ref MemoryMarshal.GetReference(_buffer), _position);
        int length = TagText.Write(ref at, tag);
        _position += length;
        return ref Unsafe.Add(ref at, length);
    }

    /// <summary>Puts the delimiter behind a value of <paramref name="length"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Close(int length)
    {
        int position = _position + length;
        Unsafe.Add(ref MemoryMarshal.GetReference(_buffer), position) = Soh;
        _position = position + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[_position..]);
        _position += bytes.Length;
    }
}
