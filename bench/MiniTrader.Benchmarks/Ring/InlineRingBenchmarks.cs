using BenchmarkDotNet.Attributes;
using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.Benchmarks;

/// <summary>
/// The bookkeeping of a ring per event, with both ends on one thread and no event written: claim, publish, poll, release. A second
/// consumer behind the first shows what a stage more costs; the engine's own wiring has one.
/// </summary>
[MemoryDiagnoser]
public class InlineRingBenchmarks : IDisposable
{
    private const int Events = 1 << 16;
    private const int Capacity = 1024;

    private RingBuffer<MarketEvent>? _ring;
    private RingConsumer<MarketEvent>? _venue;
    private RingConsumer<MarketEvent>? _strategy;
    private RingProducer<MarketEvent>? _producer;

    [Params(1, 16, 256)]
    public int Batch { get; set; }

    [Params(1, 2)]
    public int Consumers { get; set; }

    [GlobalSetup]
    public void Wire()
    {
        _ring = new RingBuffer<MarketEvent>(Capacity, WaitStrategy.BusySpin());
        _venue = _ring.AddConsumer();
        _strategy = Consumers == 2 ? _ring.AddConsumer(_venue) : null;
        _producer = _ring.CreateProducer();
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public void Pass()
    {
        RingProducer<MarketEvent> producer = _producer!;
        for (int passed = 0; passed < Events; passed += Batch)
        {
            if (producer.TryClaim(Batch, out Span<MarketEvent> slots)) producer.Publish(slots.Length);
            Take(_venue!);
            if (_strategy is not null) Take(_strategy);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _ring?.Dispose();
        _ring = null;
        GC.SuppressFinalize(this);
    }

    private void Take(RingConsumer<MarketEvent> consumer) => consumer.Release(consumer.Poll(Batch).Length);
}
