using MiniTrader.Analytics;
using MiniTrader.Engine;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Ring;
using MiniTrader.Sessions;
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

    private static ExecutionReport Report(ReportKind kind, long quantity) => new()
    {
        Kind = kind,
        ClientOrderId = _id,
        Side = OrderSide.Buy,
        LastQuantity = Quantity.FromUnits(quantity),
        LastPrice = Price.FromDecimal(5),
    };
}
