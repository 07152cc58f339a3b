namespace MiniTrader.Model;

/// <summary>
/// Time that passes on its own, for sessions that are live: their loops stamp inputs with it and ask the engine what has become due.
/// The engine itself reads no clock, so a replay of the same inputs shows it the same time.
/// </summary>
public interface IClock
{
    /// <summary>Now; never goes back.</summary>
    Timestamp Now { get; }
}
