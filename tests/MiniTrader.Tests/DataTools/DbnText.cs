using System.Buffers.Binary;
using System.Text;

namespace MiniTrader.Tests.DataTools;

/// <summary>Writes DBN files byte by byte, as the format is described, for tests of the importer.</summary>
internal static class DbnText
{
    public const long Undefined = long.MaxValue;

    /// <summary>2023-12-25T23:00:00Z.</summary>
    public const ulong Start = 1_703_545_200_000_000_000;

    public static byte[] File(byte version, ushort schema, params byte[][] records) => File(version, schema, sendTime: false, [(17077, "ESH4", 20231225, 20231226)], records);

    public static byte[] File(byte version, ushort schema, bool sendTime, (uint Id, string Symbol, int From, int Before)[] mappings, params byte[][] records)
    {
        int symbolBytes = version == 1 ? 22 : 71;
        List<byte> data = [];
        data.AddRange(Fixed("GLBX.MDP3", 16));
        data.AddRange(BitConverter.GetBytes(schema));
        data.AddRange(new byte[24]);
        if (version == 1) data.AddRange(new byte[8]);
        data.AddRange([1, 0, sendTime ? (byte)1 : (byte)0]);
        if (version > 1) data.AddRange(BitConverter.GetBytes((ushort)symbolBytes));
        data.AddRange(new byte[100 - data.Count]);
        data.AddRange(new byte[16]);
        data.AddRange(BitConverter.GetBytes(mappings.Length));
        foreach ((uint id, string symbol, int from, int before) in mappings)
        {
            data.AddRange(Fixed(symbol, symbolBytes));
            data.AddRange(BitConverter.GetBytes(1));
            data.AddRange(BitConverter.GetBytes(from));
            data.AddRange(BitConverter.GetBytes(before));
            data.AddRange(Fixed(id.ToString(System.Globalization.CultureInfo.InvariantCulture), symbolBytes));
        }

        byte[] length = BitConverter.GetBytes(data.Count);
        return [.. "DBN"u8, version, .. length, .. data, .. records.SelectMany(r => sendTime ? WithSendTime(r) : r)];
    }

    /// <summary>One order's event; received 50 ns after it happened.</summary>
    public static byte[] Mbo(char action, char side, ulong id, decimal price, uint size, ulong at, byte flags = 128)
    {
        byte[] record = Header(56, 0xA0, at);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(16), id);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(24), price == -1 ? Undefined : (long)(price * 1_000_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(32), size);
        (record[36], record[38], record[39]) = (flags, (byte)action, (byte)side);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(40), Start + at + 50);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(52), (uint)at);
        return record;
    }

    /// <summary>A trade (no levels), an mbp-1 or bbo (one) or an mbp-10 (ten) record.</summary>
    public static byte[] Priced(byte type, char action, char side, decimal price, uint size, ulong at, params (decimal Bid, uint BidSize, decimal Ask, uint AskSize)[] levels)
    {
        byte[] record = Header(48 + (32 * levels.Length), type, at);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(16), price == -1 ? Undefined : (long)(price * 1_000_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(24), size);
        (record[28], record[29], record[30]) = ((byte)action, (byte)side, 128);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(32), Start + at + 50);
        for (int i = 0; i < levels.Length; i++)
        {
            Span<byte> level = record.AsSpan(48 + (32 * i));
            BinaryPrimitives.WriteInt64LittleEndian(level, levels[i].BidSize == 0 ? Undefined : (long)(levels[i].Bid * 1_000_000_000));
            BinaryPrimitives.WriteInt64LittleEndian(level[8..], levels[i].AskSize == 0 ? Undefined : (long)(levels[i].Ask * 1_000_000_000));
            BinaryPrimitives.WriteUInt32LittleEndian(level[16..], levels[i].BidSize);
            BinaryPrimitives.WriteUInt32LittleEndian(level[20..], levels[i].AskSize);
        }

        return record;
    }

    public static byte[] Bar(byte type, ulong at, decimal open, decimal high, decimal low, decimal close, ulong volume)
    {
        byte[] record = Header(56, type, at);
        decimal[] prices = [open, high, low, close];
        for (int i = 0; i < 4; i++) BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(16 + (8 * i)), (long)(prices[i] * 1_000_000_000));
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(48), volume);
        return record;
    }

    public static byte[] Status(ushort action, ulong at)
    {
        byte[] record = Header(40, 0x12, at);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(16), Start + at + 50);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(24), action);
        return record;
    }

    public static byte[] Header(int length, byte type, ulong at, ushort publisher = 1, uint instrument = 17077)
    {
        byte[] record = new byte[length];
        (record[0], record[1]) = ((byte)(length / 4), type);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(2), publisher);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), instrument);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(8), Start + at);
        return record;
    }

    public static byte[] Fixed(string text, int bytes)
    {
        byte[] result = new byte[bytes];
        Encoding.UTF8.GetBytes(text, result);
        return result;
    }

    private static byte[] WithSendTime(byte[] record) => [(byte)(record[0] + 2), .. record[1..], .. new byte[8]];
}
