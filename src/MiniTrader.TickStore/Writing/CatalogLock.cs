namespace MiniTrader.TickStore;

/// <summary>
/// Held by a writer while it puts its files in their places, so that two programs that finish at once do not lose each other's instruments, and shared by
/// readers while they list what is there, so that none of them sees a part of an import. An empty file that stays, locked by the operating system as long as
/// its holder lives.
/// </summary>
internal static class CatalogLock
{
    public const string FileName = "catalog.lock";

    /// <summary>Placing and listing files take moments; who waits longer waits for something that is stuck.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    /// <summary>For the one who changes the catalog.</summary>
    /// <exception cref="TickDataException">Another program holds it for longer than is sensible.</exception>
    public static FileStream Take(string catalog) => Open(Path.Combine(catalog, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>For any number of readers at once; null in a catalog that no writer has finished in, where nobody can be at it.</summary>
    /// <exception cref="TickDataException">A writer holds it for longer than is sensible.</exception>
    public static FileStream? Share(string catalog)
    {
        string path = Path.Combine(catalog, FileName);
        return File.Exists(path) ? Open(path, FileMode.Open, FileAccess.Read, FileShare.Read) : null;
    }

    private static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        for (long end = Environment.TickCount64 + (long)_patience.TotalMilliseconds; ; Thread.Sleep(20))
        {
            try
            {
                return new FileStream(path, mode, access, share);
            }
            catch (IOException) when (File.Exists(path))
            {
                if (Environment.TickCount64 > end)
                    throw new TickDataException($"{path} has been held by another program for {_patience.TotalSeconds:0} s. End it, or wait until it is done, and run this again.");
            }
        }
    }
}
