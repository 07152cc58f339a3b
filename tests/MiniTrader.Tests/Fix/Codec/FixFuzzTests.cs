using CsCheck;
using MiniTrader.Fix;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>Any bytes whatever, split anywhere, give the same messages and never an exception.</summary>
public sealed class FixFuzzTests
{
    private static readonly FixLimits _limits = new() { MessageBytes = 256, Fields = 32 };

    private static readonly Gen<byte[]> _piece = Gen.OneOf(
        Gen.Byte.Array[0, 40],
        Gen.OneOf("8=FIX", "8=FIX.4.4|", "9=5|", "9=12|", "35=0|", "10=000|", "10=163|", "|", "=", "95=3|96=", "34=1|", "8=", "-1=x|")
            .Select(FixText.Bytes),
        Gen.OneOf(
                "35=0|34=1|", "35=A|34=2|95=5|96=a|b=c|", "35=8|34=3|11=x|37=1|17=2|150=0|39=0|55=SPY|54=1|38=100|14=0|151=100|6=0|", "35=0|x|", "35=B|148=ü|")
            .Select(body => FixText.Message(body)),
        Gen.Select(Gen.OneOf("35=0|34=4|56=ISLD|", "35=D|11=a|96=z|").Select(body => FixText.Message(body)), Gen.Int[0, 200], Gen.Byte)
            .Select((message, at, b) => Changed(message, at, b)));

    private static readonly Gen<byte[]> _stream = _piece.Array[0, 12].Select(pieces => pieces.SelectMany(piece => piece).ToArray());

    [Fact]
    public void Any_bytes_give_a_message_more_bytes_or_garbled() =>
        _stream.Sample(
            stream =>
            {
                FixParser parser = new(_limits);
                ReadOnlySpan<byte> rest = stream;
                while (true)
                {
                    ParseStatus status = parser.Parse(rest, out FixMessage message, out int consumed);
                    if (status == ParseStatus.NeedMore) return consumed == 0 && rest.Length < _limits.MessageBytes;
                    if (consumed < 1 || consumed > rest.Length) return false;
                    if (status == ParseStatus.Message && !IsWellFormed(message, rest[..consumed])) return false;
                    rest = rest[consumed..];
                }
            },
            iter: 20_000);

    [Fact]
    public void A_stream_gives_the_same_messages_however_it_is_split() =>
        Gen.Select(_stream, Gen.Int[1, 30].Array[1, 8]).Sample(
            (stream, steps) => Messages(stream, [stream.Length]).SequenceEqual(Messages(stream, steps)),
            iter: 10_000);

    private static bool IsWellFormed(FixMessage message, ReadOnlySpan<byte> bytes)
    {
        List<byte> joined = [];
        for (int i = 0; i < message.Fields.Count; i++) joined.AddRange(message.Fields.RawAt(i));
        return joined.SequenceEqual(bytes.ToArray())
            && message.Fields.TagAt(0) == 8 && message.Fields.TagAt(1) == 9 && message.Fields.TagAt(2) == 35
            && message.Fields.TagAt(message.Fields.Count - 1) == 10;
    }

    /// <summary>The messages of a stream that arrives in steps of these lengths, over and over.</summary>
    private static List<string> Messages(byte[] stream, int[] steps)
    {
        FixParser parser = new(_limits);
        List<string> messages = [];
        int arrived = 0, taken = 0;
        for (int i = 0; arrived < stream.Length; i++)
        {
            arrived = Math.Min(stream.Length, arrived + Math.Max(1, steps[i % steps.Length]));
            ParseStatus status;
            while ((status = parser.Parse(stream.AsSpan(taken, arrived - taken), out FixMessage message, out int consumed)) != ParseStatus.NeedMore)
            {
                if (status == ParseStatus.Message) messages.Add(Convert.ToHexString(message.Bytes));
                taken += consumed;
            }
        }

        return messages;
    }

    private static byte[] Changed(byte[] message, int at, byte b)
    {
        byte[] copy = [.. message];
        copy[at % copy.Length] = b;
        return copy;
    }
}
