using System.CommandLine;
using System.Diagnostics;
using HdrHistogram;
using MiniTrader.Exchange;
using MiniTrader.Model;

namespace MiniTrader.LoadTests;

/// <summary>
/// <c>venue</c>: an order's round trip through the simulated venue, from submit to the last report, in nanoseconds of the machine: a limit that rests and
/// is cancelled, and a market order that fills, on quotes, on a book of levels and on a book of orders.
/// </summary>
internal static class VenueVerb
{
    private const long Tick = 10_000_000;
    private const int Warmups = 50_000;

    private static readonly Option<int> _trips = new("--trips") { Description = "Round trips of each kind.", DefaultValueFactory = _ => 500_000 };

    public static Command Create()
    {
        Command command = new("venue", "An order's round trip through the simulated venue, in nanoseconds.") { _trips };
        command.SetAction(parsed =>
        {
            Measure(parsed.GetValue(_trips)).Print(Console.Out, parsed.GetValue(ReportOptions.Json));
            return 0;
        });
        return command;
    }

    private static LoadTestReport Measure(int trips)
    {
        Dictionary<string, Percentiles> latencies = [];
        List<Rate> rates = [];
        long allocated = 0;
        foreach (string data in (string[])["quotes", "levels", "orders"])
        {
            foreach (bool isMarket in (bool[])[false, true])
            {
                string name = $"{data}: {(isMarket ? "market order, accepted and filled" : "limit, accepted, cancelled")}";
                Console.Error.WriteLine(name);
                (LongHistogram histogram, double rate, long bytes) = Run(data, isMarket, trips);
                latencies[name] = Percentiles.Of(histogram);
                rates.Add(new Rate(name, rate, rate, rate));
                allocated += bytes;
            }
        }

        return new LoadTestReport
        {
            Test = "venue",
            About = $"{trips:N0} round trips of each kind, one at a time, without simulated latency; rates are round trips without a clock read in each. The headline is the limit on a book of orders.",
            Percentiles = latencies["orders: limit, accepted, cancelled"],
            AllocatedBytesPerEvent = allocated / (6.0 * trips),
            Latencies = latencies,
            Rates = rates,
        };
    }

    private static (LongHistogram Histogram, double Rate, long Bytes) Run(string data, bool isMarket, int trips)
    {
        SimulatedVenue venue = new(new InstrumentTable([new Instrument { Symbol = "X", Venue = "XGEN" }]), VenueOptions.Instant);
        SimulatedVenuePort port = new(venue);
        Show(venue, data);
        LongHistogram histogram = new(1, TimeSpan.TicksPerSecond * 100, 3);
        long sequence = 0;
        double perTick = 1e9 / Stopwatch.Frequency;
        for (int i = 0; i < Warmups; i++) Trip(port, ref sequence, isMarket);
        for (int i = 0; i < trips; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Trip(port, ref sequence, isMarket);
            histogram.RecordValue(Math.Max(1, (long)((Stopwatch.GetTimestamp() - start) * perTick)));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < trips; i++) Trip(port, ref sequence, isMarket);
        double rate = trips / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        return (histogram, rate, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Trip<TVenue>(TVenue venue, ref long sequence, bool isMarket)
        where TVenue : struct, IVenue
    {
        Timestamp now = new(1_000 + ++sequence);
        OrderCommand command = default;
        command.Kind = CommandKind.New;
        command.ClientOrderId = ClientOrderId.Create(sequence, (int)(sequence & 0xFFF));
        command.Side = OrderSide.Buy;
        command.Type = isMarket ? OrderType.Market : OrderType.Limit;
        command.Quantity = Quantity.FromUnits(1);
        command.LimitPrice = isMarket ? default : new(999 * Tick);
        command.SentTime = now;
        venue.Submit(in command);
        while (venue.TryTake(now, out _))
        {
        }

        if (isMarket) return;
        command.Kind = CommandKind.Cancel;
        venue.Submit(in command);
        while (venue.TryTake(now, out _))
        {
        }
    }

    private static void Show(SimulatedVenue venue, string data)
    {
        MarketEvent e = default;
        e.Header.VenueTime = e.Header.ReceivedTime = new(1);
        e.Header.Flags = EventFlags.ForBoth;
        if (data == "quotes")
        {
            e.Header.Kind = EventKind.Quote;
            (e.Quote.Bid, e.Quote.BidSize, e.Quote.Ask, e.Quote.AskSize) = (new(999 * Tick), Quantity.FromUnits(100), new(1_001 * Tick), Quantity.FromUnits(1_000_000_000));
            venue.OnMarket(in e);
            return;
        }

        for (int i = 0; i < 400; i++)
        {
            e.Header.Kind = EventKind.BookDelta;
            e.BookDelta.OrderId = data == "orders" ? i + 1 : 0;
            e.BookDelta.Action = BookAction.Add;
            e.BookDelta.Side = i % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
            e.BookDelta.Price = new((i % 2 == 0 ? 999 - (i / 8) : 1_001 + (i / 8)) * Tick);
            e.BookDelta.Size = Quantity.FromUnits(50_000_000);
            venue.OnMarket(in e);
        }
    }
}
