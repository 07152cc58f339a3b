using MiniTrader.Model;

namespace MiniTrader.Engine;

/// <summary>Where an engine loop stands, written by its thread once a batch and readable from any other.</summary>
public sealed class LoopProgress
{
    private long _events;
    private long _time;
    private long _firstEventAt;

    /// <summary>Market events taken in.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>Session time.</summary>
    public Timestamp Time => new(Volatile.Read(ref _time));

    /// <summary>The machine's monotonic counter just before the first event was taken in; zero before that.</summary>
    public long FirstEventAt => Volatile.Read(ref _firstEventAt);

    internal void OnFirst(long counter) => Volatile.Write(ref _firstEventAt, counter);

    internal void Publish(long events, Timestamp time)
    {
        Volatile.Write(ref _time, time.Nanoseconds);
        Volatile.Write(ref _events, events);
    }
}
