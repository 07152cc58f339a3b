using System.Threading.Channels;

namespace MiniTrader.LoadTests;

/// <summary>A bounded channel of the framework, told that it has one reader and one writer; both spin a little before they wait.</summary>
internal sealed class ChannelContender(int capacity) : Contender("System.Threading.Channels, bounded")
{
    private Channel<WireEvent>? _channel;

    public override bool HasBatches => false;

    public override void Dispose() => _channel = null;

    protected override void Prepare(int batch) => _channel = Channel.CreateBounded<WireEvent>(new BoundedChannelOptions(capacity)
    {
        SingleReader = true,
        SingleWriter = true,
        FullMode = BoundedChannelFullMode.Wait,
        AllowSynchronousContinuations = false,
    });

    protected override void Produce(long count, int batch)
    {
        ChannelWriter<WireEvent> writer = _channel!.Writer;
        WireEvent e = default;
        for (long number = 0; number < count; number++)
        {
            e.Fill(number);
            var spin = default(SpinWait);
            while (!writer.TryWrite(e)) spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    protected override long Consume(long count)
    {
        ChannelReader<WireEvent> reader = _channel!.Reader;
        long sum = 0;
        for (long taken = 0; taken < count; taken++)
        {
            WireEvent e;
            var spin = default(SpinWait);
            while (!reader.TryRead(out e)) spin.SpinOnce(sleep1Threshold: -1);
            sum += e.Number;
        }

        return sum;
    }
}
