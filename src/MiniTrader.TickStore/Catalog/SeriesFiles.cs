using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>Opens the files of one series' folder and brings them into the order of time.</summary>
internal static class SeriesFiles
{
    /// <exception cref="TickFileException">A file is damaged, or two overlap in time.</exception>
    public static TickFile[] Open(string directory, TickKind kind)
    {
        string? folder = Directory.EnumerateDirectories(directory, "*" + CatalogPaths.Extension).FirstOrDefault();
        if (folder is not null) throw new TickFileException(folder, "it is a folder where a tick file should be; move it out of the catalog.");
        TickFile[] files = [.. Directory.EnumerateFiles(directory, "*" + CatalogPaths.Extension)
            .Where(path => path.EndsWith(CatalogPaths.Extension, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => TickFile.Open(path, kind))];
        return InOrder(files);
    }

    /// <summary>Sorts by time, empty files away, and refuses overlap. Files may touch at one instant.</summary>
    public static TickFile[] InOrder(IEnumerable<TickFile> files)
    {
        TickFile[] ordered = [.. files.Where(f => f.Rows > 0)
            .OrderBy(f => f.FirstReceived).ThenBy(f => f.LastReceived).ThenBy(f => f.Path, StringComparer.Ordinal)];
        for (int i = 1; i < ordered.Length; i++)
        {
            TickFile former = ordered[i - 1], next = ordered[i];
            if (next.FirstReceived >= former.LastReceived) continue;
            throw new TickFileException(
                next.Path,
                $"it begins at {new Timestamp(next.FirstReceived)}, before {former.Path} ends at {new Timestamp(former.LastReceived)}; the files of a series must not overlap in time.");
        }

        return ordered;
    }
}
