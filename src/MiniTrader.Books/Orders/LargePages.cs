using System.Runtime.InteropServices;

namespace MiniTrader.Books;

/// <summary>
/// Memory that begins at a cache line and lies on pages of two megabytes where Linux gives them: tables of many orders are looked at here
/// and there, and with small pages each look would first have to find its page. Its contents are arbitrary. It is given back when nobody
/// holds this object any more.
/// </summary>
internal sealed unsafe partial class LargePages
{
    private const nuint PageBytes = 2 << 20;
    private const nuint LineBytes = 64;
    private const int UseHugePages = 14;

    private readonly long _bytes;

    /// <exception cref="OutOfMemoryException">There is not as much.</exception>
    public LargePages(long bytes)
    {
        _bytes = bytes;
        Start = Allocate((nuint)bytes);

        // A process that runs many sessions leaves many tables behind: the collector must know that they weigh something.
        GC.AddMemoryPressure(bytes);
    }

    ~LargePages()
    {
        if (Start == null) return;
        NativeMemory.AlignedFree(Start);
        GC.RemoveMemoryPressure(_bytes);
    }

    public void* Start { get; }

    private static void* Allocate(nuint bytes)
    {
        if (bytes < PageBytes) return NativeMemory.AlignedAlloc(bytes, LineBytes);

        // SAFETY: the advice covers the whole pages of this very block and changes no contents; that it fails means nothing.
        bytes = (bytes + PageBytes - 1) & ~(PageBytes - 1);
        void* memory = NativeMemory.AlignedAlloc(bytes, PageBytes);
        if (OperatingSystem.IsLinux()) _ = Advise(memory, bytes, UseHugePages);
        return memory;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint bytes, int advice);
}
