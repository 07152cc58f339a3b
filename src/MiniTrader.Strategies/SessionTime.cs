using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// The one place where a session's time stands, and when it next has something to do. The engine moves it to the time of each input; strategies only read it, so a
/// replay of the same inputs shows them the same time.
/// </summary>
public sealed class SessionTime
{
    public Timestamp Now { get; set; } = Timestamp.MinValue;

    /// <summary>
    /// Nothing is due before this instant, whoever would have to do it: one comparison for each event. May be too early, never
    /// too late: whoever has something due sooner lowers it.
    /// </summary>
    public Timestamp NextDue { get; set; } = Timestamp.MinValue;

    /// <summary>Something is due at this instant.</summary>
    public void Expect(Timestamp due)
    {
        if (due < NextDue) NextDue = due;
    }
}
