using System.Runtime.CompilerServices;

namespace MiniTrader.Exchange;

/// <summary>
/// The best price of one side, or the last trade, and how much of it our own fills have used up. What is used up comes back only
/// when the market shows another price or size.
/// </summary>
internal struct Touch
{
    public long Price;
    public long Size;

    /// <summary>Used up at <see cref="Depth"/>; all shallower levels are used up whole.</summary>
    public long Consumed;

    /// <summary>The level that takers have reached: 0 is the displayed one, each further one a tick worse.</summary>
    public int Depth;

    /// <summary>What is left of the displayed level.</summary>
    public readonly long Remaining => Depth == 0 ? Size - Consumed : 0;

    /// <summary>Shows a price and size; true when one of them is new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Show(long price, long size)
    {
        if (price == Price && size == Size) return false;
        Replace(price, size);
        return true;
    }

    /// <summary>
    /// As <see cref="Show"/>, for a market in which nobody asks whether it was new: without a branch, because whether the next quote
    /// changes a side is a coin toss that a processor cannot predict.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ShowIdle(long price, long size)
    {
        long difference = (price ^ Price) | (size ^ Size);
        long keep = ~((difference | -difference) >> 63); // All ones when equal, else zero.
        Price = price;
        Size = size;
        Consumed &= keep;
        Depth &= (int)keep;
    }

    /// <summary>Shows fresh liquidity even when price and size are those of before: a second equal trade is another trade.</summary>
    public void Replace(long price, long size)
    {
        Price = price;
        Size = size;
        Consumed = 0;
        Depth = 0;
    }
}
