namespace MiniTrader.TickStore;

/// <summary>One batch that a cursor will read.</summary>
/// <param name="VenueFloor">Greatest venue time ahead of the batch, in the whole series.</param>
internal readonly record struct PlannedBatch(int File, int Batch, long VenueFloor);

/// <summary>
/// Walks over the batches of a series that hold rows of the wanted range, by the footers' statistics alone. Knows no rows.
/// </summary>
internal sealed class BatchPlan
{
    private readonly TickFile[] _files;
    private readonly CursorSettings _settings;
    private int _file;
    private int _batch;
    private long _venueFloor = BatchReader.NoFloor;

    public BatchPlan(TickFile[] files, CursorSettings settings)
    {
        _files = files;
        _settings = settings;
        Step(before: true);
    }

    /// <summary>Copies where the walk stands, so that a second walk can count what is left.</summary>
    private BatchPlan(BatchPlan other)
    {
        _files = other._files;
        _settings = other._settings;
        _file = other._file;
        _batch = other._batch;
        _venueFloor = other._venueFloor;
    }

    /// <summary>The next batch in the order of the series; false when there is none that begins before the range's end.</summary>
    public bool TryNext(out PlannedBatch next)
    {
        Step(before: false);
        next = default;
        if (_file == _files.Length || FirstDue(_files[_file], _batch) >= _settings.To) return false;
        next = new(_file, _batch, _settings.Side == CursorSide.File ? BatchReader.KeepVenueTimes : _venueFloor);
        Pass();
        return true;
    }

    /// <summary>Rows of all batches from here on: what the range has at most.</summary>
    public long CountRows()
    {
        BatchPlan rest = new(this);
        long rows = 0;
        while (rest.TryNext(out PlannedBatch next)) rows += _files[next.File].Statistics[next.Batch].Rows;
        return rows;
    }

    /// <summary>Goes past finished files and empty batches, and at the beginning past all that is due before the range.</summary>
    private void Step(bool before)
    {
        while (_file < _files.Length)
        {
            TickFile file = _files[_file];
            if (_batch == file.Blocks.Length)
            {
                _file++;
                _batch = 0;
            }
            else if (file.Statistics[_batch].Rows == 0 || (before && LastDue(file, _batch) < _settings.From)) Pass();
            else return;
        }
    }

    private void Pass()
    {
        _venueFloor = Math.Max(_venueFloor, _files[_file].Statistics[_batch].MaxVenue);
        _batch++;
    }

    private long FirstDue(TickFile file, int batch) => _settings.Side == CursorSide.Venue
        ? Math.Max(_venueFloor, file.Statistics[batch].FirstVenue)
        : file.Statistics[batch].FirstReceived + SeriesCursor.LatencyOf(file, _settings);

    private long LastDue(TickFile file, int batch) => _settings.Side == CursorSide.Venue
        ? Math.Max(_venueFloor, file.Statistics[batch].MaxVenue)
        : file.Statistics[batch].LastReceived + SeriesCursor.LatencyOf(file, _settings);
}
