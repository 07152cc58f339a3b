using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>
/// What one owner holds of one instrument, at average cost. Realised result is before fees; fees are kept beside it.
/// </summary>
public struct Position
{
    public InstrumentId Instrument;

    /// <summary>Times that something other than a trade changed quantity or cost; a trade of before cannot be taken back by itself.</summary>
    internal int Era;

    /// <summary>Positive when long, negative when short.</summary>
    public Quantity Quantity;

    /// <summary>What the open quantity cost: signed, price × quantity × multiplier.</summary>
    public decimal Cost;

    /// <summary>Result of everything closed so far, before fees.</summary>
    public decimal Realised;

    public decimal Fees;

    /// <summary>Paid to or by whoever held it: dividends, funding, borrow, rollover, cash for what a split left over.</summary>
    public decimal Income;

    /// <summary>Value of all fills, bought and sold.</summary>
    public decimal Turnover;

    public long Fills;

    public readonly bool IsFlat => Quantity.Raw == 0;

    public readonly bool IsLong => Quantity.Raw > 0;

    public readonly bool IsShort => Quantity.Raw < 0;

    /// <summary>Average price of the open quantity, or zero when flat.</summary>
    /// <param name="multiplier">The instrument's multiplier.</param>
    public readonly Price AveragePrice(decimal multiplier) =>
        IsFlat ? Price.Zero : new((long)(Cost / (Quantity.ToDecimal() * multiplier) * FixedPoint.One));

    /// <summary>Value of the open quantity at a price, signed.</summary>
    public readonly decimal MarketValue(Price mark, decimal multiplier) => mark.Times(Quantity) * multiplier;

    /// <summary>Open result at a price: market value − cost.</summary>
    public readonly decimal Unrealised(Price mark, decimal multiplier) => IsFlat ? 0m : MarketValue(mark, multiplier) - Cost;

    /// <summary>
    /// Books a split: the open quantity becomes another at the same cost. What is left over was paid for in cash; a position that is
    /// all left over ends, and its cost is the result.
    /// </summary>
    public void Split(Quantity after)
    {
        Era++;
        Quantity = after;
        if (!IsFlat) return;
        Realised -= Cost;
        Cost = 0;
    }

    /// <summary>
    /// Books a fill and returns what it realised. The part of the cost that leaves is rounded to 1e-12 and moves from cost to
    /// result as one number, so that value paid = cost + realised holds exactly.
    /// </summary>
    /// <param name="side">The fill's side.</param>
    /// <param name="quantity">Its quantity, above zero.</param>
    /// <param name="value">What it is worth: price × quantity × multiplier.</param>
    /// <param name="fee">What it cost.</param>
    public decimal Apply(OrderSide side, Quantity quantity, decimal value, decimal fee)
    {
        Enter(side, quantity, in value, in fee, out decimal realised);
        return realised;
    }

    /// <summary>The same for the hot path, where no decimal is copied.</summary>
    internal void Enter(OrderSide side, Quantity quantity, in decimal value, in decimal fee, out decimal realised)
    {
        Move(side, quantity, in value, out realised);
        if (!DecimalSum.IsZero(in fee)) DecimalSum.Add(ref Fees, in fee);
        DecimalSum.AddMagnitude(ref Turnover, in value);
        Fills++;
    }

    /// <summary>
    /// Takes over what <see cref="Apply"/> has just changed in another position that is equal in all else. Field by field: a block copy
    /// would wait until each of the fresh fields has left for the cache.
    /// </summary>
    internal void TakeFill(in Position other)
    {
        Quantity = other.Quantity;
        Cost = other.Cost;
        Realised = other.Realised;
        Fees = other.Fees;
        Turnover = other.Turnover;
        Fills = other.Fills;
    }

    /// <summary>Books a change that no trade made, such as a settlement or a delivery, as a fill without fee would be.</summary>
    public decimal ApplyWithoutTrade(OrderSide side, Quantity quantity, decimal value)
    {
        Era++;
        return Apply(side, quantity, value, 0m);
    }

    /// <summary>Quantity, cost and realised result of a fill, without the sums that its order among the fills does not matter to.</summary>
    internal void Move(OrderSide side, Quantity quantity, in decimal value, out decimal realised)
    {
        long signed = side == OrderSide.Sell ? -quantity.Raw : quantity.Raw;
        realised = 0m;
        if ((Quantity.Raw ^ signed) >= 0 || Quantity.Raw == 0)
        {
            Pay(ref Cost, side, in value);
        }
        else
        {
            Reduce(side, quantity, in value, out realised);
            DecimalSum.Add(ref Realised, in realised);
        }

        Quantity = new(checked(Quantity.Raw + signed));
    }

    private void Reduce(OrderSide side, Quantity quantity, in decimal value, out decimal realised)
    {
        long held = Math.Abs(Quantity.Raw);
        realised = 0m;
        Pay(ref realised, side == OrderSide.Sell ? OrderSide.Buy : OrderSide.Sell, in value);
        if (quantity.Raw == held)
        {
            DecimalSum.Subtract(ref realised, in Cost);
            Cost = 0m;
        }
        else if (quantity.Raw < held)
        {
            decimal leaving = Math.Round(Cost * quantity.ToDecimal() / Quantity.Abs().ToDecimal(), 12);
            realised -= leaving;
            Cost -= leaving;
        }
        else
        {
            // The fill closes the position and opens the other side with what is left, at the fill's price.
            Quantity opening = new(quantity.Raw - held);
            decimal openingCost = Math.Round(-realised * opening.ToDecimal() / quantity.ToDecimal(), 12);
            realised += openingCost - Cost;
            Cost = openingCost;
        }
    }

    /// <summary>Adds what a fill costs its owner, which is negative for a sale.</summary>
    private static void Pay(ref decimal sum, OrderSide side, in decimal value)
    {
        if (side == OrderSide.Sell) DecimalSum.Subtract(ref sum, in value);
        else DecimalSum.Add(ref sum, in value);
    }
}
