using System.Runtime.InteropServices;

namespace MiniTrader.Ring;

/// <summary>Pins the calling thread to one core: on Linux and on Windows; elsewhere it does nothing and says so.</summary>
public static unsafe partial class CorePinning
{
    /// <summary>Cores that a Linux mask covers: the size of the C library's cpu_set_t.</summary>
    public const int LinuxCoresMax = 1024;

    /// <summary>Cores that a Windows mask covers: one processor group.</summary>
    public const int WindowsCoresMax = 64;

    private const int InvalidArgument = 22;
    private const int InvalidParameter = 87;

    /// <summary>Pins the calling thread, which must be the program's own and not one of the thread pool.</summary>
    /// <param name="core">The core, counted from zero as the operating system does.</param>
    public static PinOutcome TryPinCurrentThread(int core)
    {
        if (core < 0) return PinOutcome.NoSuchCore;
        if (OperatingSystem.IsLinux()) return PinLinux(core);
        return OperatingSystem.IsWindows() ? PinWindows(core) : PinOutcome.Unsupported;
    }

    private static PinOutcome PinLinux(int core)
    {
        if (core >= LinuxCoresMax) return PinOutcome.NoSuchCore;
        const int WordBits = sizeof(ulong) * 8;
        ulong* mask = stackalloc ulong[LinuxCoresMax / WordBits];
        mask[core / WordBits] = 1UL << (core % WordBits);
        // SAFETY: the mask is as long as the size says and outlives the call; thread 0 means the calling thread.
        if (SchedSetAffinity(0, LinuxCoresMax / 8, mask) == 0) return PinOutcome.Pinned;
        return Marshal.GetLastPInvokeError() == InvalidArgument ? PinOutcome.NoSuchCore : PinOutcome.Refused;
    }

    private static PinOutcome PinWindows(int core)
    {
        if (core >= WindowsCoresMax) return PinOutcome.NoSuchCore;
        if (SetThreadAffinityMask(GetCurrentThread(), (nuint)(1UL << core)) != 0) return PinOutcome.Pinned;
        return Marshal.GetLastPInvokeError() == InvalidParameter ? PinOutcome.NoSuchCore : PinOutcome.Refused;
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SchedSetAffinity(int thread, nuint maskBytes, ulong* mask);

    [LibraryImport("kernel32", EntryPoint = "SetThreadAffinityMask", SetLastError = true)]
    private static partial nuint SetThreadAffinityMask(nint thread, nuint mask);

    [LibraryImport("kernel32", EntryPoint = "GetCurrentThread")]
    private static partial nint GetCurrentThread();
}
