using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// The store that survives: an append-only, memory-mapped file of records with a checksum each (<see cref="StoreRecord"/> draws
/// them). One session owns it; a second process that opens the same file is refused.
/// </summary>
/// <remarks>
/// <para>What is written is in the operating system's hands at once, so <c>kill -9</c> at any instruction loses nothing that
/// <see cref="MessageStore.AppendSent"/> had returned for. A record that was being written has no size yet and is cut off when the
/// file is opened again. After a loss of power the tail that had not reached the disk is cut off likewise; where valid records
/// follow damage, the file is refused (<see cref="StoreDamagedException"/>), for going on would use numbers twice.</para>
/// <para>A reset is a record like any other; where more than <see cref="CompactBytes"/> lie before it, a new file is written beside the old one
/// and renamed over it instead, so there is always one whole file.</para>
/// </remarks>
public sealed class FileMessageStore : MessageStore
{
    public const string Extension = ".fixstore";

    /// <summary>Room taken at first; it doubles until it grows by <see cref="MaxGrowthBytes"/> at a time.</summary>
    public const long FirstBytes = 1 << 16;

    public const long MaxGrowthBytes = 1 << 26;

    /// <summary>A reset starts a new file rather than leave more than this behind it.</summary>
    public const long CompactBytes = 1 << 22;

    private StoreMapping _file;
    private ulong _salt;
    private long _end;

    private FileMessageStore(string path, StoreMapping file)
    {
        Path = path;
        _file = file;
    }

    public string Path { get; }

    /// <summary>Opens the file, or makes it and the folders above it; what was stored before is there again.</summary>
    public static FileMessageStore Open(string path, Timestamp now)
    {
        path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        bool isNew = !File.Exists(path) || new FileInfo(path).Length == 0;
        FileMessageStore store = new(path, isNew ? CreateFile(path, now) : StoreMapping.Open(path));
        try
        {
            store.Recall();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public override void Refresh()
    {
        if (_file.IsWhole) Recall();
    }

    public override void Flush() => _file.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    protected override long WriteSent(long number, ReadOnlySpan<byte> message) => Append(StoreRecordKind.Sent, number, message);

    protected override long WriteNextSender(long number) => Append(StoreRecordKind.NextSender, number, default);

    protected override void WriteNextTarget(long number) => Append(StoreRecordKind.NextTarget, number, default);

    protected override void WriteReset(Timestamp now)
    {
        if (_end <= CompactBytes)
        {
            Append(StoreRecordKind.Reset, now.Nanoseconds, default);
            return;
        }

        StoreMapping fresh = CreateFile(Path, now);
        _file.Dispose();
        _file = fresh;
        _salt = ReadHeader().Salt;
        _end = StoreFileHeader.Bytes;
    }

    protected override ReadOnlySpan<byte> Read(long place)
    {
        uint size = _file.At<StoreRecord>(place).Size;
        return _file.Span(place + StoreRecord.HeadBytes, (int)size - StoreRecord.HeadBytes);
    }

    protected override long NumberAt(long place)
    {
        if (place >= _end) return 0;
        ref StoreRecord record = ref _file.At<StoreRecord>(place);
        return record.Kind == StoreRecordKind.Sent ? record.Number : 0;
    }

    protected override long Following(long place)
    {
        if (place >= _end) return -1;
        long next = place + StoreRecord.Step(_file.At<StoreRecord>(place).Size);
        return next < _end ? next : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Append(StoreRecordKind kind, long number, ReadOnlySpan<byte> payload)
    {
        long place = _end;
        long size = StoreRecord.HeadBytes + payload.Length;
        long next = place + StoreRecord.Step(size);

        // One empty head always follows the last record, so that reading ends at a size of 0.
        if (next + StoreRecord.HeadBytes > _file.Length) Grow(next + StoreRecord.HeadBytes);
        payload.CopyTo(_file.Span(place + StoreRecord.HeadBytes, payload.Length));
        ref StoreRecord record = ref _file.At<StoreRecord>(place);
        record.Number = number;
        record.Kind = kind;
        record.Reserved = 0;
        record.Checksum = StoreRecord.ChecksumOf(payload, number, kind, place, _salt);
        Volatile.Write(ref record.Size, (uint)size);
        _end = next;
        return place;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(long needed)
    {
        long length = _file.Length + Math.Min(_file.Length, MaxGrowthBytes);
        while (length < needed) length += MaxGrowthBytes;
        _file.GrowTo(length);
    }

    private void Recall()
    {
        StoreFileHeader header = ReadHeader();
        _salt = header.Salt;
        Forget(new Timestamp(header.CreationTime));
        long place = StoreFileHeader.Bytes;
        while (TryReadRecord(place, out StoreRecord record))
        {
            switch (record.Kind)
            {
                case StoreRecordKind.Sent:
                    RecallSent(record.Number, place);
                    break;
                case StoreRecordKind.NextSender:
                    RecallNextSender(record.Number, place);
                    break;
                case StoreRecordKind.NextTarget:
                    RecallNextTarget(record.Number);
                    break;
                default:
                    Forget(new Timestamp(record.Number));
                    break;
            }

            place += StoreRecord.Step(record.Size);
        }

        for (long later = place + 8; later <= _file.Length - StoreRecord.HeadBytes; later += 8)
        {
            if (TryReadRecord(later, out _))
            {
                throw new StoreDamagedException(
                    $"The FIX message store {Path} is damaged at byte {place}, while what follows from byte {later} on is whole. Sequence numbers "
                    + "would be used twice if the session went on. Restore the file, or agree with the other side on a reset and remove it.");
            }
        }

        _file.CutAt(place);
        _end = place;
    }

    private StoreFileHeader ReadHeader()
    {
        StoreFileHeader header = _file.Length >= StoreFileHeader.Bytes ? _file.At<StoreFileHeader>(0) : default;
        if (header.Magic != StoreFileHeader.ExpectedMagic || header.Checksum != header.ComputeChecksum())
        {
            throw new StoreDamagedException(
                $"{Path} does not start like a FIX message store of this program. Restore the file, or agree with the other side on a reset and remove it.");
        }

        if (header.Version != StoreFileHeader.CurrentVersion)
            throw new StoreDamagedException($"{Path} has the store format {header.Version}; this program reads format {StoreFileHeader.CurrentVersion}.");
        return header;
    }

    private bool TryReadRecord(long place, out StoreRecord record)
    {
        record = default;
        if (place > _file.Length - StoreRecord.HeadBytes) return false;
        record = _file.At<StoreRecord>(place);
        if (record.Size < StoreRecord.HeadBytes || record.Size > StoreRecord.HeadBytes + MaxMessageBytes || place + record.Size > _file.Length) return false;
        if (record.Kind is < StoreRecordKind.Sent or > StoreRecordKind.Reset || record.Reserved != 0) return false;
        ReadOnlySpan<byte> payload = _file.Span(place + StoreRecord.HeadBytes, (int)record.Size - StoreRecord.HeadBytes);
        return record.Checksum == StoreRecord.ChecksumOf(payload, record.Number, record.Kind, place, _salt);
    }

    private static StoreMapping CreateFile(string path, Timestamp now)
    {
        StoreFileHeader header = new()
        {
            Magic = StoreFileHeader.ExpectedMagic,
            Version = StoreFileHeader.CurrentVersion,
            Salt = BitConverter.ToUInt64(Guid.NewGuid().ToByteArray()),
            CreationTime = now.Nanoseconds,
        };
        header.Checksum = header.ComputeChecksum();
        return StoreMapping.Create(path, header, FirstBytes);
    }
}
