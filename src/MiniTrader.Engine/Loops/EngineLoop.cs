using System.Diagnostics;
using System.Runtime.CompilerServices;
using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.Engine;

/// <summary>
/// The engine's duty cycle as an agent: fill the ring or find it filled, take the events in, hand the slots back. With a feed it
/// fills the ring itself, <see cref="BatchSize"/> rows at a time that are taken in while they are in the first-level cache (<i>inline</i>);
/// without one another thread fills it (<i>threaded</i>). The events and the result are the same. With a clock, events that come late are taken in
/// at the session's time.
/// </summary>
public sealed class EngineLoop<TVenue, TRecorder> : IAgent
    where TVenue : struct, IVenue
    where TRecorder : struct, IRecorder
{
    /// <summary>Events taken in at a time.</summary>
    public const int BatchSize = 128;

    /// <summary>Slots of a ring that is filled inline: 16 KiB, so that a batch stays in the first-level cache.</summary>
    public const int InlineRingSize = 256;

    /// <summary>Slots of a ring that a feed thread fills: 512 KiB, so that both threads stay in their second-level caches.</summary>
    public const int ThreadedRingSize = 8_192;

    private readonly TradingEngine<TVenue, TRecorder> _engine;
    private readonly RingProducer<MarketEvent>? _producer;
    private readonly RingConsumer<MarketEvent> _consumer;
    private readonly IFeed? _feed;
    private readonly IClock? _clock;
    private volatile bool _isCancelled;
    private bool _hasBegun;
    private long _allocatedBefore;

    /// <param name="engine">What takes the events in.</param>
    /// <param name="ring">A ring without consumers; inline also without a producer.</param>
    /// <param name="feed">The feed to fill the ring from; null when another thread fills and completes it.</param>
    /// <param name="clock">For a session whose time passes on its own: polled when no event comes. Null where only events move time: one out of order then ends the session.</param>
    public EngineLoop(TradingEngine<TVenue, TRecorder> engine, RingBuffer<MarketEvent> ring, IFeed? feed, IClock? clock = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(ring);
        _engine = engine;
        _feed = feed;
        _clock = clock;
        _consumer = ring.AddConsumer();
        if (feed is not null) _producer = ring.CreateProducer();
    }

    public LoopProgress Progress { get; } = new();

    /// <summary>Managed bytes that the engine thread allocated from its first event to its last; known when the loop has ended.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Time from the first event to the last; known when the loop has ended.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Events of a session with a clock that were due before the session's time and were taken in at it.</summary>
    public long LateEvents { get; private set; }

    /// <summary>True when the loop ended because <see cref="Cancel"/> was called.</summary>
    public bool WasCancelled { get; private set; }

    /// <summary>Ends the loop after the batch at hand. Any thread may call it.</summary>
    public void Cancel()
    {
        _isCancelled = true;
        _engine.RequestStop();
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // See TradingEngine.Process.
    public int DoWork()
    {
        if (_isCancelled)
        {
            WasCancelled = true;
            return End();
        }

        if (_feed is not null && !TryFill()) return _feed.IsFinished ? End() : Poll();
        Span<MarketEvent> events = _consumer.Poll(BatchSize);
        if (events.IsEmpty) return _consumer.IsDrained ? End() : Poll();
        if (!_hasBegun) Begin();
        if (_clock is not null) KeepOrder(events);

        _engine.Process(events);
        int count = events.Length;
        _consumer.Release(count);
        Progress.Publish(_engine.Counters.Events, _engine.Now);
        return count;
    }

    private int Poll() => _clock is null ? 0 : _engine.Poll(_clock.Now);

    /// <summary>
    /// An event of now may be stamped before the session's time: by a feed's thread while this one went on, or behind one whose sender's clock is ahead
    /// of ours. It is received when the session stands, not before.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void KeepOrder(Span<MarketEvent> events)
    {
        Timestamp latest = _engine.Now;
        foreach (ref MarketEvent e in events)
        {
            Timestamp due = e.Header.DueTime;
            if (due >= latest)
            {
                latest = due;
                continue;
            }

            LateEvents++;
            e.Header.ReceivedTime = Timestamp.Max(e.Header.ReceivedTime, latest);
            if ((e.Header.Flags & EventFlags.ForStrategy) == 0) e.Header.VenueTime = latest;
        }
    }

    private bool TryFill()
    {
        _producer!.TryClaim(BatchSize, out Span<MarketEvent> slots);
        int filled = _feed!.Fill(slots);
        _producer.Publish(filled);
        return filled > 0;
    }

    private void Begin()
    {
        _hasBegun = true;
        _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        Progress.OnFirst(Stopwatch.GetTimestamp());
    }

    private int End()
    {
        if (_hasBegun)
        {
            AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore;
            Elapsed = Stopwatch.GetElapsedTime(Progress.FirstEventAt);
        }

        _engine.Finish();
        Progress.Publish(_engine.Counters.Events, _engine.Now);
        return IAgent.Finished;
    }
}
