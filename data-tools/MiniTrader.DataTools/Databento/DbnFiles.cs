namespace MiniTrader.DataTools;

/// <summary>Which files are DBN, and how they are opened.</summary>
internal static class DbnFiles
{
    private const string Fragment = ".frag";

    public static IReadOnlyList<string> Find(IReadOnlyList<string> paths) =>
        InputFiles.Find(paths, ".dbn", ".dbn.zst", ".dbn.gz", ".dbn.zip", ".dbn.frag", ".dbn.frag.zst");

    public static DbnReader Open(SourcePart part) => DbnReader.Open(part.Stream, part.Name, part.Entry.EndsWith(Fragment, StringComparison.OrdinalIgnoreCase));
}
