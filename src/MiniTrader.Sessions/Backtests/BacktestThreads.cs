using System.Diagnostics;
using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Ring;
using MiniTrader.TickStore;

namespace MiniTrader.Sessions;

/// <summary>
/// The threads of a backtest from start to end: recorder, engine and, where the ring is not filled inline, feed. The calling thread
/// starts them, tells of progress, and waits for all of them; when one failed it throws the cause that came first.
/// </summary>
internal static class BacktestThreads
{
    private static readonly TimeSpan _progressInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs an engine to the end of its feed.</summary>
    /// <param name="config">Of it, <see cref="RunConfig.Threaded"/> and <see cref="RunConfig.Core"/>.</param>
    /// <param name="feed">What the engine trades on.</param>
    /// <param name="totalEvents">Events that will come, for progress; zero when nobody knows.</param>
    /// <param name="engine">The engine, whose recorder writes into <paramref name="journalRing"/>.</param>
    /// <param name="journalRing">The ring between engine and recorder.</param>
    /// <param name="recorder">Empties that ring.</param>
    /// <param name="progress">Told a few times a second; null tells nobody.</param>
    /// <param name="cancellation">Ends the run after the events at hand.</param>
    /// <exception cref="TickFileException">A data file is damaged.</exception>
    /// <exception cref="IOException">A data file cannot be read.</exception>
    /// <exception cref="SessionFaultException">A strategy threw, an invariant broke, or the run could not be recorded.</exception>
    public static BacktestResult Run(
        RunConfig config, IFeed feed, long totalEvents, TradingEngine<SimulatedVenuePort, RingRecorder> engine, RingBuffer<JournalSlot> journalRing,
        IAgent recorder, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        int ringSize = config.Threaded ? EngineLoop<SimulatedVenuePort, RingRecorder>.ThreadedRingSize : EngineLoop<SimulatedVenuePort, RingRecorder>.InlineRingSize;
        using RingBuffer<MarketEvent> ring = new(ringSize, WaitStrategy.BusySpin());
        EngineLoop<SimulatedVenuePort, RingRecorder> loop = new(engine, ring, config.Threaded ? null : feed);
        using ManualResetEventSlim ended = new();
        using AgentThread recorderThread = new("recorder", recorder, new BackOffIdleStrategy(), onExit: journalRing.Alert);
        using AgentThread? feedThread = config.Threaded ? new("feed", new FeedLoop(ring, feed), new YieldingIdleStrategy(), onExit: ring.Complete) : null;
        using AgentThread engineThread = new("engine", loop, new YieldingIdleStrategy(), config.Core, () =>
        {
            journalRing.Complete();
            ended.Set();
        });
        using CancellationTokenRegistration registration = cancellation.Register(loop.Cancel);

        recorderThread.Start();
        feedThread?.Start();
        engineThread.Start();
        ProgressMeter meter = new(loop.Progress, totalEvents);
        while (!ended.Wait(_progressInterval, CancellationToken.None)) progress?.Report(meter.Measure());

        // All have ended before any is asked: an engine whose recorder or feed died only says that it did, so theirs is the cause.
        engineThread.Wait();
        feedThread?.Dispose();
        Exception? recording = recorderThread.Wait();
        if (recording is not null) throw Fault("The run could not be recorded and", recording, loop.Progress);
        if (Cause(feedThread, engineThread) is { } cause) throw cause is TickFileException or TickDataException or IOException or UnauthorizedAccessException ? cause : Fault("The run", cause, loop.Progress);

        progress?.Report(meter.Measure());
        long first = loop.Progress.FirstEventAt;
        return new BacktestResult(loop.Elapsed, loop.AllocatedBytes, loop.WasCancelled, engineThread.Pinning, first == 0 ? null : SinceProcessStart(first));
    }

    private static Exception? Cause(AgentThread? feed, AgentThread engine) => feed?.Fault ?? engine.Fault;

    private static SessionFaultException Fault(string subject, Exception cause, LoopProgress progress) => new(
        $"{subject} stopped {When(progress)}: {cause.Message}{Where(cause)}", cause);

    /// <summary>Progress is told once a batch, so that a run that ends within its first one has told nothing yet.</summary>
    private static string When(LoopProgress progress)
    {
        int batch = EngineLoop<SimulatedVenuePort, RingRecorder>.BatchSize;
        return progress.Events == 0 ? $"within its first {batch} events" : $"after {progress.Events:N0} events, at {progress.Time} or within {batch} events of it";
    }

    /// <summary>The first place of the trace that has a line, which for a fault in a strategy is the strategy's own.</summary>
    private static string Where(Exception cause)
    {
        StackFrame? frame = new StackTrace(cause, fNeedFileInfo: true).GetFrames().FirstOrDefault(f => f.GetFileLineNumber() > 0);
        return frame?.GetMethod() is { } method
            ? $" ({cause.GetType().Name} in {method.DeclaringType?.Name}.{method.Name}, {Path.GetFileName(frame.GetFileName())} line {frame.GetFileLineNumber()})"
            : $" ({cause.GetType().Name})";
    }

    private static TimeSpan SinceProcessStart(long counter)
    {
        using Process process = Process.GetCurrentProcess();
        return DateTime.Now - process.StartTime - Stopwatch.GetElapsedTime(counter);
    }
}

/// <summary>What the threads of a backtest say of it when they have ended.</summary>
internal sealed record BacktestResult(TimeSpan Elapsed, long AllocatedBytes, bool WasCancelled, PinOutcome Pinning, TimeSpan? TimeToFirstEvent);
