using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>The shapes of fees.</summary>
public enum FeeKind : byte
{
    None,

    /// <summary>A fraction of the value, one for makers and one for takers.</summary>
    Rate,

    /// <summary>An amount per share or contract, with a minimum per order or a rebate for makers.</summary>
    PerUnit,

    /// <summary>One amount per order, charged with its first fill.</summary>
    Fixed,

    /// <summary>Fractions of the value that fall with what was traded in 30 days.</summary>
    Tiered,
    Custom,
}

/// <summary>
/// What a fill costs, in the instrument's currency, rounded half to even to nine decimals. Value is absolute price × quantity × multiplier.
/// <list type="bullet">
/// <item><c>maker=-0.0001,taker=0.0005</c>: value × the rate of its side of the book; negative is a rebate.</item>
/// <item><c>per-share=0.005,min=1</c> (also <c>per-contract=</c>): a minimum is the order's, not the fill's: a fill pays the fee of all that is
/// filled with it less the fee of what was filled before.</item>
/// <item><c>per-share=0.003,rebate=0.002</c>: takers pay the one, makers are paid the other.</item>
/// <item><c>fixed=1.5</c>: an order's first fill.</item>
/// <item><c>tiers(0:0.0002/0.0005,1000000:0.0001/0.0004)</c>: see <see cref="FeeTiers"/>.</item>
/// <item><c>buy=0.005</c>, <c>sell=0.0000278</c> behind any of them or alone: value × rate on one side only, as stamp duties and levies are.</item>
/// </list>
/// </summary>
public readonly record struct FeeModel
{
    /// <summary>Decimals to which a fee is rounded; those of a price.</summary>
    public const int Decimals = FixedPoint.Decimals;

    private readonly object? _more;

    private FeeModel(FeeKind kind, decimal first = 0, decimal second = 0, object? more = null) => (Kind, First, Second, _more) = (kind, first, second, more);

    public FeeKind Kind { get; }

    /// <summary>Of the value of buys, on top.</summary>
    public decimal BuyDuty { get; private init; }

    /// <summary>Of the value of sells, on top.</summary>
    public decimal SellDuty { get; private init; }

    private decimal First { get; }

    private decimal Second { get; }

    private decimal Rebate { get; init; }

    /// <summary>True when a fee depends on what was traded before.</summary>
    internal bool NeedsTurnover => Kind is FeeKind.Tiered or FeeKind.Custom;

    public static FeeModel None => default;

    public static FeeModel Rate(decimal maker, decimal taker) => new(FeeKind.Rate, maker, taker);

    public static FeeModel PerUnit(decimal amount, decimal minimum = 0m) => new(FeeKind.PerUnit, amount, minimum);

    /// <summary>Takers pay an amount per unit, makers are paid one.</summary>
    public static FeeModel PerUnitWithRebate(decimal amount, decimal rebate) => new(FeeKind.PerUnit, amount) { Rebate = rebate };

    public static FeeModel Fixed(decimal amount) => new(FeeKind.Fixed, amount);

    public static FeeModel Tiered(FeeTiers tiers)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        return new(FeeKind.Tiered, 0, 0, tiers);
    }

    /// <summary>Fees of the user's own. Their text does not read back: such a run is repeated from code.</summary>
    public static FeeModel Custom(CustomFees fees)
    {
        ArgumentNullException.ThrowIfNull(fees);
        return new(FeeKind.Custom, 0, 0, fees);
    }

    /// <summary>The same fees with a duty on each side's value.</summary>
    public FeeModel WithDuty(decimal buy, decimal sell) => this with { BuyDuty = buy, SellDuty = sell };

    /// <summary>Throws a <see cref="FormatException"/> that names the text when it is no fee model.</summary>
    public static FeeModel Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Trim() == "none") return None;
        decimal? maker = null, taker = null, perUnit = null, minimum = null, rebate = null, fix = null, buy = null, sell = null;
        FeeTiers? tiers = null;
        foreach (string part in ModelText.Split(text, ','))
        {
            if (tiers is null && ModelText.TryCall(part, "tiers", out string steps))
            {
                tiers = FeeTiers.Parse(steps);
                continue;
            }

            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !decimal.TryParse(part.AsSpan(equals + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
                throw NotAModel(text);
            switch (part[..equals])
            {
                case "maker" when maker is null: maker = number; break;
                case "taker" when taker is null: taker = number; break;
                case "per-share" or "per-contract" when perUnit is null: perUnit = number; break;
                case "min" when minimum is null: minimum = number; break;
                case "rebate" when rebate is null: rebate = number; break;
                case "fixed" when fix is null: fix = number; break;
                case "buy" when buy is null && number is >= 0 and < 1: buy = number; break;
                case "sell" when sell is null && number is >= 0 and < 1: sell = number; break;
                default: throw NotAModel(text);
            }
        }

        FeeModel model = (maker, taker, perUnit, minimum, rebate, fix, tiers) switch
        {
            ({ } m, { } t, null, null, null, null, null) when Math.Abs(m) < 1 && Math.Abs(t) < 1 => Rate(m, t),
            (null, null, { } p, null or >= 0, null, null, null) when p >= 0 => PerUnit(p, minimum ?? 0m),
            (null, null, { } p, null, { } r, null, null) when p >= 0 && r > 0 => PerUnitWithRebate(p, r),
            (null, null, null, null, null, { } f, null) when f >= 0 => Fixed(f),
            (null, null, null, null, null, null, { } s) => Tiered(s),
            (null, null, null, null, null, null, null) when buy is not null || sell is not null => None,
            _ => throw NotAModel(text),
        };
        return model.WithDuty(buy ?? 0, sell ?? 0);
    }

    /// <summary>The fee of one fill.</summary>
    public decimal Of(in FeeBasis fill)
    {
        decimal fee = Kind switch
        {
            FeeKind.Rate => Rounded(fill.Value * (fill.Liquidity == LiquiditySide.Maker ? First : Second)),
            FeeKind.PerUnit when Rebate != 0 => Rounded(fill.Quantity.ToDecimal() * (fill.Liquidity == LiquiditySide.Maker ? -Rebate : First)),
            FeeKind.PerUnit => UnitFee(fill.FilledBefore + fill.Quantity) - UnitFee(fill.FilledBefore),
            FeeKind.Fixed => fill.FilledBefore.IsZero ? First : 0m,
            FeeKind.Tiered => TierFee(((FeeTiers)_more!).At(fill.RollingValue), fill),
            FeeKind.Custom => Rounded(((CustomFees)_more!).Of(fill)),
            _ => 0m,
        };
        decimal duty = fill.Side == OrderSide.Buy ? BuyDuty : SellDuty;
        return duty == 0 ? fee : fee + Rounded(fill.Value * duty);
    }

    private decimal UnitFee(Quantity filled) => filled.IsZero ? 0m : Math.Max(Second, Rounded(filled.ToDecimal() * First));

    private static decimal TierFee(FeeTier tier, in FeeBasis fill) => Rounded(fill.Value * (fill.Liquidity == LiquiditySide.Maker ? tier.Maker : tier.Taker));

    private static decimal Rounded(decimal fee) => decimal.Round(fee, Decimals);

    /// <summary>The text that <see cref="Parse"/> reads back; for a custom model its type.</summary>
    public override string ToString()
    {
        List<string> parts = [];
        if (Kind == FeeKind.Rate) parts.Add($"maker={ModelText.Write(First)},taker={ModelText.Write(Second)}");
        if (Kind == FeeKind.PerUnit) parts.Add($"per-share={ModelText.Write(First)}");
        if (Kind == FeeKind.PerUnit && Second != 0) parts.Add($"min={ModelText.Write(Second)}");
        if (Rebate != 0) parts.Add($"rebate={ModelText.Write(Rebate)}");
        if (Kind == FeeKind.Fixed) parts.Add($"fixed={ModelText.Write(First)}");
        if (Kind == FeeKind.Tiered) parts.Add(_more!.ToString()!);
        if (Kind == FeeKind.Custom) parts.Add($"custom({_more!.GetType().Name})");
        if (BuyDuty != 0) parts.Add($"buy={ModelText.Write(BuyDuty)}");
        if (SellDuty != 0) parts.Add($"sell={ModelText.Write(SellDuty)}");
        return parts.Count == 0 ? "none" : string.Join(',', parts);
    }

    private static FormatException NotAModel(string text) => new(
        $"'{text}' is not a fee model. Write none, maker=RATE,taker=RATE (rates below 1), per-share=AMOUNT[,min=AMOUNT|,rebate=AMOUNT], fixed=AMOUNT or tiers(VALUE:MAKER/TAKER,…), and behind it buy=RATE or sell=RATE for a duty on one side.");
}
