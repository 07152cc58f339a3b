using MiniTrader.Feeds;

namespace MiniTrader.DataTools;

/// <summary>
/// Reads a stream of ITCH messages in blocks. What is no message is handed on as a fault, once, and reading goes on at the next
/// place where messages follow each other. One thread.
/// </summary>
internal sealed class ItchFile(SourcePart part)
{
    /// <summary>More than the longest claim of a length (65,535) and the messages behind it that are looked at.</summary>
    private const int BufferBytes = 80_000;

    /// <summary>Messages that must follow each other where reading is taken up again.</summary>
    private const int ConvincingFrames = 3;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private string? _damage;
    private bool _isAtEnd;

    private ReadOnlySpan<byte> Rest => _buffer.AsSpan(_start, _end - _start);

    public void Read<THandler>(ref THandler handler)
        where THandler : struct, IItchFileHandler
    {
        while (true)
        {
            _start += ItchDecoder.Decode(Rest, ref handler, out ItchStop stop);
            if (Refill()) continue;
            if (Rest.IsEmpty) break;
            if (stop == ItchStop.NeedsMore) stop = Rest.Length == ItchDecoder.PrefixBytes && ItchDecoder.ReadLength(Rest) == 0 ? ItchStop.EmptyMessage : stop;
            if (stop == ItchStop.EmptyMessage && Rest.Length == ItchDecoder.PrefixBytes && _damage is null)
            {
                handler.OnEndMark();
                _start = _end;
                break;
            }

            int taken = stop == ItchStop.NeedsMore ? Rest.Length : NextMessage();
            handler.OnFault(Reason(stop), Rest[..taken]);
            _start += taken;
        }

        if (_damage is not null) handler.OnFault($"the file is damaged from here on ({_damage})", []);
    }

    private string Reason(ItchStop stop) => stop switch
    {
        ItchStop.NeedsMore when _damage is not null => "damage cuts the message off",
        ItchStop.NeedsMore => "the file ends inside the message",
        ItchStop.EmptyMessage => "a length of zero before the end of the file",
        ItchStop.UnknownType => "the message's type is unknown",
        _ => "the message's length is not that of its type",
    };

    /// <summary>
    /// Bytes up to the next place to read on: where the length says, where the type says, else the first place behind which
    /// messages follow each other; all that is left when there is none.
    /// </summary>
    private int NextMessage()
    {
        ReadOnlySpan<byte> rest = Rest;
        if (rest.Length <= ItchDecoder.PrefixBytes) return rest.Length;
        int said = ItchDecoder.PrefixBytes + ItchDecoder.ReadLength(rest);
        if (IsConvincing(said)) return said;
        int usual = ItchMessageTypes.LengthOf((ItchMessageType)rest[ItchDecoder.PrefixBytes]);
        if (usual > 0 && IsConvincing(ItchDecoder.PrefixBytes + usual)) return ItchDecoder.PrefixBytes + usual;
        for (int at = 1; at < rest.Length; at++)
        {
            if (IsConvincing(at)) return at;
        }

        return rest.Length;
    }

    /// <summary>True when messages, or the end of the file, follow at this place.</summary>
    private bool IsConvincing(int at)
    {
        ReadOnlySpan<byte> rest = Rest;
        for (int frames = 0; frames < ConvincingFrames; frames++)
        {
            if (at == rest.Length) return frames > 0 || _isAtEnd;
            if (at + ItchDecoder.PrefixBytes >= rest.Length) return false;
            int length = ItchDecoder.ReadLength(rest[at..]);
            if (length == 0 || length != ItchMessageTypes.LengthOf((ItchMessageType)rest[at + ItchDecoder.PrefixBytes])) return false;
            at += ItchDecoder.PrefixBytes + length;
            if (at > rest.Length) return frames > 0;
        }

        return true;
    }

    /// <summary>Reads more behind what is left; false when nothing came, because the file or the buffer is at its end.</summary>
    private bool Refill()
    {
        if (_isAtEnd) return false;
        Rest.CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length) return false;
        try
        {
            int read = part.Stream.Read(_buffer.AsSpan(_end));
            _end += read;
            _isAtEnd = read == 0;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ZstdSharp.ZstdException)
        {
            _damage = e.Message;
            _isAtEnd = true;
        }

        return !_isAtEnd;
    }
}
