using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// Writes one tick file: rows go into native column buffers, full buffers become record batches of a file beside the target,
/// which takes the target's name when it is complete. Optional columns are left out until a row needs them. Owned and called
/// by one thread.
/// </summary>
public sealed class TickFileWriter : IDisposable
{
    /// <summary>Ends the name of a file that is not complete; readers pass over such names.</summary>
    public const string UnfinishedSuffix = ".tmp";

    private readonly TickFileInfo _info;
    private readonly TickFileOptions _options;
    private readonly ushort _detail;
    private BatchFile _file;
    private long _last = long.MinValue;
    private int _widenings;
    private bool _isFinished;
    private bool _isBroken;
    private bool _isPlaced;

    private TickFileWriter(string path, TickFileInfo info, TickFileOptions options)
    {
        Path = path;
        _info = info;
        _options = options;
        _detail = info.Kind.Interval.Packed;
        _file = new BatchFile(path + UnfinishedSuffix, info, info.Columns & ColumnLayout.OptionalOf(info.Kind), options);
    }

    public string Path { get; }

    public long Rows { get; private set; }

    /// <summary>Bytes of the file once it is finished.</summary>
    public long Bytes { get; private set; }

    /// <summary>Received time of the first row; meaningless while there is none.</summary>
    public Timestamp First { get; private set; }

    public Timestamp Last => new(_last);

    /// <summary>Begins a file; its folder must exist.</summary>
    /// <exception cref="TickDataException">The file exists and may not be overwritten, or the options are wrong.</exception>
    public static TickFileWriter Create(string path, TickFileInfo info, TickFileOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        ColumnLayout.Of(info.Kind);
        if (!options.Overwrite && File.Exists(path)) throw new TickDataException($"{path} exists already. Remove it, or overwrite it (--overwrite).");
        return new TickFileWriter(path, info, options);
    }

    /// <summary>Adds rows of the file's kind, ordered by received time.</summary>
    /// <exception cref="TickDataException">
    /// A row is of another kind or out of order; the sentence names file and row. Nothing of the call is kept.
    /// </exception>
    public void Append(ReadOnlySpan<MarketEvent> events)
    {
        ObjectDisposedException.ThrowIf(_isFinished, this);
        ThrowIfBroken();
        if (events.IsEmpty) return;
        TickColumns missing = Check(events) & ~_file.Columns;
        if (missing != TickColumns.None) Widen(missing);
        if (Rows == 0) First = events[0].Header.ReceivedTime;
        _file.Append(events);
        _last = events[^1].Header.ReceivedTime.Nanoseconds;
        Rows += events.Length;
    }

    /// <summary>Writes what is buffered and the footer, and gives the file its name.</summary>
    public void Complete()
    {
        Finish();
        CheckTarget();
        File.Move(_file.Path, Path, _options.Overwrite);
        _isPlaced = true;
    }

    /// <summary>Removes the file unless it was completed.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _isFinished = true;
        if (!_isPlaced) File.Delete(_file.Path);
    }

    /// <summary>The first half of completing: the file is whole, but still under its unfinished name.</summary>
    internal void Finish()
    {
        if (_isFinished) return;
        ThrowIfBroken();
        Bytes = _file.Finish();
        _file.Dispose();
        _isFinished = true;
    }

    /// <summary>Refuses to take a place that is taken.</summary>
    internal void CheckTarget()
    {
        if (!_options.Overwrite && File.Exists(Path)) throw new TickDataException($"{Path} appeared while it was being written. Remove it, or overwrite it (--overwrite).");
    }

    /// <summary>The file is another's to place: it stays when this writer goes.</summary>
    internal void HandOver() => _isPlaced = true;

    internal string UnfinishedPath => _file.Path;

    /// <summary>Memory of the rows and bytes that wait to be written.</summary>
    internal long HeldBytes => _file.HeldBytes;

    /// <summary>Gives the system's handle back until rows are written again.</summary>
    internal void Suspend() => _file.Suspend();

    /// <summary>Writes the rows that wait, and gives their memory back.</summary>
    internal void Flush()
    {
        ThrowIfBroken();
        _file.Flush();
    }

    /// <summary>Checks kind and order and returns the optional columns that these rows need.</summary>
    private TickColumns Check(ReadOnlySpan<MarketEvent> events)
    {
        EventKind kind = _info.Kind.Event;
        long last = _last, apart = 0, sequence = 0, tradeId = 0;
        EventFlags flags = EventFlags.None;
        TradeCondition condition = TradeCondition.Regular;
        for (int i = 0; i < events.Length; i++)
        {
            ref readonly MarketEvent e = ref events[i];
            long received = e.Header.ReceivedTime.Nanoseconds, venue = e.Header.VenueTime.Nanoseconds;
            if (e.Header.Kind != kind || (kind == EventKind.Bar && e.Header.Detail != _detail) || received < last || received < venue || received > FileMetadata.MaxTime)
                ThrowBadRow(i, e.Header, last);
            last = received;
            apart |= received ^ venue;
            flags |= e.Header.Flags;
            sequence |= e.Quote.Sequence;
            tradeId |= e.Trade.TradeId;
            condition |= e.Trade.Condition;
        }

        TickColumns needed = apart != 0 ? TickColumns.ReceivedTime : TickColumns.None;
        if (sequence != 0) needed |= TickColumns.Sequence;
        if (tradeId != 0) needed |= TickColumns.TradeId;
        if (condition != TradeCondition.Regular) needed |= TickColumns.Condition;
        if ((flags & ColumnLayout.StoredFlags) != 0) needed |= TickColumns.Flags;
        return needed & ColumnLayout.OptionalOf(_info.Kind);
    }

    private void ThrowBadRow(int index, in EventHeader header, long last)
    {
        string row = $"{Path}, row {Rows + index}";
        if (header.Kind != _info.Kind.Event)
            throw new TickDataException($"{row}: the event is a {header.Kind}, but the file holds {_info.Kind}.");
        if (header.Kind == EventKind.Bar && header.Detail != _detail)
            throw new TickDataException($"{row}: the bar's interval is {new BarInterval(header.Detail)}, but the file holds {_info.Kind}.");
        if (header.ReceivedTime.Nanoseconds < last)
            throw new TickDataException($"{row}: received at {header.ReceivedTime}, before the row ahead of it ({new Timestamp(last)}). Sort the rows by received time.");
        if (header.ReceivedTime.Nanoseconds > FileMetadata.MaxTime)
            throw new TickDataException($"{row}: received at {header.ReceivedTime}, later than a tick file holds ({new Timestamp(FileMetadata.MaxTime)}).");
        throw new TickDataException(
            $"{row}: received at {header.ReceivedTime}, before its venue time {header.VenueTime}. Correct the clocks, or use the venue time for both.");
    }

    /// <summary>Adds columns: at once while no batch is written, otherwise by writing the file's beginning again.</summary>
    private void Widen(TickColumns missing)
    {
        if (!_file.HasBatches)
        {
            _file.AddColumns(missing);
            return;
        }

        // Until every row is in the wider file there is none that could be completed, and no second try: a call that fails in between ends the writer.
        _isBroken = true;
        BatchFile former = _file;
        former.Finish();
        string path = $"{Path}.{++_widenings}{UnfinishedSuffix}";
        BatchFile? wider = null;
        try
        {
            wider = new BatchFile(path, _info, former.Columns | missing, _options);
            using MappedFeed rows = MappedFeed.OverFile(TickFile.Open(former.Path, _info.Kind));
            MarketEvent[] events = new MarketEvent[1024];
            while (rows.Fill(events) is > 0 and int count) wider.Append(events.AsSpan(0, count));
        }
        catch
        {
            if (wider is not null)
            {
                wider.Dispose();
                File.Delete(path);
            }

            throw;
        }

        _file = wider;
        _isBroken = false;
        former.Dispose();
        File.Delete(former.Path);
    }

    private void ThrowIfBroken()
    {
        if (_isBroken) throw new IOException($"{Path} is incomplete, because adding columns to it failed before. Write it again from its beginning.");
    }
}
