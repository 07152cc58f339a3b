using CsCheck;
using MiniTrader.Exchange;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// Random streams of book changes, trades and commands, played on the fast venue and on <see cref="NaiveBookVenue"/>: both must say the
/// same at every step and agree on every place in a queue. A failing stream is shrunk and printed with its seed.
/// </summary>
public sealed class BookVenueOracleTests
{
    private static readonly InstrumentTable _table = new([new Instrument { Symbol = "X", Venue = "SIM" }]);
    private static readonly VenueOptions _options = VenueOptions.Instant with { OrderCapacity = 256, CommandCapacity = 16, ReportCapacity = 1024, BookOrderCapacity = 64, BookLevelCapacity = 64 };

    private static readonly Gen<Step> _step = Gen.Select(
        Gen.Int[0, 13], Gen.Int[95, 105], Gen.Int[0, 12], Gen.Int[0, 40], Gen.Int[0, 12],
        (kind, price, size, pick, other) => new Step(kind, price, size, pick, other));

    [Fact]
    public void On_levels_the_venue_says_what_the_naive_venue_says() => _step.Array[1, 80].Sample(steps => Play(steps, isByOrder: false), iter: 3_000);

    [Fact]
    public void On_orders_the_venue_says_what_the_naive_venue_says() => _step.Array[1, 80].Sample(steps => Play(steps, isByOrder: true), iter: 3_000);

    private static void Play(Step[] steps, bool isByOrder)
    {
        NaiveBookVenue naive = new(isByOrder);
        SimulatedVenue venue = new(_table, _options);
        venue.OpenBook(new(0), isByOrder);
        Timestamp now = Timestamp.Parse("2024-01-02T14:30");
        List<string> said = [];
        long next = 0, orders = 0;
        foreach (Step step in steps)
        {
            now += 1_000;
            if (step.Kind <= 5) Show(step);
            else if (step.Kind <= 7) Trade(step);
            else Command(step);
            while (venue.TryTake(now, out ExecutionReport report)) said.Add(Text(report));
            Assert.Equal(naive.Said, said);
            for (long id = Math.Max(1, next - 8); id <= next; id++) CheckQueue(naive, venue, id);
        }

        void Show(Step s)
        {
            bool isBid = s.Pick % 2 == 0;
            long id = 1 + (s.Pick % Math.Max(1, orders));
            if (!isByOrder)
            {
                naive.Level(isBid, s.Price, s.Size);
                venue.OnMarket(Delta(now, BookAction.Modify, 0, isBid ? OrderSide.Buy : OrderSide.Sell, s.Price, s.Size));
                return;
            }

            BookAction action = s.Kind switch { <= 2 => BookAction.Add, 3 => BookAction.Modify, 4 => BookAction.Execute, _ => BookAction.Delete };
            if (action == BookAction.Add && s.Other > 0) id = ++orders;
            venue.OnMarket(Delta(now, action, id, action == BookAction.Add ? isBid ? OrderSide.Buy : OrderSide.Sell : OrderSide.None, s.Price, s.Size));
            switch (action)
            {
                case BookAction.Add: naive.Add(id, isBid, s.Price, s.Size); break;
                case BookAction.Modify: naive.Modify(id, s.Price, s.Size); break;
                case BookAction.Execute: naive.Execute(id, s.Size); break;
                default: naive.Delete(id); break;
            }
        }

        void Trade(Step s)
        {
            MarketEvent e = Event(now, EventKind.Trade);
            (e.Trade.Price, e.Trade.Size) = (InTicks(s.Price), Quantity.FromUnits(s.Size + 1));
            e.Trade.Aggressor = (s.Other % 3) switch { 0 => AggressorSide.Buyer, 1 => AggressorSide.Seller, _ => AggressorSide.Unknown };
            naive.Trade(s.Price, s.Size + 1, "bsu"[s.Other % 3]);
            venue.OnMarket(e);
        }

        void Command(Step s)
        {
            bool isBuy = s.Pick % 2 == 0;
            long id = 1 + (s.Pick % Math.Max(1, next));
            if (s.Kind == 12)
            {
                naive.Cancel(id);
                Submit(new() { Kind = CommandKind.Cancel, ClientOrderId = Name(id) });
            }
            else if (s.Kind == 13)
            {
                naive.Replace(id, s.Size + 1, s.Price);
                Submit(new() { Kind = CommandKind.Replace, ClientOrderId = Name(id), Quantity = Quantity.FromUnits(s.Size + 1), LimitPrice = InTicks(s.Price) });
            }
            else
            {
                bool isMarket = s.Other == 0, isPostOnly = s.Other == 1;
                string tif = isPostOnly ? "gtc" : s.Other switch { 2 => "ioc", 3 => "fok", _ => "gtc" };
                naive.New(++next, isBuy, isMarket ? null : s.Price, s.Size + 1, tif, isPostOnly);
                Submit(new()
                {
                    Kind = CommandKind.New,
                    ClientOrderId = Name(next),
                    Side = isBuy ? OrderSide.Buy : OrderSide.Sell,
                    Type = isMarket ? OrderType.Market : OrderType.Limit,
                    LimitPrice = isMarket ? default : InTicks(s.Price),
                    Quantity = Quantity.FromUnits(s.Size + 1),
                    Flags = isPostOnly ? OrderFlags.PostOnly : OrderFlags.None,
                    TimeInForce = tif switch { "ioc" => TimeInForce.Ioc, "fok" => TimeInForce.Fok, _ => TimeInForce.Gtc },
                });
            }
        }

        void Submit(OrderCommand command)
        {
            command.SentTime = now;
            Assert.True(venue.Submit(command));
        }
    }

    private static ClientOrderId Name(long id) => ClientOrderId.Create(id, (int)(id % 64));

    private static void CheckQueue(NaiveBookVenue naive, SimulatedVenue venue, long id)
    {
        bool isResting = venue.TryGetQuantityAhead(Name(id), out Quantity ahead);
        int? expected = naive.Ahead(id);
        Assert.Equal(expected is not null, isResting);
        if (expected is { } units) Assert.Equal(Quantity.FromUnits(units), ahead);
    }

    private static string Text(in ExecutionReport report) => report.Kind == ReportKind.Fill
        ? $"{report.ClientOrderId} Fill {report.LastQuantity} @ {report.LastPrice.Raw / 10_000_000} {report.Liquidity} leaves {report.Leaves}"
        : $"{report.ClientOrderId} {report.Kind}";

    private static Price InTicks(int ticks) => new(ticks * 10_000_000L);

    private static MarketEvent Delta(Timestamp now, BookAction action, long id, OrderSide side, int price, int size)
    {
        MarketEvent e = Event(now, EventKind.BookDelta);
        e.BookDelta.Action = action;
        e.BookDelta.OrderId = id;
        e.BookDelta.Side = side;
        e.BookDelta.Price = InTicks(price);
        e.BookDelta.Size = Quantity.FromUnits(size);
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

    private sealed record Step(int Kind, int Price, int Size, int Pick, int Other);
}
