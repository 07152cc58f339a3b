using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>The shapes of slippage.</summary>
public enum SlippageKind : byte
{
    None,
    Ticks,
    BasisPoints,
    SpreadFraction,
}

/// <summary>
/// How much worse than the price that it met a taker is filled: <c>none</c>, <c>ticks=1</c>, <c>bps=0.5</c> (of the price) or
/// <c>spread=0.25</c> (of ask − bid; zero where nobody quotes both). The result is rounded to the tick that is worse for the
/// order, and a limit order is never carried past its limit. Makers do not slip.
/// </summary>
/// <param name="Kind">The shape.</param>
/// <param name="AmountRaw">Ticks, basis points or the fraction, in units of 1e-9.</param>
public readonly record struct SlippageModel(SlippageKind Kind, long AmountRaw)
{
    private const long BasisPointsPerOne = 10_000;

    public static SlippageModel None => default;

    public static SlippageModel Ticks(long ticks) => new(SlippageKind.Ticks, checked(ticks * FixedPoint.One));

    /// <summary>Throws a <see cref="FormatException"/> that names the text when it is no slippage model.</summary>
    public static SlippageModel Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        if (trimmed == "none") return None;
        int equals = trimmed.IndexOf('=', StringComparison.Ordinal);
        SlippageKind kind = equals < 0 ? SlippageKind.None : trimmed[..equals] switch
        {
            "ticks" => SlippageKind.Ticks,
            "bps" => SlippageKind.BasisPoints,
            "spread" => SlippageKind.SpreadFraction,
            _ => SlippageKind.None,
        };
        if (kind == SlippageKind.None) throw new FormatException($"'{text}' is not a slippage model. Write none, ticks=N, bps=N or spread=FRACTION.");
        long amount = FixedPoint.Parse(trimmed.AsSpan(equals + 1));
        if (amount < 0) throw new FormatException($"'{text}': slippage makes a price worse, so the number must not be negative.");
        if (kind == SlippageKind.Ticks && amount % FixedPoint.One != 0) throw new FormatException($"'{text}': ticks are whole numbers.");
        if (kind == SlippageKind.BasisPoints && amount >= BasisPointsPerOne * FixedPoint.One)
            throw new FormatException($"'{text}': 10,000 basis points are the whole price; write less.");
        return new(kind, amount);
    }

    /// <summary>How far a price moves against the taker, before rounding to the tick; raw units, not negative.</summary>
    internal long Distance(long price, long spread, long tick) => Kind switch
    {
        SlippageKind.Ticks => AmountRaw / FixedPoint.One * tick,
        SlippageKind.BasisPoints => CeilingDivide((Int128)Math.Abs(price) * AmountRaw, (Int128)BasisPointsPerOne * FixedPoint.One),
        SlippageKind.SpreadFraction => CeilingDivide((Int128)Math.Max(0, spread) * AmountRaw, FixedPoint.One),
        _ => 0,
    };

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    public override string ToString() => Kind switch
    {
        SlippageKind.Ticks => $"ticks={FixedPoint.Format(AmountRaw)}",
        SlippageKind.BasisPoints => $"bps={FixedPoint.Format(AmountRaw)}",
        SlippageKind.SpreadFraction => $"spread={FixedPoint.Format(AmountRaw)}",
        _ => "none",
    };

    private static long CeilingDivide(Int128 value, Int128 divisor) => (long)((value + divisor - 1) / divisor);
}
