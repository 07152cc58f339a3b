using System.Buffers.Binary;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// A store that lasts as long as its process: for tests, and for sessions that reset at each logon. One session owns it.
/// It keeps the bytes of sent messages in one array that doubles when it is full, up to a bound; beyond that the older half of
/// them is given up, and a resend fills their numbers as a gap. One that was built with all its room never allocates.
/// </summary>
public sealed class MemoryMessageStore : MessageStore
{
    /// <summary>The largest bound, and the one where none is named.</summary>
    public const int MaxBytes = 1 << 26;

    /// <summary>Room taken at first unless another is named.</summary>
    public const int FirstBytes = 1 << 16;

    private const int HeadBytes = sizeof(int) + sizeof(long);

    // A place is the offset of the length and the number that stand before the message, counted from all bytes ever written.
    private readonly int _bytesMax;
    private byte[] _bytes;
    private long _base;
    private int _used;

    /// <param name="now">When its numbers start from 1.</param>
    /// <param name="reservedBytes">Room taken at once.</param>
    /// <param name="bytesMax">The bound; at least twice the longest message.</param>
    public MemoryMessageStore(Timestamp now = default, int reservedBytes = FirstBytes, int bytesMax = MaxBytes)
    {
        if (bytesMax is < 2 * FirstBytes or > MaxBytes) throw new ArgumentOutOfRangeException(nameof(bytesMax), bytesMax, $"A memory store is bound to {2 * FirstBytes} to {MaxBytes} bytes.");
        if (reservedBytes < FirstBytes || reservedBytes > bytesMax) throw new ArgumentOutOfRangeException(nameof(reservedBytes), reservedBytes, $"A memory store takes {FirstBytes} to {bytesMax} bytes.");
        _bytesMax = bytesMax;
        _bytes = new byte[reservedBytes];
        Forget(now);
    }

    protected override long WriteSent(long number, ReadOnlySpan<byte> message)
    {
        int needed = HeadBytes + message.Length;
        if (_bytes.Length - _used < needed) MakeRoom(needed);
        long place = _base + _used;
        Span<byte> at = _bytes.AsSpan(_used);
        BinaryPrimitives.WriteInt32LittleEndian(at, message.Length);
        BinaryPrimitives.WriteInt64LittleEndian(at[sizeof(int)..], number);
        message.CopyTo(at[HeadBytes..]);
        _used += needed;
        return place;
    }

    protected override long WriteNextSender(long number) => _base + _used;

    protected override void WriteNextTarget(long number)
    {
    }

    protected override void WriteReset(Timestamp now)
    {
        _base += _used;
        _used = 0;
    }

    protected override ReadOnlySpan<byte> Read(long place)
    {
        long offset = place - _base;
        if (offset < 0) return default;
        ReadOnlySpan<byte> at = _bytes.AsSpan((int)offset);
        return at.Slice(HeadBytes, BinaryPrimitives.ReadInt32LittleEndian(at));
    }

    protected override long NumberAt(long place) =>
        place < _base || place >= _base + _used ? 0 : BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan((int)(place - _base) + sizeof(int)));

    protected override long Following(long place)
    {
        if (place < _base) return _used > 0 ? _base : -1;
        if (place >= _base + _used) return -1;
        long next = place + HeadBytes + BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan((int)(place - _base)));
        return next < _base + _used ? next : -1;
    }

    private void MakeRoom(int needed)
    {
        int size = _bytes.Length;
        while (size < _bytesMax && size - _used < needed) size = Math.Min(_bytesMax, size * 2);
        if (size != _bytes.Length) Array.Resize(ref _bytes, size);
        if (size - _used < needed) GiveUpHalf(needed);
    }

    /// <summary>What is left moves to the front, so that each byte is moved once for every half of the room that is written.</summary>
    private void GiveUpHalf(int needed)
    {
        int least = Math.Max(_used / 2, needed - (_bytes.Length - _used));
        int cut = 0;
        while (cut < least) cut += HeadBytes + BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(cut));
        _bytes.AsSpan(cut, _used - cut).CopyTo(_bytes);
        _base += cut;
        _used -= cut;
    }
}
