namespace MiniTrader.DataTools;

/// <summary>
/// Importers read files, most of them twice, and never a pipe or a device: opening one may wait for ever. What kind of thing a name stands for cannot be
/// asked here without opening it, but pipes and devices have a length of zero.
/// </summary>
internal static class RegularFile
{
    /// <exception cref="ImportException">The file holds nothing, or is none.</exception>
    public static string Require(string path) => HasBytes(path)
        ? path
        : throw new ImportException($"{path} has no bytes: it is empty, or a pipe or a device. Write the data into a file first, and import that.");

    public static bool HasBytes(string path)
    {
        FileInfo file = new(path);
        return (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length > 0;
    }
}
