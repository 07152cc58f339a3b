using System.Buffers.Binary;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// A store that lasts as long as its process: for tests, and for sessions that reset at each logon. One session owns it.
/// It keeps the bytes of sent messages in one array that doubles when it is full, up to <see cref="MaxBytes"/>; beyond that the
/// messages are given up and a resend fills their numbers as a gap. One that was built with all its room never allocates.
/// </summary>
public sealed class MemoryMessageStore : MessageStore
{
    public const int MaxBytes = 1 << 26;

    /// <summary>Room taken at first unless another is named.</summary>
    public const int FirstBytes = 1 << 16;

    private const int HeadBytes = sizeof(int) + sizeof(long);

    // A place is the offset of the length and the number that stand before the message, counted from all bytes ever written.
    private byte[] _bytes;
    private long _base;
    private int _used;

    /// <param name="now">When its numbers start from 1.</param>
    /// <param name="reservedBytes">Room taken at once.</param>
    public MemoryMessageStore(Timestamp now = default, int reservedBytes = FirstBytes)
    {
        if (reservedBytes is < FirstBytes or > MaxBytes) throw new ArgumentOutOfRangeException(nameof(reservedBytes), reservedBytes, $"A memory store takes {FirstBytes} to {MaxBytes} bytes.");
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
        while (size < MaxBytes && size - _used < needed) size = Math.Min(MaxBytes, size * 2);
        if (size - _used < needed)
        {
            _base += _used;
            _used = 0;
            return;
        }

        Array.Resize(ref _bytes, size);
    }
}
