using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// Writes what came and went to <c>NAME.messages.log</c> and what happened to <c>NAME.event.log</c>, a line each with its time in front. Secrets
/// in logons (passwords, raw data) are written as <c>***</c>. Messages wait in a buffer until it is full or <see cref="Flush"/> is called.
/// </summary>
public sealed class FileMessageLog : MessageLog
{
    private readonly FileStream _messages;
    private readonly FileStream _events;
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly TimestampText _times = new(TimestampPrecision.Microseconds);
    private int _used;

    public FileMessageLog(string folder, SessionId id)
    {
        ArgumentNullException.ThrowIfNull(id);
        Directory.CreateDirectory(folder);
        _messages = Open(Path.Combine(folder, id.FileName + ".messages.log"));
        _events = Open(Path.Combine(folder, id.FileName + ".event.log"));
    }

    public override void Incoming(Timestamp now, ReadOnlySpan<byte> message) => Write(now, " < "u8, message);

    public override void Outgoing(Timestamp now, ReadOnlySpan<byte> message) => Write(now, " > "u8, message);

    public override void Event(Timestamp now, string text)
    {
        Flush();
        _events.Write(Encoding.UTF8.GetBytes($"{now} {text}\n"));
        _events.Flush();
    }

    public override void Flush()
    {
        if (_used == 0) return;
        _messages.Write(_buffer, 0, _used);
        _used = 0;
        _messages.Flush();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Flush();
            _messages.Dispose();
            _events.Dispose();
        }

        base.Dispose(disposing);
    }

    private static FileStream Open(string path) => new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1);

    private void Write(Timestamp now, ReadOnlySpan<byte> direction, ReadOnlySpan<byte> message)
    {
        const int timeBytes = 64;
        if (_buffer.Length - _used < message.Length + timeBytes) Flush();
        if (_buffer.Length < message.Length + timeBytes)
        {
            Event(now, $"A message of {message.Length} bytes is too long for the log");
            return;
        }

        Span<byte> line = _buffer.AsSpan(_used);
        int at = _times.Write(ref line[0], now);
        direction.CopyTo(line[at..]);
        at += direction.Length;
        at += SecretMask.Copy(message, line[at..]);
        line[at++] = (byte)'\n';
        _used += at;
    }
}
