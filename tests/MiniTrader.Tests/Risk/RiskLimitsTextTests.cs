using MiniTrader.Model;
using MiniTrader.Risk;
using Xunit;

namespace MiniTrader.Tests.Risk;

/// <summary>Limits as text: what is read, what is written, what is refused and how.</summary>
public sealed class RiskLimitsTextTests
{
    [Fact]
    public void Nothing_is_the_default_with_collar_rate_and_open_orders_on()
    {
        RiskLimits limits = RiskLimits.Parse("");
        Assert.Equal(RiskLimits.Default.ToString(), limits.ToString());
        Assert.Equal(
            "max-order-quantity=off,max-order-notional=off,collar-bps=500,collar-ticks=off,max-position=off,max-open-orders=500,"
            + "max-messages-per-second=1000,max-daily-loss=off,daily-loss-action=reduce-only,day-starts-at=00:00:00",
            limits.ToString());
    }

    [Fact]
    public void Every_key_is_read()
    {
        RiskLimits limits = RiskLimits.Parse(
            "max-order-quantity=1.5, max-order-notional=1000.25, collar-bps=off, collar-ticks=12, max-position=500, max-open-orders=7,"
            + "max-messages-per-second=50, max-daily-loss=2500, daily-loss-action=kill, day-starts-at=21:30");
        Assert.Equal(Quantity.Parse("1.5"), limits.Instruments.MaxOrderQuantity);
        Assert.Equal(1000.25m, limits.Instruments.MaxOrderNotional);
        Assert.Null(limits.Instruments.CollarBasisPoints);
        Assert.Equal(12, limits.Instruments.CollarTicks);
        Assert.Equal(Quantity.Parse("500"), limits.Instruments.MaxPosition);
        Assert.Equal(7, limits.Instruments.MaxOpenOrders);
        Assert.Equal(50, limits.MaxMessagesPerSecond);
        Assert.Equal(2500m, limits.MaxDailyLoss);
        Assert.Equal(DailyLossAction.Kill, limits.DailyLossAction);
        Assert.Equal(new TimeSpan(21, 30, 0), limits.DayStartsAt);
    }

    [Fact]
    public void An_exception_starts_from_the_general_limits_wherever_they_stand()
    {
        RiskLimits limits = RiskLimits.Parse("spy:max-position=100,max-position=500,collar-bps=200,SPY.XNYS:max-position=50");
        Instrument nasdaq = new() { Symbol = "SPY", Venue = "XNAS" }, nyse = new() { Symbol = "SPY", Venue = "XNYS" }, other = new() { Symbol = "IBM", Venue = "XNYS" };
        Assert.Equal(Quantity.Parse("100"), limits.For(nasdaq).MaxPosition);
        Assert.Equal(200, limits.For(nasdaq).CollarBasisPoints);
        Assert.Equal(Quantity.Parse("50"), limits.For(nyse).MaxPosition);
        Assert.Equal(Quantity.Parse("500"), limits.For(other).MaxPosition);
        Assert.Equal(limits.ToString(), RiskLimits.Parse(limits.ToString()).ToString());
    }

    [Theory]
    [InlineData("max-positon=5", "'max-positon' is not a risk limit. There are: max-order-quantity")]
    [InlineData("max-position", "write key=value")]
    [InlineData("max-position=5,max-position=6", "'max-position' is set 2 times")]
    [InlineData("max-position=five", "'max-position': 'five' is not a decimal number")]
    [InlineData("max-position=-1", "'max-position' must be zero or more")]
    [InlineData("max-position=5000000000", "'max-position' must be at most 4611686018.427387903")]
    [InlineData("max-order-quantity=0", "'max-order-quantity' must be above zero")]
    [InlineData("max-order-quantity=0.0000000001", "more than 9 decimals")]
    [InlineData("max-order-notional=-3", "'max-order-notional' must be above zero")]
    [InlineData("max-order-notional=1e5", "'1e5' is not an amount of money")]
    [InlineData("collar-bps=2.5", "'collar-bps': '2.5' is not a whole number")]
    [InlineData("collar-ticks=-1", "'collar-ticks' must be zero or more")]
    [InlineData("max-open-orders=-1", "'max-open-orders' must be zero or more")]
    [InlineData("max-messages-per-second=1000001", "'max-messages-per-second' must be 0 to 1000000")]
    [InlineData("max-daily-loss=-1", "'max-daily-loss' must be zero or more")]
    [InlineData("daily-loss-action=panic", "neither 'reduce-only' nor 'kill'")]
    [InlineData("day-starts-at=25:00", "'25:00' is not a time of day")]
    [InlineData("SPY:max-daily-loss=5", "'max-daily-loss' is one of the whole session; write it without 'SPY:'")]
    [InlineData("SPY:max-position=-5", "SPY: Risk limit 'max-position'")]
    public void What_cannot_be_is_refused_by_its_key(string text, string message)
    {
        FormatException error = Assert.Throws<FormatException>(() => RiskLimits.Parse(text));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_for_an_instrument_that_is_not_there_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new RiskDesk("QQQ:max-position=5"));
        Assert.Contains("'QQQ'", error.Message, StringComparison.Ordinal);
        Assert.Contains("SPY.XNAS", error.Message, StringComparison.Ordinal);
    }
}
