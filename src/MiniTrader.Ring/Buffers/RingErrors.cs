using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace MiniTrader.Ring;

/// <summary>Throws what the family refuses, so that the fast paths hold no message and stay small enough to inline.</summary>
internal static class RingErrors
{
    public static void CheckCapacity(int capacity, int elementBytes)
    {
        if (capacity is < RingLimits.CapacityMin or > RingLimits.CapacityMax || !BitOperations.IsPow2(capacity))
        {
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity,
                $"The capacity of a ring must be a power of two from {RingLimits.CapacityMin} to {RingLimits.CapacityMax} slots; {capacity} is not.");
        }

        long bytes = (long)capacity * elementBytes;
        if (bytes > RingLimits.BytesMax)
        {
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity,
                $"A ring of {capacity} slots of {elementBytes} bytes needs {bytes} bytes, more than the {RingLimits.BytesMax} allowed; ask for fewer slots.");
        }
    }

    [DoesNotReturn]
    public static void ThrowClaimCount(int maxCount) =>
        throw new ArgumentOutOfRangeException(nameof(maxCount), maxCount, $"A claim must ask for at least one slot; {maxCount} were asked for.");

    [DoesNotReturn]
    public static void ThrowPublishCount(int count, long claimed) =>
        throw new ArgumentOutOfRangeException(nameof(count), count, $"{count} slots cannot be published: the open claim holds {claimed}.");

    [DoesNotReturn]
    public static void ThrowReleaseCount(int count, long available) =>
        throw new ArgumentOutOfRangeException(nameof(count), count, $"{count} events cannot be released: {available} have been made available to this consumer.");

    [DoesNotReturn]
    public static void ThrowTopology(string message) => throw new InvalidOperationException(message);
}
