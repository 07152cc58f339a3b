using System.Numerics;
using MiniTrader.Model;

namespace MiniTrader.Risk;

/// <summary>One instrument's limits in the units of the hot path; a limit that is off is the largest number there is.</summary>
internal readonly struct CompiledLimits
{
    private const int BasisPoints = 10_000;

    public readonly long MaxOrderQuantity;
    public readonly long MaxPosition;
    public readonly long CollarBasisPoints;

    /// <summary>Price units, of 1e-9.</summary>
    public readonly long CollarWidth;

    /// <summary>Raw price times raw quantity, of 1e-18, in the instrument's own currency and without its multiplier.</summary>
    public readonly Int128 MaxNotional;

    public readonly long TickSize;
    public readonly long LotSize;
    public readonly int MaxOpenOrders;

    /// <summary>As <see cref="Instrument.MayBeNegative"/>.</summary>
    public readonly bool MayBeNegative;

    /// <summary>The collar or the notional limit is on, so that a price to compare with must be known.</summary>
    public readonly bool NeedsReference;

    /// <summary>Price times quantity times this is an amount of the account's currency.</summary>
    public readonly decimal Worth;

    public CompiledLimits(Instrument instrument, InstrumentLimits limits, decimal rate)
    {
        Worth = instrument.Multiplier * rate;
        MaxOrderQuantity = limits.MaxOrderQuantity?.Raw ?? long.MaxValue;
        MaxPosition = limits.MaxPosition?.Raw ?? RiskGate.LargestPositionRaw;
        CollarBasisPoints = limits.CollarBasisPoints ?? long.MaxValue;
        CollarWidth = Saturate((limits.CollarTicks ?? long.MaxValue) * (Int128)instrument.TickSize.Raw);
        MaxNotional = limits.MaxOrderNotional is decimal notional ? RawNotional(notional, Worth) : Int128.MaxValue;
        TickSize = instrument.TickSize.Raw;
        LotSize = instrument.LotSize.Raw;
        MaxOpenOrders = limits.MaxOpenOrders ?? int.MaxValue;
        MayBeNegative = instrument.MayBeNegative;
        NeedsReference = limits.CollarBasisPoints is not null || limits.CollarTicks is not null || limits.MaxOrderNotional is not null;
    }

    /// <summary>True when a price that lies so far to an order's own disadvantage is within the collar; multiplied out, since dividing 128 bits is slow.</summary>
    public bool IsWithinCollar(Int128 adverse, Int128 reference) =>
        adverse <= 0
        || (adverse <= CollarWidth
            && (CollarBasisPoints == long.MaxValue || adverse * BasisPoints <= Int128.Abs(reference) * CollarBasisPoints));

    /// <summary>Raw notional as an amount of the account's currency; an amount beyond a decimal's range is shown as the largest one.</summary>
    public decimal ToMoney(Int128 notional)
    {
        double estimate = (double)notional * 1e-18 * (double)Worth;
        if (estimate >= 7.9e28) return decimal.MaxValue;

        // Divided in two steps, since 128 bits of 1e-18 do not fit in a decimal's 96.
        (Int128 whole, Int128 rest) = Int128.DivRem(notional, 1_000_000_000_000_000_000);
        return ((decimal)whole * Worth) + ((decimal)rest / 1_000_000_000_000_000_000m * Worth);
    }

    private static long Saturate(Int128 value) => value > long.MaxValue ? long.MaxValue : (long)value;

    /// <summary>The largest integer p·q of 1e-18 with p·q·worth ≤ notional, exactly: worked in whole numbers of any length.</summary>
    private static Int128 RawNotional(decimal notional, decimal worth)
    {
        (BigInteger mantissa, BigInteger scale) = Fraction(notional);
        (BigInteger worthMantissa, BigInteger worthScale) = Fraction(worth);
        BigInteger raw = mantissa * worthScale * BigInteger.Pow(10, 18) / (scale * worthMantissa);
        return raw > (BigInteger)Int128.MaxValue ? Int128.MaxValue : (Int128)raw;
    }

    private static (BigInteger Mantissa, BigInteger Scale) Fraction(decimal value)
    {
        BigInteger scale = BigInteger.Pow(10, value.Scale);
        decimal whole = decimal.Truncate(value);
        return (((BigInteger)whole * scale) + (BigInteger)((value - whole) * (decimal)scale), scale);
    }
}
