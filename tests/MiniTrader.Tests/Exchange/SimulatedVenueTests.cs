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
    public void Half_a_report_queue_refuses_orders_and_a_full_one_stops_the_run()
    {
        VenueDesk desk = new(VenueOptions.Parse("latency=0; latency-response=1h; order-capacity=8; report-capacity=16"));
        desk.Quote("10.00", 100, "10.02", 100);
        ClientOrderId id = desk.Limit(OrderSide.Buy, 1_000, "10.01");
        desk.Take();
        for (int i = 0; i < 7; i++) desk.Trade("10.00", 1, AggressorSide.Seller);
        Assert.False(desk.Venue.Submit(new OrderCommand { Kind = CommandKind.New, ClientOrderId = ClientOrderId.Create(2, 2), SentTime = desk.Now }));
        Assert.False(desk.Venue.Submit(new OrderCommand { Kind = CommandKind.Replace, ClientOrderId = id, SentTime = desk.Now }));
        for (int i = 0; i < 8; i++) desk.Trade("10.00", 1, AggressorSide.Seller);
        VenueInvariantException error = Assert.Throws<VenueInvariantException>(() => desk.Trade("10.00", 1, AggressorSide.Seller));
        Assert.Contains("report-capacity", error.Message, StringComparison.Ordinal);
        Assert.Equal(17, error.EventSequence);
        Assert.Equal(id, error.Order);
    }

    [Theory]
    [InlineData(CommandKind.Cancel)]
    [InlineData(CommandKind.CancelAll)]
    public void A_cancel_is_taken_while_its_answer_has_room(CommandKind kind)
    {
        VenueDesk desk = new(VenueOptions.Parse("latency=0; latency-response=1h; order-capacity=8; report-capacity=16"));
        desk.Quote("10.00", 100, "10.02", 100);
        ClientOrderId id = desk.Limit(OrderSide.Buy, 1_000, "10.01");
        desk.Take();
        for (int i = 0; i < 13; i++) desk.Trade("10.00", 1, AggressorSide.Seller);

        // Fourteen are on their way; the last place is for what ends the order if the cancel does not.
        OrderCommand cancel = new() { Kind = kind, ClientOrderId = kind == CommandKind.Cancel ? id : ClientOrderId.None, SentTime = desk.Now };
        Assert.True(desk.Venue.Submit(cancel));
        Assert.False(desk.Venue.Submit(cancel));
        desk.Take();
        Assert.Equal(0, desk.Venue.WorkingOrders);
        Assert.Equal(ReportKind.Cancelled, desk.Take(Timestamp.MaxValue)[^1].Kind);
        Assert.True(desk.Venue.Submit(cancel));
    }

    [Fact]
    public void The_last_quarter_of_the_command_queue_is_kept_for_cancels()
    {
        VenueDesk desk = new(VenueOptions.Parse("command-capacity=8"));
        ClientOrderId id = ClientOrderId.None;
        for (int i = 0; i < 6; i++) id = desk.Limit(OrderSide.Buy, 1, "9.00");
        Assert.Throws<InvalidOperationException>(() => desk.Limit(OrderSide.Buy, 1, "9.00"));
        Assert.False(desk.Venue.Submit(new OrderCommand { Kind = CommandKind.Replace, ClientOrderId = id, SentTime = desk.Now }));
        Assert.True(desk.Cancel(id));
        Assert.True(desk.Venue.Submit(new OrderCommand { Kind = CommandKind.CancelAll, Instrument = InstrumentId.None, SentTime = desk.Now }));
        Assert.False(desk.Cancel(id));
        List<ExecutionReport> reports = desk.Take(Timestamp.MaxValue);
        Assert.Equal((6, 6), (reports.Count(r => r.Kind == ReportKind.Accepted), reports.Count(r => r.Kind == ReportKind.Cancelled)));
        Assert.Equal(0, desk.Venue.WorkingOrders);
    }

    [Fact]
    public void Cancel_all_without_an_instrument_ends_one_strategys_orders_everywhere()
    {
        VenueDesk desk = new(null, new Instrument { Symbol = "X", Venue = "SIM" }, new Instrument { Symbol = "Y", Venue = "SIM" });
        for (int i = 0; i < 12; i++)
        {
            desk.New(new OrderCommand
            {
                Instrument = new(i % 2),
                Strategy = new((ushort)(i % 3)),
                Side = i % 4 < 2 ? OrderSide.Buy : OrderSide.Sell,
                Type = i < 6 ? OrderType.Limit : OrderType.Stop,
                Quantity = Quantity.FromUnits(1),
                LimitPrice = Price.Parse("10"),
                StopPrice = Price.Parse("10"),
            });
        }

        desk.Take();
        desk.Venue.Submit(new OrderCommand { Kind = CommandKind.CancelAll, Instrument = InstrumentId.None, Strategy = new(1), SentTime = desk.Now });
        List<ExecutionReport> reports = desk.Take();
        Assert.All(reports, r => Assert.Equal((ReportKind.Cancelled, ReasonCode.UserRequested, new StrategyId(1)), (r.Kind, r.Reason, r.Strategy)));
        Assert.Equal([2L, 5L, 8L, 11L], reports.Select(r => r.ClientOrderId.Sequence).Order());
        Assert.Equal(8, desk.Venue.WorkingOrders);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_full_book_expires_within_the_report_capacity(bool isEnd)
    {
        // Nothing is heard meanwhile: 16,384 acceptances and as many expiries fill the 32,768 reports exactly.
        TradingSessions day = new([(Timestamp.Parse("2024-01-02T14:30"), Timestamp.Parse("2024-01-02T21:00"))]);
        VenueDesk desk = new(
            VenueOptions.Parse("latency=0; latency-response=48h"),
            new Instrument { Symbol = "X", Venue = "SIM", Sessions = day });
        for (int i = 0; i < desk.Venue.Options.OrderCapacity; i++)
        {
            desk.New(new OrderCommand
            {
                ClientOrderId = ClientOrderId.Create(i + 1, i),
                Side = OrderSide.Buy,
                Type = OrderType.Limit,
                Quantity = Quantity.FromUnits(1),
                LimitPrice = Price.Parse("9.00"),
                TimeInForce = isEnd ? TimeInForce.Gtc : TimeInForce.Day,
            });
            Assert.Empty(desk.Take());
        }

        Assert.Equal(desk.Venue.Options.OrderCapacity, desk.Venue.WorkingOrders);
        Timestamp close = Timestamp.Parse("2024-01-02T21:00");
        if (isEnd) desk.Venue.OnEnd(close);
        List<ExecutionReport> reports = desk.Take(Timestamp.MaxValue);
        Assert.Equal((16_384, 16_384), (reports.Count(r => r.Kind == ReportKind.Accepted), reports.Count(r => r.Kind == ReportKind.Expired)));
        Assert.Equal(0, desk.Venue.WorkingOrders);
    }

    [Fact]
    public void A_replace_to_what_is_filled_is_the_orders_last_report()
    {
        VenueDesk desk = new();
        desk.Quote("10.00", 100, "10.02", 40);
        ClientOrderId id = desk.Limit(OrderSide.Buy, 100, "10.02");
        desk.Take();
        OrderCommand replace = new()
        {
            Kind = CommandKind.Replace,
            ClientOrderId = id,
            Quantity = Quantity.FromUnits(40),
            LimitPrice = Price.Parse("10.02"),
            SentTime = desk.Now,
        };
        desk.Venue.Submit(replace);
        ExecutionReport report = Assert.Single(desk.Take());
        Assert.Equal((ReportKind.Replaced, Quantity.FromUnits(40), Quantity.FromUnits(40), Quantity.Zero), (report.Kind, report.LastQuantity, report.Filled, report.Leaves));
        Assert.Equal(0, desk.Venue.WorkingOrders);
        desk.Venue.Submit(replace);
        Assert.Equal(ReasonCode.TooLateToReplace, Assert.Single(desk.Take()).Reason);
    }

    [Theory]
    [InlineData("0.05", 5)] // 0.05, 0.04, 0.03, 0.02, 0.01
    [InlineData("0.055", 6)] // 0.055 is no tick, but a price; the last is 0.005
    [InlineData("0.30", 20)] // depth-levels comes first
    public void A_ladder_ends_above_zero(string bid, int fills)
    {
        VenueDesk desk = new();
        desk.Quote(bid, 10, "1.00", 10);
        desk.Market(OrderSide.Sell, 1_000);
        List<ExecutionReport> reports = desk.Take();
        Assert.Equal(fills, reports.Count(r => r.Kind == ReportKind.Fill));
        Assert.All(reports.FindAll(r => r.Kind == ReportKind.Fill), r => Assert.True(r.LastPrice.Raw > 0));
        Assert.Equal((ReportKind.Cancelled, ReasonCode.NoLiquidity), (reports[^1].Kind, reports[^1].Reason));
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
