namespace MiniTrader.DataTools;

/// <summary>Finds LEAN files below the given paths, and the databases that lie beside them.</summary>
internal static class LeanSearch
{
    private const int LevelsAbove = 6;

    /// <summary>From class/market/resolution/symbol/FILE up to the market.</summary>
    private const int LevelsAboveMarket = 3;

    private const int MaxNames = 5;

    /// <summary>The factor files among the paths and below them, in order.</summary>
    public static IReadOnlyList<string> FindFactors(IReadOnlyList<string> paths) =>
        [.. paths.SelectMany(p => Directory.Exists(p) ? Directory.EnumerateFiles(p, "*", SearchOption.AllDirectories) : [p])
            .Where(LeanFactors.IsPath).Select(Path.GetFullPath).Distinct().Order(StringComparer.Ordinal)];

    /// <exception cref="ImportException">A path does not exist, is no LEAN file, or nothing is found at all.</exception>
    public static IReadOnlyList<LeanFile> Find(IReadOnlyList<string> paths, ImportRun run)
    {
        bool hasFactors = FindFactors(paths).Count > 0;
        SortedDictionary<string, LeanFile> files = new(StringComparer.Ordinal);
        int passedOver = 0;
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                foreach (string found in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
                {
                    if (LeanFactors.IsPath(found)) continue;
                    LeanFile? file = LeanFile.FromPath(found);
                    if (file is null or { Content: LeanContent.OpenInterest }) passedOver++;
                    else files[Path.GetFullPath(found)] = file;
                }
            }
            else if (!File.Exists(path)) throw new ImportException($"{path} does not exist.");
            else if (!LeanFactors.IsPath(path)) files[Path.GetFullPath(path)] = LeanFile.FromPath(path) is { Content: not LeanContent.OpenInterest } file ? file : throw NotLean(path);
        }

        if (files.Count == 0 && !hasFactors) throw new ImportException($"No LEAN data files were found in {string.Join(", ", paths)}. {Shape}");
        if (passedOver > 0) run.Remark($"{passedOver} files that hold no prices by their path were passed over");
        return [.. files.Values];
    }

    public static MarketHoursFile HoursFor(LeanOptions options, IReadOnlyList<string> paths, IReadOnlyList<LeanFile> files, ImportRun run)
    {
        string? path = options.MarketHours ?? Beside(paths, files, "market-hours", "market-hours-database.json");
        if (path is null) return MarketHoursFile.BuiltIn;
        run.Remark($"market hours: {path}");
        return MarketHoursFile.Load(path);
    }

    public static SymbolPropertiesFile PropertiesFor(LeanOptions options, IReadOnlyList<string> paths, IReadOnlyList<LeanFile> files, ImportRun run)
    {
        string? path = options.SymbolProperties ?? Beside(paths, files, "symbol-properties", "symbol-properties-database.csv");
        if (path is null) return SymbolPropertiesFile.Empty;
        run.Remark($"symbol properties: {path}");
        return SymbolPropertiesFile.Load(path);
    }

    /// <summary>
    /// Says which factor files lie beside the prices and are not among the paths: without them a split is a fall of the price, which nobody should
    /// find out from a result.
    /// </summary>
    public static void RemarkFactors(IReadOnlyList<string> paths, IReadOnlyList<LeanFile> files, ImportRun run)
    {
        HashSet<string> taken = [.. FindFactors(paths)];
        string[] left = [.. files.Where(f => f.Class == "equity").Select(FactorsOf).OfType<string>().Where(p => !taken.Contains(p)).Distinct().Order(StringComparer.Ordinal)];
        if (left.Length == 0) return;
        string names = string.Join(", ", left.Take(MaxNames).Select(Path.GetFileName)) + (left.Length > MaxNames ? $" and {left.Length - MaxNames} more" : "");
        run.Remark($"splits and dividends are not imported: {names} in {Path.GetDirectoryName(left[0])} {(left.Length == 1 ? "was" : "were")} not among the paths; name that folder too, unless an earlier import had it");
    }

    /// <summary>The factor file of a price file, where there is one: class/market/factor_files/symbol.csv beside class/market/resolution/….</summary>
    private static string? FactorsOf(LeanFile file)
    {
        DirectoryInfo? directory = new FileInfo(Path.GetFullPath(file.Path)).Directory;
        for (int level = 0; level < LevelsAboveMarket && directory is not null; level++, directory = directory.Parent)
        {
            string candidate = Path.Combine(directory.FullName, LeanFactors.Folder, $"{file.Symbol.ToLowerInvariant()}.csv");
            if (File.Exists(candidate)) return candidate;
        }

        return null;
    }

    private const string Shape =
        "LEAN files lie in class/market/resolution/symbol/yyyyMMdd_trade.zip (or _quote), or class/market/daily/symbol.zip; splits and dividends in class/market/factor_files/symbol.csv.";

    private static ImportException NotLean(string path) => new($"{path} is not the path of a LEAN price file. {Shape}");

    private static string? Beside(IReadOnlyList<string> paths, IReadOnlyList<LeanFile> files, string folder, string name)
    {
        foreach (string start in paths.Concat(files.Select(f => f.Path)))
        {
            DirectoryInfo? directory = Directory.Exists(start) ? new(start) : new FileInfo(start).Directory;
            for (int level = 0; level < LevelsAbove && directory is not null; level++, directory = directory.Parent)
            {
                string candidate = Path.Combine(directory.FullName, folder, name);
                if (File.Exists(candidate)) return candidate;
            }
        }

        return null;
    }
}
