using CsCheck;
using MiniTrader.Exchange;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// Random days of short sessions, breaks, halts, trades and auction prints, with orders for both auctions and others that rest meanwhile, played on the
/// venue and on <see cref="NaiveAuctions"/>: both must say the same at every step. A failing day is shrunk and printed with its seed.
/// </summary>
public sealed class AuctionOracleTests
{
    // Minutes after the base: breaks shorter and longer than the time for which a late print is waited for, and two sessions without one.
    private static readonly (int Open, int Close)[] _sessions = [.. new[] { (10, 30), (40, 60), (60, 75), (100, 130), (150, 151), (160, 190) }.Select(s => (s.Item1 * 60, s.Item2 * 60))];
    private static readonly Timestamp _base = Timestamp.Parse("2024-01-02T10:00");

    private static readonly Gen<Step> _step = Gen.Select(
        Gen.Int[0, 21], Gen.Int[95, 105], Gen.Int[0, 12], Gen.Int[0, 40], Gen.Int[0, 11],
        (kind, price, size, pick, pace) => new Step(kind, price, size, pick, pace));

    [Theory]
    [InlineData("auctions=approximate")]
    [InlineData("auctions=print")]
    public void Auctions_give_what_the_naive_auctions_give(string auctions) => _step.Array[1, 60].Sample(steps => Play(steps, auctions), iter: 1_500);

    private static void Play(Step[] steps, string auctions)
    {
        NaiveAuctions naive = new(_sessions, auctions.EndsWith("approximate", StringComparison.Ordinal));
        InstrumentTable table = new([new Instrument { Symbol = "X", Venue = "SIM", Sessions = new TradingSessions([.. _sessions.Select(s => (At(s.Open), At(s.Close)))]) }]);
        SimulatedVenue venue = new(table, VenueOptions.Parse($"latency=0; match=quotes; {auctions}") with { OrderCapacity = 128, CommandCapacity = 16, ReportCapacity = 1024 });
        List<string> said = [];
        int now = 0;
        long next = 0;
        foreach (Step step in steps)
        {
            now = Later(now, step.Pace);
            Drain();
            naive.AdvanceTo(now);
            Apply(step);
            Drain();
            Assert.Equal(naive.Said, said);
            Assert.Equal(naive.Count, venue.WorkingOrders);
        }

        void Drain()
        {
            while (venue.TryTake(At(now), out ExecutionReport report)) said.Add(Text(report));
        }

        void Apply(Step s)
        {
            long id = 1 + (s.Pick % Math.Max(1, next));
            switch (s.Kind)
            {
                case <= 5:
                    Trade(s, 'r');
                    break;
                case 6 or 7:
                    Trade(s, s.Kind == 6 ? 'o' : 'c');
                    break;
                case 8:
                    Trade(s, 'x');
                    break;
                case 9:
                    char status = "ohc"[s.Pick % 3];
                    MarketEvent e = Event(EventKind.Status);
                    e.Status.Status = status switch { 'o' => MarketStatus.Open, 'h' => MarketStatus.Halted, _ => MarketStatus.Closed };
                    venue.OnMarket(e);
                    naive.Status(status, now);
                    break;
                case 10:
                    naive.Cancel(id);
                    Submit(new() { Kind = CommandKind.Cancel, ClientOrderId = OracleOrders.Name(id) });
                    break;
                case 11 or 12:
                    naive.Replace(id, s.Size + 1, s.Price);
                    Submit(new() { Kind = CommandKind.Replace, ClientOrderId = OracleOrders.Name(id), Quantity = Quantity.FromUnits(s.Size + 1), LimitPrice = InTicks(s.Price) });
                    break;
                default:
                    New(s, s.Kind <= 15 ? 'o' : s.Kind <= 18 ? 'c' : 'r');
                    break;
            }
        }

        void New(Step s, char kind)
        {
            NaiveAuctionOrder order = new() { Id = ++next, Kind = kind, IsBuy = s.Pick % 2 == 0, Limit = kind != 'r' && s.Pick % 3 == 0 ? null : s.Price, Quantity = s.Size + 1 };
            Submit(new()
            {
                Kind = CommandKind.New,
                ClientOrderId = OracleOrders.Name(order.Id),
                Side = order.IsBuy ? OrderSide.Buy : OrderSide.Sell,
                Type = order.Limit is null ? OrderType.Market : OrderType.Limit,
                LimitPrice = InTicks(order.Limit ?? 0),
                Quantity = Quantity.FromUnits(order.Quantity),
                TimeInForce = kind switch { 'o' => TimeInForce.AtOpen, 'c' => TimeInForce.AtClose, _ => TimeInForce.Gtc },
            });
            naive.New(order, now);
        }

        void Trade(Step s, char condition)
        {
            MarketEvent e = Event(EventKind.Trade);
            (e.Trade.Price, e.Trade.Size) = (InTicks(s.Price), Quantity.FromUnits(s.Size + 1));
            e.Trade.Condition = condition switch { 'o' => TradeCondition.OpeningAuction, 'c' => TradeCondition.ClosingAuction, 'x' => TradeCondition.OffBook, _ => TradeCondition.Regular };
            venue.OnMarket(e);
            naive.Trade(s.Price, s.Size + 1, condition, now);
        }

        MarketEvent Event(EventKind kind)
        {
            MarketEvent e = default;
            e.Header.Kind = kind;
            e.Header.Flags = EventFlags.ForBoth;
            e.Header.VenueTime = e.Header.ReceivedTime = At(now);
            return e;
        }

        void Submit(OrderCommand command)
        {
            command.SentTime = At(now);
            Assert.True(venue.Submit(command));
        }
    }

    /// <summary>Mostly a little later, else to the very instant of the next opening or close, just before or behind it, or a quarter of an hour later.</summary>
    private static int Later(int now, int pace)
    {
        int edge = _sessions.SelectMany(s => new[] { s.Open, s.Close }).Where(t => t > now).DefaultIfEmpty(now + 60).First();
        return pace switch
        {
            0 => edge,
            1 => Math.Max(now, edge - 1),
            2 => edge + 1,
            3 => now + (15 * 60),
            4 => now,
            _ => now + (pace * 20),
        };
    }

    private static string Text(in ExecutionReport report) => report.Kind switch
    {
        ReportKind.Fill => $"{report.ClientOrderId} Fill {report.LastQuantity} @ {report.LastPrice.Raw / 10_000_000} leaves {report.Leaves}",
        ReportKind.Replaced => $"{report.ClientOrderId} Replaced {report.LastQuantity} leaves {report.Leaves}",
        ReportKind.Cancelled or ReportKind.Expired => $"{report.ClientOrderId} {report.Kind} {report.Reason}",
        _ => $"{report.ClientOrderId} {report.Kind}",
    };

    private static Timestamp At(int seconds) => _base + (seconds * Timestamp.NanosecondsPerSecond);

    private static Price InTicks(int ticks) => new(ticks * 10_000_000L);

    private sealed record Step(int Kind, int Price, int Size, int Pick, int Pace);
}
