using CsCheck;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using Xunit;

namespace MiniTrader.Tests.Portfolio;

/// <summary>Average cost, realised result and what must be conserved.</summary>
public sealed class PositionTests
{
    [Fact]
    public void A_long_position_is_built_reduced_and_closed_at_average_cost()
    {
        Position position = default;
        Apply(ref position, OrderSide.Buy, 100, "10.00"); // cost 1,000
        Apply(ref position, OrderSide.Buy, 50, "10.60"); // cost 1,530, average 10.20
        Assert.Equal(Price.Parse("10.20"), position.AveragePrice(1m));
        Assert.Equal(0m, position.Realised);

        Assert.Equal(24m, Apply(ref position, OrderSide.Sell, 30, "11.00")); // 30 × (11.00 − 10.20)
        Assert.Equal(Price.Parse("10.20"), position.AveragePrice(1m));
        Assert.Equal(1_224m, position.Cost); // 120 × 10.20

        Assert.Equal(-24m, Apply(ref position, OrderSide.Sell, 120, "10.00")); // 120 × (10.00 − 10.20)
        Assert.True(position.IsFlat);
        Assert.Equal(0m, position.Cost);
        Assert.Equal(0m, position.Realised);
        Assert.Equal(4, position.Fills);
    }

    [Fact]
    public void A_fill_through_zero_closes_one_side_and_opens_the_other_at_its_own_price()
    {
        Position position = default;
        Apply(ref position, OrderSide.Buy, 100, "10.00");
        Assert.Equal(50m, Apply(ref position, OrderSide.Sell, 150, "10.50")); // 100 × 0.50
        Assert.Equal(Quantity.FromUnits(-50), position.Quantity);
        Assert.Equal(Price.Parse("10.50"), position.AveragePrice(1m));
        Assert.Equal(25m, Apply(ref position, OrderSide.Buy, 50, "10.00")); // short 50 × 0.50
        Assert.True(position.IsFlat);
        Assert.Equal(75m, position.Realised);
    }

    [Fact]
    public void The_multiplier_of_a_future_scales_cost_and_result()
    {
        Position position = default;
        position.Apply(OrderSide.Buy, Quantity.FromUnits(2), 2m * 1300.1m * 100m, 4.5m);
        Assert.Equal(260_020m, position.Cost);
        Assert.Equal(380m, position.Apply(OrderSide.Sell, Quantity.FromUnits(2), 2m * 1302m * 100m, 4.5m)); // 2 × 1.9 × 100
        Assert.Equal(9m, position.Fees);
    }

    [Fact]
    public void Money_paid_is_cost_less_realised_after_any_sequence_of_fills()
    {
        Gen<(bool, long, long)> fill = Gen.Select(Gen.Bool, Gen.Long[1, 1_000], Gen.Long[1, 200_000]);
        fill.Array[1, 60].Sample(fills =>
        {
            Position position = default;
            decimal paid = 0;
            long quantity = 0;
            foreach ((bool isBuy, long units, long ticks) in fills)
            {
                Price price = new(ticks * 10_000_000);
                OrderSide side = isBuy ? OrderSide.Buy : OrderSide.Sell;
                position.Apply(side, Quantity.FromUnits(units), price.Times(Quantity.FromUnits(units)), 0m);
                paid += side.Sign() * units * price.ToDecimal();
                quantity += side.Sign() * units;
            }

            Assert.Equal(quantity, position.Quantity.Raw / FixedPoint.One);
            Assert.Equal(paid, position.Cost - position.Realised);
            if (quantity == 0) Assert.Equal(0m, position.Cost);
        });
    }

    private static decimal Apply(ref Position position, OrderSide side, long units, string price) =>
        position.Apply(side, Quantity.FromUnits(units), Price.Parse(price).Times(Quantity.FromUnits(units)), 0m);
}
