using System.Buffers.Binary;
using System.Text;

namespace MiniTrader.Tests.DataTools.Itch;

/// <summary>
/// Writes ITCH messages byte by byte after the public specification, independently of the structs of the product. Times are
/// nanoseconds since midnight and go up by one a message unless they are set.
/// </summary>
internal sealed class ItchBytes
{
    private readonly List<byte> _bytes = [];

    /// <summary>Time of the next message.</summary>
    public long Time { get; set; } = 34_200_000_000_000;

    /// <summary>Offsets of the messages, their two-byte lengths included.</summary>
    public List<int> Offsets { get; } = [];

    public byte[] ToArray() => [.. _bytes];

    public ItchBytes Raw(params ReadOnlySpan<byte> bytes)
    {
        Offsets.Add(_bytes.Count);
        _bytes.AddRange(bytes);
        return this;
    }

    public ItchBytes System(char code) => Message('S', 0, code);

    public ItchBytes Directory(ushort locate, string stock, char roundLotsOnly = 'N') =>
        Message('R', locate, Stock(stock), 'Q', 'N', 100u, roundLotsOnly, 'C', 'Z', ' ', 'P', 'N', 'N', '1', 'N', 0u, 'N');

    public ItchBytes Action(ushort locate, string stock, char state) => Message('H', locate, Stock(stock), state, ' ', 0x20202020u);

    public ItchBytes Add(ushort locate, string stock, ulong id, char side, uint shares, uint price) =>
        Message('A', locate, id, side, shares, Stock(stock), price);

    public ItchBytes AddWithParticipant(ushort locate, string stock, ulong id, char side, uint shares, uint price) =>
        Message('F', locate, id, side, shares, Stock(stock), price, Encoding.ASCII.GetBytes("NITE"));

    public ItchBytes Execute(ushort locate, ulong id, uint shares, ulong match) => Message('E', locate, id, shares, match);

    public ItchBytes ExecuteAt(ushort locate, ulong id, uint shares, ulong match, char printable, uint price) =>
        Message('C', locate, id, shares, match, printable, price);

    public ItchBytes Cancel(ushort locate, ulong id, uint shares) => Message('X', locate, id, shares);

    public ItchBytes Delete(ushort locate, ulong id) => Message('D', locate, id);

    public ItchBytes Replace(ushort locate, ulong id, ulong newId, uint shares, uint price) => Message('U', locate, id, newId, shares, price);

    public ItchBytes Trade(ushort locate, string stock, char side, uint shares, uint price, ulong match) =>
        Message('P', locate, 0ul, side, shares, Stock(stock), price, match);

    public ItchBytes Cross(ushort locate, string stock, ulong shares, uint price, ulong match, char cross) =>
        Message('Q', locate, shares, Stock(stock), price, match, cross);

    public ItchBytes Break(ushort locate, ulong match) => Message('B', locate, match);

    public ItchBytes Imbalance(ushort locate, string stock) => Message('I', locate, 100ul, 50ul, 'B', Stock(stock), 1u, 2u, 3u, 'O', '1');

    /// <summary>Any message: its fields in order, as bytes, char, uint or ulong.</summary>
    public ItchBytes Message(char type, ushort locate, params object[] fields)
    {
        List<byte> body = [(byte)type, (byte)(locate >> 8), (byte)locate, 0x12, 0x34];
        for (int shift = 40; shift >= 0; shift -= 8) body.Add((byte)(Time >> shift));
        Time++;
        foreach (object field in fields) body.AddRange(Bytes(field));
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)body.Count);
        return Raw([.. length, .. body]);
    }

    public static byte[] Stock(string symbol) => Encoding.ASCII.GetBytes(symbol.PadRight(8));

    private static byte[] Bytes(object field)
    {
        byte[] bytes = new byte[8];
        switch (field)
        {
            case char letter: return [(byte)letter];
            case byte[] many: return many;
            case uint word:
                BinaryPrimitives.WriteUInt32BigEndian(bytes, word);
                return bytes[..4];
            case ulong word:
                BinaryPrimitives.WriteUInt64BigEndian(bytes, word);
                return bytes;
            default: throw new ArgumentException($"No field is a {field.GetType()}.");
        }
    }
}
