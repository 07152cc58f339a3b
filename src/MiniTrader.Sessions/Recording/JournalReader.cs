using System.Runtime.InteropServices;
using MiniTrader.Engine;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>
/// Reads a journal from its first entry to its last, in memory that does not grow with it. Whoever opened it owns it; one thread.
/// </summary>
public sealed class JournalReader : IDisposable
{
    private const int MaxSlots = 3;

    private readonly FileStream _stream;
    private readonly JournalSlot[] _entry = new JournalSlot[MaxSlots];
    private long _offset;

    private JournalReader(string path, FileStream stream) => (Path, _stream) = (path, stream);

    public string Path { get; }

    /// <summary>When the run began, by the machine's clock.</summary>
    public Timestamp Created { get; private set; }

    /// <summary>Market events and timers are in it, not only what the run did.</summary>
    public bool IncludesMarket { get; private set; }

    /// <summary>The entry that was read last: its head, or the market event that it is.</summary>
    public ref readonly JournalSlot Head => ref _entry[0];

    /// <summary>Bytes read so far: where the next entry begins.</summary>
    public long Offset => _offset;

    /// <summary>Opens a journal file, or the one of a run folder.</summary>
    /// <exception cref="InvalidDataException">It is no journal, or one of another version. <see cref="FileNotFoundException"/> when there is none.</exception>
    public static JournalReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path)) path = System.IO.Path.Combine(path, "journal", JournalFile.FileName);
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no journal {path}. Name a run folder whose run had a journal, or the file.", path);
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 20);
        JournalReader reader = new(path, stream);
        try
        {
            reader.ReadHead();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next entry; false at the end of the file.</summary>
    /// <exception cref="InvalidDataException">The file is cut off or damaged here; the sentence names the byte. What came before is sound.</exception>
    public bool TryRead()
    {
        long start = _offset;
        int read = Fill(0, 1);
        if (read == 0) return false;
        if (read < MarketEvent.Size) throw CutOff(start);
        int followers = _entry[0].IsMarket ? 0 : FollowersOf(_entry[0].Kind);
        bool isKnown = _entry[0].IsMarket ? _entry[0].Market.Header.Kind != EventKind.None && Enum.IsDefined(_entry[0].Market.Header.Kind) : followers == _entry[0].Followers;
        if (!isKnown) throw new InvalidDataException($"{Path} is damaged at byte {start}: no entry begins with kind {(byte)_entry[0].Kind} and {_entry[0].Followers} slots behind it. What was read before is sound.");
        if (followers > 0 && Fill(1, followers) < followers * MarketEvent.Size) throw CutOff(start);
        return true;
    }

    /// <summary>What follows the head of the entry that was read last.</summary>
    public ref readonly T Payload<T>()
        where T : unmanaged => ref MemoryMarshal.Cast<JournalSlot, T>(_entry.AsSpan(1))[0];

    public void Dispose() => _stream.Dispose();

    private void ReadHead()
    {
        JournalFileHead head = default;
        int read = _stream.ReadAtLeast(MemoryMarshal.AsBytes(new Span<JournalFileHead>(ref head)), MarketEvent.Size, throwOnEndOfStream: false);
        _offset = read;
        if (read < MarketEvent.Size || head.Magic != JournalFileHead.MagicValue) throw new InvalidDataException($"{Path} is no journal: it does not begin as one does.");
        if (head.Version != JournalFileHead.CurrentVersion) throw new InvalidDataException($"{Path} is a journal of version {head.Version}; this program reads version {JournalFileHead.CurrentVersion}.");
        (Created, IncludesMarket) = (head.Created, (head.Flags & 1) != 0);
    }

    private int Fill(int first, int count)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(_entry.AsSpan(first, count));
        int read = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        _offset += read;
        return read;
    }

    private InvalidDataException CutOff(long start) =>
        new($"{Path} is cut off: its last entry, at byte {start}, is not whole. What was read before is sound.");

    /// <summary>−1 for a kind that there is not.</summary>
    private static int FollowersOf(JournalKind kind) => kind switch
    {
        JournalKind.Command or JournalKind.Report or JournalKind.Equity => 2,
        JournalKind.Entry or JournalKind.Denial => 1,
        JournalKind.Timer or JournalKind.Mark => 0,
        _ => -1,
    };
}
