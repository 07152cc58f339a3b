using MiniTrader.Model;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Strategies;

/// <summary>Volume-weighted prices on trades that are worked out by hand.</summary>
public sealed class VwapTests
{
    [Fact]
    public void Anchored_where_the_caller_says()
    {
        Vwap vwap = new();
        Assert.True(double.IsNaN(vwap.Value));
        Assert.Equal(100, Update(ref vwap, "2024-01-02", "100", "3"));
        Assert.Equal(101, Update(ref vwap, "2024-01-03", "104", "1"));   // (300 + 104) / 4
        Assert.Equal(101, Update(ref vwap, "2024-01-04", "999", "0"));
        Assert.True(vwap.IsWarm);
        vwap.Reset();
        Assert.False(vwap.IsWarm);
        Assert.Equal(50, Update(ref vwap, "2024-01-05", "50", "0.5"));
    }

    [Fact]
    public void A_day_begins_at_the_time_that_was_given()
    {
        Vwap vwap = Vwap.PerDay(new TimeSpan(14, 30, 0));
        Assert.Equal(100, Update(ref vwap, "2024-01-02T14:30", "100", "1"));
        Assert.Equal(101, Update(ref vwap, "2024-01-03T14:29:59.999999999", "102", "1"));
        Assert.Equal(200, Update(ref vwap, "2024-01-03T14:30", "200", "1"));
        Assert.Equal(201, Update(ref vwap, "2024-01-03T14:00", "202", "1"));   // late: counts to what is open
        Assert.Equal(7, Update(ref vwap, "2024-01-09T03:00", "7", "1"));
        Assert.Equal(8, Update(ref vwap, "2024-01-09T14:30", "8", "1"));
    }

    [Fact]
    public void A_session_ends_at_its_close()
    {
        TradingSessions sessions = new(
        [
            (Timestamp.Parse("2024-01-02T14:30"), Timestamp.Parse("2024-01-02T21:00")),
            (Timestamp.Parse("2024-01-03T14:30"), Timestamp.Parse("2024-01-03T21:00")),
        ]);
        Vwap vwap = Vwap.PerSession(sessions);
        Update(ref vwap, "2024-01-02T14:30", "10", "1");
        Assert.Equal(15, Update(ref vwap, "2024-01-02T20:59", "20", "1"));
        Assert.Equal(40, Update(ref vwap, "2024-01-02T21:00", "40", "1"));     // after the close: the next session's
        Assert.Equal(50, Update(ref vwap, "2024-01-03T15:00", "60", "1"));
        Assert.Equal(1, Update(ref vwap, "2024-01-05T15:00", "1", "1"));       // after the last: one session for ever
        Assert.Equal(2, Update(ref vwap, "2024-02-05T15:00", "3", "1"));
    }

    [Fact]
    public void Trillions_of_units_at_a_hair_above_a_million_lose_nothing()
    {
        Vwap vwap = new();
        for (int i = 0; i < 1000; i++) Update(ref vwap, "2024-01-02", "1000000.000000001", "9000000000");
        Assert.Equal(1000000.000000001, vwap.Value, 10);
    }

    [Fact]
    public void A_turnover_beyond_the_sums_is_refused_not_wrapped()
    {
        Vwap vwap = new();
        Timestamp time = Timestamp.Parse("2024-01-02");
        vwap.Update(time, Price.MaxValue, Quantity.MaxValue);   // 2^126, twice: the sums end at 2^127
        vwap.Update(time, Price.MaxValue, Quantity.MaxValue);
        Assert.Throws<OverflowException>(() => vwap.Update(time, Price.MaxValue, Quantity.MaxValue));
        Assert.Equal(Price.MaxValue.ToDouble(), vwap.Value, 0);
    }

    [Fact]
    public void Rolling_over_two_trades()
    {
        RollingVwap vwap = new(2);
        Assert.Equal(100, vwap.Update(Price.Parse("100"), Quantity.Parse("3")));
        Assert.Equal(101, vwap.Update(Price.Parse("104"), Quantity.Parse("1")));   // (300 + 104)/4
        Assert.True(vwap.IsWarm);
        Assert.Equal(101, vwap.Update(Price.Parse("104"), Quantity.Zero));
        Assert.Equal(108, vwap.Update(Price.Parse("109.333333333"), Quantity.Parse("3")), 8);   // (104 + 328)/4
    }

    private static double Update(ref Vwap vwap, string time, string price, string size) =>
        vwap.Update(Timestamp.Parse(time), Price.Parse(price), Quantity.Parse(size));
}
