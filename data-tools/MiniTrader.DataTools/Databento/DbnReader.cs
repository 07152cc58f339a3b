using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MiniTrader.DataTools;

/// <summary>
/// The records of one DBN stream as spans of a reused buffer; reading one allocates nothing. Damage ends the stream: what came
/// before it is handed out, then <see cref="Fault"/> says what is wrong. One thread.
/// </summary>
internal sealed class DbnReader
{
    private const uint ZstdFrame = 0xFD2FB528;
    private const uint ZstdSkippable = 0x184D2A50;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private string? _damage;

    private DbnReader(Stream stream) => _stream = stream;

    public DbnMetadata Metadata { get; private set; } = new();

    /// <summary>Number of the record last read, from 1.</summary>
    public long Record { get; private set; }

    /// <summary>Where the record last read begins in the unpacked stream.</summary>
    public long Offset { get; private set; }

    /// <summary>Why the records end before the file is sound to its end; null when it is.</summary>
    public string? Fault { get; private set; }

    private long Next { get; set; }

    /// <summary>Opens a stream and reads its metadata. A fragment has none: its records begin at once.</summary>
    /// <exception cref="ImportException">It is not DBN of version 1 to 3.</exception>
    public static DbnReader Open(Stream stream, string name, bool isFragment)
    {
        DbnReader reader = new(stream);
        try
        {
            if (!isFragment) reader.ReadMetadata();
        }
        catch (FormatException e)
        {
            throw new ImportException($"{name} cannot be read as DBN: {e.Message}.", e);
        }

        return reader;
    }

    /// <summary>The next whole record, its length checked against its type; the span holds until the next call.</summary>
    /// <param name="record">The record without a live gateway's send time.</param>
    /// <param name="wrong">What is wrong with this record where the next one can still be found.</param>
    public bool TryRead(out ReadOnlySpan<byte> record, out string? wrong)
    {
        record = default;
        wrong = null;
        if (Fault is not null) return false;
        if (_end - _start < DbnFormat.MaxRecordBytes && !_isAtEnd) Refill(DbnFormat.MaxRecordBytes);
        int held = _end - _start;
        if (held == 0) return _damage is not null && Fail(_damage);
        int length = _buffer[_start] * 4;
        if (length < DbnFormat.HeaderBytes) return Fail($"a record of {length} bytes cannot be; the {Rest()} bytes from here on cannot be told apart");
        if (length > held) return Fail(_damage ?? $"the file ends after {held} of the record's {length} bytes");
        record = _buffer.AsSpan(_start, length);
        _start += length;
        (Offset, Next) = (Next, Next + length);
        Record++;
        byte type = record[1];
        int own = length - (Metadata.HasSendTime ? DbnFormat.SendTimeBytes : 0);
        if (!DbnFormat.IsLength(type, Metadata.Version, own))
            wrong = Enum.IsDefined((DbnType)type) ? $"a record of type {(DbnType)type} does not have {own} bytes in version {Metadata.Version}" : $"record type {type} is unknown";
        else record = record[..own];
        return true;
    }

    public static ref readonly T As<T>(ReadOnlySpan<byte> record)
        where T : unmanaged => ref MemoryMarshal.AsRef<T>(record);

    private bool Fail(string reason)
    {
        Fault = reason;
        (Offset, Record) = (Next, Record + 1);
        return false;
    }

    private long Rest()
    {
        long rest = _end - _start;
        while (!_isAtEnd)
        {
            _start = _end = 0;
            Refill(1);
            rest += _end;
        }

        return rest;
    }

    private void ReadMetadata()
    {
        Refill(8);
        ReadOnlySpan<byte> head = _buffer.AsSpan(0, _end);
        if (head.Length < 8) throw new FormatException(_damage ?? $"it has {head.Length} bytes where the header has 8");
        if (!head.StartsWith("DBN"u8))
        {
            uint magic = BinaryPrimitives.ReadUInt32LittleEndian(head);
            bool isZstd = magic == ZstdFrame || (magic & ~0xFu) == ZstdSkippable;
            throw new FormatException(isZstd ? "it is packed with zstd; let its name end with .zst" : "it does not start with DBN (records without metadata are read from files named .dbn.frag)");
        }

        int version = head[3];
        if (version is < DbnFormat.OldestVersion or > DbnFormat.NewestVersion)
            throw new FormatException($"it has version {version}; versions {DbnFormat.OldestVersion} to {DbnFormat.NewestVersion} are read");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        if (length > DbnMetadata.MaxBytes) throw new FormatException($"its metadata would have {length} bytes, more than {DbnMetadata.MaxBytes}");
        _start = 8;
        Metadata = DbnMetadata.Parse(version, Take((int)length));
        Next = 8 + length;
    }

    /// <summary>Bytes of metadata, which may be more than the buffer holds.</summary>
    private byte[] Take(int length)
    {
        List<byte> taken = [];
        while (taken.Count < length)
        {
            if (_start == _end) Refill(1);
            int part = Math.Min(length - taken.Count, _end - _start);
            if (part == 0) throw new FormatException(_damage ?? $"it ends after {taken.Count} of {length} bytes of metadata");
            taken.AddRange(_buffer.AsSpan(_start, part));
            _start += part;
        }

        return [.. taken];
    }

    private void Refill(int least)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (_end < least && !_isAtEnd)
        {
            int read = 0;
            try
            {
                read = _stream.Read(_buffer.AsSpan(_end));
            }
            catch (Exception e) when (e is InvalidDataException or IOException or ZstdSharp.ZstdException)
            {
                _damage = $"it is damaged: {e.Message}";
            }

            _end += read;
            _isAtEnd = read == 0;
        }
    }
}
