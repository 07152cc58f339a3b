namespace MiniTrader.EndToEnd;

/// <summary>An empty folder that goes when its test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("minitrader-").FullName;

    public string Path { get; }

    public static implicit operator string(TemporaryFolder folder) => folder.Path;

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
