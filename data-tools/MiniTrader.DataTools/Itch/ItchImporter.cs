using MiniTrader.Feeds;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Imports NASDAQ TotalView-ITCH 5.0: each message with its length in two big-endian bytes in front, plain or packed. Orders become
/// book deltas of single orders, prints become trades, trading actions and system events become states.
/// <para>
/// A file is read once to learn its stocks, then once or more to store them: every message is counted in exactly one pass.
/// </para>
/// </summary>
public sealed class ItchImporter(ItchOptions options)
{
    private readonly ItchOptions _options = options.Validated();
    private readonly ZoneClock _clock = ZoneClock.Find(options.Zone);

    public void Import(ImportRun run, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(run);
        IReadOnlyList<string> files = InputFiles.Find(paths, ".itch", ".itch.gz", ".itch50", "itch50.gz", ".itch.zst", ".itch.zip", "v50.txt", "v50.txt.gz");
        if (_options.Date is { } date && files.Count > 1) throw new ImportException($"--date {date:yyyy-MM-dd} is the day of one file, but there are {files.Count}. Import them one by one, or leave the day to their names.");
        foreach (string path in files) ImportFile(run, path);
    }

    private void ImportFile(ImportRun run, string path)
    {
        FileAccount account = run.Begin(path);
        ItchDay day = new(_options.Date ?? ItchDay.FromName(path), _clock);
        ItchProbe probe = ItchProbe.Read(path);
        List<List<ItchListing>> passes = Share(Chosen(probe, path));
        for (int pass = 0; pass < passes.Count; pass++)
        {
            ItchPass reader = new(run, account, day, probe, _options.Venue, passes[pass], pass == 0, IsChosen);
            foreach (SourcePart part in SourceFile.Parts(path, run)) reader.Read(part);
            reader.Close();
        }

        run.Remark($"{Path.GetFileName(path)} is of {day.Date:yyyy-MM-dd}, {_clock.Zone.Id}; a hidden trade's side is {(probe.HasHiddenSides ? "that of the resting order" : "not known")}");
        run.End(account);
    }

    private bool IsChosen(ItchListing listing) => _options.Symbols.Count == 0 || _options.Symbols.Contains(listing.Symbol.ToString(), StringComparer.OrdinalIgnoreCase);

    private List<ItchListing> Chosen(ItchProbe probe, string path)
    {
        foreach (string symbol in _options.Symbols)
        {
            if (!probe.Listings.Any(l => string.Equals(l.Symbol.ToString(), symbol, StringComparison.OrdinalIgnoreCase)))
                throw new ImportException($"{path} has no stock '{symbol}'. It has: {string.Join(", ", probe.Listings.Take(12).Select(l => l.Symbol.ToString()))}{(probe.Listings.Count() > 12 ? ", …" : "")}.");
        }

        return [.. probe.Listings.Where(IsChosen)];
    }

    /// <summary>Shares stocks out to passes; there is always one, which also counts what concerns no stock.</summary>
    private List<List<ItchListing>> Share(List<ItchListing> listings)
    {
        List<List<ItchListing>> passes = [[]];
        long rows = 0;
        foreach (ItchListing listing in listings)
        {
            long buffered = Math.Min(2 * listing.Orders, TickStore.TickFileOptions.DefaultBatchRows);
            if (passes[^1].Count > 0 && (passes[^1].Count == _options.StocksPerPass || rows + buffered > _options.BufferedRowsPerPass))
            {
                passes.Add([]);
                rows = 0;
            }

            passes[^1].Add(listing);
            rows += buffered;
        }

        return passes;
    }
}
