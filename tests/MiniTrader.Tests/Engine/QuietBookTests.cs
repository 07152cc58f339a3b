using System.Runtime.CompilerServices;
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

/// <summary>Changes of a book that leave its best prices, which the engine takes as a run, end as they do when each is a step of its own.</summary>
public sealed class QuietBookTests
{
    private const long Cent = 10_000_000;

    private static readonly Gen<string> _options = Gen.OneOf(
        Gen.Const("latency=0"), Gen.Const("latency=1ms"), Gen.Const("latency=50us..3ms"), Gen.Const("latency=1ms; queue=probabilistic:power(2)"),
        Gen.Const("latency=1ms; queue=fifo"), Gen.Const("latency=0; consume=off"));

    [Fact]
    public void Quiet_runs_and_single_steps_give_the_same_reports_queues_prices_and_times() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 300], _options, Gen.Int[1, 2], Gen.Bool).Sample(
            (seed, batch, options, strategies, wantsDeltas) =>
            {
                MarketEvent[] events = Market(seed, 1_200);
                Outcome quiet = Run(events, batch, options, strategies, wantsDeltas, v => new SimulatedVenuePort(v));
                Outcome steps = Run(events, batch, options, strategies, wantsDeltas, v => new WatchfulVenue(new SimulatedVenuePort(v)));
                Assert.Equal(steps, quiet);
            },
            iter: 60);

    [Fact]
    public void Most_changes_of_a_book_are_quiet()
    {
        Counted count = new();
        Run(Market(7, 4_000), 256, "latency=1ms; consume=off", 1, false, v => new CountingVenue(new SimulatedVenuePort(v), count));
        Assert.InRange(count.Quiet, 1_500, 4_000);
    }

    [Fact]
    public void What_is_ahead_and_what_traded_lie_side_by_side_because_a_level_moves_both_at_once()
    {
        WorkingOrder order = default;
        Assert.Equal(sizeof(long), Unsafe.ByteOffset(ref order.Ahead, ref order.Traded));
    }

    private static Outcome Run<TVenue>(MarketEvent[] events, int batch, string options, int strategies, bool wantsDeltas, Func<SimulatedVenue, TVenue> port)
        where TVenue : struct, IVenue
    {
        InstrumentTable instruments = Harness.TwoShares();
        SimulatedVenue venue = new(instruments, VenueOptions.Parse(options));
        Ledger ledger = new(instruments, strategies, new AccountOptions { InitialCash = 1_000_000m });
        RiskGate risk = new(ledger, RiskLimits.Parse("max-messages-per-second=off,max-position=off"));
        Maker[] makers = [.. Enumerable.Range(0, strategies).Select(_ => wantsDeltas ? new DeltaMaker() : new Maker())];
        TradingEngine<TVenue, NoRecorder> engine = new(
            new EngineOptions { EquityInterval = 0 }, ledger, risk, [.. makers.Select(m => new StrategySeat(m, []))], port(venue), default, venue.Books);
        for (int i = 0; i < events.Length; i += batch) engine.Process(events.AsSpan(i, Math.Min(batch, events.Length - i)));
        string drawn = venue.Draw(new(0)) + venue.Draw(new(1));
        engine.Finish();
        string results = string.Join(' ', Enum.GetValues<BookResult>().Select(venue.Books.CountOf));
        return new(engine.Hash, engine.Counters, string.Concat(makers.Select(m => m.Seen)), drawn, results);
    }

    /// <summary>
    /// Sizes that change near the best prices and far behind them; now and then the best prices move, levels come and go, packets have several changes, the
    /// book is told anew or wrong, the market halts, shares are split, trades and quotes come. Both instruments have levels.
    /// </summary>
    private static MarketEvent[] Market(ulong seed, int count)
    {
        SeededRandom random = new(seed);
        MarketEvent[] events = new MarketEvent[count];
        double time = 0;
        long mid = 1_000;
        int instrument = 0;
        for (int i = 0; i < count; i++)
        {
            if (random.NextInt64(3) == 0) time += random.NextInt64(20) / 10.0;
            if (random.NextInt64(30) == 0) instrument = (int)random.NextInt64(2);
            OrderSide side = random.NextInt64(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
            if (random.NextInt64(40) == 0 && i + 2 < count)
            {
                // The best price of one side goes, and the other side follows.
                long gone = side == OrderSide.Buy ? mid : mid + 1;
                Show(ref events[i++], time, instrument, side, gone, 0).Flags |= EventFlags.Partial;
                Show(ref events[i++], time, instrument, side.Opposite(), gone, 1 + random.NextInt64(20));
                mid += side == OrderSide.Buy ? -1 : 1;
            }

            long depth = random.NextInt64(8) == 0 ? random.NextInt64(60) : random.NextInt64(6);
            long price = side == OrderSide.Buy ? mid - depth : mid + 1 + depth;
            ref MarketEvent e = ref events[i];
            e.Header.VenueTime = e.Header.ReceivedTime = Tape.At(time);
            e.Header.Flags = EventFlags.ForBoth;
            e.Header.Instrument = new(instrument);
            switch (random.NextInt64(400))
            {
                case < 20:
                    e.Header.Kind = EventKind.Trade;
                    e.Trade.Price = new(price * Cent);
                    e.Trade.Size = Quantity.FromUnits(1 + random.NextInt64(8));
                    e.Trade.Aggressor = side == OrderSide.Buy ? AggressorSide.Seller : AggressorSide.Buyer;
                    continue;
                case 20:
                    e.Header.Kind = EventKind.Status;
                    e.Status.Status = random.NextInt64(8) == 0 ? MarketStatus.Halted : MarketStatus.Open;
                    continue;
                case 21:
                    e.Header.Kind = EventKind.Quote;
                    e.Quote.Bid = new((mid - 3) * Cent);
                    e.Quote.Ask = new((mid + 4) * Cent);
                    e.Quote.BidSize = e.Quote.AskSize = Quantity.FromUnits(1);
                    continue;
                case 22:
                    e.Header.Kind = EventKind.CorporateAction;
                    e.Action.Kind = CorporateActionKind.Split;
                    e.Action.NewUnits = e.Action.OldUnits = 1;
                    continue;
            }

            Show(ref e, time, instrument, side, price, random.NextInt64(15) == 0 ? random.NextInt64(3) - 1 : 1 + random.NextInt64(40));
            if (random.NextInt64(12) == 0) e.Header.Flags |= EventFlags.Partial;
            if (random.NextInt64(30) == 0) e.BookDelta.Action = (BookAction)random.NextInt64(5);
            if (random.NextInt64(200) == 0) e.BookDelta.OrderId = 5;
            if (random.NextInt64(300) != 0) continue;
            e.BookDelta.Action = BookAction.Clear;
            e.BookDelta.Side = random.NextInt64(3) == 0 ? side : OrderSide.None;
            if (random.NextInt64(2) == 0) e.Header.Flags |= EventFlags.Snapshot;
        }

        return events;
    }

    private static ref EventHeader Show(ref MarketEvent e, double time, int instrument, OrderSide side, long price, long size)
    {
        e.Header.VenueTime = e.Header.ReceivedTime = Tape.At(time);
        e.Header.Flags = EventFlags.ForBoth;
        e.Header.Instrument = new(instrument);
        e.Header.Kind = EventKind.BookDelta;
        e.BookDelta.Action = BookAction.Modify;
        e.BookDelta.Side = side;
        e.BookDelta.Price = new(price * Cent);
        e.BookDelta.Size = Quantity.FromUnits(size);
        return ref e.Header;
    }

    private readonly record struct Outcome(ulong Hash, EngineCounters Counters, string Seen, string Drawn, string Results);

    /// <summary>Rests displayed and hidden orders, moves, takes and cancels, and writes down all that it can see.</summary>
    private class Maker : Strategy
    {
        private readonly StringBuilder _seen = new();
        private readonly ClientOrderId[] _working = new ClientOrderId[6];
        private int _count;

        public string Seen => _seen.ToString();

        public override void OnStart() => SetInterval(TimeSpan.FromMilliseconds(70));

        public override void OnBook(DepthBook book, in BookDelta last)
        {
            ref readonly Mark mark = ref Marks[last.Instrument];
            See($"{book.Updates} {book.Top.Bid} {book.Top.BidSize} {book.Top.Ask} {book.Top.AskSize} {mark.Bid} {mark.Ask} {mark.BidSize} {mark.AskSize} {mark.Time}");
            foreach (ClientOrderId id in _working)
            {
                if (TryGetQuantityAhead(id, out Quantity ahead)) See($"{ahead} ahead of {id}");
            }

            if (!book.HasBid || !book.HasAsk || ++_count % 19 != 0) return;
            int slot = _count / 19 % _working.Length;
            OrderSide side = slot % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
            Price near = side == OrderSide.Buy ? book.BestBid : book.BestAsk;
            Price limit = near + new Price((_count % 5 - 2) * Cent);
            OrderFlags flags = slot == 5 ? OrderFlags.Hidden : OrderFlags.None;
            bool isWorking = Orders.TryGet(_working[slot], out OrderRecord order) && order.IsWorking;
            if (isWorking && _count % 7 == 0) Orders.Cancel(order.Id);
            else if (isWorking && order.Instrument == last.Instrument) Orders.Replace(order.Id, order.Quantity, limit);
            else if (!isWorking) _working[slot] = Orders.Submit(new() { Instrument = last.Instrument, Side = side, Quantity = Quantity.FromUnits(1 + (_count % 4)), LimitPrice = limit, TimeInForce = TimeInForce.Gtc, Flags = flags });
            if (_count % 190 == 0) Orders.Sell(last.Instrument, Quantity.FromUnits(2));
        }

        public override void OnTimer(in TimerTick timer) => See($"timer {timer.Id}");

        public override void OnReport(in ExecutionReport report) =>
            See($"{report.Kind} {report.Side} {report.LastPrice} {report.LastQuantity} {report.Leaves} {report.VenueTime} {report.Cause} {report.CauseId} {report.AheadBefore} {report.AheadAfter} {report.Reason}");

        private protected void See(string what) => _seen.Append(Now).Append(' ').AppendLine(what);
    }

    private sealed class DeltaMaker : Maker
    {
        public override void OnBookDelta(in BookDelta delta) => See($"{delta.Action} {delta.Side} {delta.Price} {delta.Size} {Marks[delta.Instrument].BidSize}");
    }

    private sealed class Counted
    {
        public int Quiet { get; set; }
    }

    /// <summary>Never says that a book is quiet, so that the engine takes every change as a step.</summary>
    private readonly struct WatchfulVenue(SimulatedVenuePort port) : IVenue
    {
        private readonly SimulatedVenuePort _port = port;

        public Timestamp NextDue => _port.NextDue;

        public bool Submit(in OrderCommand command) => _port.Submit(command);

        public bool TryTake(Timestamp now, out ExecutionReport report) => _port.TryTake(now, out report);

        public bool OnMarket(in MarketEvent marketEvent) => _port.OnMarket(marketEvent);

        public bool IsIdle(InstrumentId instrument) => _port.IsIdle(instrument);

        public void OnQuietQuotes(in MarketEvent last, int count) => _port.OnQuietQuotes(last, count);

        public bool TryQuietQuote(in MarketEvent quote) => _port.TryQuietQuote(quote);

        public bool IsQuietBook(InstrumentId instrument) => false;

        public bool TryQuietBook(in BookDelta delta) => throw new InvalidOperationException("No book of this venue is ever quiet.");

        public void OnEnd(Timestamp time) => _port.OnEnd(time);

        public bool TryGetQuantityAhead(ClientOrderId id, out Quantity ahead) => _port.TryGetQuantityAhead(id, out ahead);
    }

    private readonly struct CountingVenue(SimulatedVenuePort port, Counted count) : IVenue
    {
        private readonly SimulatedVenuePort _port = port;

        public Timestamp NextDue => _port.NextDue;

        public bool Submit(in OrderCommand command) => _port.Submit(command);

        public bool TryTake(Timestamp now, out ExecutionReport report) => _port.TryTake(now, out report);

        public bool OnMarket(in MarketEvent marketEvent) => _port.OnMarket(marketEvent);

        public bool IsIdle(InstrumentId instrument) => _port.IsIdle(instrument);

        public void OnQuietQuotes(in MarketEvent last, int quotes) => _port.OnQuietQuotes(last, quotes);

        public bool TryQuietQuote(in MarketEvent quote) => _port.TryQuietQuote(quote);

        public bool IsQuietBook(InstrumentId instrument) => _port.IsQuietBook(instrument);

        public bool TryQuietBook(in BookDelta delta)
        {
            if (!_port.TryQuietBook(delta)) return false;
            count.Quiet++;
            return true;
        }

        public void OnEnd(Timestamp time) => _port.OnEnd(time);

        public bool TryGetQuantityAhead(ClientOrderId id, out Quantity ahead) => _port.TryGetQuantityAhead(id, out ahead);
    }
}
