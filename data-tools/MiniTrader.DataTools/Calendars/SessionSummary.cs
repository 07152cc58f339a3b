using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>An instrument's sessions in short: how many, from when to when, and the hours in UTC that most of them have.</summary>
/// <param name="Hours">The most common hours; a zone with daylight saving has two kinds in a year.</param>
internal sealed record SessionSummary(int Count, string First, string Last, string Hours)
{
    public static SessionSummary Of(TradingSessions sessions)
    {
        IEnumerable<(Timestamp Open, Timestamp Close)> all = Enumerable.Range(0, sessions.Count).Select(i => sessions[i]);
        string hours = all.GroupBy(s => $"{s.Open.ToDateTime():HH:mm}-{s.Close.ToDateTime():HH:mm}").OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).First().Key;
        return new(sessions.Count, sessions[0].Open.ToString(), sessions[sessions.Count - 1].Close.ToString(), hours);
    }

    public override string ToString() => $"{Count} x {Hours}";
}
