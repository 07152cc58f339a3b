using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// Writes the folder of one run: <c>orders.arrow</c>, <c>fills.arrow</c>, <c>positions.arrow</c>, <c>equity.arrow</c>, <c>ledger.arrow</c>,
/// <c>denials.arrow</c>, <c>prices.arrow</c>, <c>report.html</c> and, last of all, <c>summary.json</c>, whose presence says that the run is complete. Records are
/// appended as they come; memory does not grow with their number. All of it grows in a folder beside, <c>NAME.part</c>, which takes
/// the run's name when the run is complete: a process that is killed leaves a <c>.part</c> folder and nothing under the name.
/// Owned by the session and used by one thread. Disposing a writer that was not completed leaves nothing behind.
/// </summary>
public sealed class RunFolderWriter : IDisposable
{
    public const string SummaryFileName = "summary.json";
    public const string ReportFileName = "report.html";

    /// <summary>Ends the name of the folder in which a run grows.</summary>
    public const string PartSuffix = ".part";

    private readonly RunNames _names;
    private readonly OrderFile _orders;
    private readonly FillFile _fills;
    private readonly PositionFile _positions;
    private readonly EquityFile _equity;
    private readonly EntryFile _entries;
    private readonly DenialFile _denials;
    private readonly StatisticsBuilder _statistics;
    private readonly ReportBuilder _report = new();
    private bool _isComplete;

    /// <summary>Makes the folder in which the run grows and opens its files.</summary>
    /// <exception cref="ArgumentException">The run's folder holds something, or a run that was not completed lies beside it.</exception>
    public RunFolderWriter(string directory, RunFolderOptions options)
    {
        options.Validated();
        if (string.IsNullOrWhiteSpace(directory)) throw new ArgumentException("The run folder has no name. Give it one, or leave it out for one below runs/.");
        Directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        WorkDirectory = Directory + PartSuffix;
        EnsureFree();
        Make(WorkDirectory);
        _names = new RunNames(
            [.. options.Instruments.Select(i => i.Name)],
            options.Strategies,
            [.. options.Instruments.Select(i => i.Currency).Append(options.BaseCurrency).Distinct()]);
        _statistics = new StatisticsBuilder(options.Statistics);
        try
        {
            _orders = new OrderFile(WorkDirectory, _names, options.BatchRows);
            _fills = new FillFile(WorkDirectory, _names, options.BatchRows);
            _positions = new PositionFile(WorkDirectory, _names, options.BatchRows);
            _equity = new EquityFile(WorkDirectory, options.BatchRows);
            _entries = new EntryFile(WorkDirectory, _names, options.BatchRows);
            _denials = new DenialFile(WorkDirectory, _names, options.BatchRows);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The full path that the folder has when it is complete.</summary>
    public string Directory { get; }

    /// <summary>The full path of the folder while it grows: the place for what else belongs to the run.</summary>
    public string WorkDirectory { get; }

    /// <summary>Takes an order as it ended, or as it stands when the run ends; each order once.</summary>
    public void Add(in OrderRow order)
    {
        _orders.Add(in order);
        _statistics.Add(in order);
    }

    public void Add(in FillRow fill)
    {
        _fills.Add(in fill);
        _report.Add(in fill);
        if (_statistics.Add(in fill, out RoundTrip trip)) _report.Add(in trip);
    }

    public void Add(in PositionRow position) => _positions.Add(in position);

    /// <summary>Takes money or a position that moved without a trade.</summary>
    public void Add(in EntryRow entry) => _entries.Add(in entry);

    /// <summary>Takes a command that was denied.</summary>
    public void Add(in DenialRow denial) => _denials.Add(in denial);

    /// <summary>A position was split: the round trip that is open goes on with another quantity.</summary>
    public void AddSplit(StrategyId strategy, InstrumentId instrument, Quantity before, Quantity after) => _statistics.AddSplit(strategy, instrument, before, after);

    /// <summary>Takes an equity point; its drawdown is worked out here. Points must be in order of time.</summary>
    public void Add(in EquityPoint point)
    {
        double drawdown = _statistics.Add(in point);
        _equity.Add(in point, drawdown);
        _report.Add(in point, drawdown);
    }

    /// <summary>Takes a price for the price charts; as many as one likes, they are thinned out.</summary>
    public void Add(in PricePoint point) => _report.Add(in point);

    /// <summary>The statistics of all that was added so far; <c>new RunSummary(statistics) { … }</c> takes them over.</summary>
    public RunStatistics BuildStatistics() => _statistics.Build();

    /// <summary>Completes every file, gives the folder its name and answers what the report shows.</summary>
    /// <param name="summary">The run's summary, statistics included.</param>
    /// <param name="settings">The settings that the report lists; those of the folder's <c>config.json</c> when null.</param>
    public ReportModel Complete(RunSummary summary, IReadOnlyList<ReportSetting>? settings = null)
    {
        ReportModel model = _report.Build(summary, settings ?? RunSettings.Read(WorkDirectory));
        _orders.Complete();
        _fills.Complete();
        _positions.Complete();
        _equity.Complete();
        _entries.Complete();
        _denials.Complete();
        PriceFile.Write(WorkDirectory, _names, _report.Prices());
        ReportWriter.WriteFile(Path.Combine(WorkDirectory, ReportFileName), model);
        ReplaceFile(Path.Combine(WorkDirectory, SummaryFileName), SummaryJson.Write(summary) + "\n");

        // Empty, or it would have been refused; on some systems a folder is not moved onto another, however empty.
        if (System.IO.Directory.Exists(Directory)) System.IO.Directory.Delete(Directory);
        System.IO.Directory.Move(WorkDirectory, Directory);
        _isComplete = true;
        return model;
    }

    public void Dispose()
    {
        // The constructor gets here too, when a file could not be opened: those behind it are null then.
        _orders?.Dispose();
        _fills?.Dispose();
        _positions?.Dispose();
        _equity?.Dispose();
        _entries?.Dispose();
        _denials?.Dispose();
        if (_isComplete) return;
        try
        {
            if (System.IO.Directory.Exists(WorkDirectory)) System.IO.Directory.Delete(WorkDirectory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What failed before is the news; the name says that what is left here is no complete run.
        }
    }

    private static void Make(string directory)
    {
        try
        {
            System.IO.Directory.CreateDirectory(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = e is UnauthorizedAccessException ? "this user may not write there" : "a part of its path is a file, or cannot be written";
            throw new ArgumentException($"The run folder {directory} cannot be made: {reason}. Name another.", e);
        }
    }

    private void EnsureFree()
    {
        if (File.Exists(Directory)) throw new ArgumentException($"{Directory} is a file, so no run can be written there; name another.");
        if (System.IO.Directory.Exists(Directory) && System.IO.Directory.EnumerateFileSystemEntries(Directory).Any())
            throw new ArgumentException($"The run folder {Directory} exists and is not empty; name another or delete it.");
        if (System.IO.Directory.Exists(WorkDirectory))
            throw new ArgumentException($"{WorkDirectory} is of a run that is under way or was cut off; name another run folder or delete it.");
    }

    /// <summary>Writes a text beside its place and renames it, so that no reader meets half of it.</summary>
    internal static void ReplaceFile(string path, string text)
    {
        File.WriteAllText(path + ".part", text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(path + ".part", path, overwrite: true);
    }
}
