namespace MiniTrader.TickStore;

/// <summary>
/// Held by a writer while it puts its files in their places, so that two programs that finish at once do not lose each other's instruments. An
/// empty file that stays, locked by the operating system as long as its holder lives.
/// </summary>
internal static class CatalogLock
{
    public const string FileName = "catalog.lock";

    /// <summary>Placing files takes moments; who waits longer waits for something that is stuck.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <exception cref="TickDataException">Another program holds it for longer than is sensible.</exception>
    public static FileStream Take(string catalog)
    {
        string path = Path.Combine(catalog, FileName);
        for (long end = Environment.TickCount64 + (long)_patience.TotalMilliseconds; ; Thread.Sleep(20))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                if (Environment.TickCount64 > end)
                    throw new TickDataException($"{path} has been held by another program for {_patience.TotalSeconds:0} s. End it, or wait until it is done, and run this again.");
            }
        }
    }
}
