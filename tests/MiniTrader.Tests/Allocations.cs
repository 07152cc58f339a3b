using System.Runtime;
using System.Runtime.CompilerServices;
using Xunit;

namespace MiniTrader.Tests;

/// <summary>
/// Counts the managed bytes that a piece of work allocates on the thread that calls it. A collection that another test causes can retire the
/// thread's allocation context, which then counts as some kilobytes: hence the two ways of counting.
/// </summary>
internal static class Allocations
{
    private const int Runs = 10;
    private const long RegionBytes = 64 << 20;

    /// <summary>Bytes of work that can be repeated: the least of several times, after one that does not count.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Of(Action work)
    {
        work();
        long least = long.MaxValue;
        for (int i = 0; i < Runs && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>Bytes of work that is done once, without collections. For tests of <see cref="AloneInTheProcess"/>.</summary>
    public static long OnceOf(Action work)
    {
        Assert.True(GC.TryStartNoGCRegion(RegionBytes), "The no-GC region could not be entered.");
        try
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        finally
        {
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
        }
    }

    /// <summary>Rounds that allocate nothing once as many have gone before.</summary>
    public static void ExpectNone(int rounds, Action round)
    {
        for (int i = 0; i < rounds; i++) round();
        long allocated = OnceOf(() =>
        {
            for (int i = 0; i < rounds; i++) round();
        });
        Assert.Equal(0, allocated);
    }
}
