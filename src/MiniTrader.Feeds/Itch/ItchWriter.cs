using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiniTrader.Feeds;

/// <summary>Writes ITCH messages as <see cref="ItchDecoder"/> reads them: two bytes of length, then the message.</summary>
public static class ItchWriter
{
    /// <summary>Writes one message struct and returns the bytes written; the target must have room for <see cref="Bytes{TMessage}"/>.</summary>
    public static int Write<TMessage>(Span<byte> target, in TMessage message)
        where TMessage : unmanaged
    {
        int length = Unsafe.SizeOf<TMessage>();
        MemoryMarshal.Write(target, Wire.Order((ushort)length));
        MemoryMarshal.Write(target[ItchDecoder.PrefixBytes..], in message);
        return ItchDecoder.PrefixBytes + length;
    }

    /// <summary>Bytes of a message with its length.</summary>
    public static int Bytes<TMessage>()
        where TMessage : unmanaged => ItchDecoder.PrefixBytes + Unsafe.SizeOf<TMessage>();
}
