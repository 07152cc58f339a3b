using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>Distances from a price, in raw units; what is smaller than one is cut off.</summary>
internal static class Distance
{
    private const long BasisPointsPerOne = 10_000;

    /// <summary>
    /// Price: the amount. Ticks: amount · tick. Basis points: |price| · amount / 10,000. The amount is a fixed-point decimal in each.
    /// </summary>
    public static long Of(long amount, OffsetUnit unit, long price, long tick)
    {
        Int128 raw = unit switch
        {
            OffsetUnit.Ticks => (Int128)amount * tick / FixedPoint.One,
            OffsetUnit.BasisPoints => Int128.Abs(price) * amount / ((Int128)BasisPointsPerOne * FixedPoint.One),
            _ => amount,
        };
        return (long)Int128.Clamp(raw, -MaxRaw, MaxRaw);
    }

    /// <summary>The tick at a price or next to it on the side that is worse for whoever takes: a buyer's lower, a seller's higher one.</summary>
    public static long Passive(long price, int sign, long tick) =>
        sign > 0 ? new Price(price).FloorTo(new(tick)).Raw : new Price(price).CeilingTo(new(tick)).Raw;

    // A price and a distance never overflow when they are added.
    private static long MaxRaw => Price.MaxPossible.Raw;
}
