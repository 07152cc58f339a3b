using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>
/// The stretches of time that an instrument's sessions speak of: from one session to the next, nights, weekends and holidays included. Prices outside them meet a market
/// that never opens, because nobody said when it trades then. Immutable; any thread.
/// </summary>
public sealed class SessionCoverage
{
    /// <summary>Longer than any row of holidays: behind it the sessions are of other data.</summary>
    private const long LongestBreak = 14 * Timestamp.NanosecondsPerDay;

    /// <summary>Prices of the hours before a first session and after a last one, which shares have from 04:00 and until 20:00.</summary>
    private const long Margin = 6 * Timestamp.NanosecondsPerHour;

    private readonly List<(Timestamp From, Timestamp To)> _stretches = [];

    public SessionCoverage(TradingSessions sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        for (int i = 0; i < sessions.Count; i++)
        {
            (Timestamp from, Timestamp to) = (sessions[i].Open - Margin, sessions[i].Close + Margin);
            if (_stretches.Count > 0 && from - _stretches[^1].To <= LongestBreak) _stretches[^1] = (_stretches[^1].From, to);
            else _stretches.Add((from, to));
        }
    }

    /// <summary>True when prices of this time lie in one stretch: those of an instant, or of a bar from its start to its end.</summary>
    public bool Covers(Timestamp from, Timestamp to)
    {
        foreach ((Timestamp first, Timestamp last) in _stretches)
        {
            // A daily bar begins and ends outside its session.
            if (to >= first && from <= last) return true;
        }

        return false;
    }

    /// <summary>True for what needs no open market, and for prices that lie in a stretch, a bar with any part of it.</summary>
    public bool Covers(in MarketEvent e) => e.Header.Kind switch
    {
        EventKind.Quote or EventKind.Trade or EventKind.BookDelta => Covers(e.Header.VenueTime, e.Header.VenueTime),
        EventKind.Bar => Covers(e.Bar.OpenTime, e.Header.VenueTime),
        _ => true,
    };
}
