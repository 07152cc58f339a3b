using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// The one place where a session's time stands. The engine moves it to the time of each input; strategies only read it, so a
/// replay of the same inputs shows them the same time.
/// </summary>
public sealed class SessionTime
{
    public Timestamp Now { get; set; } = Timestamp.MinValue;
}
