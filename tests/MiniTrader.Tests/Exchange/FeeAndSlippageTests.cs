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
        FeeModel.Parse(model).Of(Basis(Price.Parse(price), Quantity.Parse(quantity), Quantity.Parse(before), 1m, LiquiditySide.Taker)));

    [Fact]
    public void A_rate_counts_the_multiplier_and_the_makers_side() =>
        Assert.Equal(-9m, FeeModel.Parse("maker=-0.0001,taker=0.0005").Of(Basis(Price.Parse("4500"), Quantity.FromUnits(2), Quantity.Zero, 10m, LiquiditySide.Maker)));

    [Fact]
    public void A_fee_is_rounded_to_nine_decimals_half_to_even() =>
        Assert.Equal(0.000000002m, FeeModel.Rate(0m, 0.0000000025m).Of(Basis(Price.Parse("1"), Quantity.FromUnits(1), Quantity.Zero, 1m, LiquiditySide.Taker)));

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
                sum += models[m].Of(Basis(Price.Parse("10"), Quantity.FromUnits(part), filled, 1m, LiquiditySide.Taker));
                filled += Quantity.FromUnits(part);
            }

            return sum == models[m].Of(Basis(Price.Parse("10"), filled, Quantity.Zero, 1m, LiquiditySide.Taker));
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

    [Theory]
    [InlineData("per-share=0.003,rebate=0.002", LiquiditySide.Taker, OrderSide.Buy, "0.3")] // 100 × 0.003
    [InlineData("per-share=0.003,rebate=0.002", LiquiditySide.Maker, OrderSide.Buy, "-0.2")] // paid 100 × 0.002
    [InlineData("buy=0.005", LiquiditySide.Taker, OrderSide.Buy, "5")] // stamp duty of 1000 × 0.5 %
    [InlineData("buy=0.005", LiquiditySide.Taker, OrderSide.Sell, "0")]
    [InlineData("per-share=0.005,min=1,sell=0.0000278", LiquiditySide.Maker, OrderSide.Sell, "1.0278")] // the minimum, and 1000 × 0.0000278
    [InlineData("tiers(0:0.0002/0.0005,1000000:0.0001/0.0004),sell=0.001", LiquiditySide.Taker, OrderSide.Sell, "1.5")] // 0.5 and 1
    public void Rebates_and_duties(string model, LiquiditySide liquidity, OrderSide side, string fee) => Assert.Equal(
        decimal.Parse(fee, CultureInfo.InvariantCulture),
        FeeModel.Parse(model).Of(Basis(Price.Parse("10"), Quantity.FromUnits(100), Quantity.Zero, 1m, liquidity, side)));

    [Theory]
    [InlineData("0", "0.5")]
    [InlineData("999999.999999999", "0.5")] // 1000 × 0.0005, one billionth short of the next step
    [InlineData("1000000", "0.4")]
    [InlineData("50000000", "0.3")]
    public void A_tier_is_reached_by_the_fills_before(string rolling, string fee)
    {
        FeeModel model = FeeModel.Parse("tiers(0:0.0002/0.0005,1000000:0.0001/0.0004,10000000:0/0.0003)");
        FeeBasis basis = Basis(Price.Parse("10"), Quantity.FromUnits(100), Quantity.Zero, 1m, LiquiditySide.Taker, OrderSide.Buy, decimal.Parse(rolling, CultureInfo.InvariantCulture));
        Assert.Equal(decimal.Parse(fee, CultureInfo.InvariantCulture), model.Of(basis));
    }

    [Fact]
    public void Thirty_days_later_a_fill_counts_no_more()
    {
        // 200 × 10 = 2000 on day 0 reaches the step at 1000; on day 29 it still counts, on day 30 it does not.
        VenueDesk desk = new(VenueOptions.Instant with { Fees = FeeModel.Parse("tiers(0:0/0.01,1000:0/0.001)"), Depth = DepthModel.Top });
        Assert.Equal(20m, FeeOfBuying(desk, 200));
        desk.Pass(29 * Timestamp.NanosecondsPerDay);
        Assert.Equal(0.01m, FeeOfBuying(desk, 1));
        desk.Pass(Timestamp.NanosecondsPerDay);
        Assert.Equal(0.1m, FeeOfBuying(desk, 1));
        desk.Pass(400 * Timestamp.NanosecondsPerDay);
        Assert.Equal(0.1m, FeeOfBuying(desk, 1));
    }

    [Fact]
    public void Currencies_have_tiers_of_their_own()
    {
        VenueDesk desk = new(
            VenueOptions.Instant with { Fees = FeeModel.Parse("tiers(0:0/0.01,1000:0/0.001)"), Depth = DepthModel.Top },
            new Instrument { Symbol = "X", Venue = "SIM" },
            new Instrument { Symbol = "Y", Venue = "SIM" },
            new Instrument { Symbol = "Z", Venue = "SIM", Currency = Currency.Parse("EUR") });
        Assert.Equal(20m, FeeOfBuying(desk, 200));
        Assert.Equal(0.01m, FeeOfBuying(desk, 1, instrument: 1));
        Assert.Equal(0.1m, FeeOfBuying(desk, 1, instrument: 2));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("maker=-0.0001,taker=0.0005")]
    [InlineData("per-share=0.005,min=1")]
    [InlineData("per-share=0.003,rebate=0.002,buy=0.001,sell=0.002")]
    [InlineData("fixed=1.5,sell=0.0000278")]
    [InlineData("tiers(0:0.0002/0.0005,1000000:-0.0001/0.0004)")]
    [InlineData("buy=0.005")]
    public void Fees_read_back(string text)
    {
        Assert.Equal(text, FeeModel.Parse(text).ToString());
        Assert.Equal(FeeModel.Parse(text), FeeModel.Parse(FeeModel.Parse(text).ToString()));
    }

    [Theory]
    [InlineData("tiers(5:0/0)")]
    [InlineData("tiers(0:0/0,0:0/0)")]
    [InlineData("tiers(0:0/0,10:0/0,5:0/0)")]
    [InlineData("tiers(0:0)")]
    [InlineData("tiers(0:0/2)")]
    [InlineData("tiers(0:0/0")]
    [InlineData("tiers(0:0/0),maker=0,taker=0")]
    [InlineData("per-share=1,min=1,rebate=1")]
    [InlineData("rebate=1")]
    [InlineData("buy=1")]
    [InlineData("buy=-0.1")]
    [InlineData("buy=0.1,buy=0.1")]
    public void Wrong_fees_are_refused(string text) => Assert.Throws<FormatException>(() => FeeModel.Parse(text));

    [Fact]
    public void Fees_of_the_users_own()
    {
        VenueDesk desk = new(VenueOptions.Instant with { Fees = FeeModel.Custom(new OneCentAUnit()), Depth = DepthModel.Top });
        Assert.Equal(2m, FeeOfBuying(desk, 200));
        Assert.Equal("custom(OneCentAUnit)", FeeModel.Custom(new OneCentAUnit()).ToString());
    }

    [Theory]
    [InlineData("sqrt(y=1,sigma=0.02,volume=1000000)", 10_000, "10.05", "9.98")] // √0.01 × 0.02 = 0.2 %: 10.02 + 0.02004 goes up to 10.05, 10.00 − 0.02 is 9.98
    [InlineData("sqrt(y=0.5,sigma=0.02,volume=1000000)", 10_000, "10.04", "9.99")] // half of it
    [InlineData("sqrt(y=1,sigma=0.02,volume=1000000)", 40_000, "10.07", "9.96")] // four times the quantity, twice the impact: 0.04008 and 0.04
    [InlineData("volume(impact=0.1,volume=100000)", 10_000, "10.04", "9.99")] // 0.1² × 0.1 = 0.1 %: 0.01002 and 0.01
    [InlineData("volume(impact=0.1,volume=100)", 10_000, "11.03", "9")] // the share is at most the whole: 10 %, 1.002 and 1
    [InlineData("volume(impact=0.1)", 10_000, "10.02", "10")] // no volume has been seen
    public void Impact_grows_with_the_order(string model, long quantity, string bought, string sold)
    {
        VenueDesk desk = new(VenueOptions.Instant with { Slippage = SlippageModel.Parse(model) });
        desk.Quote("10.00", 100_000, "10.02", 100_000);
        desk.Market(OrderSide.Buy, quantity);
        desk.Market(OrderSide.Sell, quantity);
        List<ExecutionReport> fills = desk.Take().FindAll(r => r.Kind == ReportKind.Fill);
        Assert.Equal([Price.Parse(bought), Price.Parse(sold)], fills.Select(f => f.LastPrice));
    }

    [Fact]
    public void Volume_is_what_the_market_traded_in_a_day()
    {
        VenueDesk desk = new(VenueOptions.Instant with { Slippage = SlippageModel.Parse("sqrt(y=1,sigma=0.02)") });
        desk.Trade("10.01", 400_000);
        desk.Pass(Timestamp.NanosecondsPerHour);
        desk.Trade("10.01", 600_000);
        Assert.Equal(Price.Parse("10.05"), PriceOfBuying(desk, 10_000)); // 10,000 of 1,000,000

        // 23 hours later the first 400,000 have left the day: √(6000 / 600,000) is 0.1 again.
        desk.Pass(23 * Timestamp.NanosecondsPerHour);
        Assert.Equal(Price.Parse("10.05"), PriceOfBuying(desk, 6_000));
        desk.Pass(48 * Timestamp.NanosecondsPerHour);
        Assert.Equal(Price.Parse("10.02"), PriceOfBuying(desk, 6_000));
    }

    [Fact]
    public void Slippage_of_the_users_own()
    {
        VenueDesk desk = new(VenueOptions.Instant with { Slippage = SlippageModel.Custom(new HalfACent()) });
        Assert.Equal(Price.Parse("10.03"), PriceOfBuying(desk, 10)); // 10.025 goes up to the tick
    }

    [Theory]
    [InlineData("none")]
    [InlineData("ticks=2")]
    [InlineData("bps=0.5")]
    [InlineData("spread=0.25")]
    [InlineData("volume(impact=0.1)")]
    [InlineData("volume(impact=0.1,volume=5000000)")]
    [InlineData("sqrt(y=0.8,sigma=0.02)")]
    [InlineData("sqrt(y=0.8,sigma=0.02,volume=5000000)")]
    public void Slippage_reads_back(string text)
    {
        Assert.Equal(text, SlippageModel.Parse(text).ToString());
        Assert.Equal(SlippageModel.Parse(text), SlippageModel.Parse(SlippageModel.Parse(text).ToString()));
    }

    [Theory]
    [InlineData("1962-01-02T14:30")]
    [InlineData("1969-12-31T20:00")]
    public void Volumes_and_turnover_of_days_before_1970_are_counted(string start)
    {
        Timestamp first = Timestamp.Parse(start);
        DayVolume volume = new();
        RollingTurnover turnover = new(1);
        for (int hour = 0; hour < 40 * 24; hour++)
        {
            volume.Add(first + (hour * Timestamp.NanosecondsPerHour), 1);
            turnover.Add(0, first + (hour * Timestamp.NanosecondsPerHour), 1m);
        }

        // 24 hours, the last included; 29 whole days and the hours of the last one.
        Timestamp last = first + (((40 * 24) - 1) * Timestamp.NanosecondsPerHour);
        Assert.Equal(24, volume.At(last));
        Assert.Equal((29 * 24) + 1 + (last.NanosecondsOfDay / Timestamp.NanosecondsPerHour), turnover.At(0, last));
        Assert.Equal(0, volume.At(last + Timestamp.NanosecondsPerDay));
    }

    [Theory]
    [InlineData("volume()")]
    [InlineData("volume(impact=-1)")]
    [InlineData("sqrt(y=1)")]
    [InlineData("sqrt(y=1,sigma=0.1,volume=0)")]
    [InlineData("sqrt(y=1,y=1,sigma=0.1)")]
    [InlineData("sqrt(y=1,sigma=0.1")]
    [InlineData("ticks=9000000000")]
    [InlineData("ticks=100001")]
    [InlineData("spread=9000000000")]
    public void Wrong_slippage_is_refused(string text) => Assert.Throws<FormatException>(() => SlippageModel.Parse(text));

    private static decimal FeeOfBuying(VenueDesk desk, long quantity, int instrument = 0)
    {
        desk.Quote("9.99", 1, "10", 1, instrument);
        desk.New(new OrderCommand { Instrument = new(instrument), Side = OrderSide.Buy, Type = OrderType.Market, Quantity = Quantity.FromUnits(quantity) });
        return desk.Take()[^1].Fee;
    }

    private static Price PriceOfBuying(VenueDesk desk, long quantity)
    {
        desk.Quote("10.00", 99_999, "10.02", 99_999);
        desk.Market(OrderSide.Buy, quantity);
        Price price = desk.Take()[^1].LastPrice;
        desk.Quote("10.00", 100_000, "10.02", 100_000);
        return price;
    }

    private static FeeBasis Basis(
        Price price, Quantity quantity, Quantity before, decimal multiplier, LiquiditySide liquidity, OrderSide side = OrderSide.Buy, decimal rolling = 0) => new()
        {
            Price = price,
            Quantity = quantity,
            FilledBefore = before,
            Multiplier = multiplier,
            Liquidity = liquidity,
            Side = side,
            RollingValue = rolling,
        };

    private sealed class OneCentAUnit : CustomFees
    {
        public override decimal Of(in FeeBasis fill) => fill.Quantity.ToDecimal() * 0.01m;
    }

    private sealed class HalfACent : CustomSlippage
    {
        public override Price Distance(in SlippageBasis fill) => Price.Parse("0.005");
    }
}
