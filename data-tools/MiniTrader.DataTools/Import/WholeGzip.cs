using System.IO.Compression;

namespace MiniTrader.DataTools;

/// <summary>
/// Unpacks a gzip file of any number of members, one behind another, and fails where what follows one is none: the library takes that for the end, so that a
/// damaged header would leave out all members from there on. Zeros, with which some tools fill up a file, are an end.
/// </summary>
public sealed class WholeGzip(Stream file) : ForwardStream(new GZipStream(new LateBytes(file), CompressionMode.Decompress))
{
    public override bool CanSeek => false;

    public override int Read(Span<byte> buffer)
    {
        int read = Inner.Read(buffer);
        if (read == 0 && buffer.Length > 0) CheckEnd();
        return read;
    }

    private void CheckEnd()
    {
        Span<byte> rest = stackalloc byte[512];
        for (int read = file.Read(rest); read > 0; read = file.Read(rest))
        {
            if (rest[..read].ContainsAnyExcept((byte)0)) throw new InvalidDataException("what follows the last whole gzip member is none.");
        }
    }

    /// <summary>Gives out the end of a file byte by byte, so that whoever unpacks it has not read far beyond what it understands.</summary>
    private sealed class LateBytes(Stream inner) : ForwardStream(inner)
    {
        private const int Slow = 1 << 14;

        private readonly long _length = inner.Length;
        private long _read;

        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer)
        {
            long fast = Math.Max(1, _length - Slow - _read);
            int read = Inner.Read(buffer[..(int)Math.Min(buffer.Length, fast)]);
            _read += read;
            return read;
        }
    }
}
