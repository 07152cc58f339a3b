namespace MiniTrader.Model;

/// <summary>The only source of time. Implemented by thin structs so that the engine's calls to it are inlined.</summary>
public interface IClock
{
    /// <summary>Now; never goes back.</summary>
    Timestamp Now { get; }

    /// <summary>Tells the clock the time of an input. A clock that follows events moves; a system clock does not.</summary>
    void Observe(Timestamp time);

    /// <summary>True when time passes on its own, so that timers must be polled between events.</summary>
    bool IsLive { get; }
}
