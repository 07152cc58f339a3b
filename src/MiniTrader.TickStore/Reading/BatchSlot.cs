namespace MiniTrader.TickStore;

/// <summary>One batch on its way from plan to rows. The engine thread fills it, a decoding thread may work on it, the engine thread uses it.</summary>
internal sealed class BatchSlot : IDisposable
{
    private readonly CursorSettings _settings;
    private TickFile? _file;
    private MappedFile? _map;
    private PlannedBatch _planned;
    private Exception? _fault;
    private volatile bool _isRead;

    public BatchSlot(CursorSettings settings) => _settings = settings;

    public BatchReader Reader { get; } = new();

    public PlannedBatch Planned => _planned;

    public TickFile File => _file!;

    public MappedFile Map => _map!;

    public bool IsRead => _isRead;

    /// <summary>Given to a decoding thread; engine thread only.</summary>
    public bool IsPosted { get; set; }

    public void Assign(TickFile file, MappedFile map, in PlannedBatch planned)
    {
        _file = file;
        _map = map;
        _planned = planned;
        _fault = null;
        _isRead = false;
        IsPosted = false;
    }

    /// <summary>Reads the batch on the calling thread. A fault waits for <see cref="ThrowIfFaulty"/>.</summary>
    public void Run()
    {
        try
        {
            long header = EventHeaderWord.Of(_settings.Instrument, _file!.Schema.Kind, _settings.Flags);
            Reader.Read(_file, _map!, _planned.Batch, _planned.VenueFloor, header, _settings.Verify);
        }
        catch (Exception fault)
        {
            _fault = fault;
        }

        _isRead = true;
    }

    public void ThrowIfFaulty()
    {
        if (_fault is null) return;
        if (_fault is TickFileException known) throw known;
        throw new TickFileException($"{_file!.Path}, batch {_planned.Batch}: {_fault.Message}", _fault);
    }

    public void Dispose() => Reader.Dispose();
}
