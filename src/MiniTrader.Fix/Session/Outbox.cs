namespace MiniTrader.Fix;

/// <summary>
/// The bytes of one session that wait for the socket, in one piece, and the room where the next message is written. One session owns it.
/// <code>
/// output: | already taken by the socket | waiting        | free |
///                                       ^ start          ^ end
/// </code>
/// </summary>
internal sealed class Outbox(int messageBytes, int outputBytes)
{
    /// <summary>Kept free of application messages, so that a heartbeat or logout finds room.</summary>
    public const int SessionReserveBytes = 8_192;

    /// <summary>What a writer wants beyond the message.</summary>
    private const int WriterSlackBytes = 256;

    private readonly byte[] _output = new byte[outputBytes];
    private int _start;
    private int _end;

    /// <summary>Where a message is written before it is stored and queued.</summary>
    public byte[] Scratch { get; } = new byte[messageBytes + WriterSlackBytes];

    public ReadOnlySpan<byte> Pending => _output.AsSpan(_start, _end - _start);

    public bool HasRoom(int bytes) => _output.Length - (_end - _start) >= bytes;

    public void Append(ReadOnlySpan<byte> message)
    {
        if (_output.Length - _end < message.Length)
        {
            Pending.CopyTo(_output);
            _end -= _start;
            _start = 0;
        }

        message.CopyTo(_output.AsSpan(_end));
        _end += message.Length;
    }

    public void Taken(int bytes)
    {
        _start += bytes;
        if (_start == _end) Clear();
    }

    public void Clear() => _start = _end = 0;
}
