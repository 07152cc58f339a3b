using MiniTrader.Analytics;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Analytics;

/// <summary>A round trip that a split goes through is one trip, in the units of its end.</summary>
public sealed class SplitStatisticsTests
{
    [Fact]
    public void A_trip_goes_on_behind_a_split()
    {
        // 100 at 10.00, 2-for-1, 200 at 6.00: 1200 − 1000.
        StatisticsBuilder statistics = new();
        statistics.Add(Fill(OrderSide.Buy, 100, "10"));
        statistics.AddSplit(new(0), new(0), Quantity.FromUnits(100), Quantity.FromUnits(200));
        Assert.True(statistics.Add(Fill(OrderSide.Sell, 200, "6"), out RoundTrip trip));
        Assert.Equal((200m, 5m, 6m, 200m), (trip.Quantity, trip.EntryPrice, trip.ExitPrice, trip.Profit));
        Assert.Equal(0, statistics.Build().OpenTrades);
    }

    [Fact]
    public void A_trip_that_nothing_is_left_of_is_no_trade()
    {
        StatisticsBuilder statistics = new();
        statistics.Add(Fill(OrderSide.Sell, 5, "10"));
        statistics.AddSplit(new(0), new(0), Quantity.FromUnits(-5), Quantity.Zero);
        Assert.Equal((0L, 0), ((long)statistics.Build().Trades, statistics.Build().OpenTrades));
        Assert.False(statistics.Add(Fill(OrderSide.Buy, 5, "100"), out _));
    }

    private static FillRow Fill(OrderSide side, long quantity, string price) => new()
    {
        VenueTime = Timestamp.Parse("2024-01-02"),
        ReceivedTime = Timestamp.Parse("2024-01-02"),
        ClientOrderId = ClientOrderId.Create(1, 1),
        Strategy = new(0),
        Instrument = new(0),
        Side = side,
        Price = Price.Parse(price),
        Quantity = Quantity.FromUnits(quantity),
        Currency = Currency.Usd,
        Multiplier = 1,
        BaseRate = 1,
    };
}
