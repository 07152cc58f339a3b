namespace MiniTrader.DataTools;

/// <summary>
/// Lines of a UTF-8 stream as spans of one reused buffer. LF and CR LF end a line; a byte order mark at the start is dropped.
/// </summary>
public sealed class LineReader(Stream stream, string name)
{
    /// <summary>Longest line; a longer one means that the file is not text.</summary>
    public const int MaxLineBytes = 8 << 20;

    private byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Number of the line last read, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>True once the last line was read and it ended with the file rather than with a line end.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Reads the next line without its end; the span holds until the next call.</summary>
    /// <exception cref="ImportException">The stream is damaged or a line is too long.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = Take(searched + length);
                _start++;
                return true;
            }

            searched = _end - _start;
            if (_isAtEnd)
            {
                line = searched > 0 ? Take(searched) : default;
                IsOpen |= searched > 0;
                return searched > 0;
            }

            Refill();
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        _start += length;
        if (Line++ == 0 && line.StartsWith("\uFEFF"u8)) line = line[3..];
        return line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
    }

    private void Refill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaxLineBytes) throw new ImportException($"{name}, line {Line + 1} is longer than {MaxLineBytes} bytes; the file is not text with line ends.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = ReadStream(_buffer.AsSpan(_end));
        _end += read;
        _isAtEnd = read == 0;
    }

    private int ReadStream(Span<byte> target)
    {
        try
        {
            return stream.Read(target);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ZstdSharp.ZstdException)
        {
            throw new ImportException($"{name} is damaged after line {Line}: {e.Message}", e);
        }
    }
}
