using System.Globalization;

namespace MiniTrader.Analytics;

/// <summary>
/// Decimals as 128-bit integers that count 1e-12: Arrow's <c>decimal128(38, 12)</c>. Twelve decimals hold a rate times a price times a
/// quantity to far below a cent; digits behind them are rounded half to even.
/// </summary>
internal static class Money128
{
    public const int Precision = 38;
    public const int Scale = 12;

    private static readonly Int128 _one = 1_000_000_000_000;

    /// <summary>By digits that an amount lacks behind the point: the factor that brings it there, and the first amount that is too large.</summary>
    private static readonly (UInt128 Factor, UInt128 Limit)[] _missing = [.. Enumerable.Range(0, Scale + 1).Select(WithMissing)];

    /// <exception cref="OverflowException">The amount has more than 26 digits before the point.</exception>
    public static Int128 FromDecimal(decimal amount)
    {
        if (amount.Scale > Scale) amount = Math.Round(amount, Scale);

        // A decimal is 96 bits without a point, low word first, then scale and sign.
        Span<int> words = stackalloc int[4];
        decimal.GetBits(amount, words);
        UInt128 digits = new((uint)words[2], ((ulong)(uint)words[1] << 32) | (uint)words[0]);
        (UInt128 factor, UInt128 limit) = _missing[Scale - amount.Scale];
        if (digits >= limit)
            throw new OverflowException($"The amount {amount.ToString(CultureInfo.InvariantCulture)} has more than {Precision - Scale} digits before the point and does not fit in a run's files.");
        Int128 raw = (Int128)(digits * factor);
        return words[3] < 0 ? -raw : raw;
    }

    public static decimal ToDecimal(Int128 raw)
    {
        (Int128 whole, Int128 fraction) = Int128.DivRem(raw, _one);
        return (decimal)whole + ((decimal)fraction / (decimal)_one);
    }

    private static (UInt128 Factor, UInt128 Limit) WithMissing(int digits)
    {
        UInt128 factor = 1, limit = 1;
        for (int i = 0; i < digits; i++) factor *= 10;
        for (int i = digits; i < Precision; i++) limit *= 10;
        return (factor, limit);
    }
}
