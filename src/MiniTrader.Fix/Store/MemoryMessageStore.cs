using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// A store that lasts as long as its process: for tests, and for sessions that reset at each logon. One session owns it.
/// It keeps the bytes of sent messages in one array that doubles when it is full, up to <see cref="MaxBytes"/>; beyond that the
/// oldest messages are given up and a resend fills their numbers as a gap.
/// </summary>
public sealed class MemoryMessageStore : MessageStore
{
    public const int MaxBytes = 1 << 28;

    private const int LengthBytes = sizeof(int);

    // A place is the offset of the length that stands before the message, counted from all bytes ever written.
    private byte[] _bytes = new byte[1 << 16];
    private long _base;
    private int _used;

    public MemoryMessageStore(Timestamp now = default) => Forget(now);

    protected override long WriteSent(long number, ReadOnlySpan<byte> message)
    {
        int needed = LengthBytes + message.Length;
        if (_bytes.Length - _used < needed) MakeRoom(needed);
        long place = _base + _used;
        BitConverter.TryWriteBytes(_bytes.AsSpan(_used), message.Length);
        message.CopyTo(_bytes.AsSpan(_used + LengthBytes));
        _used += needed;
        return place;
    }

    protected override void WriteNextSender(long number)
    {
    }

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
        return at.Slice(LengthBytes, BitConverter.ToInt32(at));
    }

    private void MakeRoom(int needed)
    {
        if (_bytes.Length >= MaxBytes)
        {
            _base += _used;
            _used = 0;
            return;
        }

        int size = _bytes.Length;
        while (size - _used < needed) size *= 2;
        Array.Resize(ref _bytes, size);
    }
}
