using MiniTrader.Analytics;
using MiniTrader.Model;

namespace MiniTrader.Tests.Analytics;

/// <summary>Short ways to write down the records that the tests need.</summary>
internal static class Sample
{
    public static readonly Timestamp Start = Timestamp.Parse("2024-01-01T09:00:00Z");

    public static readonly InstrumentTable Instruments = new(
    [
        new() { Symbol = "ABC", Venue = "XNAS" },
        new() { Symbol = "FUT", Venue = "XEUR", AssetClass = AssetClass.Future, Currency = Currency.Eur, Multiplier = 10 },
    ]);

    public static Timestamp Day(double days) => Start + (long)(days * Timestamp.NanosecondsPerDay);

    public static Timestamp Minute(long minutes) => Start + (minutes * Timestamp.NanosecondsPerMinute);

    public static EquityPoint Equity(Timestamp time, decimal equity, decimal gross = 0) =>
        new() { Time = time, Equity = equity, Cash = equity - gross, GrossExposure = gross, NetExposure = gross };

    public static FillRow Buy(decimal quantity, decimal price, decimal fee = 0, long minute = 0, int instrument = 0, decimal rate = 1, ushort strategy = 0) =>
        Fill(OrderSide.Buy, quantity, price, fee, minute, instrument, rate, strategy);

    public static FillRow Sell(decimal quantity, decimal price, decimal fee = 0, long minute = 0, int instrument = 0, decimal rate = 1, ushort strategy = 0) =>
        Fill(OrderSide.Sell, quantity, price, fee, minute, instrument, rate, strategy);

    public static FillRow Fill(OrderSide side, decimal quantity, decimal price, decimal fee, long minute, int instrument, decimal rate, ushort strategy) => new()
    {
        VenueTime = Minute(minute),
        ReceivedTime = Minute(minute) + Timestamp.NanosecondsPerMillisecond,
        ClientOrderId = ClientOrderId.Create(minute + 1, 3),
        VenueOrderId = new(700 + minute),
        ExecutionId = new(900 + minute),
        Strategy = new(strategy),
        Instrument = new(instrument),
        Side = side,
        Price = Price.FromDecimal(price),
        Quantity = Quantity.FromDecimal(quantity),
        Filled = Quantity.FromDecimal(quantity),
        Leaves = Quantity.Zero,
        Fee = fee,
        Currency = Instruments[instrument].Currency,
        Multiplier = Instruments[instrument].Multiplier,
        BaseRate = rate,
        Liquidity = LiquiditySide.Taker,
        Cause = FillCause.BookLevel,
        Tag = 7,
        AheadBefore = Quantity.FromDecimal(12.5m),
        AheadAfter = Quantity.FromDecimal(0.000000001m),
        CauseId = 42,
    };

    public static OrderRow Order(long sequence, OrderStatus status, ReasonCode reason = ReasonCode.None) => new()
    {
        ClientOrderId = ClientOrderId.Create(sequence, 3),
        Strategy = new(0),
        Instrument = new(0),
        Side = OrderSide.Sell,
        Type = OrderType.StopLimit,
        TimeInForce = TimeInForce.Fok,
        Flags = OrderFlags.PostOnly | OrderFlags.ReduceOnly,
        Quantity = Quantity.FromUnits(100),
        LimitPrice = Price.FromDecimal(50.01m),
        StopPrice = Price.FromDecimal(-49.99m),
        SubmittedTime = Minute(sequence),
        LastTime = Minute(sequence) + 1,
        Replaces = 2,
        Tag = -7,
        DecisionPrice = Price.FromDecimal(50.005m),
        Status = status,
        Reason = reason,
        Filled = Quantity.FromUnits(40),
        AveragePrice = 50.123456789012m,
    };

    public static RunSummary Summary(RunStatistics statistics) => new(statistics)
    {
        Strategy = "EmaCross",
        Strategies = ["EmaCross"],
        Instruments = [.. Instruments.Select(i => i.Name)],
        Currency = "USD",
        From = Start,
        To = Minute(390) + 123_456_789,
        Events = 12_345_678,
        Hash = "0123456789abcdef",
        ElapsedSeconds = 0.25,
        EventsPerSecond = 49_382_712,
        AllocatedBytesPerEvent = 0,
        Machine = "two cores, Linux, .NET 10",
    };

    public static RunStatistics Statistics(IEnumerable<EquityPoint> points, IEnumerable<FillRow> fills, StatisticsOptions? options = null)
    {
        StatisticsBuilder builder = new(options);
        foreach (EquityPoint point in points) builder.Add(in point);
        foreach (FillRow fill in fills) builder.Add(in fill);
        return builder.Build();
    }
}
