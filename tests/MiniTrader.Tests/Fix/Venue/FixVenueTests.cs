using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>Commands to requests and execution reports to reports, over two real sessions; every request and report by hand.</summary>
public sealed class FixVenueTests : IDisposable
{
    private static readonly InstrumentTable _instruments = new([new Instrument { Symbol = "SPY", Venue = "X" }, new Instrument { Symbol = "QQQ", Venue = "X" }]);
    private readonly List<IDisposable> _owned = [];
    private FixOrders _orders = null!;
    private FakeVenue _venue = null!;
    private long _sequence;

    public FixVenueTests() => Begin(FixDialects.Fix44);

    public void Dispose()
    {
        foreach (IDisposable owned in _owned) owned.Dispose();
    }

    [Fact]
    public void A_limit_order_is_accepted_filled_in_parts_and_done()
    {
        OrderCommand order = Order();
        Send(order);
        Assert.Equal($"35=D|11={Name(order)}|38=100|40=2|44=450.25|54=1|55=SPY|59=1|60=T|", Asked());
        Say($"35=8|37=V7|17=E1|150=0|39=0|11={Name(order)}|54=1|55=SPY|151=100|14=0|6=0|60=20261122-10:00:01.5|");
        ExecutionReport report = Take(ReportKind.Accepted);
        Assert.Equal((order.ClientOrderId, Timestamp.Parse("2026-11-22T10:00:01.5Z"), Quantity.FromUnits(100)), (report.ClientOrderId, report.VenueTime, report.Leaves));

        Fill(order, "E2", "40", "450.2", cumulative: "40", more: "851=1|12=0.35|");
        report = Take(ReportKind.Fill);
        Assert.Equal(
            (Price.Parse("450.2"), Quantity.FromUnits(40), Quantity.FromUnits(40), Quantity.FromUnits(60), 0.35m, LiquiditySide.Maker),
            (report.LastPrice, report.LastQuantity, report.Filled, report.Leaves, report.Fee, report.Liquidity));
        Fill(order, "E3", "60", "450.25", cumulative: "100");
        Assert.Equal(Quantity.Zero, Take(ReportKind.Fill).Leaves);
        Nothing();
    }

    [Fact]
    public void An_execution_that_comes_again_is_booked_once()
    {
        OrderCommand order = Accepted();
        Fill(order, "E2", "40", "450.2", cumulative: "40");
        Take(ReportKind.Fill);
        Fill(order, "E2", "40", "450.2", cumulative: "40");
        Nothing();
        Assert.Equal(1, _orders.Counts.Repeated);
        Fill(order, "E3", "40", "450.2", cumulative: "80");
        Assert.Equal(Quantity.FromUnits(80), Take(ReportKind.Fill).Filled);
    }

    [Fact]
    public void Cancels_name_the_order_and_are_confirmed_or_refused()
    {
        OrderCommand order = Accepted();
        Send(order with { Kind = CommandKind.Cancel });
        Assert.Equal($"35=F|11={Name(order, 1)}|37=V7|38=100|41={Name(order)}|54=1|55=SPY|60=T|", Asked());
        Say($"35=9|37=V7|11={Name(order, 1)}|41={Name(order)}|39=0|434=1|102=3|");
        Assert.Equal(ReasonCode.VenueDecision, Take(ReportKind.CancelRejected).Reason);

        Send(order with { Kind = CommandKind.Cancel });
        Assert.StartsWith($"35=F|11={Name(order, 2)}|", Asked(), StringComparison.Ordinal);
        Say($"35=8|37=V7|17=E9|150=4|39=4|11={Name(order, 2)}|41={Name(order)}|54=1|151=0|14=0|6=0|");
        Assert.Equal((ReasonCode.UserRequested, Quantity.Zero), (Take(ReportKind.Cancelled) is var report ? report.Reason : default, report.Leaves));

        Send(order with { Kind = CommandKind.Cancel });
        Assert.Equal(ReasonCode.TooLateToCancel, Take(ReportKind.CancelRejected).Reason);
        Assert.Empty(_venue.Asked);
    }

    [Fact]
    public void Replaces_change_terms_and_the_next_request_names_the_replaced_order()
    {
        OrderCommand order = Accepted();
        Send(order with { Kind = CommandKind.Replace, Quantity = Quantity.FromUnits(50), LimitPrice = Price.Parse("451") });
        Assert.Equal($"35=G|11={Name(order, 1)}|37=V7|38=50|40=2|41={Name(order)}|44=451|54=1|55=SPY|59=1|60=T|", Asked());
        Say($"35=8|37=V7|17=E4|150=5|39=0|11={Name(order, 1)}|41={Name(order)}|54=1|38=50|44=451|151=50|14=0|6=0|");
        ExecutionReport report = Take(ReportKind.Replaced);
        Assert.Equal((Quantity.FromUnits(50), Price.Parse("451"), Quantity.FromUnits(50)), (report.LastQuantity, report.LastPrice, report.Leaves));

        Send(order with { Kind = CommandKind.Cancel });
        Assert.Contains($"|38=50|41={Name(order, 1)}|", Asked(), StringComparison.Ordinal);
        Say($"35=9|37=V7|11={Name(order, 2)}|41={Name(order, 1)}|39=2|434=1|102=0|");
        Assert.Equal(ReasonCode.TooLateToCancel, Take(ReportKind.CancelRejected).Reason);
        Send(order with { Kind = CommandKind.Replace, Quantity = Quantity.FromUnits(60) });
        Asked();
        Say($"35=9|37=V7|11={Name(order, 3)}|41={Name(order, 1)}|39=0|434=2|102=0|");
        Assert.Equal(ReasonCode.TooLateToReplace, Take(ReportKind.ReplaceRejected).Reason);
        Fill(order, "E5", "50", "451", cumulative: "50", request: 1);
        Assert.Equal(Quantity.Zero, Take(ReportKind.Fill).Leaves);
    }

    [Theory]
    [InlineData("150=8|39=8|103=2|", ReportKind.Rejected, ReasonCode.MarketClosed)]
    [InlineData("150=8|39=8|103=13|", ReportKind.Rejected, ReasonCode.VenueInvalidQuantity)]
    [InlineData("150=8|39=8|", ReportKind.Rejected, ReasonCode.VenueDecision)]
    [InlineData("150=4|39=4|", ReportKind.Cancelled, ReasonCode.VenueDecision)]
    [InlineData("150=C|39=C|", ReportKind.Expired, ReasonCode.SessionEnd)]
    [InlineData("150=L|39=0|", ReportKind.Triggered, ReasonCode.None)]
    [InlineData("150=D|39=0|151=80|38=80|", ReportKind.Replaced, ReasonCode.None)]
    [InlineData("150=D|39=4|151=0|", ReportKind.Cancelled, ReasonCode.VenueDecision)]
    [InlineData("150=I|39=4|", ReportKind.Cancelled, ReasonCode.VenueDecision)]
    [InlineData("150=I|39=8|", ReportKind.Rejected, ReasonCode.TechnicalReject)]
    public void What_the_venue_says_unasked(string fields, ReportKind kind, ReasonCode reason)
    {
        OrderCommand order = Order();
        Send(order);
        Asked();
        Say($"35=8|37=V7|17=E4|11={Name(order)}|54=1|14=0|6=0|{fields}");
        Assert.Equal(reason, Take(kind).Reason);
        Nothing();
    }

    [Theory]
    [InlineData("150=A|39=A|")]
    [InlineData("150=6|39=6|")]
    [InlineData("150=E|39=E|")]
    [InlineData("150=7|39=7|")]
    [InlineData("150=9|39=9|")]
    [InlineData("150=B|39=B|")]
    public void What_changes_nothing_is_no_report(string fields)
    {
        OrderCommand order = Accepted();
        Say($"35=8|37=V7|17=E4|11={Name(order)}|54=1|14=0|6=0|151=100|{fields}");
        Nothing();
    }

    [Fact]
    public void Fill_or_kill_and_immediate_orders_end_for_their_own_reason()
    {
        OrderCommand order = Order() with { TimeInForce = TimeInForce.Fok };
        Send(order);
        Assert.Contains("|59=4|", Asked(), StringComparison.Ordinal);
        Say($"35=8|37=V7|17=E4|150=4|39=4|11={Name(order)}|54=1|14=0|6=0|151=0|");
        Assert.Equal(ReasonCode.FillOrKillUnfilled, Take(ReportKind.Cancelled).Reason);
        order = Order() with { TimeInForce = TimeInForce.Ioc };
        Send(order);
        Asked();
        Say($"35=8|37=V8|17=E4|150=C|39=C|11={Name(order)}|54=1|14=0|6=0|151=0|");
        Assert.Equal(ReasonCode.ImmediateOrCancelRest, Take(ReportKind.Cancelled).Reason);
    }

    [Fact]
    public void Busts_and_corrections_name_the_trade_that_they_change()
    {
        OrderCommand order = Accepted();
        Fill(order, "777", "40", "450.2", cumulative: "40");
        ExecutionId trade = Take(ReportKind.Fill).ExecutionId;
        Say($"35=8|37=V7|17=E8|19=777|150=G|39=1|11={Name(order)}|54=1|31=450.1|32=40|14=40|6=450.1|151=60|");
        ExecutionReport report = Take(ReportKind.Corrected);
        Assert.Equal((trade, Price.Parse("450.1"), Quantity.FromUnits(40)), (report.ExecutionId, report.LastPrice, report.LastQuantity));
        Say($"35=8|37=V7|17=E9|19=777|150=H|39=0|11={Name(order)}|54=1|31=450.1|32=40|14=0|6=0|151=100|");
        report = Take(ReportKind.Busted);
        Assert.Equal((trade, Quantity.Zero, Quantity.FromUnits(100)), (report.ExecutionId, report.Filled, report.Leaves));
        Say($"35=8|37=V7|17=E9|19=777|150=H|39=0|11={Name(order)}|54=1|31=450.1|32=40|14=0|6=0|151=100|");
        Nothing();
    }

    [Fact]
    public void A_fill_beyond_the_order_is_owned_and_the_order_grows_first()
    {
        OrderCommand order = Accepted();
        Fill(order, "E2", "130", "450.2", cumulative: "130");
        Assert.Equal(Quantity.FromUnits(130), Take(ReportKind.Replaced).LastQuantity);
        Assert.Equal((Quantity.FromUnits(130), Quantity.Zero), (Take(ReportKind.Fill) is var report ? report.LastQuantity : default, report.Leaves));
        Assert.Equal(1, _orders.Counts.Overfills);
    }

    [Fact]
    public void Rejects_of_session_and_business_refuse_the_request_that_they_name()
    {
        OrderCommand order = Order();
        Send(order);
        Asked();
        Say($"35=j|45={_venue.Ours.Store.NextSender - 1}|372=D|380=4|");
        Assert.Equal(ReasonCode.TechnicalReject, Take(ReportKind.Rejected).Reason);

        order = Accepted();
        Send(order with { Kind = CommandKind.Cancel });
        Asked();
        Say($"35=j|45={_venue.Ours.Store.NextSender - 1}|372=F|380=2|");
        Take(ReportKind.CancelRejected);
        Say("35=j|45=9999|372=F|380=2|");
        Nothing();
    }

    [Fact]
    public void Without_a_session_commands_are_refused_and_nothing_is_kept_to_be_sent_late()
    {
        _venue.Disconnect();
        OrderCommand order = Order();
        Send(order);
        Assert.Equal(ReasonCode.TechnicalReject, Take(ReportKind.Rejected).Reason);
        _venue.Connect();
        Assert.DoesNotContain(_venue.Asked, asked => asked.StartsWith("35=D|", StringComparison.Ordinal));
    }

    [Fact]
    public void After_a_logon_the_venue_is_asked_and_missed_fills_are_recovered()
    {
        OrderCommand order = Accepted();
        Fill(order, "E2", "40", "450", cumulative: "40");
        Take(ReportKind.Fill);
        _venue.Disconnect();
        _venue.Asked.Clear();
        _venue.Connect();
        Assert.Equal("35=AF|584=2|585=7|", Asked());
        Assert.StartsWith("35=AN|60=T|710=3|", Asked(), StringComparison.Ordinal);

        // 40 at 450 were known; 100 at an average of 450.6 makes the 60 that were missed 451.
        Say($"35=8|37=V7|17=E7|150=I|39=2|11={Name(order)}|54=1|38=100|14=100|6=450.6|151=0|912=Y|");
        ExecutionReport report = Take(ReportKind.Fill);
        Assert.Equal((Price.Parse("451"), Quantity.FromUnits(60), Quantity.Zero), (report.LastPrice, report.LastQuantity, report.Leaves));
        Assert.Equal(1, _orders.Counts.Recovered);

        // The fill itself, should it still come, is in that sum.
        Fill(order, "E3", "60", "451", cumulative: "100");
        Nothing();
    }

    [Fact]
    public void An_order_that_the_mass_status_leaves_out_is_asked_for_by_name()
    {
        OrderCommand known = Accepted(), lost = Order() with { Instrument = new InstrumentId(1) };
        Send(lost);
        Asked();
        _venue.Disconnect();
        _venue.Asked.Clear();
        _venue.Connect();
        _venue.Asked.Clear();
        Say($"35=8|37=V7|17=E7|150=I|39=0|11={Name(known)}|54=1|38=100|14=0|6=0|151=100|912=Y|");
        Assert.StartsWith($"35=H|11={Name(lost)}|", Asked(), StringComparison.Ordinal);
        Say($"35=8|37=NONE|17=0|150=I|39=8|11={Name(lost)}|54=1|14=0|6=0|151=0|");
        ExecutionReport report = Take(ReportKind.Rejected);
        Assert.Equal((lost.ClientOrderId, ReasonCode.TechnicalReject), (report.ClientOrderId, report.Reason));
        Nothing();
    }

    [Fact]
    public void Positions_are_asked_for_and_kept()
    {
        Say("35=AP|721=r|710=1|55=QQQ|702=2|703=TQ|704=30|703=TQ|705=50|");
        Assert.Equal((Quantity.FromUnits(-20), 1), (_orders.Positions.NetOf(new InstrumentId(1)), (int)_orders.Positions.Reports));
        Say("35=AP|721=r|710=1|55=NONE|702=1|703=TQ|704=30|");
        Assert.Equal(1, _orders.Positions.Reports);
    }

    [Fact]
    public void Cancelling_all_cancels_the_orders_of_the_strategy_on_the_instrument_only()
    {
        OrderCommand spy = Accepted(), qqq = Accepted(1), other = Accepted(0, strategy: 1);
        Send(new OrderCommand { Kind = CommandKind.CancelAll, Instrument = spy.Instrument });
        Assert.Contains(Name(spy), Asked(), StringComparison.Ordinal);
        Assert.Empty(_venue.Asked);
        Send(new OrderCommand { Kind = CommandKind.CancelAll, Instrument = InstrumentId.None, Strategy = other.Strategy });
        Assert.Contains(Name(other), Asked(), StringComparison.Ordinal);
        Send(new OrderCommand { Kind = CommandKind.CancelAll, Instrument = InstrumentId.None });
        Assert.Contains(Name(qqq), Asked(), StringComparison.Ordinal);
        Assert.Empty(_venue.Asked);
        Assert.True(_orders.RequestMassCancel());
        _venue.Run();
        Assert.Equal("35=q|11=2|60=T|530=7|", Asked());
    }

    [Fact]
    public void What_the_dialect_cannot_say_is_refused_with_its_reason()
    {
        Begin(FixDialects.Coinbase);
        Refused(Order() with { Type = OrderType.Stop }, ReasonCode.UnsupportedOrderType);
        Refused(Order() with { Type = OrderType.Pegged }, ReasonCode.UnsupportedOrderType);
        Refused(Order() with { TimeInForce = TimeInForce.AtOpen }, ReasonCode.UnsupportedTimeInForce);
        Refused(Order() with { Flags = OrderFlags.ReduceOnly }, ReasonCode.UnsupportedFlag);
        Refused(Order() with { Flags = OrderFlags.Hidden }, ReasonCode.UnsupportedFlag);
        Refused(Order() with { DisplayQuantity = Quantity.FromUnits(10) }, ReasonCode.UnsupportedFlag);
        Refused(Order() with { Flags = OrderFlags.PostOnlyReprice }, ReasonCode.UnsupportedFlag);
        Refused(Order() with { Protection = Price.Parse("0.05") }, ReasonCode.UnsupportedFlag);
        Refused(Order() with { Offset = Price.Parse("0.05") }, ReasonCode.UnsupportedFlag);
        Refused(Order() with { ActivationPrice = Price.Parse("9") }, ReasonCode.UnsupportedFlag);
        Refused(Order() with { Parent = ClientOrderId.Create(3, 3) }, ReasonCode.UnsupportedFlag);
        Refused(Order() with { ListId = 4 }, ReasonCode.UnsupportedFlag);
        Refused(Order() with { Contingency = Contingency.Oco }, ReasonCode.UnsupportedFlag);
        Refused(Order() with { SelfTrade = SelfTradePrevention.CancelNewest }, ReasonCode.UnsupportedFlag);
        Refused(Order() with { Trigger = TriggerSource.Mid }, ReasonCode.UnsupportedTrigger);
    }

    [Fact]
    public void Foreign_and_incomplete_reports_change_nothing_and_are_counted()
    {
        OrderCommand order = Accepted();
        Say("35=8|37=V1|17=E1|150=0|39=0|11=someone-else|54=1|151=1|14=0|6=0|");
        Say($"35=8|37=V7|17=E4|150=F|39=1|11={Name(order)}|54=1|14=40|6=0|151=60|");
        Nothing();
        Assert.Equal((1, 1), (_orders.Counts.Foreign, _orders.Counts.Incomplete));
        Assert.Contains("|380=5|", Asked(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fix_4_2_says_fills_and_busts_its_own_way()
    {
        Begin(FixDialects.Fix42);
        OrderCommand order = Order();
        Send(order);
        Assert.Equal($"35=D|11={Name(order)}|21=1|38=100|40=2|44=450.25|54=1|55=SPY|59=1|60=T|", Asked());
        Say($"35=8|37=V7|17=E1|20=0|150=0|39=0|11={Name(order)}|54=1|151=100|14=0|6=0|");
        Take(ReportKind.Accepted);
        Say($"35=8|37=V7|17=E2|20=0|150=1|39=1|11={Name(order)}|54=1|31=450|32=40|151=60|14=40|6=450|");
        Take(ReportKind.Fill);
        Say($"35=8|37=V7|17=E3|19=E2|20=1|150=1|39=0|11={Name(order)}|54=1|31=450|32=40|151=100|14=0|6=0|");
        Take(ReportKind.Busted);
        Say($"35=8|37=V7|17=E4|20=0|150=2|39=2|11={Name(order)}|54=1|31=450|32=100|151=0|14=100|6=450|");
        Assert.Equal(Quantity.Zero, Take(ReportKind.Fill).Leaves);
    }

    [Fact]
    public void Two_thousand_commands_at_once_lose_nothing()
    {
        for (int i = 0; i < 2_000; i++) Assert.True(_orders.Venue.Submit(Order()));
        _venue.Run();
        Assert.Equal(2_000, _venue.Asked.Count(asked => asked.StartsWith("35=D|", StringComparison.Ordinal)));
    }

    private void Begin(FixDialect dialect)
    {
        _orders = new FixOrders(new FixVenueOptions
        {
            Dialect = dialect,
            Instruments = new WireInstruments(_instruments),
            OrderPrefix = "R1",
            Orders = 4096,
            RingSlots = 2048,
        });
        _owned.Add(_orders);
        _venue = new FakeVenue(_orders, dialect);
        _venue.Connect();
        Assert.True(_venue.Ours.IsLoggedOn, _venue.Ours.LastHangUpReason);
        _venue.Asked.Clear();
    }

    private OrderCommand Order() => new()
    {
        Kind = CommandKind.New,
        ClientOrderId = ClientOrderId.Create(++_sequence, (int)_sequence),
        Side = OrderSide.Buy,
        Type = OrderType.Limit,
        Quantity = Quantity.FromUnits(100),
        LimitPrice = Price.Parse("450.25"),
    };

    private OrderCommand Accepted(int instrument = 0, ushort strategy = 0)
    {
        OrderCommand order = Order() with { Instrument = new InstrumentId(instrument), Strategy = new StrategyId(strategy) };
        Send(order);
        Asked();
        Say($"35=8|37=V7|17=E1|150=0|39=0|11={Name(order)}|54=1|151=100|14=0|6=0|");
        Take(ReportKind.Accepted);
        return order;
    }

    private static string Name(OrderCommand order, int request = 0)
    {
        Span<byte> text = stackalloc byte[ClOrdIdText.BytesMax];
        return FixText.Show(text[..new ClOrdIdText("R1").Write(text, order.ClientOrderId, request)]);
    }

    private void Send(OrderCommand command)
    {
        Assert.True(_orders.Venue.Submit(command));
        _venue.Run();
    }

    private void Say(string body) => _venue.Say(body);

    private void Fill(OrderCommand order, string id, string quantity, string price, string cumulative, string more = "", int request = 0) =>
        Say($"35=8|37=V7|17={id}|150=F|39=1|11={Name(order, request)}|54=1|31={price}|32={quantity}|14={cumulative}|6={price}|151=0|{more}");

    private string Asked() => System.Text.RegularExpressions.Regex.Replace(_venue.TakeAsked(), "\\|60=[^|]*\\|", "|60=T|");

    private ExecutionReport Take(ReportKind kind)
    {
        Assert.Equal(Timestamp.MinValue, _orders.Venue.NextDue);
        Assert.True(_orders.Venue.TryTake(_venue.Now, out ExecutionReport report));
        Assert.Equal(kind, report.Kind);
        return report;
    }

    private void Nothing()
    {
        bool isThere = _orders.Venue.TryTake(_venue.Now, out ExecutionReport report);
        Assert.False(isThere, $"There is a report that nobody expects: {report.Kind} {report.Reason}.");
    }

    private void Refused(OrderCommand command, ReasonCode reason)
    {
        Send(command);
        Assert.Equal(reason, Take(ReportKind.Rejected).Reason);
        Assert.Empty(_venue.Asked);
    }
}
