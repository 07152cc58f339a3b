using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>What a venue's session means for its orders: gone and back, refused messages, positions, many commands at once.</summary>
public sealed class FixVenueSessionTests : OrdersOverFix
{
    [Fact]
    public void Rejects_of_session_and_business_refuse_the_request_that_they_name()
    {
        OrderCommand order = Order();
        Send(order);
        Asked();
        Say($"35=j|45={Venue.Ours.Store.NextSender - 1}|372=D|380=4|");
        Assert.Equal(ReasonCode.TechnicalReject, Take(ReportKind.Rejected).Reason);

        order = Accepted();
        Send(order with { Kind = CommandKind.Cancel });
        Asked();
        Say($"35=j|45={Venue.Ours.Store.NextSender - 1}|372=F|380=2|");
        Take(ReportKind.CancelRejected);
        Say("35=j|45=9999|372=F|380=2|");
        Nothing();
    }

    [Fact]
    public void Without_a_session_commands_are_refused_and_nothing_is_kept_to_be_sent_late()
    {
        Venue.Disconnect();
        OrderCommand order = Order();
        Send(order);
        Assert.Equal(ReasonCode.TechnicalReject, Take(ReportKind.Rejected).Reason);
        Venue.Connect();
        Assert.DoesNotContain(Venue.Asked, asked => asked.StartsWith("35=D|", StringComparison.Ordinal));
    }

    [Fact]
    public void After_a_logon_the_venue_is_asked_and_missed_fills_are_recovered()
    {
        OrderCommand order = Accepted();
        Fill(order, "E2", "40", "450", cumulative: "40");
        Take(ReportKind.Fill);
        Venue.Disconnect();
        Venue.Asked.Clear();
        Venue.Connect();
        Assert.Equal("35=AF|584=2|585=7|", Asked());
        Assert.StartsWith("35=AN|60=T|710=3|", Asked(), StringComparison.Ordinal);

        // 40 at 450 were known; 100 at an average of 450.6 makes the 60 that were missed 451.
        Say($"35=8|37=V7|17=E7|150=I|39=2|11={Name(order)}|54=1|38=100|14=100|6=450.6|151=0|912=Y|");
        ExecutionReport report = Take(ReportKind.Fill);
        Assert.Equal((Price.Parse("451"), Quantity.FromUnits(60), Quantity.Zero), (report.LastPrice, report.LastQuantity, report.Leaves));
        Assert.Equal(1, Gateway.Counts.Recovered);

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
        Venue.Disconnect();
        Venue.Asked.Clear();
        Venue.Connect();
        Venue.Asked.Clear();
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
        Assert.Equal((Quantity.FromUnits(-20), 1), (Gateway.Positions.NetOf(new InstrumentId(1)), (int)Gateway.Positions.Reports));
        Say("35=AP|721=r|710=1|55=NONE|702=1|703=TQ|704=30|");
        Assert.Equal(1, Gateway.Positions.Reports);
    }

    [Fact]
    public void Cancelling_all_cancels_the_orders_of_the_strategy_on_the_instrument_only()
    {
        OrderCommand spy = Accepted(), qqq = Accepted(1), other = Accepted(0, strategy: 1);
        Send(new OrderCommand { Kind = CommandKind.CancelAll, Instrument = spy.Instrument });
        Assert.Contains(Name(spy), Asked(), StringComparison.Ordinal);
        Assert.Empty(Venue.Asked);
        Send(new OrderCommand { Kind = CommandKind.CancelAll, Instrument = InstrumentId.None, Strategy = other.Strategy });
        Assert.Contains(Name(other), Asked(), StringComparison.Ordinal);
        Send(new OrderCommand { Kind = CommandKind.CancelAll, Instrument = InstrumentId.None });
        Assert.Contains(Name(qqq), Asked(), StringComparison.Ordinal);
        Assert.Empty(Venue.Asked);
        Assert.True(Gateway.RequestMassCancel());
        Venue.Run();
        Assert.Equal("35=q|11=2|60=T|530=7|", Asked());
    }

    [Fact]
    public void Foreign_and_incomplete_reports_change_nothing_and_are_counted()
    {
        OrderCommand order = Accepted();
        Say("35=8|37=V1|17=E1|150=0|39=0|11=someone-else|54=1|151=1|14=0|6=0|");
        Say($"35=8|37=V7|17=E4|150=F|39=1|11={Name(order)}|54=1|14=40|6=0|151=60|");
        Nothing();
        Assert.Equal((1, 1), (Gateway.Counts.Foreign, Gateway.Counts.Incomplete));
        Assert.Contains("|380=5|", Asked(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_thousand_commands_at_once_lose_nothing()
    {
        for (int i = 0; i < 2_000; i++) Assert.True(Gateway.Venue.Submit(Order()));
        Venue.Run();
        Assert.Equal(2_000, Venue.Asked.Count(asked => asked.StartsWith("35=D|", StringComparison.Ordinal)));
    }
}
