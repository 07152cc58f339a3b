using System.IO.Compression;
using System.Text;

namespace MiniTrader.Tests.DataTools;

/// <summary>A folder that is gone with the test.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Root = Directory.CreateTempSubdirectory("minitrader-data-").FullName;

    public string Root { get; }

    public string Path(string relative)
    {
        string path = System.IO.Path.Combine(Root, relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    public string Write(string relative, string text) => Write(relative, Encoding.UTF8.GetBytes(text));

    public string Write(string relative, byte[] bytes)
    {
        string path = Path(relative);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A zip of entries.</summary>
    public string Zip(string relative, params (string Name, byte[] Bytes)[] entries)
    {
        string path = Path(relative);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, byte[] bytes) in entries)
        {
            using Stream stream = zip.CreateEntry(name).Open();
            stream.Write(bytes);
        }

        return path;
    }

    public string Zip(string relative, string name, string text) => Zip(relative, (name, Encoding.UTF8.GetBytes(text)));

    public void Dispose() => Directory.Delete(Root, true);
}
