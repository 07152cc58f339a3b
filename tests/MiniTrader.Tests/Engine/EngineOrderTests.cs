using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Engine;

/// <summary>The order of things at one instant, and what may not happen inside a hook.</summary>
public sealed class EngineOrderTests
{
    private static readonly InstrumentId _share = new(0);

    [Fact]
    public void Strategies_that_go_in_circles_are_named_with_what_they_answer()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => new Harness(VenueOptions.Instant, new RiskLimits(), new Circler()).Run(new Tape().Quote(0, "10", "10.02").Quote(1_000, "10", "10.02")));
        Assert.Contains("strategy 0 (Circler): Denied with the reason InvalidQuantity", error.Message, StringComparison.Ordinal);
    }

    private sealed class Circler : Strategy
    {
        public override void OnQuote(in QuoteTick quote) => Orders.Buy(_share, Quantity.Zero);

        public override void OnReport(in ExecutionReport report) => Orders.Buy(_share, Quantity.Zero);
    }

    [Fact]
    public void Drain_time_market_decide_route_in_this_order_for_every_event()
    {
        List<string> log = [];
        LoggingStrategy strategy = new(log);
        InstrumentTable instruments = Harness.TwoShares();
        Ledger ledger = new(instruments, 1, new AccountOptions());
        TradingEngine<LoggingVenue, NoRecorder> engine = new(
            new EngineOptions { EquityInterval = 0 }, ledger, new RiskGate(ledger, new RiskLimits()), [new StrategySeat(strategy, [])], new LoggingVenue(log), default);

        engine.Process(new Tape().Quote(0, "10", "10.02").Quote(1, "10", "10.02").Events);

        Assert.Equal(
        [
            "drain at 0", "market at 0", "decide at 0", "route at 0",
            "drain at 1", "hear at 1", "drain at 1", "market at 1", "decide at 1", "route at 1",
        ],
        log);
    }

    [Fact]
    public void An_order_that_arrives_at_the_instant_of_a_quote_is_judged_against_the_quote_before()
    {
        ScriptedStrategy buyer = new ScriptedStrategy().AtQuote(1, s => s.Desk.Buy(_share, Quantity.FromUnits(1)));
        new Harness(new VenueOptions(), new RiskLimits(), buyer).Run(new Tape().Quote(0, "10.00", "10.01").Quote(1, "20.00", "20.01").Quote(5, "20.00", "20.01"));
        Assert.Equal(Price.Parse("10.01"), buyer.Reports.Single(r => r.Kind == ReportKind.Fill).LastPrice);
    }

    [Fact]
    public void With_no_latency_a_fill_is_heard_at_the_next_drain_and_not_inside_the_hook()
    {
        ScriptedStrategy buyer = new ScriptedStrategy().AtQuote(1, s =>
        {
            s.Desk.Buy(_share, Quantity.FromUnits(1));
            s.Log.Add("written");
        });
        new Harness(VenueOptions.Instant, new RiskLimits(), buyer).Run(new Tape().Quote(0, "10.00", "10.01").Quote(1, "10.02", "10.03"));
        Assert.Equal(["quote 1", "written", "Accepted", "fill 1@10.01", "quote 2", "stop"], buyer.Log);
        Assert.Equal(Tape.At(0), buyer.Reports[1].ReceivedTime);
    }

    [Fact]
    public void Reports_come_before_timers_and_timers_before_market_data_at_one_instant()
    {
        ScriptedStrategy strategy = new ScriptedStrategy().AtQuote(1, s =>
        {
            s.Timer(Tape.At(2), 7);
            s.Desk.Buy(_share, Quantity.FromUnits(1));
        });
        new Harness(new VenueOptions(), new RiskLimits(), strategy).Run(new Tape().Quote(0, "10.00", "10.01").Quote(2, "10.02", "10.03"));
        Assert.Equal(["quote 1", "Accepted", "fill 1@10.01", "timer 7", "quote 2", "stop"], strategy.Log);
    }

    [Fact]
    public void A_timer_shows_its_own_time_even_when_the_next_event_is_far_away()
    {
        Timestamp seen = default;
        ScriptedStrategy strategy = new() { AtStart = s => s.Timer(Tape.At(10), 1), AtTimer = (s, _) => seen = s.Time };
        new Harness(new VenueOptions(), new RiskLimits(), strategy).Run(new Tape().Quote(0, "10", "10.01").Quote(5_000, "10", "10.01"));
        Assert.Equal(Tape.At(10), seen);
    }

    [Fact]
    public void A_denial_is_heard_at_the_next_drain_and_its_order_works_no_more()
    {
        ScriptedStrategy strategy = new ScriptedStrategy().AtQuote(1, s =>
        {
            s.Desk.Buy(_share, Quantity.FromUnits(11));
            s.Log.Add("written");
        });
        Harness harness = new Harness(new VenueOptions(), RiskLimits.Parse("max-order-quantity=10"), strategy).Run(new Tape().Quote(0, "10", "10.01").Quote(1, "10", "10.01"));
        Assert.Equal(["quote 1", "written", "Denied", "quote 2", "stop"], strategy.Log);
        Assert.Equal(ReasonCode.MaxOrderQuantity, strategy.Reports[0].Reason);
        Assert.Equal(0, harness.Ledger.Total.WorkingOrders);
        Assert.Equal(1, harness.Engine.Counters.Denied);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(2, false)]
    [InlineData(-1, false)]
    [InlineData(9, true)]
    public void An_order_for_an_instrument_that_the_session_does_not_have_is_denied_like_any_other(int index, bool isKilled)
    {
        InstrumentId nowhere = new(index);
        ClientOrderId[] ids = new ClientOrderId[2];
        ScriptedStrategy strategy = new ScriptedStrategy().AtQuote(1, s =>
        {
            ids[0] = s.Desk.Buy(nowhere, Quantity.FromUnits(1));
            ids[1] = s.Desk.Submit(new() { Instrument = nowhere, Side = OrderSide.Sell, Quantity = Quantity.FromUnits(1), LimitPrice = Price.Parse("10") });
            Assert.True(s.Desk.Replace(ids[1], Quantity.FromUnits(2), Price.Parse("11")));
        }).AtQuote(2, s =>
        {
            Assert.False(s.Desk.Cancel(ids[0]));
            Assert.Equal(0, s.Desk.CancelAll(nowhere));
            Assert.False(s.Desk.Replace(ids[1], Quantity.FromUnits(1), Price.Parse("10")));
            s.Desk.Buy(_share, Quantity.FromUnits(1));
        });
        Harness harness = new(new VenueOptions(), new RiskLimits(), strategy);
        if (isKilled) harness.Risk.KillSwitch.Engage(KillCause.Operator);
        harness.Run(new Tape().Quote(0, "10", "10.01").Quote(1, "10", "10.01").Quote(5, "10", "10.01"));

        ReasonCode reason = isKilled ? ReasonCode.KillSwitch : ReasonCode.InvalidInstrument;
        Assert.Equal([(ids[0], ReportKind.Denied, reason), (ids[1], ReportKind.Denied, reason)], strategy.Reports.Take(2).Select(r => (r.ClientOrderId, r.Kind, r.Reason)));
        Assert.All(ids, id => Assert.True(strategy.Desk.TryGet(id, out OrderRecord order) && order.Status == OrderStatus.Denied && order.Reason == reason));
        Assert.Equal(isKilled ? 3 : 2, harness.Engine.Counters.Denied);
        Assert.Equal(isKilled ? 3 : 2, harness.Risk.DeniedFor(reason));
        Assert.Equal((0, 0), (harness.Ledger.Total.WorkingOrders, harness.Ledger.Orders.Count));
        Assert.Equal(isKilled ? 0 : 1, harness.Engine.Counters.Fills);
    }

    [Fact]
    public void A_list_with_an_instrument_that_the_session_does_not_have_is_refused_whole_and_so_is_its_mass_cancel()
    {
        ScriptedStrategy strategy = new ScriptedStrategy().AtQuote(1, s =>
        {
            OrderRequest good = new() { Instrument = _share, Side = OrderSide.Buy, Quantity = Quantity.FromUnits(1), LimitPrice = Price.Parse("9") };
            Assert.True(s.Desk.SubmitList([good, good with { Instrument = new(5) }], new ClientOrderId[2]));
            Assert.True(s.Desk.MassCancel(new(5)));
        });
        Harness harness = new Harness(new VenueOptions(), new RiskLimits(), strategy).Run(new Tape().Quote(0, "10", "10.01").Quote(5, "10", "10.01"));
        Assert.Equal(
            [(ReportKind.Denied, ReasonCode.InvalidInstrument), (ReportKind.CancelRejected, ReasonCode.InvalidInstrument), (ReportKind.Rejected, ReasonCode.ListIncomplete)],
            strategy.Reports.Select(r => (r.Kind, r.Reason)));
        Assert.Equal(0, harness.Ledger.Total.WorkingOrders);
    }

    [Fact]
    public void A_strategy_that_answers_every_denial_with_the_same_order_is_stopped_with_a_sentence()
    {
        ScriptedStrategy strategy = new ScriptedStrategy { AtReport = (s, _) => s.Desk.Buy(_share, Quantity.FromUnits(11)) }
            .AtQuote(1, s => s.Desk.Buy(_share, Quantity.FromUnits(11)));
        Harness harness = new(new VenueOptions(), RiskLimits.Parse("max-order-quantity=10"), strategy);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => harness.Run(new Tape().Quote(0, "10", "10.01").Quote(1, "10", "10.01")));
        Assert.Contains("answers each with an order", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_of_a_side_that_does_not_exist_throws_where_it_is_written()
    {
        ScriptedStrategy strategy = new ScriptedStrategy()
            .AtQuote(1, s => s.Desk.Submit(new() { Instrument = _share, Side = (OrderSide)9, Quantity = Quantity.FromUnits(1) }));
        Harness harness = new(new VenueOptions(), new RiskLimits(), strategy);
        Assert.Contains("OrderSide 9", Assert.Throws<ArgumentOutOfRangeException>(() => harness.Run(new Tape().Quote(0, "10", "10.01"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_is_due_before_the_one_ahead_is_refused_with_its_number()
    {
        Harness harness = new(new VenueOptions(), new RiskLimits(), new ScriptedStrategy());
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => harness.Run(new Tape().Quote(5, "10", "10.01").Quote(4, "10", "10.01")));
        Assert.StartsWith("Event 2 is due at 2024-01-02T14:30:00.004Z", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_out_of_order_in_a_quiet_run_is_refused_with_its_number()
    {
        Harness harness = new(QuietRunTests.OneShare(), new VenueOptions(), new RiskLimits(), new ScriptedStrategy());
        Tape tape = new Tape().Quote(0, "10", "10.01").Quote(1, "10", "10.01").Quote(5, "10", "10.01").Quote(4, "10", "10.01");
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => harness.Run(tape));
        Assert.StartsWith("Event 4 is due at 2024-01-02T14:30:00.004Z, before the one ahead of it at 2024-01-02T14:30:00.005Z", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_late_feed_the_order_meets_a_book_that_the_strategy_has_not_seen()
    {
        // The feed is 10 ms late and the order takes 1 ms: what was seen at 10 is bought at 11, at the quote that the venue shows since 8.
        ScriptedStrategy strategy = new ScriptedStrategy().AtQuote(1, s => s.Desk.Buy(_share, Quantity.FromUnits(1)));
        Tape tape = new Tape()
            .Quote(0, "10.00", "10.01").Only(EventFlags.ForVenue)
            .Quote(8, "10.50", "10.51").Only(EventFlags.ForVenue)
            .Quote(10, "10.00", "10.01").Only(EventFlags.ForStrategy)
            .Quote(18, "10.50", "10.51").Only(EventFlags.ForStrategy);
        new Harness(new VenueOptions(), new RiskLimits(), strategy).Run(tape);
        Assert.Equal(["quote 1", "Accepted", "fill 1@10.51", "quote 2", "stop"], strategy.Log);
        Assert.Equal(Tape.At(11), strategy.Reports[1].VenueTime);
    }

    [Fact]
    public void The_kill_switch_cancels_what_works_and_denies_what_is_new()
    {
        Harness? harness = null;
        ScriptedStrategy strategy = new ScriptedStrategy()
            .AtQuote(1, s => s.Desk.BuyLimit(_share, Quantity.FromUnits(5), Price.Parse("9.90")))
            .AtQuote(2, s =>
            {
                harness!.Risk.KillSwitch.Engage(KillCause.Operator);
                s.Desk.Buy(_share, Quantity.FromUnits(1));
            });
        harness = new Harness(new VenueOptions(), new RiskLimits(), strategy);
        harness.Run(new Tape().Quote(0, "10", "10.01").Quote(5, "10", "10.01").Quote(10, "10", "10.01"));
        Assert.Equal(["quote 1", "Accepted", "quote 2", "Denied", "Cancelled", "quote 3", "stop"], strategy.Log);
        Assert.Equal(ReasonCode.KillSwitch, strategy.Reports[1].Reason);
    }

    /// <summary>Says when it is called; answers each order with one report at the next instant.</summary>
    private readonly struct LoggingVenue(List<string> log) : IVenue
    {
        private readonly Queue<ExecutionReport> _due = new();

        public Timestamp NextDue => Timestamp.MinValue;

        public bool Submit(in OrderCommand command)
        {
            log.Add($"route at {(command.SentTime - Tape.Start) / 1e6:0}");
            _due.Enqueue(new ExecutionReport
            {
                Kind = ReportKind.Accepted,
                ClientOrderId = command.ClientOrderId,
                VenueTime = command.SentTime,
                ReceivedTime = command.SentTime + Timestamp.NanosecondsPerMillisecond,
            });
            return true;
        }

        public bool TryTake(Timestamp now, out ExecutionReport report)
        {
            log.Add($"drain at {(now - Tape.Start) / 1e6:0}");
            if (_due.TryPeek(out report) && report.ReceivedTime <= now) return _due.TryDequeue(out report);
            report = default;
            return false;
        }

        public bool OnMarket(in MarketEvent marketEvent)
        {
            log.Add($"market at {(marketEvent.Header.VenueTime - Tape.Start) / 1e6:0}");
            return true;
        }

        public bool IsIdle(InstrumentId instrument) => false;

        public void OnQuietQuotes(in MarketEvent last, int count) => throw new InvalidOperationException("This venue is never idle.");

        public bool TryQuietQuote(in MarketEvent quote) => false;

        public bool IsQuietBook(InstrumentId instrument) => false;

        public bool TryQuietBook(in BookDelta delta) => false;

        public void OnEnd(Timestamp time)
        {
        }

        public bool TryGetQuantityAhead(ClientOrderId id, out Quantity ahead)
        {
            ahead = default;
            return false;
        }
    }

    private sealed class LoggingStrategy(List<string> log) : Strategy
    {
        public override void OnQuote(in QuoteTick quote)
        {
            log.Add($"decide at {(Now - Tape.Start) / 1e6:0}");
            Orders.Buy(quote.Instrument, Quantity.FromUnits(1));
        }

        public override void OnReport(in ExecutionReport report) => log.Add($"hear at {(Now - Tape.Start) / 1e6:0}");
    }
}
