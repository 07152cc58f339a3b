using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>The shapes of slippage.</summary>
public enum SlippageKind : byte
{
    None,
    Ticks,
    BasisPoints,
    SpreadFraction,
    VolumeShare,
    SquareRoot,
    Custom,
}

/// <summary>
/// How much worse than the price that it met a taker is filled. The result is rounded to the tick that is worse for the order, and a
/// limit order is never carried past its limit. Makers do not slip. P is the price met, q what the order has filled with the fill at hand, V
/// the volume of a day: as given, or else what the market traded in the 24 hours before, which is little early in the data and
/// makes impact large. Before any volume is seen there is no impact.
/// <list type="bullet">
/// <item><c>ticks=1</c>; <c>bps=0.5</c> of P; <c>spread=0.25</c> of ask − bid, nothing where nobody quotes both.</item>
/// <item><c>volume(impact=0.1)</c>: P · impact · (q/V)², with q/V at most 1: the volume share model of zipline.</item>
/// <item><c>sqrt(y=1,sigma=0.02)</c>: P · y · sigma · √(q/V), sigma the volatility of a day as a fraction: the square-root law of impact (Torre 1997;
/// Almgren, Thum, Hauptmann and Li 2005; Tóth et al. 2011), y about 1.</item>
/// <item>a <see cref="CustomSlippage"/> given in code.</item>
/// </list>
/// </summary>
public readonly record struct SlippageModel
{
    private const long BasisPointsPerOne = 10_000;

    /// <summary>Beyond a hundred thousand ticks, or spreads, a model is a typing error, and sums of prices would no longer fit.</summary>
    private const long MostTicks = 100_000;

    private readonly object? _more;

    private SlippageModel(SlippageKind kind, long amountRaw, long volumeRaw = 0, decimal sigma = 0, object? more = null) =>
        (Kind, AmountRaw, VolumeRaw, Sigma, _more) = (kind, amountRaw, volumeRaw, sigma, more);

    /// <summary>The shape.</summary>
    public SlippageKind Kind { get; }

    /// <summary>Ticks, basis points, the fraction, the impact or y, in units of 1e-9.</summary>
    public long AmountRaw { get; }

    /// <summary>The day's volume as given; zero takes what the market traded.</summary>
    public long VolumeRaw { get; }

    /// <summary>Volatility of a day as a fraction.</summary>
    public decimal Sigma { get; }

    /// <summary>True when the market's volume has to be counted.</summary>
    internal bool NeedsVolume => VolumeRaw == 0 && Kind is SlippageKind.VolumeShare or SlippageKind.SquareRoot or SlippageKind.Custom;

    public static SlippageModel None => default;

    /// <exception cref="ArgumentOutOfRangeException">More than 100,000 or below zero.</exception>
    public static SlippageModel Ticks(long ticks) => ticks is >= 0 and <= MostTicks
        ? new(SlippageKind.Ticks, ticks * FixedPoint.One)
        : throw new ArgumentOutOfRangeException(nameof(ticks), $"A slippage of {ticks} ticks is not from 0 to {MostTicks}.");

    /// <summary>Slippage of the user's own. Its text does not read back: such a run is repeated from code.</summary>
    public static SlippageModel Custom(CustomSlippage model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(SlippageKind.Custom, 0, 0, 0, model);
    }

    /// <summary>Throws a <see cref="FormatException"/> that names the text when it is no slippage model.</summary>
    public static SlippageModel Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        if (trimmed == "none") return None;
        if (ModelText.TryCall(trimmed, "volume", out string inside)) return ParseImpact(SlippageKind.VolumeShare, inside, "impact");
        if (ModelText.TryCall(trimmed, "sqrt", out inside)) return ParseImpact(SlippageKind.SquareRoot, inside, "y");
        int equals = trimmed.IndexOf('=', StringComparison.Ordinal);
        SlippageKind kind = equals < 0 ? SlippageKind.None : trimmed[..equals] switch
        {
            "ticks" => SlippageKind.Ticks,
            "bps" => SlippageKind.BasisPoints,
            "spread" => SlippageKind.SpreadFraction,
            _ => SlippageKind.None,
        };
        if (kind == SlippageKind.None)
            throw new FormatException($"'{text}' is not a slippage model. Write none, ticks=N, bps=N, spread=FRACTION, volume(impact=N) or sqrt(y=N,sigma=FRACTION).");
        long amount = FixedPoint.Parse(trimmed.AsSpan(equals + 1));
        if (amount < 0) throw new FormatException($"'{text}': slippage makes a price worse, so the number must not be negative.");
        if (kind == SlippageKind.Ticks && amount % FixedPoint.One != 0) throw new FormatException($"'{text}': ticks are whole numbers.");
        if (kind is SlippageKind.Ticks or SlippageKind.SpreadFraction && amount > MostTicks * FixedPoint.One)
            throw new FormatException($"'{text}': at most {MostTicks} are taken.");
        if (kind == SlippageKind.BasisPoints && amount >= BasisPointsPerOne * FixedPoint.One)
            throw new FormatException($"'{text}': 10,000 basis points are the whole price; write less.");
        return new(kind, amount);
    }

    /// <summary>How far a price moves against the taker, before rounding to the tick; raw units, not negative.</summary>
    internal long Distance(in SlippageBasis fill) => Kind switch
    {
        SlippageKind.Ticks => AmountRaw / FixedPoint.One * fill.Tick.Raw,
        SlippageKind.BasisPoints => CeilingDivide((Int128)Math.Abs(fill.Price.Raw) * AmountRaw, (Int128)BasisPointsPerOne * FixedPoint.One),
        SlippageKind.SpreadFraction => CeilingDivide((Int128)Math.Max(0, fill.Spread.Raw) * AmountRaw, FixedPoint.One),
        SlippageKind.VolumeShare => Impact(fill, Square(Math.Min(1, ShareOfDay(fill)))),
        SlippageKind.SquareRoot => Impact(fill, (double)Sigma * Math.Sqrt(ShareOfDay(fill))),
        SlippageKind.Custom => Math.Max(0, ((CustomSlippage)_more!).Distance(fill).Raw),
        _ => 0,
    };

    /// <summary>The text that <see cref="Parse"/> reads back; for a custom model its type.</summary>
    public override string ToString() => Kind switch
    {
        SlippageKind.Ticks => $"ticks={FixedPoint.Format(AmountRaw)}",
        SlippageKind.BasisPoints => $"bps={FixedPoint.Format(AmountRaw)}",
        SlippageKind.SpreadFraction => $"spread={FixedPoint.Format(AmountRaw)}",
        SlippageKind.VolumeShare => $"volume(impact={FixedPoint.Format(AmountRaw)}{VolumeText})",
        SlippageKind.SquareRoot => $"sqrt(y={FixedPoint.Format(AmountRaw)},sigma={ModelText.Write(Sigma)}{VolumeText})",
        SlippageKind.Custom => $"custom({_more!.GetType().Name})",
        _ => "none",
    };

    private string VolumeText => VolumeRaw == 0 ? "" : $",volume={FixedPoint.Format(VolumeRaw)}";

    private static SlippageModel ParseImpact(SlippageKind kind, string inside, string amountKey)
    {
        bool isRoot = kind == SlippageKind.SquareRoot;
        Dictionary<string, string> pairs = ModelText.Pairs(inside, isRoot ? [amountKey, "sigma", "volume"] : [amountKey, "volume"]);
        if (!pairs.TryGetValue(amountKey, out string? amount)) throw new FormatException($"'{inside}' lacks {amountKey}=….");
        if (isRoot && !pairs.ContainsKey("sigma")) throw new FormatException($"'{inside}' lacks sigma=…, the volatility of a day, such as 0.02.");
        decimal volume = pairs.TryGetValue("volume", out string? given) ? ModelText.Number(given, "volume", 0.000000001m, 9_000_000_000m) : 0m;
        return new(
            kind,
            FixedPoint.FromDecimal(ModelText.Number(amount, amountKey, 0, 1_000)),
            FixedPoint.FromDecimal(volume),
            isRoot ? ModelText.Number(pairs["sigma"], "sigma", 0, 10) : 0m);
    }

    // Doubles are exact enough and the same everywhere: only +, ×, ÷ and the square root, which IEEE 754 rounds alike on every machine.
    private double ShareOfDay(in SlippageBasis fill)
    {
        long volume = VolumeRaw > 0 ? VolumeRaw : fill.DayVolume.Raw;
        return volume == 0 ? 0 : (double)fill.Filled.Raw / volume;
    }

    private static double Square(double x) => x * x;

    /// <summary>To the nearest 1e-9, and never more than the whole price.</summary>
    private long Impact(in SlippageBasis fill, double factor)
    {
        double price = Math.Abs((double)fill.Price.Raw);
        return (long)Math.Min(Math.Round(price * (AmountRaw * 1e-9) * factor), price);
    }

    private static long CeilingDivide(Int128 value, Int128 divisor) => (long)((value + divisor - 1) / divisor);
}
