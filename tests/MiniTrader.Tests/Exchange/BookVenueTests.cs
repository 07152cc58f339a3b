using MiniTrader.Books;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Tests.Strategies;
using Xunit;

namespace MiniTrader.Tests.Exchange;

/// <summary>What the scenarios of books cannot show: memory, room, counts.</summary>
public sealed class BookVenueTests
{
    private static readonly InstrumentTable _table = new([new Instrument { Symbol = "X", Venue = "SIM" }]);

    [Theory]
    [InlineData(true, "latency=0")]
    [InlineData(false, "latency=0; queue=probabilistic:power(2)")]
    [InlineData(false, "latency=1us..3ms; queue=probabilistic:log")]
    public void Nothing_is_allocated_by_books_with_orders(bool isByOrder, string options)
    {
        SimulatedVenue venue = new(_table, VenueOptions.Parse(options).With("book-orders", "4096"));
        SeededRandom random = new(3);
        long step = 0, reports = 0;
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 5_000; i++) reports += Step(venue, ref random, step++, isByOrder);
        }));
        Assert.True(reports > 5_000, $"Only {reports} reports came: the run proves nothing.");
    }

    [Fact]
    public void What_a_book_has_no_room_for_is_counted_and_matching_goes_on()
    {
        SimulatedVenue venue = new(_table, VenueOptions.Instant with { BookLevelCapacity = 2 });
        for (int i = 0; i < 5; i++) venue.OnMarket(Delta(i, 0, OrderSide.Sell, 100 + i, 10));
        DepthBook book = venue.BookOf(new(0))!;
        Assert.Equal(3, book.CountOf(BookResult.Full));
        Assert.False(book.IsWhole);
        Submit(venue, 10, 1, OrderSide.Buy, 120, 50);
        long filled = 0;
        while (venue.TryTake(new(10), out ExecutionReport report)) filled += report.LastQuantity.Raw;
        Assert.Equal(Quantity.FromUnits(20).Raw, filled);
    }

    [Fact]
    public void More_levels_than_can_be_used_up_end_what_a_taker_finds()
    {
        SimulatedVenue venue = new(_table, VenueOptions.Instant);
        for (int i = 0; i < 400; i++) venue.OnMarket(Delta(i, 0, OrderSide.Sell, 100 + i, 1));
        Submit(venue, 1_000, 1, OrderSide.Buy, 1_000, 400);
        long filled = 0;
        while (venue.TryTake(new(1_000), out ExecutionReport report)) filled += report.LastQuantity.Raw;
        Assert.Equal(Quantity.FromUnits(256).Raw, filled);
    }

    [Fact]
    public void Cancels_leave_room_for_the_reports_that_end_what_works()
    {
        SimulatedVenue venue = new(_table, VenueOptions.Instant with { ReportCapacity = 16, OrderCapacity = 8, ResponseLatency = LatencyModel.Constant(1_000_000_000) });
        venue.OnMarket(Delta(1, 0, OrderSide.Buy, 90, 1));
        Submit(venue, 2, 1, OrderSide.Buy, 100, 5);
        Assert.False(venue.TryTake(new(2), out _));
        int taken = 0;
        while (venue.Submit(new OrderCommand { Kind = CommandKind.Cancel, ClientOrderId = ClientOrderId.Create(9, 9), SentTime = new(3) }))
        {
            taken++;
            Assert.False(venue.TryTake(new(3), out _));
        }

        Assert.Equal(14, taken);
        venue.OnMarket(Delta(4, 0, OrderSide.Sell, 100, 5));
        int fills = 0;
        while (venue.TryTake(new(2_000_000_000), out ExecutionReport report)) fills += report.Kind == ReportKind.Fill ? 1 : 0;
        Assert.Equal(1, fills);
    }

    [Theory]
    [InlineData(256, 0, 256)]
    [InlineData(257, 0, 0)]
    [InlineData(255, 1, 255)]
    [InlineData(256, 1, 0)]
    public void Fill_or_kill_beyond_the_levels_that_can_be_used_up_takes_nothing(long quantity, long takenBefore, long expected)
    {
        SimulatedVenue venue = new(_table, VenueOptions.Instant);
        for (int i = 0; i < 400; i++) venue.OnMarket(Delta(i, 0, OrderSide.Sell, 100 + i, 1));
        if (takenBefore > 0) Submit(venue, 1_000, 1, OrderSide.Buy, 100 + takenBefore - 1, takenBefore);
        Submit(venue, 1_000, 2, OrderSide.Buy, 1_000, quantity, TimeInForce.Fok);
        long filled = 0;
        while (venue.TryTake(new(1_000), out ExecutionReport report))
        {
            if (report.ClientOrderId.Sequence == 2) filled += report.LastQuantity.Raw;
        }

        Assert.Equal(Quantity.FromUnits(expected).Raw, filled);
    }

    [Fact]
    public void A_market_that_shows_levels_counts_orders_as_wrong()
    {
        SimulatedVenue venue = new(_table, VenueOptions.Instant);
        Assert.Null(venue.BookOf(new(0)));
        venue.OnMarket(Delta(1, 0, OrderSide.Buy, 100, 10));
        venue.OnMarket(Delta(2, 7, OrderSide.Buy, 100, 10, BookAction.Add));
        Assert.IsType<LevelBook>(venue.BookOf(new(0)));
        Assert.Equal(1, venue.BookOf(new(0))!.CountOf(BookResult.WrongDepth));
    }

    [Theory]
    [InlineData(AssetClass.Equity, false, 2)]
    [InlineData(AssetClass.Equity, true, 2)]
    [InlineData(AssetClass.Crypto, false, 2)]
    [InlineData(AssetClass.Option, true, 2)]
    [InlineData(AssetClass.Future, false, 0)]
    [InlineData(AssetClass.Future, true, 0)]
    public void The_instrument_decides_whether_a_level_may_be_at_or_below_zero(AssetClass kind, bool isByOrder, long refused)
    {
        SimulatedVenue venue = new(new InstrumentTable([new Instrument { Symbol = "X", Venue = "SIM", AssetClass = kind }]), VenueOptions.Instant);
        venue.OnMarket(Delta(1, isByOrder ? 1 : 0, OrderSide.Sell, 100, 10, BookAction.Add));
        venue.OnMarket(Delta(2, isByOrder ? 2 : 0, OrderSide.Sell, 0, 10, BookAction.Add));
        venue.OnMarket(Delta(3, isByOrder ? 3 : 0, OrderSide.Sell, -5, 10, BookAction.Add));
        DepthBook book = venue.BookOf(new(0))!;
        Assert.Equal(refused, book.CountOf(BookResult.WrongPrice));
        Assert.Equal(3 - refused, book.LevelCount(OrderSide.Sell));

        // An order of ours buys for nothing, or is even paid for it, only where the instrument allows it.
        Submit(venue, 4, 1, OrderSide.Buy, 100, 10);
        List<Price> fills = [];
        while (venue.TryTake(new(4), out ExecutionReport report))
        {
            if (report.LastQuantity.Raw > 0) fills.Add(report.LastPrice);
        }

        Assert.Equal([refused == 0 ? new Price(-5_000_000_000) : new Price(100_000_000_000)], fills);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_side_that_does_not_exist_is_counted_and_clears_nothing(bool isByOrder)
    {
        SimulatedVenue venue = new(_table, VenueOptions.Instant);
        venue.OnMarket(Delta(1, isByOrder ? 1 : 0, OrderSide.Buy, 100, 10, BookAction.Add));
        Submit(venue, 2, 1, OrderSide.Buy, 100, 5);
        while (venue.TryTake(new(2), out _))
        {
        }

        for (int side = 3; side <= 255; side++)
        {
            venue.OnMarket(Delta(3, isByOrder ? 2 : 0, (OrderSide)side, 100, 10, BookAction.Add));
            venue.OnMarket(Delta(3, 0, (OrderSide)side, 0, 0, BookAction.Clear));
        }

        Assert.Equal(2 * 253, venue.BookOf(new(0))!.CountOf(BookResult.WrongSide));
        Assert.Equal(Quantity.FromUnits(10), venue.BookOf(new(0))!.BestBidSize);
        Assert.True(venue.TryGetQuantityAhead(ClientOrderId.Create(1, 1), out Quantity ahead));
        Assert.Equal(Quantity.FromUnits(10), ahead);
    }

    [Fact]
    public void A_change_of_one_book_moves_nobody_in_another_at_the_same_price()
    {
        // Two of ours at one price of X, one at that price of Y; each book changes by itself.
        SimulatedVenue venue = new(new InstrumentTable([new Instrument { Symbol = "X", Venue = "SIM" }, new Instrument { Symbol = "Y", Venue = "SIM" }]), VenueOptions.Instant);
        for (int i = 0; i < 2; i++) venue.OnMarket(Of(i, Delta(0, 0, OrderSide.Buy, 100, 50)));
        ClientOrderId[] ids = new ClientOrderId[3];
        for (int n = 0; n < 3; n++)
        {
            ids[n] = ClientOrderId.Create(n + 1, n + 1);
            venue.Submit(new OrderCommand
            {
                Kind = CommandKind.New,
                ClientOrderId = ids[n],
                Instrument = new(n / 2),
                Side = OrderSide.Buy,
                Type = OrderType.Limit,
                TimeInForce = TimeInForce.Gtc,
                LimitPrice = new(100_000_000_000),
                Quantity = Quantity.FromUnits(1),
                SentTime = new(1),
            });
        }

        while (venue.TryTake(new(1), out _))
        {
        }

        Assert.Equal([50, 50, 50], Ahead());
        venue.OnMarket(Of(0, Delta(2, 0, OrderSide.Buy, 100, 30)));
        Assert.Equal([30, 30, 50], Ahead());
        venue.OnMarket(Of(1, Delta(3, 0, OrderSide.Buy, 100, 20)));
        Assert.Equal([30, 30, 20], Ahead());
        venue.OnMarket(Of(1, Delta(4, 0, OrderSide.Buy, 99, 5)));
        venue.OnMarket(Of(1, Delta(4, 0, OrderSide.Sell, 100, 5)));
        venue.Submit(new OrderCommand { Kind = CommandKind.Cancel, ClientOrderId = ids[0], SentTime = new(5) });
        while (venue.TryTake(new(5), out _))
        {
        }

        venue.OnMarket(Of(0, Delta(6, 0, OrderSide.Buy, 100, 10)));
        Assert.True(venue.TryGetQuantityAhead(ids[1], out Quantity left));
        Assert.Equal(Quantity.FromUnits(10), left);

        static MarketEvent Of(int instrument, MarketEvent e)
        {
            e.Header.Instrument = new(instrument);
            return e;
        }

        long[] Ahead() => [.. ids.Select(id => venue.TryGetQuantityAhead(id, out Quantity ahead) ? ahead.Raw / 1_000_000_000 : -1)];
    }

    private static long Step(SimulatedVenue venue, ref SeededRandom random, long step, bool isByOrder)
    {
        long reports = 0;
        Timestamp now = new(step * 1_000_000);
        while (venue.NextDue <= now && venue.TryTake(now, out _)) reports++;
        OrderSide side = random.NextInt64(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
        long price = 100 + (side == OrderSide.Buy ? -random.NextInt64(5) : random.NextInt64(5)), size = random.NextInt64(9);
        long id = isByOrder ? 1 + random.NextInt64(300) : 0;
        BookAction action = isByOrder ? (BookAction)(1 + random.NextInt64(4)) : BookAction.Modify;
        venue.OnMarket(Delta(now.Nanoseconds, id, isByOrder && action != BookAction.Add ? OrderSide.None : side, price, size, action));
        if (!isByOrder && step % 3 == 0)
        {
            MarketEvent e = default;
            e.Header.VenueTime = e.Header.ReceivedTime = now;
            e.Header.Flags = EventFlags.ForBoth;
            e.Header.Kind = EventKind.Trade;
            (e.Trade.Price, e.Trade.Size) = (new(price * 1_000_000_000), Quantity.FromUnits(2));
            venue.OnMarket(e);
        }

        Submit(venue, now.Nanoseconds, step + 1, side, price + random.NextInt64(3) - 1, 1 + random.NextInt64(4));
        return reports;
    }

    private static void Submit(SimulatedVenue venue, long now, long id, OrderSide side, long price, long size, TimeInForce timeInForce = TimeInForce.Gtd) => venue.Submit(new OrderCommand
    {
        Kind = CommandKind.New,
        ClientOrderId = ClientOrderId.Create(id, (int)(id & 0xFFFF)),
        Side = side,
        Type = OrderType.Limit,
        TimeInForce = timeInForce,
        ExpireTime = new(now + 20_000_000),
        LimitPrice = new(price * 1_000_000_000),
        Quantity = Quantity.FromUnits(size),
        SentTime = new(now),
    });

    private static MarketEvent Delta(long now, long id, OrderSide side, long price, long size, BookAction action = BookAction.Modify)
    {
        MarketEvent e = default;
        e.BookDelta = Books.Deltas.Order(action, id, side, price * 1_000_000_000, Quantity.FromUnits(size).Raw);
        e.Header.VenueTime = e.Header.ReceivedTime = new(now);
        return e;
    }
}
