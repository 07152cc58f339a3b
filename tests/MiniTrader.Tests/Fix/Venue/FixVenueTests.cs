using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>The life of an order: commands to requests and execution reports to reports; every request and report by hand.</summary>
public sealed class FixVenueTests : OrdersOverFix
{
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
        Assert.Equal(1, Gateway.Counts.Repeated);
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
        Assert.Empty(Venue.Asked);
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
        Assert.Equal(1, Gateway.Counts.Overfills);
    }

    [Fact]
    public void What_the_dialect_cannot_say_is_refused_with_its_reason()
    {
        Begin(FixDialects.Coinbase with { DisplayQuantityTag = 0 });
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
    public void An_order_whose_requests_could_not_be_named_is_refused()
    {
        Begin(FixDialects.Lmax with { OrderNameLengthMax = Name(Order() with { ClientOrderId = ClientOrderId.Create(9, 9) }, 1_000).Length });
        OrderCommand order = Accepted();
        Refused(Order() with { ClientOrderId = ClientOrderId.Create(1L << 40, 7) }, ReasonCode.VenueCapacity);
        Send(order with { Kind = CommandKind.Cancel });
        Assert.Contains($"|41={Name(order)}|", Asked(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("55=SPY|710=1|702=1|703=TQ|704=30|705=0|", "55=SPY|710=1|702=1|703=TQ|704=0|705=10|", 20)]
    [InlineData("55=SPY|710=1|702=1|704=30|705=0|", "55=SPY|710=1|702=1|704=0|705=10|", 20)]
    [InlineData("55=SPY|710=1|702=1|703=TQ|704=30|705=0|", "55=SPY|710=2|702=1|703=TQ|704=0|705=10|", -10)]
    [InlineData("55=SPY|702=1|703=TQ|704=30|705=0|", "55=SPY|702=1|703=TQ|704=5|705=0|", 5)]
    [InlineData("710=1|702=2|703=TQ|704=7|705=0|55=QQQ|703=TQ|704=30|705=0|55=SPY|", "710=1|702=1|703=TQ|704=1|705=0|55=OTHER|", 30)]
    [InlineData("55=SPY|710=1|702=1|703=TQ|704=30|705=0|", "55=QQQ|710=2|702=1|703=TQ|704=5|705=0|", 0)]
    public void The_reports_that_answer_one_request_for_positions_are_added_up(string first, string second, int net)
    {
        Say($"35=AP|721=A|{first}");
        Say($"35=AP|721=B|{second}");
        Assert.Equal(Quantity.FromUnits(net), Gateway.Positions.NetOf(new InstrumentId(0)));
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
}
