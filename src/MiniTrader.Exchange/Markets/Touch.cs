using System.Runtime.CompilerServices;

namespace MiniTrader.Exchange;

/// <summary>
/// The best price of one side, or the last trade, and how much of it our own fills have used up. What is used up comes back only
/// when the market shows another price or size.
/// </summary>
internal struct Touch
{
    // Side by side, because they are written as one.
    public long Price;
    public long Size;

    /// <summary>Used up at <see cref="Depth"/>; all shallower levels are used up whole.</summary>
    public long Consumed;

    /// <summary>The level that takers have reached: 0 is the displayed one, each further one a tick worse.</summary>
    public int Depth;

    /// <summary>True when all that is displayed is there to be taken.</summary>
    public readonly bool IsFresh => Consumed == 0 && Depth == 0;

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

    /// <summary>Shows fresh liquidity even when price and size are those of before: a second equal trade is another trade.</summary>
    public void Replace(long price, long size)
    {
        Price = price;
        Size = size;
        Consumed = 0;
        Depth = 0;
    }
}
