using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>The shapes of fees.</summary>
public enum FeeKind : byte
{
    None,

    /// <summary>A fraction of price × quantity × multiplier, one for makers and one for takers.</summary>
    Rate,

    /// <summary>An amount per share or contract, with a minimum per order.</summary>
    PerUnit,

    /// <summary>One amount per order, charged with its first fill.</summary>
    Fixed,
}

/// <summary>
/// What a fill costs: <c>none</c>, <c>maker=-0.0001,taker=0.0005</c> (negative is a rebate), <c>per-share=0.005,min=1</c> (also
/// written <c>per-contract=</c>) or <c>fixed=1.5</c>. In the instrument's currency, rounded half to even to nine decimals.
/// A minimum is the order's, not the fill's: a fill pays the fee of all that is filled with it less the fee of what was filled before.
/// </summary>
public readonly record struct FeeModel
{
    /// <summary>Decimals to which a fee is rounded; those of a price.</summary>
    public const int Decimals = FixedPoint.Decimals;

    private FeeModel(FeeKind kind, decimal first, decimal second) => (Kind, First, Second) = (kind, first, second);

    public FeeKind Kind { get; }

    private decimal First { get; }

    private decimal Second { get; }

    public static FeeModel None => default;

    public static FeeModel Rate(decimal maker, decimal taker) => new(FeeKind.Rate, maker, taker);

    public static FeeModel PerUnit(decimal amount, decimal minimum = 0m) => new(FeeKind.PerUnit, amount, minimum);

    public static FeeModel Fixed(decimal amount) => new(FeeKind.Fixed, amount, 0m);

    /// <summary>Throws a <see cref="FormatException"/> that names the text when it is no fee model.</summary>
    public static FeeModel Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Trim() == "none") return None;
        decimal? maker = null, taker = null, perUnit = null, minimum = null, fix = null;
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !decimal.TryParse(part.AsSpan(equals + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
                throw NotAModel(text);
            switch (part[..equals])
            {
                case "maker" when maker is null: maker = number; break;
                case "taker" when taker is null: taker = number; break;
                case "per-share" or "per-contract" when perUnit is null: perUnit = number; break;
                case "min" when minimum is null: minimum = number; break;
                case "fixed" when fix is null: fix = number; break;
                default: throw NotAModel(text);
            }
        }

        return (maker, taker, perUnit, minimum, fix) switch
        {
            ({ } m, { } t, null, null, null) when Math.Abs(m) < 1 && Math.Abs(t) < 1 => Rate(m, t),
            (null, null, { } p, null or >= 0, null) when p >= 0 => PerUnit(p, minimum ?? 0m),
            (null, null, null, null, { } f) when f >= 0 => Fixed(f),
            _ => throw NotAModel(text),
        };
    }

    /// <summary>The fee of one fill.</summary>
    /// <param name="price">The fill's price.</param>
    /// <param name="quantity">The fill's quantity.</param>
    /// <param name="filledBefore">What the order had filled before it.</param>
    /// <param name="multiplier">The instrument's.</param>
    /// <param name="liquidity">Whether the fill rested or took.</param>
    public decimal Of(Price price, Quantity quantity, Quantity filledBefore, decimal multiplier, LiquiditySide liquidity) => Kind switch
    {
        FeeKind.Rate => Rounded(Math.Abs(price.ToDecimal()) * quantity.ToDecimal() * multiplier * (liquidity == LiquiditySide.Maker ? First : Second)),
        FeeKind.PerUnit => UnitFee(filledBefore + quantity) - UnitFee(filledBefore),
        FeeKind.Fixed => filledBefore.IsZero ? First : 0m,
        _ => 0m,
    };

    private decimal UnitFee(Quantity filled) => filled.IsZero ? 0m : Math.Max(Second, Rounded(filled.ToDecimal() * First));

    private static decimal Rounded(decimal fee) => decimal.Round(fee, Decimals);

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    public override string ToString() => Kind switch
    {
        FeeKind.Rate => string.Create(CultureInfo.InvariantCulture, $"maker={First},taker={Second}"),
        FeeKind.PerUnit when Second == 0 => string.Create(CultureInfo.InvariantCulture, $"per-share={First}"),
        FeeKind.PerUnit => string.Create(CultureInfo.InvariantCulture, $"per-share={First},min={Second}"),
        FeeKind.Fixed => string.Create(CultureInfo.InvariantCulture, $"fixed={First}"),
        _ => "none",
    };

    private static FormatException NotAModel(string text) => new(
        $"'{text}' is not a fee model. Write none, maker=RATE,taker=RATE (rates below 1), per-share=AMOUNT[,min=AMOUNT] or fixed=AMOUNT.");
}
