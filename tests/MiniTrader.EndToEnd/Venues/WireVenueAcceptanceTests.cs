using MiniTrader.Model;
using Xunit;

namespace MiniTrader.EndToEnd.Venues;

/// <summary>What a venue behind a wire owes as well: no trade twice, none lost with the connection, and no command without an answer.</summary>
public abstract class WireVenueAcceptanceTests : VenueAcceptanceTests
{
    protected abstract WireVenueUnderTest OpenWire();

    protected sealed override VenueUnderTest Open() => OpenWire();

    [Fact]
    public void An_execution_that_is_told_twice_is_one_trade()
    {
        using VenueUnderTest venue = OpenWithMarket();
        ((WireVenueUnderTest)venue).SayEverythingTwice();
        OrderCommand order = Limit(OrderSide.Buy, 100, "450.25");
        Accepted(venue, order);
        Fill(venue, order, 40, "450.25", filled: 40, leaves: 60);
        venue.Quote("450.20", 50, "450.25", 60);
        Fill(venue, order, 60, "450.25", filled: 100, leaves: 0);
        NothingMore(venue);
    }

    [Fact]
    public void A_mass_cancel_of_the_venue_ends_every_order()
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand own = Limit(OrderSide.Buy, 10, "450.10"), others = Limit(OrderSide.Sell, 10, "380.90") with { Strategy = new(4), Instrument = new(1) };
        Accepted(venue, own);
        Accepted(venue, others);
        ((WireVenueUnderTest)venue).RequestMassCancel();
        Take(venue, own, ReportKind.Cancelled);
        Take(venue, others, ReportKind.Cancelled);
        NothingMore(venue);
    }

    [Fact]
    public void Without_a_connection_commands_are_refused_and_fills_are_made_up_for_after_it()
    {
        using VenueUnderTest venue = OpenWithMarket();
        WireVenueUnderTest wire = (WireVenueUnderTest)venue;
        OrderCommand order = Limit(OrderSide.Buy, 100, "450.25"), untouched = Limit(OrderSide.Sell, 5, "451.00");
        Accepted(venue, order);
        Fill(venue, order, 40, "450.25", filled: 40, leaves: 60);
        Accepted(venue, untouched);
        wire.LoseTheConnection();

        OrderCommand lost = Limit(OrderSide.Buy, 1, "450.00");
        Send(venue, lost);
        Assert.Equal(ReasonCode.TechnicalReject, Take(venue, lost, ReportKind.Rejected).Reason);
        Send(venue, order with { Kind = CommandKind.Cancel });
        Assert.Equal(ReasonCode.TechnicalReject, Take(venue, order, ReportKind.CancelRejected).Reason);
        venue.Quote("450.20", 50, "450.25", 25);

        wire.ComeBack();
        Fill(venue, order, 25, "450.25", filled: 65, leaves: 35);
        Send(venue, order with { Kind = CommandKind.Cancel });
        Assert.Equal(Quantity.FromUnits(65), Take(venue, order, ReportKind.Cancelled).Filled);
        Send(venue, untouched with { Kind = CommandKind.Cancel });
        Take(venue, untouched, ReportKind.Cancelled);
        NothingMore(venue);
    }

    [Fact]
    public void An_order_that_ended_while_the_connection_was_away_is_told_to_be_done()
    {
        using VenueUnderTest venue = OpenWithMarket();
        WireVenueUnderTest wire = (WireVenueUnderTest)venue;
        OrderCommand order = Limit(OrderSide.Buy, 100, "450.25");
        Accepted(venue, order);
        Fill(venue, order, 40, "450.25", filled: 40, leaves: 60);
        wire.LoseTheConnection();
        venue.Quote("450.20", 50, "450.24", 500);
        wire.ComeBack();
        Fill(venue, order, 60, "450.25", filled: 100, leaves: 0);
        NothingMore(venue);
    }
}
