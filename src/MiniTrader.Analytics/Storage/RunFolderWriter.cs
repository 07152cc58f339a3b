using System.Text;

namespace MiniTrader.Analytics;

/// <summary>
/// Writes the folder of one run: <c>orders.arrow</c>, <c>fills.arrow</c>, <c>positions.arrow</c>, <c>equity.arrow</c>,
/// <c>prices.arrow</c>, <c>report.html</c> and, last of all, <c>summary.json</c>, whose presence says that the run is complete. Records are
/// appended as they come; memory does not grow with their number. Owned by the session and used by one thread. Disposing a writer
/// that was not completed leaves nothing behind.
/// </summary>
public sealed class RunFolderWriter : IDisposable
{
    public const string SummaryFileName = "summary.json";
    public const string ReportFileName = "report.html";

    private readonly RunNames _names;
    private readonly OrderFile _orders;
    private readonly FillFile _fills;
    private readonly PositionFile _positions;
    private readonly EquityFile _equity;
    private readonly StatisticsBuilder _statistics;
    private readonly ReportBuilder _report = new();

    /// <summary>Makes the folder where it is missing and opens the files under temporary names.</summary>
    public RunFolderWriter(string directory, RunFolderOptions options)
    {
        options.Validated();
        Directory = System.IO.Directory.CreateDirectory(directory).FullName;
        _names = new RunNames(
            [.. options.Instruments.Select(i => i.Name)],
            options.Strategies,
            [.. options.Instruments.Select(i => i.Currency).Append(options.BaseCurrency).Distinct()]);
        _statistics = new StatisticsBuilder(options.Statistics);
        _orders = new OrderFile(Directory, _names, options.BatchRows);
        _fills = new FillFile(Directory, _names, options.BatchRows);
        _positions = new PositionFile(Directory, _names, options.BatchRows);
        _equity = new EquityFile(Directory, options.BatchRows);
    }

    /// <summary>The folder's full path.</summary>
    public string Directory { get; }

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

    /// <summary>Completes every file of the folder and answers what the report shows.</summary>
    /// <param name="summary">The run's summary, statistics included.</param>
    /// <param name="settings">The settings that the report lists; those of the folder's <c>config.json</c> when null.</param>
    public ReportModel Complete(RunSummary summary, IReadOnlyList<ReportSetting>? settings = null)
    {
        ReportModel model = _report.Build(summary, settings ?? RunSettings.Read(Directory));
        _orders.Complete();
        _fills.Complete();
        _positions.Complete();
        _equity.Complete();
        PriceFile.Write(Directory, _names, _report.Prices());
        ReportWriter.WriteFile(Path.Combine(Directory, ReportFileName), model);
        ReplaceFile(Path.Combine(Directory, SummaryFileName), SummaryJson.Write(summary) + "\n");
        return model;
    }

    public void Dispose()
    {
        _orders.Dispose();
        _fills.Dispose();
        _positions.Dispose();
        _equity.Dispose();
    }

    /// <summary>Writes a text beside its place and renames it, so that no reader meets half of it.</summary>
    internal static void ReplaceFile(string path, string text)
    {
        File.WriteAllText(path + ".part", text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(path + ".part", path, overwrite: true);
    }
}
