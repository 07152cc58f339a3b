using System.Runtime.InteropServices;

namespace MiniTrader.DataTools;

/// <summary>
/// Walks the MBO records of unpacked DBN bytes in memory, in place and without allocating. Records of other types are passed over;
/// damage ends the walk, and <see cref="IsAtEnd"/> then stays false.
/// </summary>
public ref struct DbnMboCursor(ReadOnlySpan<byte> records)
{
    private ReadOnlySpan<byte> _rest = records;
    private ReadOnlySpan<byte> _current;

    /// <summary>The record that <see cref="MoveNext"/> found, where it lies.</summary>
    public readonly ref readonly DbnMboRecord Current => ref MemoryMarshal.AsRef<DbnMboRecord>(_current);

    /// <summary>True when all bytes were whole records.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    public bool MoveNext()
    {
        while (_rest.Length >= DbnFormat.HeaderBytes)
        {
            int length = _rest[0] * 4;
            if (length < DbnFormat.HeaderBytes || length > _rest.Length) return false;
            _current = _rest[..length];
            _rest = _rest[length..];
            if (_current[1] == (byte)DbnType.Mbo && length >= DbnMboRecord.Size) return true;
        }

        return false;
    }
}
