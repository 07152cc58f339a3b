using System.IO.Compression;
using ZstdSharp;

namespace MiniTrader.DataTools;

/// <summary>A text inside an input file: the file itself, or one entry of a zip.</summary>
/// <param name="Name">For messages: the path, with <c>!entry</c> behind it for a part of a zip.</param>
/// <param name="Entry">The entry's name, or the file's name without the ending of its compression.</param>
public sealed record SourcePart(string Name, string Entry, Stream Stream);

/// <summary>Opens plain, gzip, zstd and zip files as forward streams, in the order of a zip's directory.</summary>
public static class SourceFile
{
    private const int FileBuffer = 1 << 16;

    /// <summary>The parts of a file, one after the other; each is valid until the next is asked for.</summary>
    public static IEnumerable<SourcePart> Parts(string path, ImportRun run)
    {
        using Stream file = Open(path, run);
        string name = Path.GetFileName(path);
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".ZIP":
                foreach (SourcePart part in ZipParts(path, file)) yield return part;
                break;
            case ".GZ":
                using (WholeGzip gzip = new(file))
                    yield return new(path, Path.GetFileNameWithoutExtension(name), gzip);
                break;
            case ".ZST":
                using (DecompressionStream zstd = new(file, leaveOpen: true))
                    yield return new(path, Path.GetFileNameWithoutExtension(name), zstd);
                break;
            default:
                yield return new(path, name, file);
                break;
        }
    }

    private static IEnumerable<SourcePart> ZipParts(string path, Stream file)
    {
        using ZipArchive zip = OpenZip(path, file);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            if (entry.FullName.EndsWith('/')) continue;
            using Stream stream = OpenEntry(path, entry);
            using CheckedStream whole = new(stream, entry.Length, entry.Crc32);
            yield return new($"{path}!{entry.FullName}", entry.Name, whole);
        }
    }

    private static ZipArchive OpenZip(string path, Stream file)
    {
        try
        {
            return new(file, ZipArchiveMode.Read);
        }
        catch (InvalidDataException e)
        {
            throw new ImportException($"{path} is not a whole zip file: {e.Message}", e);
        }
    }

    private static Stream OpenEntry(string path, ZipArchiveEntry entry)
    {
        try
        {
            return entry.Open();
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            throw new ImportException($"{path}!{entry.FullName} cannot be unpacked: {e.Message}", e);
        }
    }

    private static MeteredStream Open(string path, ImportRun run)
    {
        try
        {
            if (!RegularFile.HasBytes(path))
            {
                run.Remark($"{path} has no bytes: it is empty, or a pipe or a device, and was not opened");
                return new(Stream.Null, run.ReportBytes);
            }

            return new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileBuffer), run.ReportBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"{path} cannot be opened: {e.Message}", e);
        }
    }
}
