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

    /// <exception cref="OverflowException">The amount has more than 26 digits before the point.</exception>
    public static Int128 FromDecimal(decimal amount)
    {
        amount = Math.Round(amount, Scale);
        decimal whole = decimal.Truncate(amount);
        if (Math.Abs(whole) >= 1e26m)
            throw new OverflowException($"The amount {amount.ToString(CultureInfo.InvariantCulture)} has more than {Precision - Scale} digits before the point and does not fit in a run's files.");
        return ((Int128)whole * _one) + (Int128)((amount - whole) * (decimal)_one);
    }

    public static decimal ToDecimal(Int128 raw)
    {
        (Int128 whole, Int128 fraction) = Int128.DivRem(raw, _one);
        return (decimal)whole + ((decimal)fraction / (decimal)_one);
    }
}
