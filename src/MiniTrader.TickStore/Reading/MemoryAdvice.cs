using System.Runtime.InteropServices;

namespace MiniTrader.TickStore;

/// <summary>What a reader tells the operating system about its use of a mapping. Advice only: failures are of no consequence.</summary>
internal static unsafe partial class MemoryAdvice
{
    private const int SequentialAdvice = 2;
    private const int DontNeedAdvice = 4;

    /// <summary>The granularity of <see cref="Release"/>: no common system has larger pages.</summary>
    public static readonly long PageBytes = Math.Max(Environment.SystemPageSize, 1 << 16);

    public static void Sequential(byte* start, long bytes)
    {
        // SAFETY: callers pass ranges of a mapping that they hold; advice changes no byte of it, and a refusal changes nothing at all.
        if (!OperatingSystem.IsWindows()) _ = Madvise(start, (nuint)bytes, SequentialAdvice);
    }

    /// <summary>Takes clean pages out of this process's resident set; the file cache keeps them as long as it likes.</summary>
    public static void Release(byte* start, long bytes)
    {
        // Unlocking what was never locked fails, but removes the pages from the working set.
        if (OperatingSystem.IsWindows()) _ = VirtualUnlock(start, (nuint)bytes);
        else _ = Madvise(start, (nuint)bytes, DontNeedAdvice);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(byte* start, nuint bytes, int advice);

    [LibraryImport("kernel32", EntryPoint = "VirtualUnlock")]
    private static partial int VirtualUnlock(byte* start, nuint bytes);
}
