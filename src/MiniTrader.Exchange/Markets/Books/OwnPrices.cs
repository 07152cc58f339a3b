using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Where our orders rest, by a hash of side and price: nearly every change of a book is either at another price than ours, which one bit
/// tells, or at one where a single order rests, which is found without a walk.
/// </summary>
internal sealed class OwnPrices
{
    private const int Buckets = 64;

    private readonly Bucket[] _buckets = new Bucket[Buckets];
    private ulong _some;

    /// <summary>The bucket of a price.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BucketOf(OrderSide side, long price) => (int)(((ulong)(price + (long)side) * 0x9E3779B97F4A7C15UL) >> 58);

    /// <summary>False when no order of ours rests there; true when one may.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHold(OrderSide side, long price) => ((_some >> BucketOf(side, price)) & 1) != 0;

    /// <summary>
    /// The one order that rests in this bucket, whose side and price are to be compared; <see cref="OrderPool.Nobody"/> where none rests;
    /// <see cref="OrderPool.None"/> when there are more, or it is not known which.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int OnlyIn(int bucket) => _buckets[bucket].Only;

    /// <summary>Notes which order was found to be the one that rests in this bucket, if there is but one.</summary>
    public void Note(int bucket, int index)
    {
        ref Bucket at = ref _buckets[bucket];
        if (at.Count == 1) at.Only = index;
    }

    public void Add(OrderSide side, long price, int index)
    {
        int bucket = BucketOf(side, price);
        ref Bucket at = ref _buckets[bucket];
        at.Only = ++at.Count == 1 ? index : OrderPool.None;
        _some |= 1UL << bucket;
    }

    public void Remove(OrderSide side, long price)
    {
        int bucket = BucketOf(side, price);
        ref Bucket at = ref _buckets[bucket];
        bool isEmpty = --at.Count == 0;
        at.Only = isEmpty ? OrderPool.Nobody : OrderPool.None;
        if (isEmpty) _some &= ~(1UL << bucket);
    }

    private struct Bucket
    {
        public int Count;
        public int Only;
    }
}
