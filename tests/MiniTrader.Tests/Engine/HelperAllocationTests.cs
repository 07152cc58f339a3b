using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Risk;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Engine;

/// <summary>
/// Execution helpers at work allocate nothing: schedules, participation, icebergs and brackets, with all that the engine and the venue do for
/// them. Parents are made before the measurement, and one follows the other inside it.
/// </summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class HelperAllocationTests
{
    private const int Events = 40_000;
    private const int Parents = 400;
    private static readonly InstrumentId _share = new(0);

    public static TheoryData<string> Helpers => ["twap", "vwap", "pov", "iceberg", "bracket"];

    [Theory]
    [MemberData(nameof(Helpers))]
    public void A_helper_at_work_allocates_nothing(string helper)
    {
        MarketEvent[] events = Market();
        Worker worker = new(helper);
        Harness harness = new(VenueOptions.Instant with { Depth = DepthModel.Displayed }, RiskLimits.Parse("max-messages-per-second=off,collar-bps=off"), worker);
        Play(events.AsSpan(0, Events / 2));
        (long orders, long fills, int begun) = (harness.Engine.Counters.Orders, harness.Engine.Counters.Fills, worker.Begun);

        Assert.Equal(0, Allocations.OnceOf(() => Play(events.AsSpan(Events / 2))));
        Assert.True(worker.Begun - begun > 20, $"Only {worker.Begun - begun} were begun while the bytes were counted.");
        Assert.True(harness.Engine.Counters.Orders - orders > 100, $"Only {harness.Engine.Counters.Orders - orders} orders were written.");
        Assert.True(harness.Engine.Counters.Fills - fills > 100, $"Only {harness.Engine.Counters.Fills - fills} fills were made.");

        void Play(ReadOnlySpan<MarketEvent> part)
        {
            for (int i = 0; i < part.Length; i += 256) harness.Engine.Process(part.Slice(i, Math.Min(256, part.Length - i)));
        }
    }

    /// <summary>Quotes that wander by up to two ticks and trades at the touch, 1 ms apart.</summary>
    private static MarketEvent[] Market()
    {
        SeededRandom random = new(11);
        Tape tape = new();
        long mid = 10_000;
        for (int i = 0; i < Events; i++)
        {
            mid = Math.Clamp(mid + random.NextInt64(5) - 2, 9_950, 10_050);
            string bid = FixedPoint.Format((mid - 1) * 10_000_000), ask = FixedPoint.Format((mid + 1) * 10_000_000);
            if (i % 4 == 3) tape.Trade(i, i % 8 == 3 ? bid : ask, 1 + random.NextInt64(50), i % 8 == 3 ? AggressorSide.Seller : AggressorSide.Buyer);
            else tape.Quote(i, bid, ask, 1 + random.NextInt64(100), 1 + random.NextInt64(100));
        }

        return tape.Events;
    }

    /// <summary>Begins the next parent, or the next bracket, when the one before is done; buys and sells by turns.</summary>
    private sealed class Worker(string helper) : Strategy
    {
        private const long Spacing = Events * Timestamp.NanosecondsPerMillisecond / Parents;

        private readonly List<ParentOrder> _parents = [];
        private BracketIds _bracket;
        private int _open;
        private int _age;

        public int Begun { get; private set; }

        public override void OnStart()
        {
            VolumeCurve curve = new(86_400);
            for (int second = 0; second < 86_400; second++) curve.Add(new(second * Timestamp.NanosecondsPerSecond), Quantity.FromUnits(1 + (second % 3)));
            for (int i = 0; i < Parents && helper != "bracket"; i++) _parents.Add(Make(i, curve));
            SetInterval(TimeSpan.FromMilliseconds(5), 1);
        }

        public override void OnTimer(in TimerTick timer)
        {
            if (helper != "bracket") Current()?.Advance(Now);
        }

        public override void OnTrade(in TradeTick trade)
        {
            if (helper == "pov") (Current() as ParticipationOrder)?.OnVolume(trade.Size, Now);
        }

        public override void OnQuote(in QuoteTick quote)
        {
            if (helper != "bracket") return;
            if (_open > 0)
            {
                // What is left of one whose prices the market does not come to makes way.
                if (++_age == 100) Orders.CancelAll(_share);
                return;
            }

            bool isBuy = Begun % 2 == 0;
            Price entry = isBuy ? quote.Ask : quote.Bid;
            long way = isBuy ? 30_000_000 : -30_000_000;
            _bracket = Orders.Bracket(new()
            {
                Entry = new() { Instrument = _share, Side = isBuy ? OrderSide.Buy : OrderSide.Sell, Quantity = Quantity.FromUnits(60), LimitPrice = entry, TimeInForce = TimeInForce.Ioc },
                TakeProfit = new() { LimitPrice = new(entry.Raw + way) },
                StopLoss = new() { StopPrice = new(entry.Raw - way) },
            });
            if (_bracket.IsNone) return;
            (_open, _age) = (3, 0);
            Begun++;
        }

        public override void OnReport(in ExecutionReport report)
        {
            if (helper != "bracket") Current()?.OnReport(in report);
            else if (_bracket.Contains(report.ClientOrderId) && report.Leaves.IsZero && report.Kind is not ReportKind.Replaced) _open--;
        }

        /// <summary>The parent of the time at hand; the one before is left to what it has.</summary>
        private ParentOrder? Current()
        {
            if (_parents.Count == 0) return null;
            int index = (int)Math.Clamp((Now - Tape.Start) / Spacing, 0, Parents - 1);
            Begun = Math.Max(Begun, index + 1);
            return _parents[index];
        }

        private ParentOrder Make(int index, VolumeCurve curve)
        {
            OrderSide side = index % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
            Instrument share = Instruments[_share];
            Timestamp start = Tape.Start + (index * Spacing), end = start + (Spacing * 4 / 5);
            return helper switch
            {
                "twap" => ScheduledOrder.Twap(Orders, share, _share, side, Quantity.FromUnits(40), start, end, 8),
                "vwap" => ScheduledOrder.Vwap(Orders, share, _share, side, Quantity.FromUnits(40), start, end, 8, curve),
                "pov" => new ParticipationOrder(Orders, share, _share, side, Quantity.FromUnits(40), 0.2m),
                _ => new IcebergOrder(Orders, share, _share, side, Quantity.FromUnits(40), Quantity.FromUnits(5), Price.Parse(side == OrderSide.Buy ? "100.60" : "99.40")),
            };
        }
    }
}
