using System.Runtime.InteropServices;
using MiniTrader.Engine;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>
/// The head of a journal file; slots follow it to the end of the file.
/// <code>
/// 0        8        12       16       24                    64
/// +--------+--------+--------+--------+---------------------+
/// | magic  | version| flags  | created| 0                   |   flags 1: market events are included
/// +--------+--------+--------+--------+---------------------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = MarketEvent.Size)]
public struct JournalFileHead
{
    /// <summary>"MTJOURNL" in ASCII, little-endian.</summary>
    public const ulong MagicValue = 0x4C4E52554F4A544D;

    public const int CurrentVersion = 1;

    public ulong Magic;
    public int Version;
    public int Flags;
    public Timestamp Created;
}

/// <summary>
/// Writes a session's journal: every entry in the order in which the engine made it. It grows as <c>journal.bin.part</c> and takes its
/// name when it is complete and on the disk. Used by the recorder thread, and completed by the session when that has ended.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    public const string FileName = "journal.bin";

    private readonly string _path;
    private readonly FileStream _stream;
    private bool _isClosed;

    public JournalFile(string directory, bool includesMarket)
    {
        Directory.CreateDirectory(directory);
        _path = Path.Combine(directory, FileName);
        _stream = new FileStream(PartPath, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
        JournalFileHead head = new()
        {
            Magic = JournalFileHead.MagicValue,
            Version = JournalFileHead.CurrentVersion,
            Flags = includesMarket ? 1 : 0,
            Created = Timestamp.FromDateTime(DateTime.UtcNow),
        };
        _stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<JournalFileHead>(in head)));
    }

    private string PartPath => _path + ".part";

    public void Write(ReadOnlySpan<JournalSlot> slots) => _stream.Write(MemoryMarshal.AsBytes(slots));

    /// <summary>Writes what is left through to the disk and gives the file its name.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Complete()
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        _isClosed = true;
        File.Move(PartPath, _path, overwrite: true);
    }

    /// <summary>Gives up a journal that was not completed. Throws nothing.</summary>
    public void Dispose()
    {
        if (_isClosed) return;
        _isClosed = true;
        try
        {
            _stream.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The run failed before; a disk that is still full must not hide why. A file at its size limit is an ArgumentException.
        }
    }
}
