using System.Text;
using CsCheck;
using MiniTrader.Books;
using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Engine;

/// <summary>
/// One book for venue and strategies is the same as one for each; packets that cannot touch our orders are the same whether they are
/// taken for calm or looked at.
/// </summary>
public sealed class OneBookTests
{
    private const long Cent = 10_000_000;

    private static readonly Gen<string> _options = Gen.OneOf(
        Gen.Const("latency=0"), Gen.Const("latency=1ms"), Gen.Const("latency=50us..3ms"), Gen.Const("latency=1ms; queue=probabilistic:power(2)"), Gen.Const("latency=0; consume=off"));

    [Fact]
    public void One_book_for_both_gives_the_same_reports_prices_and_books_as_one_for_each()
    {
        Gen.Select(Gen.ULong, Gen.Int[1, 200], _options).Sample(
            (seed, batch, options) =>
            {
                MarketEvent[] events = Market(seed, 1_200);
                (TradingEngine<SimulatedVenuePort, NoRecorder> one, string seenOne) = Run(events, batch, options, isShared: true, farStop: true);
                (TradingEngine<SimulatedVenuePort, NoRecorder> two, string seenTwo) = Run(events, batch, options, isShared: false, farStop: true);
                Assert.Equal(seenTwo, seenOne);
                Assert.Equal(two.Counters, one.Counters);
                Assert.Equal(two.Hash, one.Hash);
                foreach (BookResult result in Enum.GetValues<BookResult>()) Assert.Equal(two.Books.CountOf(result), one.Books.CountOf(result));
            },
            iter: 60);
    }

    [Fact]
    public void Calm_packets_do_to_resting_orders_what_they_do_where_every_packet_is_looked_at()
    {
        // A stop far below the market never triggers, but as long as it works no packet is calm.
        Gen.Select(Gen.ULong, _options).Sample(
            (seed, options) =>
            {
                MarketEvent[] events = Market(seed, 1_200);
                (_, string calm) = Run(events, 64, options, isShared: true, farStop: false);
                (_, string watched) = Run(events, 64, options, isShared: true, farStop: true);
                Assert.Equal(watched, calm);
            },
            iter: 60);
    }

    [Fact]
    public void A_change_for_one_side_alone_ends_a_session_that_has_one_book()
    {
        SimulatedVenue venue = new(Harness.TwoShares(), VenueOptions.Instant);
        TradingEngine<SimulatedVenuePort, NoRecorder> engine = EngineOf(venue, new Maker(false), venue.Books);
        MarketEvent[] events = Market(3, 10);
        events[5].Header.Kind = EventKind.BookDelta;
        events[5].Header.Flags = EventFlags.ForVenue;
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => engine.Process(events));
        Assert.Contains("ForVenue", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_venue_keeps_all_books_unless_the_options_say_what_matches()
    {
        Assert.True(new SimulatedVenue(Harness.TwoShares(), VenueOptions.Instant).KeepsAllBooks);
        Assert.False(new SimulatedVenue(Harness.TwoShares(), VenueOptions.Instant with { Match = MatchSource.Quotes }).KeepsAllBooks);
    }

    private static (TradingEngine<SimulatedVenuePort, NoRecorder> Engine, string Seen) Run(MarketEvent[] events, int batch, string options, bool isShared, bool farStop)
    {
        SimulatedVenue venue = new(Harness.TwoShares(), VenueOptions.Parse(options));
        Maker strategy = new(farStop);
        TradingEngine<SimulatedVenuePort, NoRecorder> engine = EngineOf(venue, strategy, isShared ? venue.Books : null);
        for (int i = 0; i < events.Length; i += batch) engine.Process(events.AsSpan(i, Math.Min(batch, events.Length - i)));
        engine.Finish();
        return (engine, strategy.Seen);
    }

    private static TradingEngine<SimulatedVenuePort, NoRecorder> EngineOf(SimulatedVenue venue, Strategy strategy, MarketBooks? books)
    {
        Ledger ledger = new(Harness.TwoShares(), 1, new AccountOptions { InitialCash = 1_000_000m });
        RiskGate risk = new(ledger, RiskLimits.Parse("max-messages-per-second=off,max-position=off"));
        return new(new EngineOptions { EquityInterval = 0 }, ledger, risk, [new StrategySeat(strategy, [])], new SimulatedVenuePort(venue), default, books);
    }

    /// <summary>A book of levels, a book of orders and trades in both; packets of several changes, snapshots, and now and then a book that is crossed.</summary>
    private static MarketEvent[] Market(ulong seed, int count)
    {
        SeededRandom random = new(seed);
        MarketEvent[] events = new MarketEvent[count];
        double time = 0;
        long mid = 1_000;
        for (int i = 0; i < count; i++)
        {
            bool isPartial = random.NextInt64(4) == 0;
            if (random.NextInt64(3) == 0) time += random.NextInt64(20) / 10.0;
            if (random.NextInt64(40) == 0) mid += random.NextInt64(5) - 2;
            OrderSide side = random.NextInt64(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
            long price = side == OrderSide.Buy ? mid - random.NextInt64(7) : mid + 1 + random.NextInt64(7);
            ref MarketEvent e = ref events[i];
            e.Header.VenueTime = e.Header.ReceivedTime = Tape.At(time);
            e.Header.Flags = EventFlags.ForBoth;
            e.Header.Instrument = new((int)random.NextInt64(2));
            if (random.NextInt64(12) == 0)
            {
                e.Header.Kind = EventKind.Trade;
                e.Trade.Price = new(price * Cent);
                e.Trade.Size = Quantity.FromUnits(1 + random.NextInt64(8));
                e.Trade.Aggressor = side == OrderSide.Buy ? AggressorSide.Seller : AggressorSide.Buyer;
                continue;
            }

            e.Header.Kind = EventKind.BookDelta;
            if (isPartial) e.Header.Flags |= EventFlags.Partial;
            e.BookDelta.Side = side;
            e.BookDelta.Price = new(price * Cent);
            e.BookDelta.Size = Quantity.FromUnits(random.NextInt64(9));
            e.BookDelta.Action = BookAction.Modify;
            bool isByOrder = e.Header.Instrument.Index == 1;
            if (isByOrder)
            {
                e.BookDelta.OrderId = 1 + random.NextInt64(60);
                e.BookDelta.Action = (BookAction)(1 + random.NextInt64(4));
            }

            if (random.NextInt64(150) != 0) continue;
            e.BookDelta.Action = BookAction.Clear;
            e.BookDelta.Side = random.NextInt64(3) == 0 ? side : OrderSide.None;
            if (random.NextInt64(2) == 0) e.Header.Flags |= EventFlags.Snapshot;
        }

        return events;
    }

    /// <summary>Rests, moves, takes and cancels, and writes down all that it sees.</summary>
    private sealed class Maker(bool farStop) : Strategy
    {
        private readonly StringBuilder _seen = new();
        private readonly ClientOrderId[] _working = new ClientOrderId[6];
        private int _count;

        public string Seen => _seen.ToString();

        public override void OnStart()
        {
            if (!farStop) return;
            for (int i = 0; i < 2; i++)
            {
                Orders.Submit(new()
                {
                    Instrument = new(i),
                    Side = OrderSide.Sell,
                    Quantity = Quantity.FromUnits(1),
                    Type = OrderType.Stop,
                    StopPrice = new(Cent),
                    TimeInForce = TimeInForce.Gtc,
                    Tag = 99,
                });
            }
        }

        public override void OnBook(DepthBook book, in BookDelta last)
        {
            See($"{book.Updates} {book.Top.Bid} {book.Top.BidSize} {book.Top.Ask} {book.Top.AskSize} {Marks[last.Instrument].Value}");
            if (!book.HasBid || !book.HasAsk || ++_count % 3 != 0) return;
            int slot = _count / 3 % _working.Length;
            OrderSide side = slot % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
            Price near = side == OrderSide.Buy ? book.BestBid : book.BestAsk;
            Price limit = near + new Price((_count % 5 - 2) * Cent);
            bool isWorking = Orders.TryGet(_working[slot], out OrderRecord order) && order.IsWorking;
            if (isWorking && _count % 7 == 0) Orders.Cancel(order.Id);
            else if (isWorking && order.Instrument == last.Instrument) Orders.Replace(order.Id, order.Quantity, limit);
            else if (!isWorking) _working[slot] = Orders.Submit(new() { Instrument = last.Instrument, Side = side, Quantity = Quantity.FromUnits(1 + (_count % 4)), LimitPrice = limit, TimeInForce = TimeInForce.Gtc });
            if (_count % 50 == 0) Orders.Sell(last.Instrument, Quantity.FromUnits(2));
        }

        public override void OnReport(in ExecutionReport report)
        {
            if (report.Tag == 99) return;
            See($"{report.Kind} {report.Side} {report.LastPrice} {report.LastQuantity} {report.Leaves} {report.VenueTime} {report.Cause} {report.CauseId} {report.AheadBefore} {report.AheadAfter} {report.Reason}");
        }

        private void See(string what) => _seen.Append(Now).Append(' ').AppendLine(what);
    }
}
