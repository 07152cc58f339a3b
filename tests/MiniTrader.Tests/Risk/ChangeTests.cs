using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using Xunit;

namespace MiniTrader.Tests.Risk;

/// <summary>Cancels and replaces.</summary>
public sealed class ChangeTests
{
    [Fact]
    public void A_replace_is_judged_by_what_it_adds()
    {
        (RiskDesk desk, ClientOrderId id) = Working("max-position=100,max-order-quantity=90", "60");
        Assert.Equal(ReasonCode.None, desk.Buy("20", "50"));
        Assert.Equal(ReasonCode.MaxPosition, desk.Send(RiskDesk.Replace(id, "81", "50")));      // 60 + 20 + 21
        Assert.Equal(101m, desk.Gate.LastDenial.Value);
        Assert.Equal(ReasonCode.MaxOrderQuantity, desk.Send(RiskDesk.Replace(id, "91", "50")));
        Assert.Equal(ReasonCode.None, desk.Send(RiskDesk.Replace(id, "80", "50")));
        Assert.Equal(ReasonCode.MaxPosition, desk.Buy("1", "50"));
    }

    [Fact]
    public void Two_replaces_in_flight_cannot_use_the_same_room()
    {
        (RiskDesk desk, ClientOrderId first) = Working("max-position=100", "40");
        OrderCommand second = desk.Order(OrderSide.Buy, "40", "50");
        desk.Send(second);
        Assert.Equal(ReasonCode.None, desk.Send(RiskDesk.Replace(first, "60", "50")));                        // 60 + 40
        Assert.Equal(ReasonCode.MaxPosition, desk.Send(RiskDesk.Replace(second.ClientOrderId, "60", "50")));  // 60 + 60
        desk.Report(first, ReportKind.ReplaceRejected);
        Assert.Equal(ReasonCode.None, desk.Send(RiskDesk.Replace(second.ClientOrderId, "60", "50")));         // 40 + 60
    }

    [Fact]
    public void A_smaller_quantity_gives_room_only_when_the_venue_has_agreed()
    {
        (RiskDesk desk, ClientOrderId id) = Working("max-position=100", "100");
        Assert.Equal(ReasonCode.None, desk.Send(RiskDesk.Replace(id, "50", "50")));
        Assert.Equal(ReasonCode.MaxPosition, desk.Buy("1", "50"));
        desk.Report(id, ReportKind.Replaced, "50", "50");
        Assert.Equal(ReasonCode.None, desk.Buy("50", "50"));
        Assert.Equal(ReasonCode.MaxPosition, desk.Buy("1", "50"));
    }

    [Fact]
    public void The_books_end_at_zero_however_a_replace_ends()
    {
        foreach (ReportKind end in (ReportKind[])[ReportKind.Cancelled, ReportKind.Fill, ReportKind.Expired])
        {
            (RiskDesk desk, ClientOrderId id) = Working("", "40");
            desk.Send(RiskDesk.Replace(id, "70", "50"));
            desk.Report(id, ReportKind.Fill, "10", "50");
            Exposure working = desk.Ledger.Total.ExposureOf(RiskDesk.Spy);
            Assert.Equal(Quantity.Parse("60"), working.Buying);           // 70 asked for − 10
            desk.Report(id, end, end == ReportKind.Fill ? "30" : "0", "50");
            working = desk.Ledger.Total.ExposureOf(RiskDesk.Spy);
            Assert.Equal((0, Quantity.Zero, Quantity.Zero), (working.Orders, working.Buying, working.Selling));
        }
    }

    [Fact]
    public void The_notional_of_a_replace_is_that_of_what_is_still_open()
    {
        (RiskDesk desk, ClientOrderId id) = Working("max-order-notional=5000", "100");
        desk.Report(id, ReportKind.Accepted);
        desk.Report(id, ReportKind.Fill, "40", "50");
        Assert.Equal(ReasonCode.None, desk.Send(RiskDesk.Replace(id, "140", "50")));              // 100 open · 50
        Assert.Equal(ReasonCode.MaxOrderNotional, desk.Send(RiskDesk.Replace(id, "141", "50")));
    }

    [Fact]
    public void A_replace_has_a_collar_and_ticks_like_a_new_order()
    {
        (RiskDesk desk, ClientOrderId id) = Working("collar-bps=100", "10");
        Assert.Equal(ReasonCode.PriceCollar, desk.Send(RiskDesk.Replace(id, "10", "50.51")));
        Assert.Equal(ReasonCode.PriceNotTickMultiple, desk.Send(RiskDesk.Replace(id, "10", "50.001")));
        Assert.Equal(ReasonCode.InvalidQuantity, desk.Send(RiskDesk.Replace(id, "0", "50")));
        Assert.Equal(ReasonCode.None, desk.Send(RiskDesk.Replace(id, "10", "50.50")));
    }

    [Fact]
    public void What_is_unknown_or_done_or_anothers_cannot_be_changed()
    {
        (RiskDesk desk, ClientOrderId id) = Working("", "10");
        Assert.Equal(ReasonCode.UnknownOrder, desk.Send(RiskDesk.Cancel(ClientOrderId.Create(99, 9))));
        Assert.Equal(ReasonCode.UnknownOrder, desk.Send(RiskDesk.Cancel(ClientOrderId.None)));
        Assert.Equal(ReasonCode.UnknownOrder, desk.Send(RiskDesk.Cancel(id, strategy: 1)));
        Assert.Equal(ReasonCode.None, desk.Send(RiskDesk.Cancel(id)));
        desk.Report(id, ReportKind.Cancelled);
        Assert.Equal(ReasonCode.OrderAlreadyDone, desk.Send(RiskDesk.Cancel(id)));
        Assert.Equal(ReasonCode.OrderAlreadyDone, desk.Send(RiskDesk.Replace(id, "5", "50")));
    }

    [Fact]
    public void Cancelling_everything_always_passes()
    {
        KillSwitch kill = new();
        RiskDesk desk = new("max-messages-per-second=0", kill);
        kill.Engage(KillCause.Operator);
        Assert.Equal(ReasonCode.None, desk.Send(new OrderCommand { Kind = CommandKind.CancelAll, Instrument = InstrumentId.None }));
    }

    private static (RiskDesk Desk, ClientOrderId Id) Working(string limits, string quantity)
    {
        RiskDesk desk = new(limits);
        desk.Trade(RiskDesk.Spy, "50");
        OrderCommand order = desk.Order(OrderSide.Buy, quantity, "50");
        Assert.Equal(ReasonCode.None, desk.Send(order));
        return (desk, order.ClientOrderId);
    }
}
