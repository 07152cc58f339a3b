using MiniTrader.Exchange;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Exchange;

/// <summary>The venue's contract with the engine: due times, order of messages, limits, what each report carries.</summary>
public sealed class SimulatedVenueTests
{
    [Fact]
    public void A_quiet_venue_is_never_due()
    {
        VenueDesk desk = new();
        Assert.Equal(Timestamp.MaxValue, desk.Venue.NextDue);
        desk.Quote("10.00", 100, "10.02", 100);
        Assert.Equal(Timestamp.MaxValue, desk.Venue.NextDue);
        Assert.False(desk.Venue.TryTake(Timestamp.MaxValue, out _));
    }

    [Fact]
    public void Submit_never_returns_a_fill_and_due_times_follow_the_legs()
    {
        VenueDesk desk = new(VenueOptions.Parse("latency-new=5ms; latency-response=3ms"));
        desk.Quote("10.00", 100, "10.02", 100);
        Timestamp sent = desk.Now;
        desk.Market(OrderSide.Buy, 10);
        Assert.Equal(sent + 5_000_000, desk.Venue.NextDue);
        Assert.False(desk.Venue.TryTake(sent + 5_000_000, out _));
        Assert.Equal(sent + 8_000_000, desk.Venue.NextDue);
        Assert.False(desk.Venue.TryTake(sent + 7_999_999, out _));
        List<ExecutionReport> reports = desk.Take(sent + 8_000_000);
        Assert.Equal([ReportKind.Accepted, ReportKind.Fill], reports.Select(r => r.Kind));
        Assert.All(reports, r => Assert.Equal((sent + 5_000_000, sent + 8_000_000), (r.VenueTime, r.ReceivedTime)));
        Assert.Equal(Timestamp.MaxValue, desk.Venue.NextDue);
    }

    [Fact]
    public void A_fill_says_all_about_itself()
    {
        VenueDesk desk = new(VenueOptions.Instant with { Fees = FeeModel.Rate(0m, 0.001m) });
        desk.Quote("10.00", 100, "10.02", 40);
        ClientOrderId id = desk.New(new OrderCommand
        {
            Side = OrderSide.Buy,
            Type = OrderType.Limit,
            Quantity = Quantity.FromUnits(100),
            LimitPrice = Price.Parse("10.02"),
            Tag = 77,
            Strategy = new(3),
        });
        ExecutionReport fill = desk.Take()[1];
        Assert.Equal(ReportKind.Fill, fill.Kind);
        Assert.Equal(id, fill.ClientOrderId);
        Assert.Equal(1, fill.VenueOrderId.Value);
        Assert.Equal(2, fill.ExecutionId.Value);
        Assert.Equal(new StrategyId(3), fill.Strategy);
        Assert.Equal(OrderSide.Buy, fill.Side);
        Assert.Equal(77, fill.Tag);
        Assert.Equal(Price.Parse("10.02"), fill.LastPrice);
        Assert.Equal(Quantity.FromUnits(40), fill.LastQuantity);
        Assert.Equal(Quantity.FromUnits(40), fill.Filled);
        Assert.Equal(Quantity.FromUnits(60), fill.Leaves);
        Assert.Equal(0.4008m, fill.Fee); // 40 × 10.02 × 0.001
        Assert.Equal((LiquiditySide.Taker, FillCause.BookLevel, 0L), (fill.Liquidity, fill.Cause, fill.CauseId));
    }

    [Fact]
    public void A_strategy_can_read_its_queue()
    {
        VenueDesk desk = new();
        desk.Quote("10.00", 100, "10.02", 40);
        ClientOrderId at = desk.Limit(OrderSide.Buy, 10, "10.00"), behind = desk.Limit(OrderSide.Buy, 10, "9.99");
        desk.Take();
        Assert.True(desk.Venue.TryGetQuantityAhead(at, out Quantity ahead));
        Assert.Equal(Quantity.FromUnits(100), ahead);
        desk.Trade("10.00", 30, AggressorSide.Seller);
        desk.Venue.TryGetQuantityAhead(at, out ahead);
        Assert.Equal(Quantity.FromUnits(70), ahead);
        Assert.True(desk.Venue.TryGetQuantityAhead(behind, out ahead));
        Assert.Equal(Quantity.MaxValue, ahead);
        desk.Cancel(at);
        desk.Take();
        Assert.False(desk.Venue.TryGetQuantityAhead(at, out _));
    }

    [Fact]
    public void An_overtaking_draw_is_held_back_to_the_one_before()
    {
        VenueDesk desk = new(VenueOptions.Parse("latency=1us..10ms; seed=5"));
        desk.Quote("10.00", 100_000, "10.02", 100_000);
        for (int i = 0; i < 500; i++)
        {
            desk.Market(OrderSide.Buy, 1);
            desk.Pass(1_000);
        }

        List<ExecutionReport> accepted = desk.Take(Timestamp.MaxValue).FindAll(r => r.Kind == ReportKind.Accepted);
        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), accepted.Select(r => r.ClientOrderId.Sequence));
        Assert.True(accepted.Zip(accepted.Skip(1)).All(p => p.First.ReceivedTime <= p.Second.ReceivedTime && p.First.VenueTime <= p.Second.VenueTime));
        Assert.True(accepted.Select(r => r.VenueTime).Distinct().Count() > 10, "Uniform draws should not all be equal.");
    }

    [Fact]
    public void A_full_command_queue_refuses_and_recovers()
    {
        VenueDesk desk = new(VenueOptions.Parse("command-capacity=2"));
        OrderCommand command = new() { Kind = CommandKind.Cancel, ClientOrderId = ClientOrderId.Create(1, 1), SentTime = desk.Now };
        Assert.True(desk.Venue.Submit(command));
        Assert.True(desk.Venue.Submit(command));
        Assert.False(desk.Venue.Submit(command));
        Assert.Equal(2, desk.Take(Timestamp.MaxValue).Count);
        Assert.True(desk.Venue.Submit(command));
    }

    [Fact]
    public void Half_a_report_queue_refuses_commands_and_a_full_one_stops_the_run()
    {
        VenueDesk desk = new(VenueOptions.Parse("latency=0; latency-response=1h; report-capacity=16"));
        desk.Quote("10.00", 100, "10.02", 100);
        ClientOrderId id = desk.Limit(OrderSide.Buy, 1_000, "10.01");
        desk.Take();
        for (int i = 0; i < 7; i++) desk.Trade("10.00", 1, AggressorSide.Seller);
        Assert.False(desk.Cancel(id));
        for (int i = 0; i < 8; i++) desk.Trade("10.00", 1, AggressorSide.Seller);
        VenueInvariantException error = Assert.Throws<VenueInvariantException>(() => desk.Trade("10.00", 1, AggressorSide.Seller));
        Assert.Contains("report-capacity", error.Message, StringComparison.Ordinal);
        Assert.Equal(17, error.EventSequence);
        Assert.Equal(id, error.Order);
    }

    [Fact]
    public void A_slot_that_goes_to_another_order_does_not_confuse_the_venue()
    {
        VenueDesk desk = new();
        desk.Quote("10.00", 100, "10.02", 100);
        ClientOrderId first = ClientOrderId.Create(1, 9), second = ClientOrderId.Create(2, 9);
        foreach (ClientOrderId id in new[] { first, second })
        {
            desk.Venue.Submit(new OrderCommand
            {
                Kind = CommandKind.New,
                ClientOrderId = id,
                Side = OrderSide.Buy,
                Type = OrderType.Limit,
                Quantity = Quantity.FromUnits(1),
                LimitPrice = Price.Parse("9.00"),
                SentTime = desk.Now,
            });
            desk.Cancel(id);
        }

        desk.Cancel(first);
        Assert.Equal(
            [ReportKind.Accepted, ReportKind.Cancelled, ReportKind.Accepted, ReportKind.Cancelled, ReportKind.CancelRejected],
            desk.Take().Select(r => r.Kind));
        Assert.Equal(0, desk.Venue.WorkingOrders);
    }

    [Theory]
    [InlineData(0, 100, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, -5, 0)]
    [InlineData(1, 100, 5)]
    public void Nonsense_is_rejected_not_thrown(int side, long quantity, int instrument)
    {
        VenueDesk desk = new();
        desk.New(new OrderCommand { Side = (OrderSide)side, Quantity = Quantity.FromUnits(quantity), Instrument = new(instrument) });
        Assert.Equal(ReportKind.Rejected, Assert.Single(desk.Take()).Kind);
    }

    [Fact]
    public void Whatever_a_command_holds_the_venue_answers_it_with_exactly_one_verdict()
    {
        Random random = new(11);
        VenueDesk desk = new();
        desk.Quote("10.00", 100, "10.02", 100);
        byte[] bytes = new byte[OrderCommand.Size];
        for (int i = 1; i <= 20_000; i++)
        {
            random.NextBytes(bytes);
            OrderCommand command = System.Runtime.InteropServices.MemoryMarshal.Read<OrderCommand>(bytes);
            if (random.Next(2) == 0) command.Instrument = new(0);
            command.Kind = CommandKind.New;
            command.ClientOrderId = ClientOrderId.Create(i, i & 0xFFFF);
            command.SentTime = desk.Now;
            Assert.True(desk.Venue.Submit(command));
            List<ExecutionReport> reports = desk.Take();
            Assert.Contains(reports[0].Kind, new[] { ReportKind.Accepted, ReportKind.Rejected });
            if (reports[0].Kind == ReportKind.Rejected) Assert.Single(reports);
        }
    }

    [Fact]
    public void Two_instruments_do_not_touch_each_other()
    {
        VenueDesk desk = new(null, new Instrument { Symbol = "X", Venue = "SIM" }, new Instrument { Symbol = "Y", Venue = "SIM" });
        desk.Quote("10.00", 100, "10.02", 100);
        desk.Limit(OrderSide.Buy, 10, "10.00");
        desk.Take();
        desk.Quote("9.00", 100, "9.02", 100, instrument: 1);
        desk.Trade("9.00", 100, AggressorSide.Seller, instrument: 1);
        Assert.Empty(desk.Take());
        Assert.Equal(1, desk.Venue.WorkingOrders);
    }

    [Fact]
    public void The_venue_sees_a_venue_only_event_at_its_venue_time()
    {
        VenueDesk desk = new();
        desk.Quote("10.00", 100, "10.02", 100);
        desk.Limit(OrderSide.Buy, 10, "10.00");
        desk.Take();
        MarketEvent e = default;
        e.Header.Kind = EventKind.Quote;
        e.Header.Flags = EventFlags.ForVenue;
        e.Header.VenueTime = desk.Now + 1_000;
        e.Header.ReceivedTime = desk.Now + 9_000;
        (e.Quote.Ask, e.Quote.AskSize) = (Price.Parse("10.00"), Quantity.FromUnits(50));
        desk.Venue.OnMarket(e);
        Assert.Equal(desk.Now + 1_000, Assert.Single(desk.Take(Timestamp.MaxValue)).VenueTime);
    }
}
