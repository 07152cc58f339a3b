using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Strategies;
using MiniTrader.Tests.Engine;
using Xunit;

namespace MiniTrader.Tests.Strategies;

/// <summary>Each schedule, and what becomes of it when children do not fill, fill in part or are refused. A quote each half second.</summary>
public sealed class ExecutionTests
{
    private const long Second = Timestamp.NanosecondsPerSecond;
    private static readonly InstrumentId _share = new(0);

    [Fact]
    public void Twap_sends_equal_slices_at_equal_times()
    {
        Worker worker = Run(new Worker(w => w.Twap(100, 4, 4)), Quotes(10));
        Assert.Equal(["0 new 25", "1 new 25", "2 new 25", "3 new 25"], worker.Sent);
        Assert.True(worker.Parent.IsDone);
        Assert.Equal(Quantity.FromUnits(100), worker.Parent.Filled);
    }

    [Fact]
    public void Twap_in_whole_lots_brings_the_rest_last() =>
        Assert.Equal(["0 new 3", "1 new 3", "2 new 4"], Run(new Worker(w => w.Twap(10, 3, 3)), Quotes(10)).Sent); // 3.33, 6.67 and 10 so far

    [Fact]
    public void Vwap_follows_the_curve()
    {
        // Seconds of earlier days had 100, 200 and 100.
        VolumeCurve curve = new(86_400);
        foreach ((int second, long volume) in (ReadOnlySpan<(int, long)>)[(0, 60), (0, 40), (1, 200), (2, 100)]) curve.Add(Tape.At(second * 1_000) - Timestamp.NanosecondsPerDay, Quantity.FromUnits(volume));
        Assert.Equal(["0 new 25", "1 new 50", "2 new 25"], Run(new Worker(w => w.Vwap(100, 3, 3, curve)), Quotes(10)).Sent);
    }

    [Fact]
    public void A_curve_spreads_a_bucket_evenly_and_goes_round_midnight()
    {
        VolumeCurve curve = new(24);
        curve.Add(Timestamp.Parse("2024-01-02T23:30"), Quantity.FromUnits(60));
        curve.Add(Timestamp.Parse("2024-01-02T00:30"), Quantity.FromUnits(120));
        Assert.Equal(15_000, curve.Between(Timestamp.Parse("2024-01-05T23:15"), Timestamp.Parse("2024-01-05T23:30"))); // a quarter of 60, in thousandths
        Assert.Equal(30_000 + 60_000, curve.Between(Timestamp.Parse("2024-01-05T23:30"), Timestamp.Parse("2024-01-06T00:30")));
        Assert.Equal(180_000, curve.Between(Timestamp.Parse("2024-01-05T12:00"), Timestamp.Parse("2024-01-06T12:00")));
    }

    [Fact]
    public void A_slice_that_rests_makes_way_for_a_larger_one()
    {
        // The limit of 9.00 is never reached: each slice is cancelled when more is due, and the next goes out with the answer.
        Worker worker = Run(new Worker(w => w.Twap(100, 4, 4, "9.00")), Quotes(10));
        Assert.Equal(["0 new 25", "1 cancel", "1 new 50", "2 cancel", "2 new 75", "3 cancel", "3 new 100"], worker.Sent);
        Assert.False(worker.Parent.IsDone);
    }

    [Fact]
    public void A_slice_that_fills_in_part_leaves_its_rest_to_the_next_look()
    {
        // 7 are displayed, then 8: the rest of each market order is cancelled, and a second later it is part of the next slice.
        Worker worker = Run(new Worker(w => w.Twap(20, 2, 2)), Quotes(12, askSize: 7), VenueOptions.Instant with { Depth = DepthModel.Displayed });
        Assert.Equal(["0 new 10", "1 new 13", "2 new 5"], worker.Sent);
        Assert.Equal(Quantity.FromUnits(20), worker.Parent.Filled);
    }

    [Fact]
    public void Three_refusals_end_it_and_say_why()
    {
        Worker worker = new(w => w.Twap(100, 10, 10));
        Run(worker, Quotes(24), limits: ",max-order-quantity=1");
        Assert.Equal(["0 new 10", "1 new 20", "2 new 30"], worker.Sent);
        Assert.True(worker.Parent.IsDone && worker.Parent.IsStopped);
        Assert.Equal(ReasonCode.MaxOrderQuantity, worker.Parent.Failure);
    }

    [Fact]
    public void A_cancelled_parent_counts_what_fills_before_the_cancel_arrives()
    {
        // Sent at 0, cancelled at 0.5 with 1 s to the venue; at 1 s the ask comes down to the limit and 40 of the 50 fill.
        Worker worker = new(w => w.Twap(100, 2, 2, "9.00")) { CancelAtQuote = 2 };
        Tape tape = new Tape().Quote(0, "10.00", "10.02").Quote(500, "10.00", "10.02").Quote(1_000, "8.98", "9.00", askSize: 40).Quote(4_000, "10.00", "10.02");
        Run(worker, tape, VenueOptions.Instant with { CancelLatency = LatencyModel.Constant(Second) });
        Assert.Equal(Quantity.FromUnits(40), worker.Parent.Filled);
        Assert.True(worker.Parent.IsDone);
        Assert.Equal(["0 new 50", "0.5 cancel"], worker.Sent);
    }

    [Fact]
    public void Participation_follows_the_volume()
    {
        // A tenth of 95, 100 more and 900 more, with slices of at least 5: 9.5, 19.5 and 109.5 so far, of which 40 at most are wanted.
        Worker worker = new(w => w.Participate(40, 0.1m, 5));
        Tape tape = new Tape().Quote(0, "10.00", "10.02").Trade(1_000, "10.02", 30).Trade(2_000, "10.02", 65).Quote(2_500, "10.00", "10.02")
            .Trade(3_000, "10.02", 100).Quote(3_500, "10.00", "10.02").Trade(4_000, "10.02", 900).Quote(5_000, "10.00", "10.02");
        Run(worker, tape);
        Assert.Equal(["2 new 9", "3 new 10", "4 new 21"], worker.Sent);
        Assert.True(worker.Parent.IsDone);
    }

    [Fact]
    public void An_iceberg_shows_one_part_at_a_time()
    {
        // The ask comes to 10.00 with 8, then with 100: the part of 10 fills in two, and then 10 and 5 at once.
        Worker worker = new(w => w.Iceberg(25, 10, "10.00"));
        Tape tape = new Tape().Quote(0, "9.99", "10.02").Quote(1_000, "9.99", "10.00", askSize: 8).Quote(2_000, "9.99", "10.00", askSize: 100).Quote(3_000, "9.99", "10.02");
        Run(worker, tape);
        Assert.Equal(["0 new 10", "2 new 10", "2 new 5"], worker.Sent);
        Assert.True(worker.Parent.IsDone);
        Assert.Equal(3, worker.Parent.Slices);
    }

    [Fact]
    public void A_split_scales_what_is_left_and_its_limit()
    {
        // 25 of 100 rest at 9.00 when 2:1 makes them 50 at 4.50, and the parent 200: half of it is due a second later.
        Worker worker = new(w => w.Twap(100, 4, 4, "9.00"));
        Tape tape = new Tape().Quote(0, "10.00", "10.02").Action(750, CorporateActionKind.Split, newUnits: 2, oldUnits: 1).Quote(1_000, "5.00", "5.01").Quote(5_000, "5.00", "5.02");
        Run(worker, tape);
        Assert.Equal(["0 new 25", "1 cancel", "1 new 100", "2 cancel", "2 new 150", "3 cancel", "3 new 200"], worker.Sent);
        Assert.Equal((Quantity.FromUnits(200), Price.Parse("4.50")), (worker.Parent.Quantity, worker.Parent.LimitPrice));
    }

    /// <summary>25 of 100 are filled when 1:5 makes them 5 of 20: 5 at each of three more seconds, whose quantities nobody else scales.</summary>
    [Fact]
    public void A_split_between_two_slices_scales_what_is_left()
    {
        Worker worker = new(w => w.Twap(100, 4, 4));
        Tape tape = new Tape().Quote(0, "10.00", "10.02").Action(500, CorporateActionKind.Split, newUnits: 1, oldUnits: 5);
        for (int i = 2; i < 10; i++) tape.Quote(i * 500, "50.00", "50.02", askSize: 1_000 + i);
        Run(worker, tape);
        Assert.Equal(["0 new 25", "1 new 5", "2 new 5", "3 new 5"], worker.Sent);
        Assert.Equal((Quantity.FromUnits(40), true), (worker.Parent.Filled, worker.Parent.IsDone));
    }

    /// <summary>
    /// 25 are filled and of the next slice 19 more are not when 1:5 comes: they are 3 now, as the venue says, and what is beyond, 50, are 10. The
    /// limit of 10.02 is 50.10.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_split_is_counted_once_whether_the_child_or_the_action_is_heard_first(bool isLate)
    {
        Worker worker = new(w => w.Twap(100, 4, 4, "10.02"));
        Tape tape = new Tape().Quote(0, "10.00", "10.02").Quote(900, "10.00", "10.02", askSize: 6).Quote(1_200, "10.00", "10.03")
            .Action(1_500, CorporateActionKind.Split, newUnits: 1, oldUnits: 5);
        if (isLate) tape.Only(EventFlags.ForVenue).Action(1_700, CorporateActionKind.Split, newUnits: 1, oldUnits: 5).Only(EventFlags.ForStrategy);
        tape.Quote(1_900, "50.00", "50.15");
        for (int i = 4; i < 10; i++) tape.Quote(i * 500, "50.00", "50.10", askSize: 1_000 + i);
        Run(worker, tape, VenueOptions.Instant with { Depth = DepthModel.Displayed });
        Assert.Equal(Price.Parse("50.10"), worker.Parent.LimitPrice);
        Assert.True(worker.Parent.IsDone);
        Assert.Equal(Quantity.FromUnits(25 + 6 + 3 + 10), worker.Parent.Filled);
    }

    [Fact]
    public void Participation_and_icebergs_are_scaled_too()
    {
        // A tenth of 200 is 20 of 40; 2:1 makes that 40 of 80, so that 100 more of the volume are 10 more.
        Worker worker = new(w => w.Participate(40, 0.1m, 1));
        Tape tape = new Tape().Quote(0, "10.00", "10.02").Trade(1_000, "10.02", 200).Quote(1_500, "10.00", "10.02")
            .Action(2_000, CorporateActionKind.Split, newUnits: 2, oldUnits: 1).Quote(2_500, "5.00", "5.01").Trade(3_000, "5.01", 100).Quote(3_500, "5.00", "5.01");
        Assert.Equal(["1 new 20", "3 new 10"], Run(worker, tape).Sent);
        Assert.Equal(Quantity.FromUnits(20 + 40), worker.Parent.Quantity);

        // A part of 10 of 25 is filled before 2:1: 20 of 30 are shown next.
        Worker iceberg = new(w => w.Iceberg(25, 10, "10.00"));
        tape = new Tape().Quote(0, "9.99", "10.02").Quote(500, "9.99", "10.00", askSize: 10).Quote(700, "9.99", "10.02").Action(1_000, CorporateActionKind.Split, newUnits: 2, oldUnits: 1)
            .Quote(2_000, "4.99", "5.00", askSize: 100).Quote(3_000, "4.99", "5.02");
        Assert.Equal(["0 new 10", "0.5 new 10", "2 new 10"], Run(iceberg, tape).Sent);
    }

    [Fact]
    public void Wrong_parents_are_refused()
    {
        Worker worker = Run(new Worker(w => w.Twap(1, 1, 1)), Quotes(1));
        Assert.Throws<ArgumentException>(() => worker.Twap(100, 0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => worker.Twap(100, 4, 0));
        Assert.Throws<ArgumentException>(() => worker.Twap(0, 4, 4));
        Assert.Throws<ArgumentException>(() => worker.Vwap(100, 4, 4, new VolumeCurve()));
        Assert.Throws<ArgumentException>(() => worker.Participate(100, 0m, 1));
        Assert.Throws<ArgumentException>(() => worker.Participate(100, 1.1m, 1));
        Assert.Throws<ArgumentException>(() => worker.Iceberg(10, 0, "1"));
    }

    [Fact]
    public void A_strategy_reads_the_quantity_ahead_of_its_order()
    {
        List<(bool, Quantity)> seen = [];
        QueueReader reader = new(seen);
        Tape tape = new Tape().Quote(0, "10.00", "10.02", bidSize: 100).Quote(10, "10.00", "10.02", bidSize: 101).Trade(20, "10.00", 30, AggressorSide.Seller).Quote(30, "10.00", "10.02", bidSize: 71)
            .Quote(40, "9.99", "10.00", bidSize: 50).Quote(50, "9.99", "10.02", bidSize: 50);
        _ = new Harness(VenueOptions.Instant, new RiskLimits(), reader).Run(tape);

        // Not there yet; 100 ahead; 30 of them traded; filled and gone.
        Assert.Equal([(false, Quantity.Zero), (true, Quantity.FromUnits(100)), (true, Quantity.FromUnits(70)), (false, Quantity.Zero), (false, Quantity.Zero)], seen);
    }

    private static Tape Quotes(int count, long askSize = 1_000)
    {
        Tape tape = new();
        for (int i = 0; i < count; i++) tape.Quote(i * 500, "10.00", "10.02", askSize: askSize + (i % 2));
        return tape;
    }

    private static Worker Run(Worker worker, Tape tape, VenueOptions? venue = null, string limits = "")
    {
        VenueOptions options = venue ?? VenueOptions.Instant;
        InstrumentTable table = Harness.TwoShares();
        Ledger ledger = new(table, 1, new AccountOptions { InitialCash = 100_000m });
        TradingEngine<SimulatedVenuePort, CommandRecorder> engine = new(
            new EngineOptions { EquityInterval = 0 }, ledger, new RiskGate(ledger, RiskLimits.Parse($"collar-bps=off{limits}")), [new StrategySeat(worker, [])],
            new SimulatedVenuePort(new SimulatedVenue(table, options)), new CommandRecorder(worker.Sent));
        engine.Process(tape.Events);
        engine.Finish();
        return worker;
    }

    private sealed class QueueReader(List<(bool, Quantity)> seen) : Strategy
    {
        private ClientOrderId _order;

        public override void OnQuote(in QuoteTick quote)
        {
            seen.Add((TryGetQuantityAhead(_order, out Quantity ahead), ahead));
            if (_order.IsNone) _order = Orders.BuyLimit(_share, Quantity.FromUnits(10), Price.Parse("10.00"));
        }
    }

    /// <summary>Hands a parent order its timers, trades and reports, and writes down what is sent, in seconds from the start.</summary>
    private sealed class Worker(Func<Worker, ParentOrder> make) : Strategy
    {
        private ScheduledOrder? _scheduled;
        private int _quotes;

        public ParentOrder Parent { get; private set; } = null!;

        public List<string> Sent { get; } = [];

        public int CancelAtQuote { get; init; }

        public ScheduledOrder Twap(long quantity, int seconds, int slices, string? limit = null) => ScheduledOrder.Twap(
            Orders, Instruments[_share], _share, OrderSide.Buy, Quantity.FromUnits(quantity), Tape.Start, Tape.Start + (seconds * Second), slices, limit is null ? null : Price.Parse(limit));

        public ScheduledOrder Vwap(long quantity, int seconds, int slices, VolumeCurve curve) => ScheduledOrder.Vwap(
            Orders, Instruments[_share], _share, OrderSide.Buy, Quantity.FromUnits(quantity), Tape.Start, Tape.Start + (seconds * Second), slices, curve);

        public ParticipationOrder Participate(long quantity, decimal share, long minimum) =>
            new(Orders, Instruments[_share], _share, OrderSide.Buy, Quantity.FromUnits(quantity), share, Quantity.FromUnits(minimum));

        public IcebergOrder Iceberg(long quantity, long display, string limit) =>
            new(Orders, Instruments[_share], _share, OrderSide.Buy, Quantity.FromUnits(quantity), Quantity.FromUnits(display), Price.Parse(limit));

        public override void OnStart()
        {
            Parent = make(this);
            _scheduled = Parent as ScheduledOrder;
        }

        public override void OnQuote(in QuoteTick quote)
        {
            _quotes++;
            if (_quotes == CancelAtQuote) Parent.Cancel();
            if (_quotes == 1 && _scheduled is not null) SetTimer(Now);
            if (_quotes == 1 && Parent is IcebergOrder) Parent.Advance(Now);
        }

        public override void OnTrade(in TradeTick trade)
        {
            (Parent as ParticipationOrder)?.OnVolume(trade.Size, Now);
        }

        public override void OnTimer(in TimerTick timer)
        {
            Parent.Advance(Now);
            if (_scheduled!.NextDue < Timestamp.MaxValue) SetTimer(_scheduled.NextDue);
        }

        public override void OnReport(in ExecutionReport report)
        {
            Parent.OnReport(in report);
        }

        public override void OnAction(in CorporateAction action) => Parent.OnAction(in action);
    }

    /// <summary>Writes down what is sent, in seconds from the start.</summary>
    private readonly struct CommandRecorder(List<string> sent) : IRecorder
    {
        public bool RecordsMarket => false;

        public void OnCommand(in OrderCommand command, ReasonCode denial, long eventNumber)
        {
            string at = ((command.SentTime - Tape.Start) / (double)Second).ToString(System.Globalization.CultureInfo.InvariantCulture);
            sent.Add(command.Kind == CommandKind.New ? $"{at} new {command.Quantity}" : $"{at} cancel");
        }

        public void OnMarket(in MarketEvent marketEvent)
        {
        }

        public void OnDenial(in Denial denial, CommandKind kind, long eventNumber)
        {
        }

        public void OnReport(in ExecutionReport report, long eventNumber)
        {
        }

        public void OnEntry(in LedgerEntry entry, long eventNumber)
        {
        }

        public void OnTimer(in TimerTick timer, StrategyId strategy, long eventNumber)
        {
        }

        public void OnEquity(Timestamp time, in AccountSnapshot snapshot, long eventNumber)
        {
        }

        public void OnMark(Timestamp time, InstrumentId instrument, Price price, long eventNumber)
        {
        }
    }
}
