using System.Runtime.InteropServices;

namespace MiniTrader.Ring;

/// <summary>
/// A zeroed block of native memory that starts on a cache line. Owned by one ring; the finalizer returns a block whose owner
/// was forgotten, so everything that keeps a pointer into the block also keeps this object.
/// </summary>
internal sealed unsafe class AlignedMemory : IDisposable
{
    public const int Alignment = 64;

    private void* _pointer;

    public AlignedMemory(nuint bytes)
    {
        // SAFETY: the block is freed once, by Dispose or by the finalizer, whichever comes first.
        _pointer = NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(_pointer, bytes);
        Bytes = (long)bytes;
        GC.AddMemoryPressure(Bytes);
    }

    ~AlignedMemory() => Release();

    public void* Pointer => _pointer;

    public long Bytes { get; }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (_pointer is null) return;
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
        GC.RemoveMemoryPressure(Bytes);
    }
}
