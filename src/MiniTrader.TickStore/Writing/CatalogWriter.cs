using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// Writes many series of a catalog at once: <c>kind=K/venue=V/symbol=S/PARTITION.arrow</c>. Files appear under their names only
/// in <see cref="Complete"/>, together with <c>instruments.json</c>, and all of them or none: see <see cref="Placement"/>. Any number of series, in any
/// order: handles and the memory of rows that wait are bounded by <see cref="TickFileOptions"/>. Owned and called by one thread.
/// </summary>
public sealed class CatalogWriter : IDisposable
{
    private readonly TickFileOptions _options;
    private readonly Dictionary<string, Instrument> _instruments;
    private readonly SortedSet<string> _registered = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Instrument, TickKind Kind, DateOnly Partition), OpenFile> _files = [];
    private readonly LinkedList<OpenFile> _byUse = new();
    private readonly Dictionary<string, SessionChange> _sessions = [];
    private readonly MadeFolders _folders;
    private OpenFile? _last;
    private bool _isPlaced;
    private bool _isComplete;
    private long _held;

    public CatalogWriter(string directory, TickFileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Directory = CatalogPaths.Full(directory);
        if (File.Exists(Directory)) throw new TickDataException($"{Directory} is a file, so no catalog can be written there. Name a folder.");
        _options = options.Validated();
        _folders = new MadeFolders();
        _folders.Make(Directory);
        FinishedBefore = FinishInterrupted(Directory);
        _instruments = InstrumentFile.Read(Directory).ToDictionary(i => i.Name);
    }

    public string Directory { get; }

    /// <summary>Files of an earlier import that was cut off; they were put in their places before this one began.</summary>
    public int FinishedBefore { get; }

    /// <summary>Told of every file before it takes its name.</summary>
    internal Action<string>? Placing { get; set; }

    /// <summary>Memory of the rows and bytes that wait to be written, in bytes.</summary>
    public long HeldBytes => _held;

    /// <summary>Adds an instrument's reference data to the catalog; appending registers by itself.</summary>
    /// <exception cref="TickDataException">The catalog has other data for this name and may not overwrite it.</exception>
    public void Register(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ObjectDisposedException.ThrowIf(_isComplete, this);
        string name = instrument.Validated().Name;
        CheckSame(_instruments.GetValueOrDefault(name), instrument);
        _instruments[name] = instrument;
        _registered.Add(name);
    }

    /// <summary>
    /// Says when a registered instrument trades within [<paramref name="from"/>, <paramref name="to"/>). What the catalog knows of other times
    /// stays. Null: it trades without a break, at any time.
    /// </summary>
    public void SetSessions(string instrument, Timestamp from, Timestamp to, TradingSessions? sessions)
    {
        ObjectDisposedException.ThrowIf(_isComplete, this);
        if (!_registered.Contains(instrument)) throw new ArgumentException($"{instrument} has not been registered, so it can be given no sessions.", nameof(instrument));
        _sessions[instrument] = new(from, to, sessions);
    }

    /// <summary>Appends events of one kind to the file of <paramref name="partition"/>, usually the trading date.</summary>
    /// <exception cref="TickDataException">A row is of another kind or out of order, or the file exists; names file and row.</exception>
    public void Append(Instrument instrument, DateOnly partition, ReadOnlySpan<MarketEvent> events)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ObjectDisposedException.ThrowIf(_isComplete, this);
        if (events.IsEmpty) return;
        TickKind kind = TickKind.Of(events[0]);
        if (kind.IsCoarse) partition = new DateOnly(partition.Year, 1, 1);
        OpenFile file = Take(instrument, kind, partition);
        file.Writer.Append(events);
        Weigh(file);
        if (_held > _options.MaxHeldBytes) FlushLargest();
    }

    /// <summary>Appends events of one kind; each goes to the file of its UTC date.</summary>
    public void Append(Instrument instrument, ReadOnlySpan<MarketEvent> events)
    {
        while (!events.IsEmpty)
        {
            Timestamp start = events[0].Header.ReceivedTime.FloorTo(Timestamp.NanosecondsPerDay);
            int count = 1;
            while (count < events.Length && events[count].Header.ReceivedTime.FloorTo(Timestamp.NanosecondsPerDay) == start) count++;
            Append(instrument, start.Date, events[..count]);
            events = events[count..];
        }
    }

    /// <summary>Puts the files of an import that was cut off in their places. Returns how many it had; zero when there is none.</summary>
    /// <exception cref="TickDataException">It cannot be finished; the sentence says why and what to do.</exception>
    public static int FinishInterrupted(string directory)
    {
        directory = CatalogPaths.Full(directory);
        if (!File.Exists(Path.Combine(directory, Placement.JournalFile))) return 0;
        using FileStream hold = CatalogLock.Take(directory);
        return Placement.Finish(directory);
    }

    /// <summary>Finishes every file, checks that no two of a series overlap in time, and puts all of them in their places, or none.</summary>
    /// <exception cref="TickDataException">A file appeared meanwhile. <see cref="TickFileException"/> when files overlap.</exception>
    public CatalogWriteSummary Complete()
    {
        ObjectDisposedException.ThrowIf(_isComplete, this);
        foreach (OpenFile file in _files.Values) file.Writer.Finish();
        foreach (IGrouping<(string, TickKind), OpenFile> series in _files.Values.GroupBy(f => (f.Instrument, f.Kind))) CheckOverlap([.. series]);

        using (CatalogLock.Take(Directory))
        {
            Placement.Finish(Directory);
            foreach (OpenFile file in _files.Values) file.Writer.CheckTarget();

            // Another writer may have finished since this one began: its instruments stay.
            Dictionary<string, Instrument> present = InstrumentFile.Read(Directory).ToDictionary(i => i.Name);
            foreach (string name in _registered)
            {
                Instrument? known = present.GetValueOrDefault(name);
                CheckSame(known, _instruments[name]);
                present[name] = WithSessions(_instruments[name], known);
            }

            List<PlannedMove> moves = [InstrumentFile.Write(Directory, present.Values)];
            moves.AddRange(_files.Values.Select(f => new PlannedMove(Relative(f.Writer.UnfinishedPath), Relative(f.Writer.Path), f.Writer.Bytes)));
            Placement.Begin(Directory, moves);
            foreach (OpenFile file in _files.Values) file.Writer.HandOver();
            Placement.Finish(Directory, Placing);
        }

        _isComplete = _isPlaced = true;
        return new CatalogWriteSummary([.. _files.Values
            .Select(f => new WrittenFile(
                Relative(f.Writer.Path), f.Instrument, f.Kind, f.Writer.Rows, f.Writer.First, f.Writer.Last, f.Writer.Bytes))
            .OrderBy(f => f.Path, StringComparer.Ordinal)]);
    }

    /// <summary>Removes every file that was not put in its place, and the folders that were made for them unless another writer has come to them.</summary>
    public void Dispose()
    {
        _isComplete = true;
        foreach (OpenFile file in _files.Values) file.Writer.Dispose();
        _files.Clear();
        if (!_isPlaced) _folders.TakeBack();
    }

    /// <summary>An instrument that comes without sessions keeps those that the catalog has; a change is made to what is there now.</summary>
    private Instrument WithSessions(Instrument instrument, Instrument? known)
    {
        TradingSessions? sessions = instrument.Sessions ?? known?.Sessions;
        if (!_sessions.TryGetValue(instrument.Name, out SessionChange? change)) return instrument with { Sessions = sessions };
        TradingSessions? changed = change.Sessions is null || sessions is null ? change.Sessions : sessions.With(change.From, change.To, change.Sessions);
        return instrument with { Sessions = changed };
    }

    private string Relative(string path) => Path.GetRelativePath(Directory, path);

    private void CheckSame(Instrument? known, Instrument instrument)
    {
        if (known is null || ReferenceEquals(known, instrument) || _options.Overwrite) return;
        bool areSessionsFree = instrument.Sessions is null || _sessions.ContainsKey(instrument.Name);
        if (InstrumentFile.AreSame(areSessionsFree ? known with { Sessions = instrument.Sessions } : known, instrument)) return;
        throw new TickDataException($"{Directory} has other reference data for {known.Name} already (tick {known.TickSize}, lot {known.LotSize}, {known.Currency}). Use the same, or overwrite it (--overwrite).");
    }

    private OpenFile Take(Instrument instrument, TickKind kind, DateOnly partition)
    {
        // Rows usually come in runs for one file.
        if (_last is { } last && ReferenceEquals(last.Source, instrument) && last.Kind == kind && last.Partition == partition) return last;
        (string, TickKind, DateOnly) key = (instrument.Name, kind, partition);
        bool isKnown = _files.TryGetValue(key, out OpenFile? file);
        if (isKnown && file!.Use.List is not null) _byUse.Remove(file.Use);
        else if (_byUse.Count == _options.MaxOpenFiles) CloseLeastUsed();
        if (!isKnown)
        {
            Register(instrument);
            file = Begin(instrument, kind, partition);
            _files.Add(key, file);
        }

        _byUse.AddLast(file!.Use);
        file.Source = instrument;
        return _last = file;
    }

    private OpenFile Begin(Instrument instrument, TickKind kind, DateOnly partition)
    {
        string folder = Path.Combine(Directory, CatalogPaths.SeriesFolder(instrument, kind));
        _folders.Make(folder);
        TickFileInfo info = new() { Instrument = instrument.Name, Kind = kind };
        TickFileWriter writer = TickFileWriter.Create(Path.Combine(folder, CatalogPaths.FileName(kind, partition)), info, _options);
        return new OpenFile(instrument.Name, kind, partition, writer);
    }

    private void CloseLeastUsed()
    {
        OpenFile oldest = _byUse.First!.Value;
        _byUse.RemoveFirst();
        oldest.Writer.Suspend();
    }

    private void Weigh(OpenFile file)
    {
        long held = file.Writer.HeldBytes;
        _held += held - file.Held;
        file.Held = held;
    }

    /// <summary>Writes out the files that hold at least as much as the average: what makes the fewest and longest batches of the memory there is.</summary>
    private void FlushLargest()
    {
        long average = _held / _files.Count;
        foreach (OpenFile file in _files.Values)
        {
            if (file.Held < average || file.Held == 0) continue;
            file.Writer.Flush();
            if (file.Use.List is null) file.Writer.Suspend();
            Weigh(file);
        }
    }

    /// <summary>The new files of one series against each other and against those that stay.</summary>
    private static void CheckOverlap(OpenFile[] written)
    {
        HashSet<string> replaced = [.. written.Select(f => f.Writer.Path)];
        string folder = Path.GetDirectoryName(written[0].Writer.Path)!;
        IEnumerable<string> staying = System.IO.Directory.EnumerateFiles(folder, "*" + CatalogPaths.Extension).Where(path => !replaced.Contains(path));
        SeriesFiles.InOrder(written.Select(f => f.Writer.UnfinishedPath).Concat(staying).Select(path => TickFile.Open(path, written[0].Kind)));
    }

    private sealed record SessionChange(Timestamp From, Timestamp To, TradingSessions? Sessions);

    private sealed class OpenFile
    {
        public OpenFile(string instrument, TickKind kind, DateOnly partition, TickFileWriter writer)
        {
            Instrument = instrument;
            Kind = kind;
            Partition = partition;
            Writer = writer;
            Use = new LinkedListNode<OpenFile>(this);
        }

        public string Instrument { get; }

        public TickKind Kind { get; }

        public DateOnly Partition { get; }

        public TickFileWriter Writer { get; }

        public LinkedListNode<OpenFile> Use { get; }

        /// <summary>Memory of what waits in it, as last seen.</summary>
        public long Held { get; set; }

        /// <summary>The object that the caller names the instrument with; another object of the same name is looked up by name.</summary>
        public Instrument? Source { get; set; }
    }
}
