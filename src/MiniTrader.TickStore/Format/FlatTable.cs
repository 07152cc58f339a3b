using System.Buffers.Binary;

namespace MiniTrader.TickStore;

/// <summary>A flatbuffer that points outside itself or lacks what it must have. Caught where file and batch are known.</summary>
internal sealed class DamagedMetadataException(string message) : Exception(message);

/// <summary>
/// A table of a flatbuffer, read with every offset checked against the buffer before it is followed: bytes from a damaged file
/// can give wrong values, which hashes and ranges catch, but never a read outside the buffer.
/// <code>
/// buffer:  ... [vtable: u16 size, u16 table size, u16 field offsets...] ... [table: i32 distance back to its vtable, fields...] ...
/// </code>
/// </summary>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> _buffer;
    private readonly int _table;
    private readonly int _vtable;
    private readonly int _vtableBytes;
    private readonly int _tableBytes;

    private FlatTable(ReadOnlySpan<byte> buffer, long table)
    {
        Require(table >= 0 && table <= buffer.Length - 4);
        _buffer = buffer;
        _table = (int)table;
        long vtable = table - BinaryPrimitives.ReadInt32LittleEndian(buffer[_table..]);
        Require(vtable >= 0 && vtable <= buffer.Length - 4);
        _vtable = (int)vtable;
        _vtableBytes = BinaryPrimitives.ReadUInt16LittleEndian(buffer[_vtable..]);
        _tableBytes = BinaryPrimitives.ReadUInt16LittleEndian(buffer[(_vtable + 2)..]);
        Require(_vtableBytes >= 4 && _vtable + _vtableBytes <= buffer.Length && _tableBytes >= 4 && _table + (long)_tableBytes <= buffer.Length);
    }

    public static FlatTable Root(ReadOnlySpan<byte> buffer)
    {
        Require(buffer.Length >= 4);
        return new FlatTable(buffer, BinaryPrimitives.ReadUInt32LittleEndian(buffer));
    }

    public bool Has(int slot) => Field(slot, 1) >= 0;

    public byte GetByte(int slot, byte absent = 0) => Field(slot, 1) is >= 0 and int at ? _buffer[at] : absent;

    public bool GetBool(int slot) => GetByte(slot) != 0;

    public short GetInt16(int slot, short absent = 0) => Field(slot, 2) is >= 0 and int at ? BinaryPrimitives.ReadInt16LittleEndian(_buffer[at..]) : absent;

    public int GetInt32(int slot, int absent = 0) => Field(slot, 4) is >= 0 and int at ? BinaryPrimitives.ReadInt32LittleEndian(_buffer[at..]) : absent;

    public long GetInt64(int slot, long absent = 0) => Field(slot, 8) is >= 0 and int at ? BinaryPrimitives.ReadInt64LittleEndian(_buffer[at..]) : absent;

    /// <summary>A nested table; a missing one is damage.</summary>
    public FlatTable GetTable(int slot, string name)
    {
        int at = Field(slot, 4);
        if (at < 0) throw new DamagedMetadataException($"its metadata has no {name}.");
        return new FlatTable(_buffer, at + (long)BinaryPrimitives.ReadUInt32LittleEndian(_buffer[at..]));
    }

    /// <summary>A vector of fixed-size elements; empty when it is absent.</summary>
    public FlatVector GetVector(int slot, int elementBytes)
    {
        int at = Field(slot, 4);
        if (at < 0) return default;
        long start = at + (long)BinaryPrimitives.ReadUInt32LittleEndian(_buffer[at..]);
        Require(start <= _buffer.Length - 4);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(_buffer[(int)start..]);
        Require(count <= (_buffer.Length - start - 4) / elementBytes);
        return new FlatVector(_buffer, (int)start + 4, (int)count, elementBytes);
    }

    /// <summary>UTF-8 text; empty when it is absent.</summary>
    public ReadOnlySpan<byte> GetText(int slot)
    {
        FlatVector bytes = GetVector(slot, 1);
        return bytes.Count == 0 ? [] : bytes.Bytes;
    }

    /// <summary>Where a field stands in the buffer, −1 when the table does not have it.</summary>
    private int Field(int slot, int bytes)
    {
        int entry = 4 + (2 * slot);
        if (entry + 2 > _vtableBytes) return -1;
        int offset = BinaryPrimitives.ReadUInt16LittleEndian(_buffer[(_vtable + entry)..]);
        if (offset == 0) return -1;
        Require(offset >= 4 && offset + bytes <= _tableBytes);
        return _table + offset;
    }

    private static void Require(bool holds)
    {
        if (!holds) throw new DamagedMetadataException("its metadata points outside itself.");
    }

    /// <summary>A vector inside a flatbuffer; its extent was checked when it was taken.</summary>
    internal readonly ref struct FlatVector(ReadOnlySpan<byte> buffer, int start, int count, int elementBytes)
    {
        private readonly ReadOnlySpan<byte> _buffer = buffer;

        public int Count => count;

        public ReadOnlySpan<byte> Bytes => _buffer.Slice(start, count * elementBytes);

        public ReadOnlySpan<byte> this[int index] => _buffer.Slice(start + (index * elementBytes), elementBytes);

        public FlatTable TableAt(int index)
        {
            int at = start + (index * elementBytes);
            return new FlatTable(_buffer, at + (long)BinaryPrimitives.ReadUInt32LittleEndian(_buffer[at..]));
        }
    }
}
