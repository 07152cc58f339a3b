using System.IO.Hashing;
using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// Turns one batch into lanes: pointers into the mapping where the stored form is ours, reused native buffers where the body is
/// compressed or of another scale. Checks all that can be wrong with a batch before a row of it is used. One thread at a time.
/// </summary>
internal sealed unsafe class BatchReader : IDisposable
{
    /// <summary>Decoders write whole words; this much room behind the values keeps them inside.</summary>
    private const int Slack = 64;

    /// <summary>LZ4 cannot shrink more than this, so that a greater claim is damage and no memory is taken for it.</summary>
    private const int MaxLz4Ratio = 255;

    /// <summary>A floor that keeps venue times as they are stored, ordered or not.</summary>
    public const long KeepVenueTimes = long.MinValue;

    /// <summary>The floor of a series' first batch.</summary>
    public const long NoFloor = long.MinValue + 1;

    private readonly NativeBuffer[] _decoded = new NativeBuffer[9];
    private readonly NativeBuffer _clamped = new();
    private readonly NativeBuffer _widened = new();
    private readonly NativeBuffer _constants = new();
    private readonly XxHash3 _hash = new();
    private readonly byte*[] _values = new byte*[9];

    public BatchReader()
    {
        for (int i = 0; i < _decoded.Length; i++) _decoded[i] = new NativeBuffer();
        _constants.Reserve(2 * RowLanes.ConstantWords * sizeof(long));
        new Span<long>(_constants.Words, 2 * RowLanes.ConstantWords).Clear();
    }

    public RowLanes Lanes;

    public long Rows { get; private set; }

    public bool WasCompressed { get; private set; }

    /// <summary>Greatest venue time of the batch as it is stored.</summary>
    public long MaxVenue { get; private set; }

    private long* Zeros => _constants.Words;

    private long* HeaderWords => _constants.Words + RowLanes.ConstantWords;

    /// <summary>Reads only the times, to learn the statistics of a file that carries none.</summary>
    public BatchStatistics Scan(TickFile file, MappedFile map, int batch, long lastReceived)
    {
        Guarded(file, map, batch, KeepVenueTimes, header: 0, timesOnly: true);
        return Rows == 0
            ? new() { FirstReceived = lastReceived, LastReceived = lastReceived, FirstVenue = long.MinValue, MaxVenue = long.MinValue }
            : new() { Rows = Rows, FirstReceived = Lanes.Received[0], LastReceived = Lanes.Received[Rows - 1], FirstVenue = Lanes.Venue[0], MaxVenue = MaxVenue };
    }

    /// <summary>Makes <see cref="Lanes"/> valid for the batch.</summary>
    /// <param name="venueFloor">Venue times below it, or below a time ahead of them, are lifted to it.</param>
    /// <param name="header">The third word of every event.</param>
    /// <exception cref="TickFileException">The batch is damaged or out of order; names file, batch and row.</exception>
    public void Read(TickFile file, MappedFile map, int batch, long venueFloor, long header, bool verify)
    {
        if (verify) Verify(file, map, batch);
        Guarded(file, map, batch, venueFloor, header, timesOnly: false);
    }

    /// <summary>Recomputes the body's hash.</summary>
    public void Verify(TickFile file, MappedFile map, int batch)
    {
        if (!file.IsOurs) return;
        BatchBlock block = file.Blocks[batch];
        _hash.Reset();
        for (long done = 0; done < block.BodyBytes;)
        {
            int part = (int)Math.Min(1 << 30, block.BodyBytes - done);
            _hash.Append(new ReadOnlySpan<byte>(map.Pointer + block.BodyOffset + done, part));
            done += part;
        }

        if (_hash.GetCurrentHashAsUInt64() != file.Statistics[batch].BodyHash)
            throw new TickFileException(file.Path, "its data does not match the checksum in the footer; bytes of it have changed since it was written.", batch);
    }

    public void Dispose()
    {
        foreach (NativeBuffer buffer in _decoded) buffer.Dispose();
        _clamped.Dispose();
        _widened.Dispose();
        _constants.Dispose();
    }

    private void Guarded(TickFile file, MappedFile map, int batch, long venueFloor, long header, bool timesOnly)
    {
        try
        {
            BatchMessage message = new(file, map.Pointer, batch);
            Rows = message.Rows;
            WasCompressed = message.IsCompressed;
            ColumnBinding[] columns = file.Schema.Columns;
            if (Rows == 0)
            {
                CheckEmpty(message, columns);
                return;
            }

            for (int i = 0; i < columns.Length; i++)
            {
                bool isWanted = columns[i].IsPresent && (!timesOnly || columns[i].Spec.Type == ColumnType.Time);
                _values[i] = isWanted ? Column(file, map, batch, message, columns[i], i) : null;
            }

            CheckTimes(file, batch, venueFloor);
            if (!timesOnly) SetLanes(file.Schema.Kind.Event, header);
        }
        catch (DamagedMetadataException damage)
        {
            throw new TickFileException(file.Path, damage.Message, batch);
        }
    }

    /// <summary>A batch without rows has none in any column: otherwise its row count is what is damaged.</summary>
    private static void CheckEmpty(in BatchMessage message, ColumnBinding[] columns)
    {
        foreach (ColumnBinding column in columns)
        {
            if (column.IsPresent) message.Values(column);
        }
    }

    /// <summary>The values of one column in our unit.</summary>
    private byte* Column(TickFile file, MappedFile map, int batch, in BatchMessage message, in ColumnBinding column, int index)
    {
        BodyBuffer buffer = message.Values(column);
        byte* stored = map.Pointer + buffer.Offset;
        long needed = Rows * column.Spec.Width;
        byte* values;
        if (message.IsCompressed) values = Decode(column.Spec, stored, buffer.Bytes, needed, index);
        else if (buffer.Bytes >= needed) values = stored;
        else throw TooShort(column.Spec, buffer.Bytes, needed);
        return column.Factor == 1 ? values : Scale(file, batch, column, (long*)values, index);
    }

    private byte* Decode(ColumnSpec spec, byte* stored, long bytes, long needed, int index)
    {
        if (bytes < 8) throw TooShort(spec, bytes, 8);
        long length = *(long*)stored;
        if (length == -1)
        {
            if (bytes - 8 < needed) throw TooShort(spec, bytes - 8, needed);
            return stored + 8;
        }

        // apache-arrow for JavaScript writes the stored length in the place of the decoded one.
        long least = length;
        if (length == bytes - 8 && length < needed)
        {
            least = needed;
            length = IpcMessages.Align(needed);
        }

        if (length < needed || length > ((bytes - 8) * MaxLz4Ratio) + Slack) throw TooShort(spec, length, needed);
        byte* target = _decoded[index].Reserve(length + Slack);
        string? fault = Lz4Frame.Decode(stored + 8, bytes - 8, target, length, least);
        return fault is null ? target : throw new DamagedMetadataException($"in its column '{spec.Name}' {fault}");
    }

    private byte* Scale(TickFile file, int batch, in ColumnBinding column, long* values, int index)
    {
        // The decoded buffer may be the source; each word is read before it is written.
        long* target = values == _decoded[index].Words ? values : (long*)_decoded[index].Reserve((Rows * sizeof(long)) + Slack);
        long limit = long.MaxValue / column.Factor;
        for (long i = 0; i < Rows; i++)
        {
            long value = values[i];
            if (value > limit || value < -limit)
                throw new TickFileException(file.Path, $"column '{column.Spec.Name}' has {value}, which is beyond 64 bits at nine decimals.", batch, i);
            target[i] = value * column.Factor;
        }

        return (byte*)target;
    }

    private void CheckTimes(TickFile file, int batch, long venueFloor)
    {
        long* venue = (long*)_values[0], received = (long*)_values[1];
        if (received == null) received = venue;
        bool isVenueOrdered = TimeOrder.AreOrdered(venue, received, Rows);
        if (!isVenueOrdered) ThrowUnlessOnlyVenueTimesDescend(file, batch, venue, received);
        MaxVenue = isVenueOrdered ? venue[Rows - 1] : TimeOrder.Max(venue, Rows);
        if (received[Rows - 1] > FileMetadata.MaxTime)
            throw new TickFileException(file.Path, $"its time {new Timestamp(received[Rows - 1])} is beyond what a tick file holds ({new Timestamp(FileMetadata.MaxTime)}).", batch, Rows - 1);
        if (file.IsOurs)
        {
            ref readonly BatchStatistics said = ref file.Statistics[batch];
            if (received[0] != said.FirstReceived || received[Rows - 1] != said.LastReceived || venue[0] != said.FirstVenue || MaxVenue != said.MaxVenue)
                throw new TickFileException(file.Path, "its times do not match the footer's statistics; bytes of it have changed since it was written.", batch);
        }

        if ((!isVenueOrdered || venue[0] < venueFloor) && venueFloor != KeepVenueTimes)
        {
            long* clamped = (long*)_clamped.Reserve(Rows * sizeof(long));
            TimeOrder.Clamp(venue, Rows, venueFloor, clamped);
            venue = clamped;
        }

        Lanes.Venue = venue;
        Lanes.Received = received;
    }

    /// <summary>Venue times may be out of order; all else that is gets its row named.</summary>
    private void ThrowUnlessOnlyVenueTimesDescend(TickFile file, int batch, long* venue, long* received)
    {
        long early = TimeOrder.FirstReceivedEarly(venue, received, Rows);
        if (early >= 0) throw new TickFileException(file.Path, $"it was received at {new Timestamp(received[early])}, before its venue time {new Timestamp(venue[early])}.", batch, early);
        long descent = TimeOrder.FirstDescent(received, Rows);
        if (descent >= 0)
            throw new TickFileException(file.Path, $"its time {new Timestamp(received[descent])} is before the row ahead of it ({new Timestamp(received[descent - 1])}); rows must be ordered by time.", batch, descent);
    }

    /// <summary>Wires payload columns to the words of the event, by the kinds' layouts; what a file leaves out is zero.</summary>
    private void SetLanes(EventKind kind, long header)
    {
        new Span<long>(HeaderWords, RowLanes.ConstantWords).Fill(header);
        Lanes.Header = HeaderWords;
        Lanes.HeaderStride = 0;
        Lanes.Byte6 = Lanes.High6 = Lanes.Flags = null;
        switch (kind)
        {
            case EventKind.Quote:
                SetWords(_values[2], _values[3], _values[4], _values[5], _values[6]);
                break;
            case EventKind.Trade:
                SetWords(_values[2], _values[3], _values[5], null, _values[6]);
                Lanes.Byte6 = _values[4];
                Lanes.High6 = _values[7];
                break;
            case EventKind.Bar:
                SetWords(_values[2], _values[3], _values[4], _values[5], _values[6]);
                break;
            case EventKind.BookDelta:
                SetWords(_values[2], _values[3], _values[4], null, _values[8]);
                Lanes.Byte6 = _values[5];
                Lanes.High6 = _values[6];
                Lanes.Flags = _values[7];
                break;
            case EventKind.Status:
                SetWords(Widen(_values[2]), null, null, null, null);
                break;
            case EventKind.CorporateAction:
                SetWords(_values[2], _values[3], _values[4], _values[5], Widen(_values[6]));
                break;
            default:
                SetWords(_values[2], _values[3], null, null, null);
                break;
        }
    }

    private void SetWords(byte* word3, byte* word4, byte* word5, byte* word6, byte* word7)
    {
        Lanes.Word3 = Lane(word3, out Lanes.Stride3);
        Lanes.Word4 = Lane(word4, out Lanes.Stride4);
        Lanes.Word5 = Lane(word5, out Lanes.Stride5);
        Lanes.Word6 = Lane(word6, out Lanes.Stride6);
        Lanes.Word7 = Lane(word7, out Lanes.Stride7);
    }

    private long* Lane(byte* values, out nint stride)
    {
        stride = values == null ? 0 : 1;
        return values == null ? Zeros : (long*)values;
    }

    /// <summary>A byte column as words, for the kinds of event that are few.</summary>
    private byte* Widen(byte* values)
    {
        long* words = (long*)_widened.Reserve(Rows * sizeof(long));
        for (long i = 0; i < Rows; i++) words[i] = values[i];
        return (byte*)words;
    }

    private static DamagedMetadataException TooShort(ColumnSpec spec, long bytes, long needed) =>
        new($"its column '{spec.Name}' has {bytes} bytes where {needed} are needed.");
}
