using System.Runtime.CompilerServices;

namespace MiniTrader.Fix;

/// <summary>The text <c>38=</c> of every usual tag in one 64-bit word, its length in the top byte, so that a tag is one load and one store.</summary>
internal static class TagText
{
    /// <summary>Bytes of the longest tag that is written, with the sign of equality.</summary>
    public const int BytesMax = 11;

    private const int TableSize = 2048;
    private static readonly ulong[] _words = BuildTable();

    /// <summary>Writes a tag and returns the count of its bytes; the target has room for eight, or <see cref="BytesMax"/> for large tags.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ref byte target, int tag)
    {
        ulong[] words = _words;
        if ((uint)tag >= (uint)words.Length) return WriteLarge(ref target, tag);
        ulong word = words[tag];
        Unsafe.WriteUnaligned(ref target, word);
        return (int)(word >> 56);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int WriteLarge(ref byte target, int tag)
    {
        int length = FieldText.WriteInt(ref target, tag);
        Unsafe.Add(ref target, length) = (byte)'=';
        return length + 1;
    }

    private static ulong[] BuildTable()
    {
        var words = new ulong[TableSize];
        Span<byte> text = stackalloc byte[FieldText.NumberBytesMax];
        for (int tag = 0; tag < TableSize; tag++)
        {
            int length = WriteLarge(ref text[0], tag);
            ulong word = (ulong)length << 56;
            for (int i = 0; i < length; i++) word |= (ulong)text[i] << (8 * i);
            words[tag] = BitConverter.IsLittleEndian ? word : throw new PlatformNotSupportedException("FIX messages are written on little-endian machines only.");
        }

        return words;
    }
}
