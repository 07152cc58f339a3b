using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Risk;

/// <summary>
/// The limits that may differ from instrument to instrument; null switches one off. A value equal to the limit is allowed.
/// Unless they are set, quantity, notional and position are unlimited, because no number suits every instrument; the price
/// collar and the number of open orders are on.
/// </summary>
public sealed record InstrumentLimits
{
    /// <summary>Largest total quantity of one order.</summary>
    public Quantity? MaxOrderQuantity { get; init; }

    /// <summary>Largest worth of one order in the account's currency: price × open quantity × multiplier × exchange rate.</summary>
    public decimal? MaxOrderNotional { get; init; }

    /// <summary>How far to its own disadvantage an order may be priced from the reference, in 1/10,000 of it.</summary>
    public int? CollarBasisPoints { get; init; } = 500;

    /// <summary>The same in ticks; where both are set, both must hold.</summary>
    public int? CollarTicks { get; init; }

    /// <summary>Largest position of the account, long or short, if everything that works on one side fills.</summary>
    public Quantity? MaxPosition { get; init; }

    /// <summary>Most orders of one strategy that work on one instrument.</summary>
    public int? MaxOpenOrders { get; init; } = 500;

    /// <summary>The same limits, or an <see cref="ArgumentException"/> that names the key that is wrong.</summary>
    public InstrumentLimits Validated()
    {
        Require(MaxOrderQuantity is not { Raw: <= 0 }, LimitKeys.MaxOrderQuantity, "above zero");
        Require(MaxOrderNotional is not <= 0, LimitKeys.MaxOrderNotional, "above zero");
        Require(CollarBasisPoints is not < 0, LimitKeys.CollarBasisPoints, "zero or more");
        Require(CollarTicks is not < 0, LimitKeys.CollarTicks, "zero or more");
        Require(MaxPosition is not { Raw: < 0 }, LimitKeys.MaxPosition, "zero or more");
        Require(MaxPosition is not { Raw: > RiskGate.LargestPositionRaw }, LimitKeys.MaxPosition, $"at most {new Quantity(RiskGate.LargestPositionRaw)}");
        Require(MaxOpenOrders is not < 0, LimitKeys.MaxOpenOrders, "zero or more");
        return this;
    }

    internal static void Require(bool holds, string key, string what)
    {
        if (!holds) throw new ArgumentException($"Risk limit '{key}' must be {what}, or '{LimitKeys.Off}' to switch it off.");
    }

    /// <summary>The text form: every key, so that the text alone says what holds.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{LimitKeys.MaxOrderQuantity}={Show(MaxOrderQuantity)},{LimitKeys.MaxOrderNotional}={Show(MaxOrderNotional)},{LimitKeys.CollarBasisPoints}={Show(CollarBasisPoints)},{LimitKeys.CollarTicks}={Show(CollarTicks)},{LimitKeys.MaxPosition}={Show(MaxPosition)},{LimitKeys.MaxOpenOrders}={Show(MaxOpenOrders)}");

    internal static string Show<T>(T? value)
        where T : struct => value is null ? LimitKeys.Off : string.Create(CultureInfo.InvariantCulture, $"{value}");
}
