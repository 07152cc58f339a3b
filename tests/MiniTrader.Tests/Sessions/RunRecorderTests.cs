using MiniTrader.Analytics;
using MiniTrader.Engine;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Ring;
using MiniTrader.Risk;
using MiniTrader.Sessions;
using MiniTrader.Tests.Strategies;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>From journal entries to the rows of the run folder.</summary>
public sealed class RunRecorderTests : IDisposable
{
    private static readonly ClientOrderId _id = ClientOrderId.Create(1, 0);

    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData(4, OrderStatus.Filled)]
    [InlineData(6, OrderStatus.PartiallyFilled)]
    public void An_order_replaced_down_to_what_is_filled_is_filled(long quantity, OrderStatus status)
    {
        InstrumentTable instruments = new([new Instrument { Symbol = "A", Venue = "SIM" }]);
        using RingBuffer<JournalSlot> ring = new(RunRecorder.RingSize, WaitStrategy.Sleeping());
        using RunFolderWriter folder = new(Path.Combine(_runs.Folder, "run"), new() { Instruments = instruments, Strategies = ["S"], BaseCurrency = Currency.Usd });
        using RunRecorder recorder = new(ring.AddConsumer(), folder, null, new Ledger(instruments, 1, new AccountOptions()));
        RingRecorder engine = new(ring.CreateProducer(), recordsMarket: false);

        engine.OnCommand(
            new OrderCommand { Kind = CommandKind.New, ClientOrderId = _id, Side = OrderSide.Buy, Type = OrderType.Limit, Quantity = Quantity.FromUnits(10), LimitPrice = Price.FromDecimal(5) },
            ReasonCode.None,
            1);
        engine.OnReport(Report(ReportKind.Accepted, 0), 2);
        engine.OnReport(Report(ReportKind.Fill, 4), 3);
        engine.OnReport(Report(ReportKind.Replaced, quantity), 4);
        ring.Complete();
        while (recorder.DoWork() != IAgent.Finished)
        {
        }

        folder.Complete(MiniTrader.Tests.Analytics.Sample.Summary(folder.BuildStatistics()));
        OrderRow order = Assert.Single(RunFolder.Open(folder.Directory).Orders());
        Assert.Equal((status, Quantity.FromUnits(quantity), Quantity.FromUnits(4)), (order.Status, order.Quantity, order.Filled));
    }

    [Fact]
    public void Each_denial_has_a_row_with_its_limit_and_its_value_and_costs_the_engine_no_memory()
    {
        InstrumentTable instruments = new([new Instrument { Symbol = "A", Venue = "SIM" }]);
        using RingBuffer<JournalSlot> ring = new(RunRecorder.RingSize, WaitStrategy.Sleeping());
        using RunFolderWriter folder = new(Path.Combine(_runs.Folder, "run"), new() { Instruments = instruments, Strategies = ["S"], BaseCurrency = Currency.Usd });
        using RunRecorder recorder = new(ring.AddConsumer(), folder, null, new Ledger(instruments, 1, new AccountOptions()));
        RingRecorder engine = new(ring.CreateProducer(), recordsMarket: false);
        Denial order = new(ReasonCode.MaxPosition, new(0), new(0), _id, new(5), 100m, 120.000000001m);
        Denial replace = new(ReasonCode.KillSwitch, new(0), new(0), ClientOrderId.Create(2, 1), new(6), 0m, 0m);
        Denial unknown = new(ReasonCode.InvalidInstrument, new(9), new(0), ClientOrderId.Create(3, 2), new(7), 0m, 9m);
        Assert.Equal(0, Allocations.Of(() =>
        {
            engine.OnDenial(in order, CommandKind.New, 1);
            engine.OnDenial(in replace, CommandKind.Replace, 2);
            engine.OnDenial(in unknown, CommandKind.New, 3);
        }));
        ring.Complete();
        while (recorder.DoWork() != IAgent.Finished)
        {
        }

        folder.Complete(MiniTrader.Tests.Analytics.Sample.Summary(folder.BuildStatistics()));
        DenialRow[] rows = [.. RunFolder.Open(folder.Directory).Denials()];
        Assert.Equal(
            [
                (5L, CommandKind.New, ReasonCode.MaxPosition, 0, 1L, 100m, 120.000000001m), (6L, CommandKind.Replace, ReasonCode.KillSwitch, 0, 2L, 0m, 0m),
                (7L, CommandKind.New, ReasonCode.InvalidInstrument, InstrumentId.None.Index, 3L, 0m, 9m),
            ],
            rows.TakeLast(3).Select(r => (r.Time.Nanoseconds, r.Command, r.Reason, r.Instrument.Index, r.ClientOrderId.Sequence, r.Limit, r.Value)));
    }

    [Fact]
    public void An_order_for_an_instrument_that_the_run_does_not_have_has_a_row_without_one()
    {
        InstrumentTable instruments = new([new Instrument { Symbol = "A", Venue = "SIM" }]);
        using RingBuffer<JournalSlot> ring = new(RunRecorder.RingSize, WaitStrategy.Sleeping());
        using RunFolderWriter folder = new(Path.Combine(_runs.Folder, "run"), new() { Instruments = instruments, Strategies = ["S"], BaseCurrency = Currency.Usd });
        using RunRecorder recorder = new(ring.AddConsumer(), folder, null, new Ledger(instruments, 1, new AccountOptions()));
        RingRecorder engine = new(ring.CreateProducer(), recordsMarket: false);
        OrderCommand known = new() { Kind = CommandKind.New, ClientOrderId = _id, Side = OrderSide.Buy, Type = OrderType.Market, Quantity = Quantity.FromUnits(1) };
        engine.OnCommand(known, ReasonCode.MaxPosition, 1);
        OrderCommand unknown = known;
        (unknown.ClientOrderId, unknown.Instrument) = (ClientOrderId.Create(2, 1), new(7));
        engine.OnCommand(unknown, ReasonCode.InvalidInstrument, 2);
        ring.Complete();
        while (recorder.DoWork() != IAgent.Finished)
        {
        }

        folder.Complete(MiniTrader.Tests.Analytics.Sample.Summary(folder.BuildStatistics()));
        RunFolder read = RunFolder.Open(folder.Directory);
        Assert.Equal([(0, ReasonCode.MaxPosition), (-1, ReasonCode.InvalidInstrument)], read.Orders().Select(o => (o.Instrument.Index, o.Reason)));
        Assert.Equal(0, Assert.Single(folder.BuildStatistics().PerStrategy).Instrument);
    }

    [Fact]
    public void A_trailing_stop_limit_keeps_its_distance_until_it_has_a_limit()
    {
        InstrumentTable instruments = new([new Instrument { Symbol = "A", Venue = "SIM" }]);
        using RingBuffer<JournalSlot> ring = new(RunRecorder.RingSize, WaitStrategy.Sleeping());
        using RunFolderWriter folder = new(Path.Combine(_runs.Folder, "run"), new() { Instruments = instruments, Strategies = ["S"], BaseCurrency = Currency.Usd });
        using RunRecorder recorder = new(ring.AddConsumer(), folder, null, new Ledger(instruments, 1, new AccountOptions()));
        RingRecorder engine = new(ring.CreateProducer(), recordsMarket: false);
        ClientOrderId[] ids = [_id, ClientOrderId.Create(2, 1)];
        foreach (ClientOrderId id in ids)
        {
            engine.OnCommand(
                new OrderCommand { Kind = CommandKind.New, ClientOrderId = id, Side = OrderSide.Sell, Type = OrderType.TrailingStopLimit, Quantity = Quantity.FromUnits(10), LimitPrice = Price.Parse("0.02"), Offset = Price.Parse("0.05") },
                ReasonCode.None,
                1);
            engine.OnReport(Report(ReportKind.Replaced, 8) with { ClientOrderId = id, LastPrice = Price.Parse("9.95") }, 2);
        }

        engine.OnReport(Report(ReportKind.Triggered, 0) with { ClientOrderId = ids[1] }, 3);
        engine.OnReport(Report(ReportKind.Replaced, 6) with { ClientOrderId = ids[1], LastPrice = Price.Parse("9.93") }, 4);
        ring.Complete();
        while (recorder.DoWork() != IAgent.Finished)
        {
        }

        folder.Complete(MiniTrader.Tests.Analytics.Sample.Summary(folder.BuildStatistics()));
        Assert.Equal(
            [(8L, "9.95", "0.02"), (6L, "9.95", "9.93")],
            RunFolder.Open(folder.Directory).Orders().Select(o => (o.Quantity.Raw / FixedPoint.One, o.StopPrice.ToString(), o.LimitPrice.ToString())));
    }

    /// <summary>Bought 10 at 5 and 5 at 6, cancelled; then 5 more come late at 7, the first is taken back and the second corrected to 4 at 5.</summary>
    [Fact]
    public void A_bust_a_correction_and_a_late_fill_stand_among_the_fills_so_that_their_sum_is_the_position()
    {
        InstrumentTable instruments = new([new Instrument { Symbol = "A", Venue = "SIM" }]);
        using RingBuffer<JournalSlot> ring = new(RunRecorder.RingSize, WaitStrategy.Sleeping());
        using RunFolderWriter folder = new(Path.Combine(_runs.Folder, "run"), new() { Instruments = instruments, Strategies = ["S"], BaseCurrency = Currency.Usd });
        using RunRecorder recorder = new(ring.AddConsumer(), folder, null, new Ledger(instruments, 1, new AccountOptions()));
        RingRecorder engine = new(ring.CreateProducer(), recordsMarket: false);

        engine.OnCommand(new OrderCommand { Kind = CommandKind.New, ClientOrderId = _id, Side = OrderSide.Buy, Type = OrderType.Market, Quantity = Quantity.FromUnits(20) }, ReasonCode.None, 1);
        engine.OnReport(Traded(ReportKind.Fill, 1, 10, 5, 1), 2);
        engine.OnReport(Traded(ReportKind.Fill, 2, 5, 6, 1), 3);
        engine.OnReport(Report(ReportKind.Cancelled, 0), 4);
        engine.OnReport(Traded(ReportKind.Fill, 3, 5, 7, 1), 5);
        engine.OnReport(Traded(ReportKind.Fill, 3, 5, 7, 1), 6); // said twice
        engine.OnReport(Traded(ReportKind.Busted, 1, 0, 0, 0), 7);
        engine.OnReport(Traded(ReportKind.Corrected, 2, 4, 5, 0), 8);
        ring.Complete();
        while (recorder.DoWork() != IAgent.Finished)
        {
        }

        folder.Complete(MiniTrader.Tests.Analytics.Sample.Summary(folder.BuildStatistics()));
        RunFolder run = RunFolder.Open(folder.Directory);
        Assert.Equal(
            [
                (OrderSide.Buy, 10L, 5m, 1m, FillCause.None), (OrderSide.Buy, 5L, 6m, 1m, FillCause.None), (OrderSide.Buy, 5L, 7m, 1m, FillCause.None),
                (OrderSide.Sell, 10L, 5m, -1m, FillCause.Bust),
                (OrderSide.Sell, 5L, 6m, -1m, FillCause.Correction), (OrderSide.Buy, 4L, 5m, 1m, FillCause.Correction),
            ],
            run.Fills().Select(f => (f.Side, f.Quantity.Raw / FixedPoint.One, f.Price.ToDecimal(), f.Fee, f.Cause)));
        PositionRow last = run.Positions().Last();
        Assert.Equal((Quantity.FromUnits(9), 2m, 0m), (last.Quantity, last.Fees, last.Realised));
        Assert.Equal(55m / 9m, last.AveragePrice, 8); // 5 × 7 + 4 × 5
        OrderRow order = Assert.Single(run.Orders());
        Assert.Equal((OrderStatus.Cancelled, Quantity.FromUnits(15)), (order.Status, order.Filled));
    }

    private static ExecutionReport Traded(ReportKind kind, long execution, long quantity, decimal price, decimal fee) =>
        Report(kind, quantity) with { ExecutionId = new(execution), LastPrice = Price.FromDecimal(price), Fee = fee };

    private static ExecutionReport Report(ReportKind kind, long quantity) => new()
    {
        Kind = kind,
        ClientOrderId = _id,
        Side = OrderSide.Buy,
        LastQuantity = Quantity.FromUnits(quantity),
        LastPrice = Price.FromDecimal(5),
    };
}
