using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Where our orders rest, by side and a hash of the price: nearly every change of a book is either at another price than ours or at one where a
/// single order rests, and one look tells both without a walk.
/// </summary>
internal sealed class OwnPrices
{
    private const int BucketsOfSide = 256;

    private readonly Bucket[] _buckets = new Bucket[((int)OrderSide.Sell + 1) * BucketsOfSide];

    /// <summary>The bucket of a price.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BucketOf(OrderSide side, long price) => (int)(((ulong)price * 0x9E3779B97F4A7C15UL) >> 56) + ((int)side * BucketsOfSide);

    /// <summary>False when no order of ours rests there; true when one may.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHold(OrderSide side, long price) => _buckets[BucketOf(side, price)].Count != 0;

    /// <summary>
    /// The one displayed order that rests at a price of this bucket, <see cref="OrderPool.Nobody"/> where none does;
    /// <see cref="OrderPool.None"/> when the bucket has more orders than one, a hidden one, or it is not known which.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int OnlyAt(int bucket, long price)
    {
        ref Bucket at = ref _buckets[bucket];
        if (at.Only == OrderPool.None) return OrderPool.None;

        // Whether a price is ours follows no pattern, so that it is made a mask and not a branch.
        bool isIt = at.Price == price;
        return at.Only & -Unsafe.As<bool, byte>(ref isIt);
    }

    /// <summary>Notes which order was found to be the one that rests in this bucket, if there is but one.</summary>
    public void Note(int bucket, in WorkingOrder order, int index)
    {
        ref Bucket at = ref _buckets[bucket];
        if (at.Count != 1 || order.IsHidden) return;
        at.Only = index;
        at.Price = order.Limit;
    }

    public void Add(in WorkingOrder order, int index)
    {
        int bucket = BucketOf(order.Side, order.Limit);
        ref Bucket at = ref _buckets[bucket];
        at.Count++;
        at.Only = OrderPool.None;
        Note(bucket, order, index);
    }

    public void Remove(OrderSide side, long price)
    {
        ref Bucket at = ref _buckets[BucketOf(side, price)];
        at.Only = --at.Count == 0 ? OrderPool.Nobody : OrderPool.None;
    }

    private struct Bucket
    {
        public long Price;
        public int Only;
        public int Count;
    }
}
