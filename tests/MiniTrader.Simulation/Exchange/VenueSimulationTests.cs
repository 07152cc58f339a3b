using MiniTrader.Exchange;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// Long seeded sessions with every order type, latency on every leg and every kind of data, driven as the engine drives a venue
/// and watched by <see cref="VenueWitness"/>. The seed is the reproduction.
/// </summary>
public sealed class VenueSimulationTests
{
    private const string Latency = "latency-new=50us..4ms; latency-replace=10us..1ms; latency-cancel=5us..500us; latency-response=20us..2ms; ";

    public static TheoryData<ulong, string> Sessions
    {
        get
        {
            TheoryData<ulong, string> data = [];
            string[] options = ["", "slippage=ticks=1; fees=maker=-0.0001,taker=0.0004", "depth=displayed", "depth=top", "match=trades; queue-unknown=5", "match=bars", "match=bars; bar-fill=this-close; bar-path=adaptive", "auctions=print"];
            for (ulong seed = 1; seed <= 6; seed++)
            {
                foreach (string option in options) data.Add(seed, option);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sessions))]
    public void A_session_keeps_every_promise_and_repeats_itself(ulong seed, string options)
    {
        VenueWitness first = Run(seed, options), second = Run(seed, options);
        Assert.True(first.Fills > 50, $"Only {first.Fills} fills: the session proves nothing.");
        Assert.Equal(first.Hash.Value, second.Hash.Value);
    }

    /// <summary>The same over books: of single orders where <paramref name="isByOrder"/>, else of levels.</summary>
    [Theory]
    [MemberData(nameof(Books))]
    public void A_session_on_books_keeps_every_promise_and_repeats_itself(ulong seed, bool isByOrder, string options)
    {
        VenueWitness first = Run(seed, options, new RandomBook(isByOrder)), second = Run(seed, options, new RandomBook(isByOrder));
        Assert.True(first.Fills > 50, $"Only {first.Fills} fills: the session proves nothing.");
        Assert.Equal(first.Hash.Value, second.Hash.Value);
    }

    public static TheoryData<ulong, bool, string> Books
    {
        get
        {
            TheoryData<ulong, bool, string> data = [];
            string[] options = ["", "slippage=ticks=1; fees=maker=-0.0001,taker=0.0004", "queue=probabilistic:power(2)", "auctions=print"];
            for (ulong seed = 1; seed <= 6; seed++)
            {
                foreach (string option in options)
                {
                    data.Add(seed, false, option);
                    data.Add(seed, true, option);
                }
            }

            return data;
        }
    }

    private static VenueWitness Run(ulong seed, string options, RandomBook? books = null)
    {
        VenueOptions chosen = VenueOptions.Parse($"{Latency}seed={seed}; {options}");
        SimulatedVenue venue = new(new InstrumentTable([new Instrument { Symbol = "X", Venue = "SIM" }, new Instrument { Symbol = "Y", Venue = "SIM" }]), chosen);
        VenueWitness witness = new(50_000, 20_000);
        SeededRandom random = new(seed);
        Timestamp now = Timestamp.Parse("2024-01-02T14:30");
        long sequence = 0, trade = 0;
        for (int i = 0; i < 6_000; i++)
        {
            now += random.NextInt64(1_000_000);
            Drain(venue, witness, now);
            MarketEvent e = NextEvent(ref random, now, ref trade);
            if (books is not null && e.Header.Kind is EventKind.Quote or EventKind.Bar) e = books.Next(ref random, e.Header, witness);
            if (e.Header.Kind == EventKind.Trade && books is not { IsByOrder: true }) witness.Seen(e.Trade);
            venue.OnMarket(e);
            if (random.NextInt64(4) != 0) continue;
            Send(venue, witness, OrderMaker.Next(ref random, now, ref sequence));
            if (random.NextInt64(6) != 0) continue;
            foreach (OrderCommand leg in OrderMaker.NextList(ref random, now, ref sequence)) Send(venue, witness, leg);
        }

        venue.OnEnd(now);
        Drain(venue, witness, Timestamp.MaxValue);
        Assert.Equal(0, venue.WorkingOrders);
        Assert.Equal(Timestamp.MaxValue, venue.NextDue);
        witness.End();
        return witness;
    }

    private static void Send(SimulatedVenue venue, VenueWitness witness, OrderCommand command)
    {
        witness.Sent(command);
        Assert.True(venue.Submit(command));
    }

    private static void Drain(SimulatedVenue venue, VenueWitness witness, Timestamp now)
    {
        while (venue.TryTake(now, out ExecutionReport report)) witness.Heard(report, now);
    }

    private static MarketEvent NextEvent(ref SeededRandom random, Timestamp now, ref long trade)
    {
        MarketEvent e = default;
        e.Header.VenueTime = e.Header.ReceivedTime = now;
        e.Header.Flags = EventFlags.ForBoth;
        e.Header.Instrument = new((int)random.NextInt64(2));
        long price = 100 + random.NextInt64(11);
        switch (random.NextInt64(5))
        {
            case 0:
                e.Header.Kind = EventKind.Trade;
                (e.Trade.Price, e.Trade.Size) = (Ticks(price), Quantity.FromUnits(1 + random.NextInt64(30)));
                e.Trade.Aggressor = (AggressorSide)random.NextInt64(3);
                e.Trade.TradeId = ++trade;
                e.Trade.Condition = random.NextInt64(60) == 0 ? (TradeCondition)random.NextInt64(6) : TradeCondition.Regular;
                break;
            case 1:
                e.Header.Kind = EventKind.Bar;
                e.Header.Detail = BarInterval.Create(1, BarUnit.Second).Packed;
                long high = price + random.NextInt64(4), low = price - random.NextInt64(4);
                (e.Bar.Open, e.Bar.High, e.Bar.Low, e.Bar.Close) = (Ticks(price), Ticks(high), Ticks(low), Ticks(low + random.NextInt64(high - low + 1)));
                e.Bar.Volume = Quantity.FromUnits(random.NextInt64(200));
                break;
            case 2 when random.NextInt64(50) == 0:
                e.Header.Kind = EventKind.Status;
                e.Status.Status = random.NextInt64(2) == 0 ? MarketStatus.Halted : MarketStatus.Open;
                break;
            default:
                e.Header.Kind = EventKind.Quote;
                (e.Quote.Bid, e.Quote.BidSize) = (Ticks(price), Quantity.FromUnits(random.NextInt64(20)));
                (e.Quote.Ask, e.Quote.AskSize) = (Ticks(price + 1 + random.NextInt64(3)), Quantity.FromUnits(random.NextInt64(20)));
                break;
        }

        return e;
    }

    private static Price Ticks(long ticks) => new(ticks * 10_000_000);
}
