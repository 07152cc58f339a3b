using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// Goes over the rows of one series, file after file, and writes them as events in the order of their due time. Opening the next
/// file is the only step that allocates. Owned by one feed; its thread is the feed's.
/// </summary>
internal sealed unsafe class SeriesCursor : EventCursor
{
    /// <summary>Batches in work at once where a decoding thread works ahead: one in use, one ready, one being decoded.</summary>
    public const int SlotsAhead = 3;

    private readonly TickFile[] _files;
    private readonly CursorSettings _settings;
    private readonly DecodeAhead? _ahead;
    private readonly BatchPlan _plan;
    private readonly BatchSlot[] _slots;
    private readonly MappedFile?[] _maps;
    private readonly NativeBuffer _lifted = new();
    private int _head;
    private int _planned;
    private int _openFile = -1;
    private RowLanes _lanes;
    private long _row;
    private long _rowEnd;
    private long _heard = long.MinValue;
    private bool _isEntered;
    private Exception? _fault;
    private bool _isPlanDone;
    private bool _isFinished;
    private bool _isDisposed;

    /// <param name="files">In the order of time.</param>
    /// <param name="ahead">Decodes compressed batches on other threads; null to decode on this one.</param>
    public SeriesCursor(TickFile[] files, CursorSettings settings, DecodeAhead? ahead)
    {
        _files = files;
        _settings = settings;
        _ahead = ahead;
        _plan = new BatchPlan(files, settings);
        TotalRows = _plan.CountRows();
        _maps = new MappedFile?[files.Length];
        _slots = new BatchSlot[ahead is null ? 1 : SlotsAhead];
        for (int i = 0; i < _slots.Length; i++) _slots[i] = new BatchSlot(settings);
    }

    public override long TotalRows { get; }

    public override bool IsFinished => _isFinished;

    /// <summary>The rows that were handed out last are from a file that stores when they were received.</summary>
    public bool HasReceivedTime => _openFile >= 0 && _files[_openFile].HasReceivedTime;

    public static long LatencyOf(TickFile file, CursorSettings settings) => file.HasReceivedTime ? 0 : settings.LatencyNanoseconds;

    public override int Fill(MarketEvent* slots, int count)
    {
        if (count == 0 || (_row == _rowEnd && !EnterNextBatch())) return 0;
        int run = (int)Math.Min(count, _rowEnd - _row);

        // SAFETY: callers have room for count events, and the rows from _row to _rowEnd lie in the lanes of the batch at hand.
        _lanes.Copy(_row, run, slots);
        _row += run;
        return run;
    }

    public override void PrefetchNext(int rows) => _lanes.Prefetch(_row, Math.Min(_row + rows, _rowEnd));

    public override void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _isFinished = true;
        _row = _rowEnd = 0;
        if (_ahead is not null)
        {
            for (; _planned > 0; _planned--, _head++)
            {
                BatchSlot slot = _slots[_head % _slots.Length];
                if (slot.IsPosted) _ahead.WaitFor(slot);
            }
        }

        _lifted.Dispose();
        foreach (BatchSlot slot in _slots) slot.Dispose();
        foreach (MappedFile? map in _maps) map?.Dispose();
    }

    private bool EnterNextBatch()
    {
        if (_isFinished) return false;
        if (_fault is not null) throw new TickFileException(_fault.Message, _fault);
        try
        {
            return EnterNext();
        }
        catch (Exception fault)
        {
            _fault = fault;
            throw;
        }
    }

    private bool EnterNext()
    {
        do
        {
            // The batch in use is done with: its slot is free for the batch farthest ahead.
            if (_isEntered) Retire();
            PlanAhead();
            if (_planned == 0)
            {
                _isFinished = true;
                _row = _rowEnd = 0;
                return false;
            }

            BatchSlot slot = _slots[_head % _slots.Length];
            if (slot.IsPosted) _ahead!.WaitFor(slot);
            else slot.Run();
            slot.ThrowIfFaulty();
            Use(slot);
        }
        while (_row == _rowEnd);
        return true;
    }

    private void Retire()
    {
        BatchSlot used = _slots[_head % _slots.Length];
        BatchBlock block = used.File.Blocks[used.Planned.Batch];
        if (block.End - used.Map.Released >= _settings.WindowBytes) used.Map.ReleaseBefore(block.End);
        _head++;
        _planned--;
        _isEntered = false;
    }

    private void PlanAhead()
    {
        while (_planned < _slots.Length && !_isPlanDone)
        {
            if (!_plan.TryNext(out PlannedBatch next))
            {
                _isPlanDone = true;
                break;
            }

            TickFile file = _files[next.File];
            MappedFile map = _maps[next.File] ??= MappedFile.Open(file.Path, file.Length);
            BatchSlot slot = _slots[(_head + _planned) % _slots.Length];
            slot.Assign(file, map, next);
            _planned++;
            if (_ahead is not null && NeedsDecoding(file)) _ahead.Post(slot);
        }
    }

    private static bool NeedsDecoding(TickFile file) => file.Compression != TickCompression.None;

    private void Use(BatchSlot slot)
    {
        int file = slot.Planned.File;
        if (file != _openFile)
        {
            if (_openFile >= 0)
            {
                _maps[_openFile]?.Dispose();
                _maps[_openFile] = null;
            }

            _openFile = file;
        }

        _isEntered = true;
        _lanes = slot.Reader.Lanes;
        _lanes.Latency = LatencyOf(slot.File, _settings);
        long rows = slot.Reader.Rows;
        if (_settings.Side == CursorSide.Strategy) HoldBack(rows);

        // SAFETY: the reader's lanes hold its rows, one or more, until it reads another batch, and no index below leaves them.
        long* due = _settings.Side == CursorSide.Venue ? _lanes.Venue : _lanes.Received;
        long shift = _settings.Side == CursorSide.Venue ? 0 : _lanes.Latency;
        _row = due[0] + shift >= _settings.From ? 0 : TimeOrder.LowerBound(due, rows, shift, _settings.From);
        _rowEnd = due[rows - 1] + shift < _settings.To ? rows : TimeOrder.LowerBound(due, rows, shift, _settings.To);
    }

    /// <summary>Rows of a file that says when they were received do not overtake those of one ahead of it that were delayed.</summary>
    private void HoldBack(long rows)
    {
        // SAFETY: as in Use; the buffer gets room for as many.
        if (_lanes.Received[0] + _lanes.Latency < _heard)
        {
            long* lifted = (long*)_lifted.Reserve(rows * sizeof(long));
            TimeOrder.Clamp(_lanes.Received, rows, _heard - _lanes.Latency, lifted);
            _lanes.Received = lifted;
        }

        _heard = _lanes.Received[rows - 1] + _lanes.Latency;
    }
}
