using System.Globalization;
using CsCheck;
using MiniTrader.Exchange;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Exchange;

/// <summary>Fees and slippage by hand-worked figures and by what must hold for all.</summary>
public sealed class FeeAndSlippageTests
{
    [Theory]
    [InlineData("none", "10", "100", "0", "0")]
    [InlineData("maker=0.0002,taker=0.0005", "10", "100", "0", "0.5")] // 10 × 100 × 0.0005
    [InlineData("maker=0.0002,taker=0.0005", "-10", "100", "0", "0.5")] // a negative price costs no negative fee
    [InlineData("per-share=0.005,min=1", "10", "100", "0", "1")] // 0.5 is below the minimum
    [InlineData("per-share=0.005,min=1", "10", "100", "100", "0")] // 200 shares still cost the minimum, which is paid
    [InlineData("per-share=0.005,min=1", "10", "100", "200", "0.5")] // 300 × 0.005 − 1
    [InlineData("per-contract=2.25", "4500", "3", "0", "6.75")]
    [InlineData("fixed=1.5", "10", "100", "0", "1.5")]
    [InlineData("fixed=1.5", "10", "100", "1", "0")]
    public void A_takers_fee_is(string model, string price, string quantity, string before, string fee) => Assert.Equal(
        decimal.Parse(fee, CultureInfo.InvariantCulture),
        FeeModel.Parse(model).Of(Price.Parse(price), Quantity.Parse(quantity), Quantity.Parse(before), 1m, LiquiditySide.Taker));

    [Fact]
    public void A_rate_counts_the_multiplier_and_the_makers_side() =>
        Assert.Equal(-9m, FeeModel.Parse("maker=-0.0001,taker=0.0005").Of(Price.Parse("4500"), Quantity.FromUnits(2), Quantity.Zero, 10m, LiquiditySide.Maker));

    [Fact]
    public void A_fee_is_rounded_to_nine_decimals_half_to_even() =>
        Assert.Equal(0.000000002m, FeeModel.Rate(0m, 0.0000000025m).Of(Price.Parse("1"), Quantity.FromUnits(1), Quantity.Zero, 1m, LiquiditySide.Taker));

    [Fact]
    public void However_an_order_is_cut_into_fills_its_fees_sum_to_the_same()
    {
        FeeModel[] models = [FeeModel.PerUnit(0.005m, 1m), FeeModel.PerUnit(0.0001m), FeeModel.Fixed(2m)];
        Gen.Select(Gen.Int[0, models.Length - 1], Gen.Long[1, 5_000].Array[1, 20]).Sample((m, parts) =>
        {
            decimal sum = 0;
            Quantity filled = Quantity.Zero;
            foreach (long part in parts)
            {
                sum += models[m].Of(Price.Parse("10"), Quantity.FromUnits(part), filled, 1m, LiquiditySide.Taker);
                filled += Quantity.FromUnits(part);
            }

            return sum == models[m].Of(Price.Parse("10"), filled, Quantity.Zero, 1m, LiquiditySide.Taker);
        });
    }

    [Theory]
    [InlineData("ticks=5", "0.02", AssetClass.Equity, "0.01")]
    [InlineData("bps=9999", "0.02", AssetClass.Equity, "0.01")]
    [InlineData("spread=1", "0.02", AssetClass.Equity, "0.01")]
    [InlineData("ticks=1", "0.005", AssetClass.Equity, "0.005")] // never better than the price that it met
    [InlineData("ticks=5", "0.02", AssetClass.Future, "-0.03")]
    [InlineData("ticks=5", "0.02", AssetClass.Crypto, "0.01")]
    public void Slippage_stops_at_one_tick(string model, string bid, AssetClass assetClass, string sold)
    {
        VenueDesk desk = new(
            VenueOptions.Instant with { Slippage = SlippageModel.Parse(model) },
            new Instrument { Symbol = "X", Venue = "SIM", AssetClass = assetClass });
        desk.Quote(bid, 100, "10.02", 100);
        desk.Market(OrderSide.Sell, 10);
        Assert.Equal(Price.Parse(sold), desk.Take()[^1].LastPrice);
    }

    [Theory]
    [InlineData("ticks=1", "10.03", "9.99")]
    [InlineData("bps=5", "10.03", "9.99")] // 10.02 × 0.0005 = 0.00501: up to the next cent
    [InlineData("bps=10", "10.04", "9.99")] // 10.02 × 0.001 = 0.01002 goes two cents up; 10.00 × 0.001 is exactly one down
    [InlineData("spread=0.5", "10.03", "9.99")] // half of 0.02
    [InlineData("none", "10.02", "10")]
    public void Slippage_goes_against_both_sides(string model, string bought, string sold)
    {
        VenueDesk desk = new(VenueOptions.Instant with { Slippage = SlippageModel.Parse(model) });
        desk.Quote("10.00", 100, "10.02", 100);
        desk.Market(OrderSide.Buy, 10);
        desk.Market(OrderSide.Sell, 10);
        List<ExecutionReport> fills = desk.Take().FindAll(r => r.Kind == ReportKind.Fill);
        Assert.Equal([Price.Parse(bought), Price.Parse(sold)], fills.Select(f => f.LastPrice));
    }
}
