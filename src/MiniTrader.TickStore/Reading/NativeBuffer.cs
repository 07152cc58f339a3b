using System.Runtime.InteropServices;

namespace MiniTrader.TickStore;

/// <summary>Native memory that only grows and is reused from batch to batch.</summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    private long _bytes;

    ~NativeBuffer() => Dispose();

    // SAFETY: as many bytes as the latest Reserve gave, until the next one or Dispose; null before the first.
    public byte* Data { get; private set; }

    public long* Words => (long*)Data;

    /// <summary>Room for this many bytes; what stood there may be lost.</summary>
    public byte* Reserve(long bytes)
    {
        if (bytes <= _bytes) return Data;
        NativeMemory.AlignedFree(Data);
        Data = null;
        _bytes = 0;
        Data = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, FileMetadata.BodyAlignment);
        _bytes = bytes;
        return Data;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Data);
        Data = null;
        _bytes = 0;
        GC.SuppressFinalize(this);
    }
}
