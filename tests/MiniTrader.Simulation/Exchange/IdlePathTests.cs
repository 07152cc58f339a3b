using CsCheck;
using MiniTrader.Exchange;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// A quote that meets no order of ours takes a short cut through the venue. A far order that never fills bars that way; all else
/// must come out the same, on any stream.
/// </summary>
public sealed class IdlePathTests
{
    private static readonly TradingSessions _sessions = new(
    [
        (Timestamp.Parse("2024-01-02T14:30"), Timestamp.Parse("2024-01-02T14:30:00.1")),
        (Timestamp.Parse("2024-01-02T14:30:00.15"), Timestamp.Parse("2024-01-02T21:00")),
    ]);

    private static readonly InstrumentTable _table = new(
    [
        new Instrument { Symbol = "X", Venue = "SIM" },
        new Instrument { Symbol = "Y", Venue = "SIM", Sessions = _sessions },
    ]);

    private static readonly StrategyId _farAway = new(7);

    // Few prices and sizes, so that a display often comes again unchanged.
    private static readonly Gen<Step> _step = Gen.Select(
        Gen.Int[0, 15], Gen.Int[0, 1], Gen.Int[100, 102], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[1, 12], Gen.Int[1, 8_000_000],
        (kind, instrument, price, size, other, quantity, pause) => new Step(kind, instrument, price, size, other, quantity, pause));

    [Theory]
    [InlineData("latency=0")]
    [InlineData("latency=2ms")]
    [InlineData("latency=0; depth=displayed")]
    [InlineData("latency=0; depth=top")]
    [InlineData("latency=0; consume=off")]
    [InlineData("latency=1ms; match=quotes; stale-after=5ms; slippage=spread=0.5")]
    public void A_venue_that_is_never_idle_says_the_same(string options)
    {
        VenueOptions chosen = VenueOptions.Parse($"{options}; order-capacity=256; command-capacity=256; report-capacity=4096");
        _step.Array[1, 120].Sample(steps => Assert.Equal(Play(steps, chosen, isBarred: true), Play(steps, chosen, isBarred: false)), iter: 1_000);
    }

    [Fact]
    public void What_we_used_up_stays_used_while_the_display_does_not_change()
    {
        List<string> said = Play(
            [
                new(0, 0, 100, 3, 3, 1, 1), // bid 3, ask 3
                new(12, 0, 100, 0, 0, 2, 1), // an IOC for 2: the venue is empty again
                new(0, 0, 100, 3, 3, 1, 1), // the same display, twice
                new(0, 0, 100, 3, 3, 1, 1),
                new(12, 0, 100, 0, 0, 2, 1), // 1 is left
                new(0, 0, 100, 2, 3, 1, 1), // only the bid changes: the ask stays used up
                new(12, 0, 100, 0, 0, 2, 1),
                new(0, 0, 100, 2, 2, 1, 1), // the ask shows another size: fresh
                new(12, 0, 100, 0, 0, 2, 1),
            ],
            VenueOptions.Parse("latency=0; depth=displayed"),
            isBarred: false);
        Assert.Equal(
            [
                "1 Accepted None 0 @ 0", "1 Fill None 2 @ 1.01",
                "2 Accepted None 0 @ 0", "2 Fill None 1 @ 1.01", "2 Cancelled ImmediateOrCancelRest 0 @ 0",
                "3 Accepted None 0 @ 0", "3 Cancelled ImmediateOrCancelRest 0 @ 0",
                "4 Accepted None 0 @ 0", "4 Fill None 2 @ 1.01",
            ],
            said.Select(s => s[(s.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
    }

    private static List<string> Play(Step[] steps, VenueOptions options, bool isBarred)
    {
        SimulatedVenue venue = new(_table, options);
        Timestamp now = Timestamp.Parse("2024-01-02T14:30");
        List<string> said = [];
        long sequence = 0;
        for (int i = 0; i < _table.Count && isBarred; i++)
        {
            venue.Submit(New(OrderType.Limit, TimeInForce.Gtc, 1, i, now) with
            {
                ClientOrderId = ClientOrderId.Create(100_000 + i, 1_000 + i),
                Strategy = _farAway,
                Quantity = Quantity.FromUnits(1),
            });
        }

        foreach (Step step in steps)
        {
            now += step.Pause;
            Hear(now);
            if (step.Kind < 12) venue.OnMarket(Event(step, now));
            else Assert.True(venue.Submit(Command(step, now, ref sequence)));
            Hear(now);
        }

        venue.OnEnd(now);
        Hear(Timestamp.MaxValue);
        return said;

        void Hear(Timestamp until)
        {
            while (venue.TryTake(until, out ExecutionReport r))
            {
                if (r.Strategy == _farAway) continue;
                said.Add($"{r.ReceivedTime.Nanoseconds} {r.ClientOrderId.Sequence} {r.Kind} {r.Reason} {r.LastQuantity} @ {r.LastPrice}");
            }
        }
    }

    private static MarketEvent Event(Step s, Timestamp now)
    {
        MarketEvent e = default;
        e.Header.VenueTime = e.Header.ReceivedTime = now;
        e.Header.Instrument = new(s.Instrument);
        e.Header.Flags = EventFlags.ForBoth;
        switch (s.Kind)
        {
            case < 9:
                e.Header.Kind = EventKind.Quote;
                (e.Quote.Bid, e.Quote.BidSize) = (Cents(s.Price), Quantity.FromUnits(s.Size));
                (e.Quote.Ask, e.Quote.AskSize) = (Cents(s.Price + 1), Quantity.FromUnits(s.Other));
                break;
            case < 11:
                e.Header.Kind = EventKind.Trade;
                (e.Trade.Price, e.Trade.Size) = (Cents(s.Price), Quantity.FromUnits(s.Quantity));
                break;
            default:
                e.Header.Kind = EventKind.Status;
                e.Status.Status = s.Size == 0 ? MarketStatus.Halted : MarketStatus.Open;
                break;
        }

        return e;
    }

    private static OrderCommand Command(Step s, Timestamp now, ref long sequence)
    {
        if (s.Kind == 15) return new OrderCommand { Kind = CommandKind.CancelAll, Instrument = InstrumentId.None, SentTime = now };
        OrderType type = s.Kind == 14 ? OrderType.Limit : OrderType.Market;
        OrderCommand command = New(type, s.Kind == 12 ? TimeInForce.Ioc : TimeInForce.Gtc, s.Price, s.Instrument, now);
        command.Side = s.Size % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
        command.Quantity = Quantity.FromUnits(s.Quantity);
        command.ClientOrderId = ClientOrderId.Create(++sequence, (int)sequence);
        return command;
    }

    private static OrderCommand New(OrderType type, TimeInForce timeInForce, int cents, int instrument, Timestamp now) => new()
    {
        Kind = CommandKind.New,
        Type = type,
        TimeInForce = timeInForce,
        Side = OrderSide.Buy,
        LimitPrice = Cents(cents),
        Instrument = new(instrument),
        SentTime = now,
    };

    private static Price Cents(int cents) => new(cents * 10_000_000L);

    private sealed record Step(int Kind, int Instrument, int Price, int Size, int Other, int Quantity, int Pause);
}
