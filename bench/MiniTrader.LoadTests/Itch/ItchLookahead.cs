using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using MiniTrader.Books;
using MiniTrader.Feeds;

namespace MiniTrader.LoadTests;

/// <summary>
/// Runs ahead of the decoder over the same bytes, from length to length, and tells the store of the orders to come. It reads no types: all
/// messages about orders have the id at the same place, and a hint from any other message is wrong but harmless.
/// </summary>
internal struct ItchLookahead
{
    private const int IdOffset = ItchDecoder.PrefixBytes + ItchHeader.Size;

    /// <summary>The bytes themselves come from memory, in one row, and here they are read first.</summary>
    private const int BytesAhead = 1_024;

    private readonly byte[] _bytes;
    private readonly OrderStore _store;
    private readonly int _end;
    private int _at;

    public ItchLookahead(byte[] bytes, OrderStore store, bool isOn)
    {
        _bytes = bytes;
        _store = store;
        _end = isOn ? bytes.Length - BytesAhead : 0;
        for (int i = 0; i < OrderStore.Ahead; i++) Advance();
    }

    /// <summary>One message further.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Advance()
    {
        int at = _at;
        if (at >= _end) return;

        // SAFETY: below the end there are as many bytes as is read or asked for; an array that moves makes the hint wrong and harmless.
        ref byte message = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), at);
        _store.Prefetch(BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<long>(ref Unsafe.Add(ref message, IdOffset))));
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref message, BytesAhead)));
        _at = at + ItchDecoder.PrefixBytes + BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ushort>(ref message));
    }
}
