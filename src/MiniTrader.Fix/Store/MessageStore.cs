using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// What a FIX session must still know after a crash: the two sequence numbers and every message that was sent. One session owns a
/// store and calls it from its own thread. A number is stored before the message that bears it leaves, so none is ever used twice.
/// </summary>
/// <remarks>
/// Appending allocates nothing but where the place of the messages grows. The index of where they lie never does: it names every 64th message at first, and
/// where it is full every second entry goes and the distance doubles.
/// A span from <see cref="TryGet"/> is valid until the next call that writes.
/// </remarks>
public abstract class MessageStore : IDisposable
{
    /// <summary>The longest message that a store takes: beyond it <see cref="AppendSent"/> throws, which means a bug in the caller.</summary>
    public const int MaxMessageBytes = 1 << 24;

    /// <summary>Entries of the index.</summary>
    public const int IndexSlots = 1 << 12;

    /// <summary>Messages, and bytes, between two entries of a young index; a search reads at most that far.</summary>
    private const int FirstMessagesPerEntry = 64;
    private const long FirstBytesPerEntry = 1 << 16;

    // Some of the numbers stored, ascending, and the place of each; those between lie behind it. A number set back cuts the end off, and the
    // entry that it leaves stays for good: a search that began before it would find the messages that were cut off.
    private long[] _numbers = new long[IndexSlots];
    private long[] _places = new long[IndexSlots];
    private bool[] _isCut = new bool[IndexSlots];
    private int _count;
    private int _messagesPerEntry = FirstMessagesPerEntry;
    private long _bytesPerEntry = FirstBytesPerEntry;
    private int _sinceEntry;
    private long _lastSent;

    // Where the last search ended: the next one is mostly for the number that follows.
    private long _foundNumber;
    private long _foundPlace;

    /// <summary>MsgSeqNum (34) of the next message that we send; 1 in a new store.</summary>
    public long NextSender { get; private set; } = 1;

    /// <summary>MsgSeqNum (34) that we expect next from the other side; 1 in a new store.</summary>
    public long NextTarget { get; private set; } = 1;

    /// <summary>When the numbers last started from 1: a schedule asks whether that was in an earlier session.</summary>
    public Timestamp CreationTime { get; private set; }

    /// <summary>Stores a message under <see cref="NextSender"/>, which grows by one.</summary>
    public void AppendSent(ReadOnlySpan<byte> message)
    {
        if (message.Length is 0 or > MaxMessageBytes) ThrowBadLength(message.Length);
        long place = WriteSent(NextSender, message);
        RecallSent(NextSender, place);
    }

    /// <summary>Sets the next number to send without storing a message: a gap that is later filled, never resent.</summary>
    public void SetNextSender(long number)
    {
        if (number < 1) ThrowBadNumber(number);
        long place = WriteNextSender(number);
        RecallNextSender(number, place);
    }

    /// <summary>Sets the number expected next.</summary>
    public void SetNextTarget(long number)
    {
        if (number < 1) ThrowBadNumber(number);
        WriteNextTarget(number);
        RecallNextTarget(number);
    }

    /// <summary>Forgets every message; both numbers start from 1 again.</summary>
    public void Reset(Timestamp now)
    {
        WriteReset(now);
        Forget(now);
    }

    /// <summary>The message sent under <paramref name="number"/>, or false where none is stored.</summary>
    public bool TryGet(long number, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (number >= NextSender) return false;
        int at = Array.BinarySearch(_numbers, 0, _count, number);
        if (at < 0) at = ~at - 1;
        if (at < 0) return false;
        long end = at + 1 < _count ? _places[at + 1] : long.MaxValue;
        bool goesOn = _foundNumber <= number && _foundPlace >= _places[at] && _foundPlace < end;
        for (long place = goesOn ? _foundPlace : _places[at]; place >= 0 && place < end; place = Following(place))
        {
            long found = NumberAt(place);
            if (found > number) return false;
            if (found < number) continue;
            message = Read(place);
            (_foundNumber, _foundPlace) = (number, place);
            return message.Length > 0;
        }

        return false;
    }

    /// <summary>Reads again what another process may have written (RefreshOnLogon); nothing to do where only this process writes.</summary>
    public virtual void Refresh()
    {
    }

    /// <summary>Hands everything to the disk. A killed process loses nothing without it; a machine that loses power may.</summary>
    public virtual void Flush()
    {
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Writes the message where it survives; the answer is its place.</summary>
    protected abstract long WriteSent(long number, ReadOnlySpan<byte> message);

    /// <summary>Writes the number where it survives; the answer is a place behind all messages before it.</summary>
    protected abstract long WriteNextSender(long number);

    protected abstract void WriteNextTarget(long number);

    protected abstract void WriteReset(Timestamp now);

    /// <summary>The message at a place that <see cref="WriteSent"/> gave; empty where it had to be given up.</summary>
    protected abstract ReadOnlySpan<byte> Read(long place);

    /// <summary>The number of the message at a place; 0 where something other than a message is, or where it had to be given up.</summary>
    protected abstract long NumberAt(long place);

    /// <summary>The place behind this one, or −1 at the end.</summary>
    protected abstract long Following(long place);

    private protected void Forget(Timestamp creationTime)
    {
        _count = 0;
        _messagesPerEntry = FirstMessagesPerEntry;
        _bytesPerEntry = FirstBytesPerEntry;
        _lastSent = 0;
        (_foundNumber, _foundPlace) = (0, -1);
        NextSender = 1;
        NextTarget = 1;
        CreationTime = creationTime;
    }

    private protected void RecallSent(long number, long place)
    {
        if (_count == 0 || ++_sinceEntry >= _messagesPerEntry || place - _places[_count - 1] >= _bytesPerEntry) AddEntry(number, place, isCut: false);
        _lastSent = number;
        NextSender = number + 1;
    }

    private protected void RecallNextSender(long number, long place)
    {
        if (number <= _lastSent)
        {
            // Messages from this number on are no longer the ones that bear their numbers: an entry here ends every search among them.
            while (_count > 0 && _numbers[_count - 1] >= number) _count--;
            AddEntry(number, place, isCut: true);
            _lastSent = number - 1;
            (_foundNumber, _foundPlace) = (0, -1);
        }

        NextSender = number;
    }

    private protected void RecallNextTarget(long number) => NextTarget = number;

    private void AddEntry(long number, long place, bool isCut)
    {
        if (_count == _numbers.Length) Thin();
        _numbers[_count] = number;
        _places[_count] = place;
        _isCut[_count++] = isCut;
        _sinceEntry = 0;
    }

    /// <summary>Keeps the first of every two entries, and those of a cut. Only thousands of cuts leave too little room, and then the index does grow.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Thin()
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (i % 2 == 1 && !_isCut[i]) continue;
            (_numbers[kept], _places[kept], _isCut[kept]) = (_numbers[i], _places[i], _isCut[i]);
            kept++;
        }

        _count = kept;
        _messagesPerEntry *= 2;
        _bytesPerEntry *= 2;
        if (kept <= _numbers.Length / 4 * 3) return;
        int size = checked(_numbers.Length * 2);
        Array.Resize(ref _numbers, size);
        Array.Resize(ref _places, size);
        Array.Resize(ref _isCut, size);
    }

    private static void ThrowBadLength(int length) =>
        throw new ArgumentOutOfRangeException(nameof(length), length, $"A stored message has 1 to {MaxMessageBytes} bytes.");

    private static void ThrowBadNumber(long number) =>
        throw new ArgumentOutOfRangeException(nameof(number), number, "Sequence numbers start at 1.");
}
