using System.IO.Hashing;

namespace MiniTrader.DataTools;

/// <summary>A stream that wraps another and can only be read. The wrapped stream is disposed with it.</summary>
public abstract class ForwardStream(Stream inner) : Stream
{
    protected Stream Inner { get; } = inner;

    public override bool CanRead => true;

    public override bool CanSeek => Inner.CanSeek;

    public override bool CanWrite => false;

    public override long Length => Inner.Length;

    public override long Position { get => Inner.Position; set => Inner.Position = value; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Inner.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) Inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>Reports how many bytes were read, for a progress bar.</summary>
public sealed class MeteredStream(Stream inner, Action<long> report) : ForwardStream(inner)
{
    public override int Read(Span<byte> buffer)
    {
        int read = Inner.Read(buffer);
        report(read);
        return read;
    }
}

/// <summary>
/// Fails at the end of a zip entry whose length or CRC is not what the zip's directory says: a damaged archive must not
/// look like a short day.
/// </summary>
public sealed class CheckedStream(Stream inner, long length, uint checksum) : ForwardStream(inner)
{
    private readonly Crc32 _crc = new();
    private long _read;

    public override bool CanSeek => false;

    public override int Read(Span<byte> buffer)
    {
        int read = Inner.Read(buffer);
        _crc.Append(buffer[..read]);
        _read += read;
        if (read == 0 && buffer.Length > 0)
        {
            if (_read != length) throw new InvalidDataException($"it ends after {_read} of {length} bytes");
            if (_crc.GetCurrentHashAsUInt32() != checksum) throw new InvalidDataException("its CRC does not match");
        }

        return read;
    }
}
