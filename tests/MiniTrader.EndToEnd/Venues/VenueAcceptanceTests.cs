using MiniTrader.Model;
using Xunit;

namespace MiniTrader.EndToEnd.Venues;

/// <summary>
/// What every venue owes the engine behind <see cref="IVenue"/>, whatever stands behind it: each command is answered, each trade is told once, and an
/// order that is done says so and nothing more. A strategy that passed on one venue finds the same words on the next.
/// </summary>
public abstract class VenueAcceptanceTests
{
    private static readonly StrategyId _strategy = new(3);
    private long _sequence;

    protected abstract VenueUnderTest Open();

    [Fact]
    public void A_resting_order_is_accepted_and_stays()
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand order = Limit(OrderSide.Buy, 100, "450.10", tag: 77);
        ExecutionReport report = Accepted(venue, order);
        Assert.Equal((order.Instrument, _strategy, OrderSide.Buy, 77), (report.Instrument, report.Strategy, report.Side, report.Tag));
        Assert.Equal((Quantity.Zero, Quantity.FromUnits(100)), (report.Filled, report.Leaves));
        Assert.False(report.VenueOrderId.IsNone, "The venue's own name for the order is missing.");
        NothingMore(venue);
    }

    [Fact]
    public void A_marketable_order_fills_whole_and_is_done()
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand order = Limit(OrderSide.Buy, 30, "450.25");
        Accepted(venue, order);
        ExecutionReport fill = Fill(venue, order, 30, "450.25", filled: 30, leaves: 0);
        Assert.NotEqual(default, fill.ExecutionId);
        Assert.Equal(OrderSide.Buy, fill.Side);
        NothingMore(venue);
    }

    [Fact]
    public void A_market_order_fills_at_the_price_shown()
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand order = Order(OrderSide.Sell, 25) with { Type = OrderType.Market, TimeInForce = TimeInForce.Day };
        Accepted(venue, order);
        Fill(venue, order, 25, "450.20", filled: 25, leaves: 0);
        NothingMore(venue);
    }

    [Fact]
    public void An_order_fills_in_parts_each_told_once()
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand order = Limit(OrderSide.Buy, 100, "450.25");
        Accepted(venue, order);
        ExecutionReport first = Fill(venue, order, 40, "450.25", filled: 40, leaves: 60);
        venue.Quote("450.20", 50, "450.25", 35);
        ExecutionReport second = Fill(venue, order, 35, "450.25", filled: 75, leaves: 25);
        venue.Quote("450.20", 50, "450.24", 90);
        ExecutionReport third = Fill(venue, order, 25, "450.25", filled: 100, leaves: 0);
        Assert.Equal(3, new[] { first.ExecutionId, second.ExecutionId, third.ExecutionId }.Distinct().Count());
        NothingMore(venue);
    }

    [Fact]
    public void A_replace_changes_price_and_size_and_the_order_trades_at_the_new_ones()
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand order = Limit(OrderSide.Buy, 100, "450.10");
        Accepted(venue, order);
        Send(venue, order with { Kind = CommandKind.Replace, Quantity = Quantity.FromUnits(30), LimitPrice = Price.Parse("450.15") });
        ExecutionReport replaced = Take(venue, order, ReportKind.Replaced);
        Assert.Equal((Quantity.FromUnits(30), Price.Parse("450.15"), Quantity.FromUnits(30)), (replaced.LastQuantity, replaced.LastPrice, replaced.Leaves));

        Send(venue, order with { Kind = CommandKind.Replace, Quantity = Quantity.FromUnits(20), LimitPrice = Price.Parse("450.25") });
        Assert.Equal(Quantity.FromUnits(20), Take(venue, order, ReportKind.Replaced).LastQuantity);
        Fill(venue, order, 20, "450.25", filled: 20, leaves: 0);
        NothingMore(venue);
    }

    [Fact]
    public void A_partly_filled_order_keeps_its_fills_through_a_replace()
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand order = Limit(OrderSide.Sell, 80, "450.20");
        Accepted(venue, order);
        Fill(venue, order, 50, "450.20", filled: 50, leaves: 30);
        Send(venue, order with { Kind = CommandKind.Replace, Quantity = Quantity.FromUnits(60) });
        ExecutionReport replaced = Take(venue, order, ReportKind.Replaced);
        Assert.Equal((Quantity.FromUnits(50), Quantity.FromUnits(10)), (replaced.Filled, replaced.Leaves));
        Send(venue, order with { Kind = CommandKind.Cancel });
        Assert.Equal(Quantity.FromUnits(50), Take(venue, order, ReportKind.Cancelled).Filled);
        NothingMore(venue);
    }

    [Fact]
    public void A_cancel_ends_the_order_for_the_users_reason()
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand order = Limit(OrderSide.Buy, 100, "450.10");
        Accepted(venue, order);
        Send(venue, order with { Kind = CommandKind.Cancel });
        ExecutionReport report = Take(venue, order, ReportKind.Cancelled);
        Assert.Equal((ReasonCode.UserRequested, Quantity.Zero, Quantity.Zero), (report.Reason, report.Filled, report.Leaves));
        venue.Quote("450.00", 50, "450.05", 500);
        NothingMore(venue);
    }

    [Fact]
    public void What_the_venue_does_not_take_is_rejected_with_a_reason()
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand order = Limit(OrderSide.Buy, 30, "450.25") with { Flags = OrderFlags.PostOnly };
        Send(venue, order);
        ExecutionReport report = Take(venue, order, ReportKind.Rejected);
        Assert.NotEqual(ReasonCode.None, report.Reason);
        Assert.Equal((Quantity.Zero, Quantity.Zero), (report.Filled, report.Leaves));
        NothingMore(venue);
    }

    [Theory]
    [InlineData(CommandKind.Cancel, ReportKind.CancelRejected)]
    [InlineData(CommandKind.Replace, ReportKind.ReplaceRejected)]
    public void A_request_for_an_unknown_order_is_refused_by_name(CommandKind kind, ReportKind answer)
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand unknown = Limit(OrderSide.Buy, 10, "450.10") with { Kind = kind };
        Send(venue, unknown);
        Assert.Equal(ReasonCode.VenueUnknownOrder, Take(venue, unknown, answer).Reason);
        NothingMore(venue);
    }

    [Theory]
    [InlineData(CommandKind.Cancel, ReportKind.CancelRejected)]
    [InlineData(CommandKind.Replace, ReportKind.ReplaceRejected)]
    public void A_request_for_an_order_that_is_done_comes_too_late(CommandKind kind, ReportKind answer)
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand order = Limit(OrderSide.Buy, 10, "450.25");
        Accepted(venue, order);
        Fill(venue, order, 10, "450.25", filled: 10, leaves: 0);
        Send(venue, order with { Kind = kind, Quantity = Quantity.FromUnits(20) });
        Assert.Contains(Take(venue, order, answer).Reason, new[] { ReasonCode.TooLateToCancel, ReasonCode.TooLateToReplace, ReasonCode.VenueUnknownOrder });
        NothingMore(venue);
    }

    [Fact]
    public void A_mass_cancel_takes_the_strategys_orders_on_the_instrument_and_no_others()
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand[] own = [Limit(OrderSide.Buy, 10, "450.10"), Limit(OrderSide.Sell, 10, "450.40"), Limit(OrderSide.Buy, 10, "450.11")];
        OrderCommand elsewhere = Limit(OrderSide.Buy, 10, "380.00") with { Instrument = new(1) };
        OrderCommand others = Limit(OrderSide.Buy, 10, "450.12") with { Strategy = new(4) };
        foreach (OrderCommand order in (OrderCommand[])[.. own, elsewhere, others]) Accepted(venue, order);
        Send(venue, CancelAll(new(0)));
        Assert.Equal(own.Select(o => o.ClientOrderId), CancelledOf(venue, 3));
        Send(venue, CancelAll(InstrumentId.None));
        Assert.Equal([elsewhere.ClientOrderId], CancelledOf(venue, 1));
        NothingMore(venue);
    }

    [Fact]
    public void A_mass_cancel_of_one_side_leaves_the_other()
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand buy = Limit(OrderSide.Buy, 10, "450.10"), sell = Limit(OrderSide.Sell, 10, "450.40");
        Accepted(venue, buy);
        Accepted(venue, sell);
        Send(venue, CancelAll(new(0)) with { Side = OrderSide.Sell });
        Assert.Equal([sell.ClientOrderId], CancelledOf(venue, 1));
        NothingMore(venue);
    }

    [Fact]
    public void Immediate_or_cancel_takes_what_is_there_and_cancels_the_rest()
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand order = Limit(OrderSide.Buy, 100, "450.25") with { TimeInForce = TimeInForce.Ioc };
        Accepted(venue, order);
        Fill(venue, order, 40, "450.25", filled: 40, leaves: 60);
        ExecutionReport rest = Take(venue, order, ReportKind.Cancelled);
        Assert.Equal((ReasonCode.ImmediateOrCancelRest, Quantity.FromUnits(40), Quantity.Zero), (rest.Reason, rest.Filled, rest.Leaves));
        NothingMore(venue);
    }

    [Fact]
    public void Fill_or_kill_fills_whole_or_not_at_all()
    {
        using VenueUnderTest venue = OpenWithMarket();
        OrderCommand large = Limit(OrderSide.Buy, 100, "450.25") with { TimeInForce = TimeInForce.Fok };
        Accepted(venue, large);
        ExecutionReport killed = Take(venue, large, ReportKind.Cancelled);
        Assert.Equal((ReasonCode.FillOrKillUnfilled, Quantity.Zero, Quantity.Zero), (killed.Reason, killed.Filled, killed.Leaves));
        OrderCommand small = Limit(OrderSide.Buy, 40, "450.25") with { TimeInForce = TimeInForce.Fok };
        Accepted(venue, small);
        Fill(venue, small, 40, "450.25", filled: 40, leaves: 0);
        NothingMore(venue);
    }

    protected VenueUnderTest OpenWithMarket()
    {
        VenueUnderTest venue = Open();
        venue.Quote("450.20", 50, "450.25", 40);
        venue.Quote("380.50", 500, "380.60", 500, instrument: 1);
        return venue;
    }

    protected OrderCommand Limit(OrderSide side, long quantity, string price, int tag = 0) =>
        Order(side, quantity) with { Type = OrderType.Limit, LimitPrice = Price.Parse(price), Tag = tag };

    protected OrderCommand Order(OrderSide side, long quantity)
    {
        _sequence++;
        return new OrderCommand
        {
            Kind = CommandKind.New,
            ClientOrderId = ClientOrderId.Create(_sequence, (int)_sequence),
            Strategy = _strategy,
            Side = side,
            Quantity = Quantity.FromUnits(quantity),
        };
    }

    protected static OrderCommand CancelAll(InstrumentId instrument) => new() { Kind = CommandKind.CancelAll, Instrument = instrument, Strategy = _strategy };

    protected static void Send(VenueUnderTest venue, OrderCommand command)
    {
        command.SentTime = venue.Time;
        Assert.True(venue.Port.Submit(in command), "The venue's queue is full.");
    }

    protected static ExecutionReport Accepted(VenueUnderTest venue, OrderCommand order)
    {
        Send(venue, order);
        return Take(venue, order, ReportKind.Accepted);
    }

    protected static ExecutionReport Take(VenueUnderTest venue, OrderCommand order, ReportKind kind)
    {
        ExecutionReport report = venue.Next();
        Assert.Equal((kind, order.ClientOrderId), (report.Kind, report.ClientOrderId));
        return report;
    }

    protected static ExecutionReport Fill(VenueUnderTest venue, OrderCommand order, long quantity, string price, long filled, long leaves)
    {
        ExecutionReport report = Take(venue, order, ReportKind.Fill);
        Assert.Equal(
            (Quantity.FromUnits(quantity), Price.Parse(price), Quantity.FromUnits(filled), Quantity.FromUnits(leaves)),
            (report.LastQuantity, report.LastPrice, report.Filled, report.Leaves));
        return report;
    }

    /// <summary>
    /// No report is left: an order that is sent now is the next one to be answered. Reports never overtake each other, so that this waits for nothing.
    /// </summary>
    protected void NothingMore(VenueUnderTest venue) => Accepted(venue, Limit(OrderSide.Buy, 1, "1.00") with { Instrument = new(1) });

    private static IEnumerable<ClientOrderId> CancelledOf(VenueUnderTest venue, int count)
    {
        List<ClientOrderId> cancelled = [];
        for (int i = 0; i < count; i++)
        {
            ExecutionReport report = venue.Next();
            Assert.Equal((ReportKind.Cancelled, ReasonCode.UserRequested), (report.Kind, report.Reason));
            cancelled.Add(report.ClientOrderId);
        }

        return cancelled.OrderBy(id => id.Value);
    }
}
