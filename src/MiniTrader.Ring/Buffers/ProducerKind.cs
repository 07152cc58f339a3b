namespace MiniTrader.Ring;

/// <summary>How many threads publish into a ring; fixed when the ring is built.</summary>
public enum ProducerKind
{
    /// <summary>One thread, through <see cref="RingProducer{T}"/>.</summary>
    Single,

    /// <summary>Any number of threads, through <see cref="SharedRingProducer{T}"/>.</summary>
    Multi,
}
