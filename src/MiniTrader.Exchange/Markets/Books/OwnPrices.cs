using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Tells quickly that none of our orders rests at a price: nearly every change of a book is at another price than ours. Counts orders by a
/// hash of side and price, and keeps a bit for each count that is not zero.
/// </summary>
internal sealed class OwnPrices
{
    private readonly int[] _counts = new int[64];
    private ulong _some;

    /// <summary>False when no order of ours rests there; true when one may.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHold(OrderSide side, long price) => ((_some >> Hash(side, price)) & 1) != 0;

    public void Add(OrderSide side, long price)
    {
        int hash = Hash(side, price);
        _counts[hash]++;
        _some |= 1UL << hash;
    }

    public void Remove(OrderSide side, long price)
    {
        int hash = Hash(side, price);
        if (--_counts[hash] == 0) _some &= ~(1UL << hash);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Hash(OrderSide side, long price) => (int)(((ulong)(price + (long)side) * 0x9E3779B97F4A7C15UL) >> 58);
}
