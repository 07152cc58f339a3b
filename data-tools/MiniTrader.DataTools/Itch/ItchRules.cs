using MiniTrader.Feeds;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>What the values of ITCH messages mean here, and which of them cannot be.</summary>
internal static class ItchRules
{
    /// <summary>The specification's highest price, 200,000 dollars, in 1e-4.</summary>
    public const uint MaxPrice = 2_000_000_000;

    /// <summary>Orders from which on the common step of their prices is taken for the tick.</summary>
    private const long ConvincingOrders = 1_000;

    /// <summary>A price on the wire is a count of 1e-4.</summary>
    private const long PriceUnit = 100_000;

    /// <summary>Null, or what is wrong with an order's or a trade's size.</summary>
    public static string? SizeFault(uint shares) =>
        shares == 0 ? "its size is zero" : shares > int.MaxValue ? "its size is negative (the highest bit is set)" : null;

    /// <summary>Null, or what is wrong with a price.</summary>
    public static string? PriceFault(uint price) =>
        price == 0 ? "its price is zero" : price > MaxPrice ? "its price is above 200,000 dollars, the highest there is" : null;

    public static Price PriceOf(uint price) => new(price * PriceUnit);

    public static Quantity SizeOf(uint shares) => new(shares * FixedPoint.One);

    public static OrderSide SideOf(byte side) => side switch { (byte)'B' => OrderSide.Buy, (byte)'S' => OrderSide.Sell, _ => OrderSide.None };

    /// <summary>Who took when an order of this side rested.</summary>
    public static AggressorSide TakerFrom(OrderSide resting) => resting switch
    {
        OrderSide.Buy => AggressorSide.Seller,
        OrderSide.Sell => AggressorSide.Buyer,
        _ => AggressorSide.Unknown,
    };

    /// <summary>False for a letter that the specification does not have.</summary>
    public static bool TryCross(byte cross, out TradeCondition condition)
    {
        condition = cross switch { (byte)'O' => TradeCondition.OpeningAuction, (byte)'C' => TradeCondition.ClosingAuction, _ => TradeCondition.OtherAuction };
        return cross is (byte)'O' or (byte)'C' or (byte)'H' or (byte)'I' or (byte)'A';
    }

    /// <summary>
    /// The instrument of a stock. The tick is the common step of the order prices where there are enough of them to tell, else a
    /// cent, or finer where a price needs it; the lot is one share unless the directory says that only round lots trade.
    /// </summary>
    public static Instrument InstrumentOf(ItchListing listing, string venue)
    {
        const long Cent = 100;
        long step = listing.Orders >= ConvincingOrders && listing.PriceStep > 0 ? listing.PriceStep
            : listing.PriceStep % Cent == 0 ? Cent : listing.PriceStep % 10 == 0 ? 10 : 1;
        return new Instrument
        {
            Symbol = listing.Symbol.ToString(),
            Venue = venue,
            AssetClass = AssetClass.Equity,
            Currency = Currency.Usd,
            TickSize = new(step * PriceUnit),
            LotSize = Quantity.FromUnits(listing.TradesRoundLotsOnly && listing.RoundLot is > 0 and <= 1_000_000 ? listing.RoundLot : 1),
        }.Validated();
    }
}
