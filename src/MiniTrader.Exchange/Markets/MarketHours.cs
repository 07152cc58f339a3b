using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Whether an instrument trades now: its sessions and the status that its venue last sent. Time only goes forward, so that a
/// cursor stands at the session that is open or comes next.
/// </summary>
internal sealed class MarketHours(TradingSessions? sessions)
{
    private Timestamp _open = Timestamp.MinValue;
    private Timestamp _close = sessions is null ? Timestamp.MaxValue : Timestamp.MinValue;
    private int _cursor;
    private Timestamp _statusSince = Timestamp.MinValue;

    public MarketStatus Status { get; private set; }

    /// <summary>True unless the venue has said last that it is anything but open.</summary>
    public bool StatusAllows => Status is MarketStatus.Unknown or MarketStatus.Open;

    /// <summary>
    /// What was seen before this instant says nothing about the market now: it closed or halted in between. Call with times that never
    /// go back; the answer depends on the time alone, not on what was asked before.
    /// </summary>
    public Timestamp FreshSince(Timestamp now)
    {
        IsInSession(now);
        return Timestamp.Max(_open, _statusSince);
    }

    /// <summary>Call with times that never go back.</summary>
    public bool IsTrading(Timestamp now) => IsInSession(now) && StatusAllows;

    /// <summary>The same for a time that has passed, such as the beginning of a bar; with the status of now.</summary>
    public bool WasTrading(Timestamp past) => (sessions?.IsOpen(past) ?? true) && StatusAllows;

    /// <summary>True when sessions are known and one is open, whatever its status. Call with times that never go back.</summary>
    public bool IsKnownOpen(Timestamp now) => sessions is not null && IsInSession(now);

    public void Enter(MarketStatus status, Timestamp now)
    {
        if (status != Status) _statusSince = now;
        Status = status;
    }

    /// <summary>When a day order that works now ends: the close of the session that is open or comes next, else the next UTC midnight.</summary>
    public Timestamp EndOfDay(Timestamp now) =>
        sessions?.NextClose(now) ?? now.FloorTo(Timestamp.NanosecondsPerDay) + Timestamp.NanosecondsPerDay;

    /// <summary>The next session's opening, at this instant or later; without sessions the next UTC midnight; "never" after the last.</summary>
    public Timestamp NextOpen(Timestamp now) =>
        sessions?.NextOpen(now) ?? (now - 1).FloorTo(Timestamp.NanosecondsPerDay) + Timestamp.NanosecondsPerDay;

    /// <summary>When the session began that ends at an instant.</summary>
    public Timestamp StartOfDay(Timestamp end) => sessions?.LastOpen(end - 1) ?? end - Timestamp.NanosecondsPerDay;

    private bool IsInSession(Timestamp now)
    {
        if (now < _close) return now >= _open;
        while (_cursor < sessions!.Count && sessions[_cursor].Close <= now) _cursor++;
        (_open, _close) = _cursor < sessions.Count ? sessions[_cursor] : (Timestamp.MaxValue, Timestamp.MaxValue);

        // A session that begins as another ends is the next day of a market that does not close between them.
        for (int i = _cursor - 1; i >= 0 && sessions[i].Close == _open; i--) _open = sessions[i].Open;
        return now >= _open;
    }
}
