using MiniTrader.Books;
using MiniTrader.Exchange;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// Data in which every second event is nonsense (sizes below zero, no prices, prices beyond all reason, off the tick, crossed, packets without end, time that goes
/// back), under orders of every type: the venue keeps its promises, ends every order, counts what it refused and never throws.
/// </summary>
public sealed class BadDataTests
{
    private static readonly long[] _sizes = [-1, 0, 1, -5_000_000_000, long.MaxValue, long.MinValue, 7_000_000_000, 123_456_789];
    private static readonly long[] _prices = [-1, 0, 1, 1_000_000_007, 1_000_000_000, 1_050_000_000, 990_000_000, long.MaxValue / 8, long.MaxValue, long.MinValue];

    /// <summary>Which books the data shows: none, of levels, of orders.</summary>
    public enum Depth
    {
        None,
        Levels,
        Orders,
    }

    public static TheoryData<ulong, Depth> Seeds
    {
        get
        {
            TheoryData<ulong, Depth> data = [];
            for (ulong seed = 1; seed <= 10; seed++)
            {
                foreach (Depth depth in Enum.GetValues<Depth>()) data.Add(seed, depth);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nonsense_is_counted_and_every_order_still_ends(ulong seed, Depth depth)
    {
        // A future may trade below zero.
        bool hasBook = depth != Depth.None;
        SimulatedVenue venue = new(new InstrumentTable([new Instrument { Symbol = "X", Venue = "SIM" }, new Instrument { Symbol = "Y", Venue = "SIM", AssetClass = AssetClass.Future }]), VenueOptions.Parse("latency=0..1ms"));
        SeededRandom random = new(seed);
        Timestamp now = Timestamp.Parse("2024-01-02T14:30"), latest = now;
        long sequence = 0, reports = 0;
        if (hasBook) venue.OpenBook(new(0), isByOrder: depth == Depth.Orders);
        if (hasBook) venue.OpenBook(new(1), isByOrder: depth == Depth.Orders);
        Watch(venue, now);
        long[] bad = new long[(int)EventKind.Signal + 1], books = new long[Enum.GetValues<BookResult>().Length];
        for (int i = 0; i < 4_000; i++)
        {
            now += random.NextInt64(1_000_000) - (random.NextInt64(20) == 0 ? 5_000_000 : 0);
            latest = Timestamp.Max(latest, now);
            while (venue.TryTake(latest, out _)) reports++;
            MarketEvent e = Event(ref random, now, depth);
            long before = venue.BadEvents;
            venue.OnMarket(e);
            Assert.Equal(IsBad(e) ? before + 1 : before, venue.BadEvents);
            if (IsBad(e)) bad[(int)e.Header.Kind]++;
            if (e.Header.Kind == EventKind.BookDelta) books[(int)Refusal(e.BookDelta)]++;
            if (random.NextInt64(4) == 0) Assert.True(venue.Submit(OrderMaker.Next(ref random, latest, ref sequence)));
        }

        venue.OnEnd(latest);
        while (venue.TryTake(Timestamp.MaxValue, out _)) reports++;
        Assert.Equal(0, venue.WorkingOrders);
        Assert.True(reports > 1_000);
        foreach (EventKind kind in (EventKind[])[EventKind.Quote, EventKind.Trade, EventKind.Bar]) Assert.True(bad[(int)kind] > 100, $"{bad[(int)kind]} bad events of kind {kind} came.");
        if (depth != Depth.Levels) return;
        DepthBook[] both = [venue.BookOf(new(0))!, venue.BookOf(new(1))!];
        foreach (BookResult result in (BookResult[])[BookResult.NegativeSize, BookResult.WrongPrice, BookResult.WrongSide, BookResult.WrongDepth, BookResult.UnknownAction])
        {
            Assert.True(books[(int)result] > 0, $"{books[(int)result]} changes were {result}.");
            Assert.Equal(books[(int)result], both.Sum(b => b.CountOf(result)));
        }
    }

    /// <summary>An order in each market that no price triggers: every event meets it, so that the venue looks at every one.</summary>
    private static void Watch(SimulatedVenue venue, Timestamp now)
    {
        for (int i = 0; i < 2; i++)
        {
            Assert.True(venue.Submit(new OrderCommand
            {
                Kind = CommandKind.New,
                ClientOrderId = ClientOrderId.Create(1_000_000 + i, 4_090 + i),
                Instrument = new(i),
                Strategy = new(9),
                Side = OrderSide.Sell,
                Type = OrderType.TrailingStop,
                TimeInForce = TimeInForce.Gtc,
                Quantity = Quantity.FromUnits(1),
                Offset = Price.FromDecimal(1m),
                ActivationPrice = Price.FromDecimal(2_000_000_000m),
                SentTime = now,
            }));
        }

        while (venue.TryTake(now + Timestamp.NanosecondsPerSecond, out ExecutionReport report)) Assert.Equal(ReportKind.Accepted, report.Kind);
    }

    /// <summary>What the README of the venue calls an event that cannot be, said another way.</summary>
    private static bool IsBad(in MarketEvent e)
    {
        bool isFuture = e.Header.Instrument.Index == 1;
        return e.Header.Kind switch
        {
            EventKind.Quote => IsBadSide(e.Quote.Bid, e.Quote.BidSize, isFuture) || IsBadSide(e.Quote.Ask, e.Quote.AskSize, isFuture),
            EventKind.Trade => e.Trade.Size < Quantity.Zero || IsBadPrice(e.Trade.Price, isFuture),
            EventKind.Bar => e.Bar.Volume < Quantity.Zero || IsBadPrice(e.Bar.Low, isFuture) || e.Bar.Low > e.Bar.Open || e.Bar.Close > e.Bar.High,
            _ => false,
        };
    }

    private static bool IsBadSide(Price price, Quantity size, bool isFuture) => size < Quantity.Zero || (size > Quantity.Zero && IsBadPrice(price, isFuture));

    private static bool IsBadPrice(Price price, bool isFuture) => Math.Abs((decimal)price.Raw) > long.MaxValue / 4m || (!isFuture && price <= Price.Zero);

    /// <summary>What a book of levels says of a change that no book could take; applied stands for all else.</summary>
    private static BookResult Refusal(in BookDelta delta)
    {
        bool hasSide = delta.Side is OrderSide.Buy or OrderSide.Sell;
        if (delta.OrderId != 0 || delta.Action == BookAction.Execute) return BookResult.WrongDepth;
        if (delta.Action == BookAction.Clear) return hasSide || delta.Side == OrderSide.None ? BookResult.Applied : BookResult.WrongSide;
        if (delta.Action is not (BookAction.Add or BookAction.Modify or BookAction.Delete)) return BookResult.UnknownAction;
        if (delta.Action != BookAction.Delete && delta.Size < Quantity.Zero) return BookResult.NegativeSize;
        if (!hasSide) return BookResult.WrongSide;
        return delta.Action != BookAction.Delete && delta.Size > Quantity.Zero && IsBadPrice(delta.Price, delta.Header.Instrument.Index == 1) ? BookResult.WrongPrice : BookResult.Applied;
    }

    private static MarketEvent Event(ref SeededRandom random, Timestamp now, Depth depth)
    {
        MarketEvent e = default;
        e.Header.VenueTime = e.Header.ReceivedTime = now;
        e.Header.Flags = EventFlags.ForBoth;
        e.Header.Instrument = new((int)random.NextInt64(2));
        bool isBad = random.NextInt64(2) == 0;
        switch (random.NextInt64(depth == Depth.None ? 4 : 5))
        {
            case 0:
                e.Header.Kind = EventKind.Trade;
                (e.Trade.Price, e.Trade.Size) = (PriceOf(ref random, isBad), SizeOf(ref random, isBad));
                e.Trade.Aggressor = (AggressorSide)random.NextInt64(3);
                e.Trade.Condition = (TradeCondition)random.NextInt64(isBad ? 200 : 2);
                break;
            case 1:
                e.Header.Kind = EventKind.Bar;
                e.Header.Detail = BarInterval.Create(1, BarUnit.Second).Packed;
                e.Bar.Open = e.Bar.Close = PriceOf(ref random, false);
                (e.Bar.High, e.Bar.Low) = (e.Bar.Open + new Price(20_000_000), isBad ? PriceOf(ref random, true) : e.Bar.Open - new Price(20_000_000));
                e.Bar.Volume = SizeOf(ref random, isBad);
                break;
            case 4:
                e.Header.Kind = EventKind.BookDelta;
                e.BookDelta.Action = (BookAction)random.NextInt64(isBad ? 9 : 5);
                e.BookDelta.Side = (OrderSide)random.NextInt64(isBad && random.NextInt64(4) == 0 ? 256 : 3);
                e.BookDelta.OrderId = depth == Depth.Orders ? 1 + random.NextInt64(50) : isBad && random.NextInt64(4) == 0 ? 7 : 0;
                (e.BookDelta.Price, e.BookDelta.Size) = (PriceOf(ref random, isBad), SizeOf(ref random, isBad));
                if (random.NextInt64(4) == 0) e.Header.Flags |= EventFlags.Partial;
                if (random.NextInt64(20) == 0) e.Header.Flags |= EventFlags.Snapshot;
                break;
            default:
                e.Header.Kind = EventKind.Quote;
                (e.Quote.Bid, e.Quote.BidSize) = (PriceOf(ref random, isBad), SizeOf(ref random, isBad));
                (e.Quote.Ask, e.Quote.AskSize) = (PriceOf(ref random, isBad), SizeOf(ref random, isBad));
                break;
        }

        return e;
    }

    private static Price PriceOf(ref SeededRandom random, bool isBad) =>
        new(isBad ? _prices[random.NextInt64(_prices.Length)] : (98 + random.NextInt64(15)) * 10_000_000);

    private static Quantity SizeOf(ref SeededRandom random, bool isBad) =>
        isBad ? new(_sizes[random.NextInt64(_sizes.Length)]) : Quantity.FromUnits(random.NextInt64(20));
}
