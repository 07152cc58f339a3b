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

    /// <summary>Nanoseconds from one step to the next.</summary>
    private const long Pace = 1_000;

    private static readonly Gen<Step> _step = Gen.Select(
        Gen.Int[0, 52], Gen.Int[95, 105], Gen.Int[0, 12], Gen.Int[0, 40], Gen.Int[0, 12], Gen.Int[0, 100_000],
        (kind, price, size, pick, other, mix) => new Step(kind <= 32 ? kind : kind % 8, price, size, pick, other, mix));

    [Fact]
    public void On_levels_the_venue_says_what_the_naive_venue_says() => _step.Array[1, 80].Sample(steps => Play(steps, isByOrder: false), iter: 2_000);

    [Fact]
    public void On_orders_the_venue_says_what_the_naive_venue_says() => _step.Array[1, 80].Sample(steps => Play(steps, isByOrder: true), iter: 2_000);

    private static void Play(Step[] steps, bool isByOrder)
    {
        NaiveBookVenue naive = new(isByOrder);
        SimulatedVenue venue = new(_table, _options);
        venue.OpenBook(new(0), isByOrder);
        Timestamp start = Timestamp.Parse("2024-01-02T14:30"), now = start;
        List<string> said = [];
        long next = 0, orders = 0;
        int at = 0;
        foreach (Step step in steps)
        {
            now += Pace;
            at++;
            Hear();
            naive.AdvanceTo(at);
            if (step.Kind <= 5) Show(step);
            else if (step.Kind <= 7) Trade(step);
            else Command(step);
            Hear();
            Assert.Equal(naive.Said, said);
            for (long id = Math.Max(1, next - 8); id <= next; id++) CheckQueue(naive, venue, id);
        }

        void Hear()
        {
            while (venue.TryTake(now, out ExecutionReport report)) said.Add(Text(report));
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
            switch (s.Kind)
            {
                case 12:
                    naive.Cancel(id);
                    Submit(new() { Kind = CommandKind.Cancel, ClientOrderId = Name(id) });
                    break;
                case 13 when naive.IsPlain(id):
                    naive.Replace(id, s.Size + 1, s.Price);
                    Submit(new() { Kind = CommandKind.Replace, ClientOrderId = Name(id), Quantity = Quantity.FromUnits(s.Size + 1), LimitPrice = InTicks(s.Price) });
                    break;
                case 13:
                    break;
                case < 12:
                    bool isMarket = s.Other == 0, isPostOnly = s.Other == 1;
                    string tif = s.Other switch { 2 => "ioc", 3 => "fok", _ => "gtc" };
                    NaiveOrder plain = OracleOrders.Plain(++next, isBuy, isMarket ? null : s.Price, s.Size + 1, isPostOnly);
                    Submit(OracleOrders.Command(plain) with { TimeInForce = tif switch { "ioc" => TimeInForce.Ioc, "fok" => TimeInForce.Fok, _ => TimeInForce.Gtc } });
                    naive.New(plain, tif);
                    break;
                case 27:
                    naive.CancelAll("bsa"[s.Other % 3]);
                    Submit(new() { Kind = CommandKind.CancelAll, Instrument = InstrumentId.None, Side = (s.Other % 3) switch { 0 => OrderSide.Buy, 1 => OrderSide.Sell, _ => OrderSide.None } });
                    break;
                case >= 31:
                    Enlist(OracleOrders.AnyList(ref next, isBuy, s.Price, s.Size + 1, s.Other, s.Mix, at));
                    break;
                case >= 28:
                    NaiveOrder any = OracleOrders.Any(++next, isBuy, s.Price, s.Size + 1, s.Other, s.Mix, at);
                    Submit(CommandOf(any));
                    naive.New(any);
                    break;
                case >= 24:
                    Enlist(OracleOrders.List(s.Kind - 24, ref next, isBuy, s.Price, s.Size + 1, s.Other));
                    break;
                default:
                    NaiveOrder order = OracleOrders.Special(s.Kind - 14, ++next, isBuy, s.Price, s.Size + 1, s.Other);
                    Submit(OracleOrders.Command(order));
                    naive.New(order);
                    break;
            }
        }

        void Enlist(NaiveOrder[] list)
        {
            foreach (NaiveOrder leg in list) Submit(CommandOf(leg) with { ListId = list[0].Id, ListCount = (byte)list.Length });
            naive.NewList(list);
        }

        OrderCommand CommandOf(NaiveOrder order)
        {
            OrderCommand command = OracleOrders.Command(order);
            return order.ExpiresAt is { } end ? command with { TimeInForce = TimeInForce.Gtd, ExpireTime = start + (end * Pace) } : command;
        }

        void Submit(OrderCommand command)
        {
            command.SentTime = now;
            Assert.True(venue.Submit(command));
        }
    }

    private static ClientOrderId Name(long id) => OracleOrders.Name(id);

    private static void CheckQueue(NaiveBookVenue naive, SimulatedVenue venue, long id)
    {
        bool isResting = venue.TryGetQuantityAhead(Name(id), out Quantity ahead);
        int? expected = naive.Ahead(id);
        Assert.Equal(expected is not null, isResting);
        if (expected is { } units) Assert.Equal(Quantity.FromUnits(units), ahead);
    }

    private static string Text(in ExecutionReport report) => report.Kind switch
    {
        ReportKind.Fill => $"{report.ClientOrderId} Fill {report.LastQuantity} @ {report.LastPrice.Raw / 10_000_000} {report.Liquidity} leaves {report.Leaves}",
        ReportKind.Replaced => $"{report.ClientOrderId} Replaced {report.LastQuantity} leaves {report.Leaves}",
        _ => $"{report.ClientOrderId} {report.Kind}",
    };

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

    private sealed record Step(int Kind, int Price, int Size, int Pick, int Other, int Mix);
}
