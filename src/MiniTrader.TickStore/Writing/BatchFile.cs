using System.IO.Hashing;
using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// The file under a <see cref="TickFileWriter"/>: takes rows that were already checked, for a fixed set of columns, and writes
/// schema, batches and footer. The columns can change until the first batch is written.
/// </summary>
internal sealed unsafe class BatchFile : IDisposable
{
    /// <summary>Events whose columns are filled at a time: few enough to stay in the first-level cache.</summary>
    private const int ChunkRows = 256;

    private static readonly byte[] _head = [.. FileMetadata.Magic, 0, 0];

    private readonly TickFileInfo _info;
    private readonly TickFileOptions _options;
    private readonly List<ColumnBuffer> _columns = [];
    private readonly List<BatchBlock> _blocks = [];
    private readonly List<BatchStatistics> _statistics = [];
    private readonly XxHash3 _hash = new();
    private readonly PagedOutput _output;
    private BodyBuffer[] _buffers = [];
    private byte* _compressed;
    private long _compressedBytes;
    private BatchStatistics _batch;
    private int _rows;
    private ulong _headHash;

    public BatchFile(string path, TickFileInfo info, TickColumns columns, TickFileOptions options)
    {
        Columns = columns;
        _info = info;
        _options = options;
        foreach (ColumnSpec spec in ColumnLayout.Of(info.Kind))
        {
            if (spec.IsIn(columns)) _columns.Add(new ColumnBuffer(spec));
        }

        _output = new PagedOutput(path);
    }

    ~BatchFile() => NativeMemory.Free(_compressed);

    public string Path => _output.Path;

    public TickColumns Columns { get; private set; }

    public bool HasBatches => _blocks.Count > 0;

    /// <summary>Memory of the rows and bytes that wait to be written.</summary>
    public long HeldBytes
    {
        get
        {
            long bytes = _compressedBytes + _output.HeldBytes;
            foreach (ColumnBuffer column in _columns) bytes += column.Bytes;
            return bytes;
        }
    }

    /// <summary>Adds columns that no row so far has a value for; only before the first batch is written.</summary>
    public void AddColumns(TickColumns added)
    {
        Columns |= added;
        List<ColumnBuffer> former = [.. _columns];
        _columns.Clear();
        foreach (ColumnSpec spec in ColumnLayout.Of(_info.Kind))
        {
            if (!spec.IsIn(Columns)) continue;
            ColumnBuffer? column = former.Find(c => c.Spec == spec);
            if (column is null)
            {
                column = new ColumnBuffer(spec);
                column.Reserve(_rows, _options.BatchRows);
                Span<byte> values = new(column.Data, _rows * spec.Width);
                if (spec.Offset == ColumnLayout.ReceivedTimeOffset) new Span<byte>(former[0].Data, values.Length).CopyTo(values);
                else values.Clear();
            }

            _columns.Add(column);
        }
    }

    public void Append(ReadOnlySpan<MarketEvent> events)
    {
        _output.ThrowIfBroken();
        while (!events.IsEmpty)
        {
            int count = Math.Min(Math.Min(events.Length, ChunkRows), _options.BatchRows - _rows);
            Fill(events[..count]);
            events = events[count..];
            if (_rows == _options.BatchRows) FlushBatch();
        }
    }

    /// <summary>Gives the system's handle back; the next write opens the file again.</summary>
    public void Suspend() => _output.Suspend();

    /// <summary>Writes the rows that wait as a batch, however few, and gives their memory back.</summary>
    public void Flush()
    {
        _output.ThrowIfBroken();
        if (_rows > 0) FlushBatch();
        foreach (ColumnBuffer column in _columns) column.Release();
        FreeCompressed();
        _output.Flush();
    }

    /// <summary>Writes the last batch and the footer and closes the file. Returns its length.</summary>
    public long Finish()
    {
        _output.ThrowIfBroken();
        if (_rows > 0) FlushBatch();
        if (_output.Offset == 0) WriteHead();
        Span<byte> end = stackalloc byte[8];
        MemoryMarshal.Write(end, FileMetadata.Continuation);
        Write(end);
        byte[] footer = IpcMessages.Footer(
            _info, Columns, _options.Compression, CollectionsMarshal.AsSpan(_blocks), CollectionsMarshal.AsSpan(_statistics), _headHash);
        Write(footer);
        MemoryMarshal.Write(end, footer.Length);
        Write(end[..4]);
        Write(FileMetadata.Magic);
        _output.Flush();
        Suspend();
        return _output.Offset;
    }

    public void Dispose()
    {
        _output.Dispose();
        foreach (ColumnBuffer column in _columns) column.Dispose();
        FreeCompressed();
        GC.SuppressFinalize(this);
    }

    private void FreeCompressed()
    {
        NativeMemory.Free(_compressed);
        _compressed = null;
        _compressedBytes = 0;
    }

    private void Fill(ReadOnlySpan<MarketEvent> events)
    {
        if (_rows == 0)
        {
            _batch = new() { FirstReceived = events[0].Header.ReceivedTime.Nanoseconds, FirstVenue = events[0].Header.VenueTime.Nanoseconds, MaxVenue = long.MinValue };
        }

        _batch.LastReceived = events[^1].Header.ReceivedTime.Nanoseconds;
        fixed (MarketEvent* first = events)
        {
            foreach (ColumnBuffer column in _columns)
            {
                column.Reserve(_rows + events.Length, _options.BatchRows);

                // SAFETY: Reserve gave room for these rows, and the offset of every spec lies inside an event.
                byte* source = (byte*)first + column.Spec.Offset;
                if (column.Spec.Width == 8) Gather(source, (long*)column.Data + _rows, events.Length);
                else if (column.Spec.Offset == ColumnLayout.FlagsOffset) GatherFlags(source, column.Data + _rows, events.Length);
                else GatherBytes(source, column.Data + _rows, events.Length);
            }
        }

        foreach (ref readonly MarketEvent e in events) _batch.MaxVenue = Math.Max(_batch.MaxVenue, e.Header.VenueTime.Nanoseconds);
        _rows += events.Length;
    }

    private static void Gather(byte* source, long* target, int count)
    {
        for (int i = 0; i < count; i++) target[i] = *(long*)(source + ((nint)i * MarketEvent.Size));
    }

    private static void GatherBytes(byte* source, byte* target, int count)
    {
        for (int i = 0; i < count; i++) target[i] = source[(nint)i * MarketEvent.Size];
    }

    private static void GatherFlags(byte* source, byte* target, int count)
    {
        for (int i = 0; i < count; i++) target[i] = (byte)(source[(nint)i * MarketEvent.Size] & (byte)ColumnLayout.StoredFlags);
    }

    private void FlushBatch()
    {
        if (_output.Offset == 0) WriteHead();
        if (_buffers.Length != _columns.Count * 2) _buffers = new BodyBuffer[_columns.Count * 2];
        long body = _options.Compression == TickCompression.Lz4 ? Compress() : Place();
        byte[] message = IpcMessages.RecordBatch(_rows, _columns.Count, _buffers, _options.Compression, body, _output.Offset);

        _batch.Rows = _rows;
        _batch.MetadataHash = XxHash3.HashToUInt64(message);
        _blocks.Add(new BatchBlock(_output.Offset, message.Length, body));
        Write(message);
        _hash.Reset();
        if (_options.Compression == TickCompression.Lz4) WriteBody(_compressed, body);
        else
        {
            foreach (ColumnBuffer column in _columns)
            {
                ReadOnlySpan<byte> padded = column.Padded(_rows);
                _hash.Append(padded);
                Write(padded);
            }
        }

        _batch.BodyHash = _hash.GetCurrentHashAsUInt64();
        _statistics.Add(_batch);
        _rows = 0;
    }

    /// <summary>Lays the columns one behind the other; validity buffers are empty. Returns the body's bytes.</summary>
    private long Place()
    {
        long at = 0;
        for (int i = 0; i < _columns.Count; i++)
        {
            _buffers[2 * i] = new BodyBuffer(at, 0);
            _buffers[(2 * i) + 1] = new BodyBuffer(at, (long)_rows * _columns[i].Spec.Width);
            at += _columns[i].PaddedBytes(_rows);
        }

        return at;
    }

    /// <summary>Encodes every column behind its length, or stores it with length −1 where encoding gains nothing. Returns the body's bytes.</summary>
    private long Compress()
    {
        long room = 0;
        foreach (ColumnBuffer column in _columns) room += IpcMessages.Align(8 + Lz4FrameEncoder.MaxBytes((long)_rows * column.Spec.Width));
        if (room > _compressedBytes)
        {
            _compressed = (byte*)NativeMemory.Realloc(_compressed, (nuint)room);
            _compressedBytes = room;
        }

        long at = 0;
        for (int i = 0; i < _columns.Count; i++)
        {
            long raw = (long)_rows * _columns[i].Spec.Width;

            // SAFETY: room counts the greatest length of every column.
            byte* target = _compressed + at;
            long encoded = Lz4FrameEncoder.Encode(_columns[i].Data, raw, target + 8);
            *(long*)target = raw;
            if (encoded >= raw)
            {
                Buffer.MemoryCopy(_columns[i].Data, target + 8, raw, raw);
                encoded = raw;
                *(long*)target = -1;
            }

            long bytes = 8 + encoded;
            _buffers[2 * i] = new BodyBuffer(at, 0);
            _buffers[(2 * i) + 1] = new BodyBuffer(at, bytes);
            long next = IpcMessages.Align(at + bytes);
            NativeMemory.Clear(target + bytes, (nuint)(next - at - bytes));
            at = next;
        }

        return at;
    }

    private void WriteHead()
    {
        Write(_head);
        byte[] schema = IpcMessages.Schema(_info, Columns, _output.Offset);
        Write(schema);
        _hash.Reset();
        _hash.Append(_head);
        _hash.Append(schema);
        _headHash = _hash.GetCurrentHashAsUInt64();
    }

    private void WriteBody(byte* body, long bytes)
    {
        for (long done = 0; done < bytes;)
        {
            ReadOnlySpan<byte> part = new(body + done, (int)Math.Min(1 << 30, bytes - done));
            _hash.Append(part);
            Write(part);
            done += part.Length;
        }
    }

    private void Write(ReadOnlySpan<byte> bytes) => _output.Write(bytes);
}
