namespace MiniTrader.DataTools;

/// <summary>The input files that paths name: files as given, folders by the endings that fit, in the order of their names.</summary>
public static class InputFiles
{
    /// <exception cref="ImportException">A path does not exist or has no bytes, or a folder holds no such file.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> paths, params string[] endings)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            if (File.Exists(path))
            {
                files.Add(RegularFile.Require(path));
                continue;
            }

            if (!Directory.Exists(path)) throw new ImportException($"{path} does not exist.");
            string[] found = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
                .Order(StringComparer.Ordinal)
                .ToArray();
            if (found.Length == 0) throw new ImportException($"{path} holds no file that ends with {string.Join(", ", endings)}.");
            files.AddRange(found);
        }

        return files.DistinctBy(Path.GetFullPath).ToArray();
    }
}
