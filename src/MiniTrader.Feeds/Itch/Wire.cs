using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace MiniTrader.Feeds;

/// <summary>Turns integers between the wire's big-endian order and the machine's, either way.</summary>
internal static class Wire
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Order(ushort value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Order(uint value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Order(ulong value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}

/// <summary>A stock's symbol as on the wire: eight ASCII letters, blanks behind.</summary>
public readonly record struct ItchSymbol(ulong Raw)
{
    public const int Length = 8;

    /// <exception cref="ArgumentException">It is longer than eight letters, or not ASCII.</exception>
    public static ItchSymbol Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length is 0 or > Length || !Ascii.IsValid(text)) throw new ArgumentException($"'{text}' is not a symbol of one to eight ASCII letters.");
        Span<byte> bytes = stackalloc byte[Length];
        bytes.Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, bytes);
        return new(MemoryMarshal.Read<ulong>(bytes));
    }

    /// <summary>True when it is printable ASCII with blanks only at the end.</summary>
    public bool IsSound
    {
        get
        {
            ulong raw = Raw;
            ReadOnlySpan<byte> text = MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in raw)).TrimEnd((byte)' ');
            return !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'!', (byte)'~');
        }
    }

    public override string ToString()
    {
        ulong raw = Raw;
        return Encoding.ASCII.GetString(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in raw))).TrimEnd(' ');
    }
}
