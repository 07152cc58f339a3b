using MiniTrader.Feeds;

namespace MiniTrader.DataTools;

/// <summary>Messages on their way into a stream, with the time and the counters that they share. One thread.</summary>
public sealed class ItchOutput(Stream stream)
{
    private const int BufferBytes = 1 << 20;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private ulong _lastOrder;
    private ulong _lastMatch;

    public long Messages { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Since midnight; never goes back.</summary>
    public long Time { get; private set; }

    public ulong NextOrder() => ++_lastOrder;

    public ulong NextMatch() => ++_lastMatch;

    public void AdvanceTo(long time) => Time = Math.Max(Time, time);

    public ItchHeader Header(ItchMessageType type, ushort locate = 0) => new(type, locate, 0, Time);

    public void Write<TMessage>(in TMessage message)
        where TMessage : unmanaged
    {
        if (BufferBytes - _used < ItchDecoder.PrefixBytes + ItchMessageTypes.MaxLength) Flush();
        _used += ItchWriter.Write(_buffer.AsSpan(_used), message);
        Messages++;
    }

    /// <summary>A message of which nothing but the header is looked at anywhere: its other bytes are zero.</summary>
    public void WriteBare(ItchMessageType type, ushort locate, ItchSymbol stock)
    {
        if (BufferBytes - _used < ItchDecoder.PrefixBytes + ItchMessageTypes.MaxLength) Flush();
        Span<byte> target = _buffer.AsSpan(_used, ItchDecoder.PrefixBytes + ItchMessageTypes.LengthOf(type));
        target.Clear();
        ItchStockMessage message = new() { Header = Header(type, locate), Stock = stock };
        int length = ItchMessageTypes.LengthOf(type);
        if (length >= ItchWriter.Bytes<ItchStockMessage>() - ItchDecoder.PrefixBytes) ItchWriter.Write(target, message);
        else ItchWriter.Write(target, message.Header);
        target[1] = (byte)length;
        _used += target.Length;
        Messages++;
    }

    public void Flush()
    {
        stream.Write(_buffer, 0, _used);
        Bytes += _used;
        _used = 0;
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 1)]
    private struct ItchStockMessage
    {
        public ItchHeader Header;
        public ItchSymbol Stock;
    }
}
