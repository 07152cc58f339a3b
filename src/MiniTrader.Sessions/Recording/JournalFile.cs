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

/// <summary>Writes a session's journal: every entry in the order in which the engine made it. Recorder thread only.</summary>
internal sealed class JournalFile : IDisposable
{
    public const string FileName = "journal.bin";

    private readonly FileStream _stream;

    public JournalFile(string directory, bool includesMarket)
    {
        Directory.CreateDirectory(directory);
        _stream = new FileStream(Path.Combine(directory, FileName), FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
        JournalFileHead head = new()
        {
            Magic = JournalFileHead.MagicValue,
            Version = JournalFileHead.CurrentVersion,
            Flags = includesMarket ? 1 : 0,
            Created = Timestamp.FromDateTime(DateTime.UtcNow),
        };
        _stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<JournalFileHead>(in head)));
    }

    public void Write(ReadOnlySpan<JournalSlot> slots) => _stream.Write(MemoryMarshal.AsBytes(slots));

    public void Dispose() => _stream.Dispose();
}
