using System.Runtime.CompilerServices;

namespace MiniTrader.Tests.Strategies;

/// <summary>
/// Counts the bytes that a piece of code allocates on this thread. A collection that another test causes can retire the thread's
/// allocation context and show up as a few kilobytes once, so the least of several runs is what the code itself allocates.
/// </summary>
internal static class Allocations
{
    private const int Runs = 10;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Of(Action action)
    {
        action();
        long least = long.MaxValue;
        for (int i = 0; i < Runs && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
