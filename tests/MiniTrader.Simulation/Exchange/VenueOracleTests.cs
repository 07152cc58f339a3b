using CsCheck;
using MiniTrader.Exchange;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// Random streams of quotes, trades and commands, played on the fast venue and on <see cref="NaiveVenue"/>: both must say the same
/// at every step and agree on every queue. A failing stream is shrunk and printed with its seed.
/// </summary>
public sealed class VenueOracleTests
{
    private static readonly InstrumentTable _table = new([new Instrument { Symbol = "X", Venue = "SIM" }]);
    private static readonly VenueOptions _options = VenueOptions.Instant with { Depth = DepthModel.Displayed, OrderCapacity = 256, CommandCapacity = 16, ReportCapacity = 1024 };

    private static readonly Gen<Step> _step = Gen.Select(
        Gen.Int[0, 18], Gen.Int[95, 105], Gen.Int[0, 12], Gen.Int[1, 3], Gen.Int[0, 12], Gen.Int[0, 40],
        (kind, price, size, gap, other, pick) => new Step(kind, price, size, gap, other, pick));

    [Fact]
    public void The_venue_says_what_the_naive_venue_says() => _step.Array[1, 80].Sample(Play, iter: 8_000);

    private static void Play(Step[] steps)
    {
        NaiveVenue naive = new();
        SimulatedVenue venue = new(_table, _options);
        Timestamp now = Timestamp.Parse("2024-01-02T14:30");
        List<string> said = [];
        long next = 0;
        Apply(new Step(0, 100, 5, 2, 5, 0));
        foreach (Step step in steps) Apply(step);

        void Apply(Step s)
        {
            now += 1_000;
            long id = 1 + (s.Pick % Math.Max(1, next));
            bool isBuy = s.Pick % 2 == 0;
            switch (s.Kind)
            {
                case <= 3:
                    naive.Quote(s.Price, s.Size, s.Price + s.Gap, s.Other);
                    venue.OnMarket(Quote(now, s));
                    break;
                case <= 6:
                    naive.Trade(s.Price, s.Size + 1, "bsu"[s.Other % 3]);
                    venue.OnMarket(Trade(now, s));
                    break;
                case <= 9:
                    string tif = s.Gap == 1 ? s.Other % 2 == 0 ? "ioc" : "fok" : "gtc";
                    int? limit = s.Kind == 9 && s.Other < 4 ? null : s.Price;
                    naive.New(++next, isBuy, limit, s.Size + 1, tif);
                    Submit(CommandKind.New, next, isBuy, limit, s.Size + 1, tif);
                    break;
                case 10:
                    naive.Cancel(id);
                    Submit(CommandKind.Cancel, id, isBuy, null, 0, "gtc");
                    break;
                case >= 12:
                    Special(s, isBuy);
                    break;
                default:
                    if (!naive.IsPlain(id)) break;
                    naive.Replace(id, s.Size + 1, s.Price);
                    Submit(CommandKind.Replace, id, isBuy, s.Price, s.Size + 1, "gtc");
                    break;
            }

            while (venue.TryTake(now, out ExecutionReport report)) said.Add(Text(report));
            Assert.Equal(naive.Said, said);
            for (long i = Math.Max(1, next - 8); i <= next; i++) CheckQueue(naive, venue, i);
        }

        void Special(Step s, bool isBuy)
        {
            OrderCommand command = new() { Kind = CommandKind.New, SentTime = now, Side = isBuy ? OrderSide.Buy : OrderSide.Sell, Type = OrderType.Limit };
            NaiveOrder order = new() { Id = ++next, IsBuy = isBuy, Limit = s.Price };
            switch (s.Kind)
            {
                case 12 or 13:
                    bool isTouch = s.Kind == 13, hasLimit = s.Other % 3 == 0;
                    order = new() { Id = next, IsBuy = isBuy, Limit = hasLimit ? s.Price : null, Stop = s.Price, IsTouch = isTouch };
                    command.Type = (isTouch, hasLimit) switch
                    {
                        (false, false) => OrderType.Stop,
                        (false, true) => OrderType.StopLimit,
                        (true, false) => OrderType.MarketIfTouched,
                        _ => OrderType.LimitIfTouched,
                    };
                    command.StopPrice = InTicks(s.Price);
                    break;
                case 14:
                    order = new() { Id = next, IsBuy = isBuy, Limit = s.Price, Display = Math.Min(s.Gap, s.Size + 1) };
                    command.DisplayQuantity = Quantity.FromUnits(order.Display);
                    break;
                case 15:
                    order = new() { Id = next, IsBuy = isBuy, Limit = s.Price, IsHidden = true };
                    command.Flags = OrderFlags.Hidden;
                    break;
                case 16:
                    order = new() { Id = next, IsBuy = isBuy, Limit = s.Price, IsReduceOnly = true };
                    command.Flags = OrderFlags.ReduceOnly;
                    break;
                case 17:
                    order = new() { Id = next, IsBuy = isBuy, Limit = s.Price, IsRepriced = true };
                    command.Flags = OrderFlags.PostOnlyReprice;
                    break;
                default:
                    Pair(s, isBuy);
                    return;
            }

            order.Quantity = s.Size + 1;
            Send(command, next, order.Limit, order.Quantity);
            naive.New(order);
        }

        void Pair(Step s, bool isBuy)
        {
            long first = next, second = ++next;
            int stop = isBuy ? s.Price + s.Gap + 2 : s.Price - s.Gap - 2;
            naive.NewPair(
                new() { Id = first, IsBuy = isBuy, Limit = s.Price, Quantity = s.Size + 1, Other = second },
                new() { Id = second, IsBuy = isBuy, Stop = stop, Quantity = s.Size + 1, Other = first });
            OrderCommand command = new()
            {
                Kind = CommandKind.New,
                SentTime = now,
                Side = isBuy ? OrderSide.Buy : OrderSide.Sell,
                Type = OrderType.Limit,
                Contingency = Contingency.Oco,
                ListId = first,
                ListCount = 2,
            };
            Send(command, first, s.Price, s.Size + 1);
            Send(command with { Type = OrderType.Stop, StopPrice = InTicks(stop) }, second, null, s.Size + 1);
        }

        void Send(OrderCommand command, long id, int? limit, int quantity) => Assert.True(venue.Submit(command with
        {
            ClientOrderId = ClientOrderId.Create(id, (int)(id % 64)),
            Quantity = Quantity.FromUnits(quantity),
            LimitPrice = InTicks(limit ?? 0),
        }));

        void Submit(CommandKind kind, long id, bool isBuy, int? limit, int quantity, string tif) => Assert.True(venue.Submit(new OrderCommand
        {
            Kind = kind,
            ClientOrderId = ClientOrderId.Create(id, (int)(id % 64)),
            Side = isBuy ? OrderSide.Buy : OrderSide.Sell,
            Type = limit is null ? OrderType.Market : OrderType.Limit,
            LimitPrice = InTicks(limit ?? 0),
            Quantity = Quantity.FromUnits(quantity),
            TimeInForce = tif switch { "ioc" => TimeInForce.Ioc, "fok" => TimeInForce.Fok, _ => TimeInForce.Gtc },
            SentTime = now,
        }));
    }

    private static void CheckQueue(NaiveVenue naive, SimulatedVenue venue, long id)
    {
        bool isResting = venue.TryGetQuantityAhead(ClientOrderId.Create(id, (int)(id % 64)), out Quantity ahead);
        int? expected = naive.Ahead(id);
        Assert.Equal(expected is not null, isResting);
        if (expected is { } units) Assert.Equal(units == int.MaxValue ? Quantity.MaxValue : Quantity.FromUnits(units), ahead);
    }

    private static string Text(in ExecutionReport report) => report.Kind == ReportKind.Fill
        ? $"{report.ClientOrderId} Fill {report.LastQuantity} @ {report.LastPrice.Raw / 10_000_000} {report.Liquidity} leaves {report.Leaves}"
        : $"{report.ClientOrderId} {report.Kind}";

    private static Price InTicks(int ticks) => new(ticks * 10_000_000L);

    private static MarketEvent Quote(Timestamp now, Step s)
    {
        MarketEvent e = Event(now, EventKind.Quote);
        (e.Quote.Bid, e.Quote.BidSize) = (InTicks(s.Price), Quantity.FromUnits(s.Size));
        (e.Quote.Ask, e.Quote.AskSize) = (InTicks(s.Price + s.Gap), Quantity.FromUnits(s.Other));
        return e;
    }

    private static MarketEvent Trade(Timestamp now, Step s)
    {
        MarketEvent e = Event(now, EventKind.Trade);
        (e.Trade.Price, e.Trade.Size) = (InTicks(s.Price), Quantity.FromUnits(s.Size + 1));
        e.Trade.Aggressor = (s.Other % 3) switch { 0 => AggressorSide.Buyer, 1 => AggressorSide.Seller, _ => AggressorSide.Unknown };
        return e;
    }

    private static MarketEvent Event(Timestamp now, EventKind kind)
    {
        MarketEvent e = default;
        e.Header.Kind = kind;
        e.Header.Flags = EventFlags.ForBoth;
        e.Header.VenueTime = e.Header.ReceivedTime = now;
        return e;
    }

    private sealed record Step(int Kind, int Price, int Size, int Gap, int Other, int Pick);
}
