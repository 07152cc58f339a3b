namespace MiniTrader.TickStore;

/// <summary>Makes folders and knows which were not there before, so that they can be taken back. One owner, one thread.</summary>
internal sealed class MadeFolders
{
    private readonly List<string> _made = [];

    /// <summary>Makes a folder and whatever of its parents is missing.</summary>
    public void Make(string folder)
    {
        int first = _made.Count;
        for (string? missing = Path.TrimEndingDirectorySeparator(folder); missing is not null && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing))
            _made.Insert(first, missing);
        Directory.CreateDirectory(folder);
    }

    /// <summary>Removes the folders that were made and are empty, the deepest first.</summary>
    public void TakeBack()
    {
        for (int i = _made.Count - 1; i >= 0; i--)
        {
            try
            {
                if (!Directory.EnumerateFileSystemEntries(_made[i]).Any()) Directory.Delete(_made[i]);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What made the writer fail is the news; an empty folder does no harm.
            }
        }
    }
}
