using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiniTrader.Feeds;

/// <summary>Why the decoder stopped where it did.</summary>
public enum ItchStop : byte
{
    /// <summary>All bytes are decoded, or what is left is the beginning of a message: go on with more.</summary>
    NeedsMore,

    /// <summary>The next message has length zero, the end mark of a file.</summary>
    EmptyMessage,

    /// <summary>The next message's type is not in the specification.</summary>
    UnknownType,

    /// <summary>The next message's length is not that of its type.</summary>
    WrongLength,
}

/// <summary>
/// Decodes NASDAQ TotalView-ITCH 5.0, each message with its length in two big-endian bytes in front, as Nasdaq's files have it.
/// Checks framing and types, not what the messages say. Allocates nothing; any thread.
/// <code>
/// 0      2 3                     2 + length
/// +------+-+---------------------+------+-
/// |length|t|rest of the message  |length| …
/// +------+-+---------------------+------+-
/// </code>
/// </summary>
public static class ItchDecoder
{
    /// <summary>Bytes of the length in front of a message.</summary>
    public const int PrefixBytes = 2;

    /// <summary>Hands on whole messages from the first byte; returns the bytes taken and why it went no further.</summary>
    public static int Decode<THandler>(ReadOnlySpan<byte> bytes, ref THandler handler, out ItchStop stop)
        where THandler : struct, IItchHandler
    {
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        ref byte lengths = ref MemoryMarshal.GetReference(ItchMessageTypes.Lengths);
        nint at = 0, end = bytes.Length;
        stop = ItchStop.NeedsMore;

        // SAFETY: a length and a type are read only where three bytes are left, a message only where all of its bytes are.
        while (end - at > PrefixBytes)
        {
            ref byte message = ref Unsafe.Add(ref first, at + PrefixBytes);
            nint length = Wire.Order(Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref first, at)));
            ItchMessageType type = (ItchMessageType)message;
            if (length != Unsafe.Add(ref lengths, (byte)type) || length == 0)
            {
                stop = Explain(length, type);
                break;
            }

            if (end - at < PrefixBytes + length) break;
            switch (type)
            {
                case ItchMessageType.AddOrder or ItchMessageType.AddOrderWithParticipant: handler.OnAddOrder(in Unsafe.As<byte, ItchAddOrder>(ref message)); break;
                case ItchMessageType.OrderDelete: handler.OnOrderDelete(in Unsafe.As<byte, ItchOrderDelete>(ref message)); break;
                case ItchMessageType.OrderReplace: handler.OnOrderReplace(in Unsafe.As<byte, ItchOrderReplace>(ref message)); break;
                case ItchMessageType.OrderExecuted: handler.OnOrderExecuted(in Unsafe.As<byte, ItchOrderExecuted>(ref message)); break;
                case ItchMessageType.OrderCancel: handler.OnOrderCancel(in Unsafe.As<byte, ItchOrderCancel>(ref message)); break;
                case ItchMessageType.OrderExecutedWithPrice: handler.OnOrderExecutedWithPrice(in Unsafe.As<byte, ItchOrderExecutedWithPrice>(ref message)); break;
                case ItchMessageType.Trade: handler.OnTrade(in Unsafe.As<byte, ItchTrade>(ref message)); break;
                case ItchMessageType.CrossTrade: handler.OnCrossTrade(in Unsafe.As<byte, ItchCrossTrade>(ref message)); break;
                case ItchMessageType.BrokenTrade: handler.OnBrokenTrade(in Unsafe.As<byte, ItchBrokenTrade>(ref message)); break;
                case ItchMessageType.NetOrderImbalance: handler.OnNetOrderImbalance(in Unsafe.As<byte, ItchNetOrderImbalance>(ref message)); break;
                case ItchMessageType.SystemEvent: handler.OnSystemEvent(in Unsafe.As<byte, ItchSystemEvent>(ref message)); break;
                case ItchMessageType.StockDirectory: handler.OnStockDirectory(in Unsafe.As<byte, ItchStockDirectory>(ref message)); break;
                case ItchMessageType.TradingAction: handler.OnTradingAction(in Unsafe.As<byte, ItchTradingAction>(ref message)); break;
                default: handler.OnOther(in Unsafe.As<byte, ItchHeader>(ref message)); break;
            }

            at += PrefixBytes + length;
        }

        return (int)at;
    }

    /// <summary>The length that stands in front of the next message; the bytes must hold it.</summary>
    public static int ReadLength(ReadOnlySpan<byte> bytes) => Wire.Order(MemoryMarshal.Read<ushort>(bytes));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ItchStop Explain(nint length, ItchMessageType type) =>
        length == 0 ? ItchStop.EmptyMessage : ItchMessageTypes.LengthOf(type) == 0 ? ItchStop.UnknownType : ItchStop.WrongLength;
}
