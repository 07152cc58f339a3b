using BenchmarkDotNet.Attributes;
using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.Benchmarks;

/// <summary>What the sequencer for several producers costs when only one thread uses it: a compare-and-swap and a mark per slot.</summary>
[MemoryDiagnoser]
public class SharedProducerBenchmarks : IDisposable
{
    private const int Events = 1 << 16;

    private RingBuffer<MarketEvent>? _ring;
    private RingConsumer<MarketEvent>? _consumer;
    private SharedRingProducer<MarketEvent>? _producer;

    [Params(1, 16, 256)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Wire()
    {
        _ring = new RingBuffer<MarketEvent>(1024, WaitStrategy.BusySpin(), ProducerKind.Multi);
        _consumer = _ring.AddConsumer();
        _producer = _ring.CreateSharedProducer();
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public void Pass()
    {
        for (int passed = 0; passed < Events; passed += Batch)
        {
            if (_producer!.TryClaim(Batch, out RingClaim claim, out _)) _producer.Publish(claim);
            _consumer!.Release(_consumer.Poll(Batch).Length);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _ring?.Dispose();
        _ring = null;
        GC.SuppressFinalize(this);
    }
}
