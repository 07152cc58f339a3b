using MiniTrader.Books;
using MiniTrader.Exchange;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Exchange;

/// <summary>
/// What must hold at every fill is checked at every fill. No input brings the venue to break it, so that each breach is made by hand: the run
/// stops with the number of the event and the order.
/// </summary>
public sealed class InvariantTests
{
    private const long Unit = 1_000_000_000;
    private const long Ten = 10 * Unit;

    private readonly Floor _floor = new(VenueOptions.Instant.Validated(), 1) { EventSequence = 77 };
    private readonly Market _market = new(new(0), new Instrument { Symbol = "X", Venue = "SIM" }, VenueOptions.Instant, 0, 1);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    public void A_fill_is_above_zero_and_not_above_what_is_left(long quantity) =>
        Breaks("what is left", order => _floor.FillMaker(_market, order, quantity * Unit, FillCause.QuoteCross, 0, 0));

    [Fact]
    public void A_taker_is_filled_no_better_than_the_price_that_it_met() =>
        Breaks("better than the price", order => _floor.FillTaker(_market, order, Unit, Ten + 1, FillCause.BookLevel, 0));

    [Fact]
    public void No_fill_is_worse_than_the_limit() =>
        Breaks("worse than the limit", order => _floor.FillAuction(_market, order, Unit, Ten + 1, 0));

    [Fact]
    public void The_queue_ahead_does_not_grow_by_a_fill() => Breaks("queue ahead", order =>
    {
        _floor.Pool[order].Ahead = 5;
        _floor.FillMaker(_market, order, Unit, FillCause.QueueReached, 0, 4);
    });

    [Fact]
    public void The_queue_ahead_is_not_below_zero() => Breaks("queue ahead", order =>
    {
        _floor.Pool[order].Ahead = -1;
        _floor.FillMaker(_market, order, Unit, FillCause.QueueReached, 0, 4);
    });

    [Fact]
    public void No_more_is_ahead_than_the_quote_displays() => Breaks("its level displays", order =>
    {
        _market.Observe(MatchSource.Quotes);
        _market.Bid.Replace(Ten, 3);
        _floor.Pool[order].Ahead = 0;
        _floor.FillMaker(_market, order, Unit, FillCause.QueueReached, 0, 4);
    });

    [Fact]
    public void No_more_is_ahead_than_the_book_displays() => Breaks("its level displays", order =>
    {
        MarketBook book = _market.Open(new MarketBook(new LevelBook(16)), MatchSource.Levels);
        MarketEvent e = default;
        (e.Header.Kind, e.BookDelta.Action, e.BookDelta.Side) = (EventKind.BookDelta, BookAction.Add, OrderSide.Buy);
        (e.BookDelta.Price, e.BookDelta.Size) = (new(Ten), new(3));
        book.Depth.Apply(e.BookDelta);
        book.Own.Add(_floor.Pool[order], order);
        _floor.FillMaker(_market, order, Unit, FillCause.QueueReached, 0, 4);
    });

    [Fact]
    public void What_is_displayed_fills_no_more_than_itself() => Breaks("more than itself", order => _floor.CheckUsed(order, 6, 5));

    [Fact]
    public void No_order_fills_before_it_came() => Breaks("before the order arrived", order =>
    {
        _floor.Pool[order].Arrived = new(1_001);
        _floor.FillMaker(_market, order, Unit, FillCause.QuoteCross, 0, 0);
    });

    [Fact]
    public void An_order_with_something_left_is_not_complete() => Breaks("taken for complete", order => _floor.Complete(_market, order));

    /// <summary>A buy of 100 at 10 that rests.</summary>
    private void Breaks(string rule, Action<int> act)
    {
        _floor.Advance(new(1_000));
        ClientOrderId id = ClientOrderId.Create(3, 3);
        int index = _floor.Pool.Add(id);
        ref WorkingOrder order = ref _floor.Pool[index];
        order.Side = OrderSide.Buy;
        order.Become(OrderType.Limit);
        (order.Quantity, order.Limit) = (100 * Unit, Ten);
        _market.Count(order, +1);
        _floor.Rest(_market, index);
        order.Ahead = 0;
        VenueInvariantException error = Assert.Throws<VenueInvariantException>(() => act(index));
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
        Assert.Equal((77, id), (error.EventSequence, error.Order));
    }
}
