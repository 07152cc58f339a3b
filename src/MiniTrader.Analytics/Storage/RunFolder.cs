using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// A completed run's folder, read back. Rows stream from the files batch by batch and are never all in memory. Immutable; each enumeration
/// opens its file anew.
/// </summary>
public sealed class RunFolder
{
    private RunFolder(string directory, RunSummary summary)
    {
        Directory = directory;
        Summary = summary;
    }

    public string Directory { get; }

    public RunSummary Summary { get; }

    /// <summary>Opens a folder.</summary>
    /// <exception cref="InvalidDataException">The folder is missing or holds no completed run; the sentence says which.</exception>
    public static RunFolder Open(string directory)
    {
        if (!System.IO.Directory.Exists(directory)) throw new InvalidDataException($"The folder {directory} does not exist. Name the folder that a run wrote.");
        string path = Path.Combine(directory, RunFolderWriter.SummaryFileName);
        if (!File.Exists(path))
            throw new InvalidDataException($"The folder {directory} has no {RunFolderWriter.SummaryFileName}: its run was not completed, or it is not a run's folder.");
        return new RunFolder(Path.GetFullPath(directory), SummaryJson.Read(File.ReadAllText(path), path));
    }

    /// <summary>Orders in the order in which they ended.</summary>
    public IEnumerable<OrderRow> Orders() => OrderFile.Read(Directory);

    /// <summary>Fills in the order in which the engine heard of them.</summary>
    public IEnumerable<FillRow> Fills() => FillFile.Read(Directory);

    /// <summary>Positions, one after each fill.</summary>
    public IEnumerable<PositionRow> Positions() => PositionFile.Read(Directory);

    /// <summary>Dividends, splits, funding, interest, expiries and margin calls in the order in which they were booked.</summary>
    public IEnumerable<EntryRow> Entries() => File.Exists(Path.Combine(Directory, EntryFile.FileName)) ? EntryFile.Read(Directory) : [];

    /// <summary>Commands that were denied, in turn; none in a folder that has no such file.</summary>
    public IEnumerable<DenialRow> Denials() => File.Exists(Path.Combine(Directory, DenialFile.FileName)) ? DenialFile.Read(Directory) : [];

    public IEnumerable<EquityPoint> Equity() => EquityFile.Read(Directory);

    /// <summary>The thinned-out prices of the price charts; none in a folder that has no such file.</summary>
    public IEnumerable<PricePoint> Prices() =>
        File.Exists(Path.Combine(Directory, PriceFile.FileName)) ? PriceFile.Read(Directory) : [];

    /// <summary>The settings of the run's <c>config.json</c>, one line per value.</summary>
    public IReadOnlyList<ReportSetting> Settings() => RunSettings.Read(Directory);

    /// <summary>Works the statistics out again from the files.</summary>
    public RunStatistics BuildStatistics(StatisticsOptions? options = null)
    {
        StatisticsBuilder statistics = new(options);
        foreach (OrderRow order in Orders()) statistics.Add(in order);
        foreach ((FillRow? fill, EntryRow? split) in FillsAndSplits())
        {
            if (fill is { } f) statistics.Add(in f);
            else if (split is { } s) statistics.AddSplit(s.Strategy, s.Instrument, s.QuantityBefore, s.QuantityAfter);
        }

        foreach (EquityPoint point in Equity()) statistics.Add(in point);
        return statistics.Build();
    }

    /// <summary>Fills and splits in the order of their times; a split comes before the fills of its instant, which are at the new price.</summary>
    private IEnumerable<(FillRow? Fill, EntryRow? Split)> FillsAndSplits()
    {
        using IEnumerator<EntryRow> splits = Entries().Where(e => e.Kind == LedgerEntryKind.Split).GetEnumerator();
        bool hasSplit = splits.MoveNext();
        foreach (FillRow fill in Fills())
        {
            for (; hasSplit && splits.Current.Time <= fill.ReceivedTime; hasSplit = splits.MoveNext()) yield return (null, splits.Current);
            yield return (fill, null);
        }

        for (; hasSplit; hasSplit = splits.MoveNext()) yield return (null, splits.Current);
    }

    /// <summary>Gathers from the files what the report shows.</summary>
    public ReportModel BuildReport()
    {
        ReportBuilder report = new();
        RoundTripLedger ledger = new();
        foreach (PricePoint point in Prices()) report.Add(in point);
        foreach ((FillRow? fill, EntryRow? split) in FillsAndSplits())
        {
            if (split is { } s) ledger.Split(s.Strategy, s.Instrument, s.QuantityBefore, s.QuantityAfter);
            if (fill is not { } f) continue;
            report.Add(in f);
            if (ledger.Add(in f, out RoundTrip trip)) report.Add(in trip);
        }

        foreach (EquityPoint point in Equity()) report.Add(in point, point.Drawdown);
        return report.Build(Summary, Settings());
    }

    /// <summary>Writes <c>report.html</c> again and answers its path.</summary>
    public string WriteReport()
    {
        string path = Path.Combine(Directory, RunFolderWriter.ReportFileName);
        ReportWriter.WriteFile(path, BuildReport());
        return path;
    }
}
