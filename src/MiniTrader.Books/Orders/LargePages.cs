using System.Runtime.InteropServices;

namespace MiniTrader.Books;

/// <summary>
/// Memory that begins at a cache line and lies on pages of two megabytes where Linux gives them: tables of many orders are looked at here
/// and there, and with small pages each look would first have to find its page. Its contents are arbitrary.
/// </summary>
internal static unsafe partial class LargePages
{
    private const nuint PageBytes = 2 << 20;
    private const nuint LineBytes = 64;
    private const int UseHugePages = 14;

    /// <exception cref="OutOfMemoryException">There is not as much.</exception>
    public static void* Allocate(nuint bytes)
    {
        if (bytes < PageBytes) return NativeMemory.AlignedAlloc(bytes, LineBytes);

        // SAFETY: the advice covers the whole pages of this very block and changes no contents; that it fails means nothing.
        bytes = (bytes + PageBytes - 1) & ~(PageBytes - 1);
        void* memory = NativeMemory.AlignedAlloc(bytes, PageBytes);
        if (OperatingSystem.IsLinux()) _ = Advise(memory, bytes, UseHugePages);
        return memory;
    }

    public static void Free(void* memory) => NativeMemory.AlignedFree(memory);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint bytes, int advice);
}
