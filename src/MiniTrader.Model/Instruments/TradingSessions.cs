namespace MiniTrader.Model;

/// <summary>
/// The open intervals of an instrument, as sorted, disjoint [open, close) pairs of UTC instants. Made outside the hot path from
/// a calendar and a time zone; the engine only compares integers.
/// </summary>
public sealed class TradingSessions
{
    private readonly Timestamp[] _opens;
    private readonly Timestamp[] _closes;

    /// <param name="sessions">Open and close instants, ascending and not overlapping; otherwise an <see cref="ArgumentException"/>.</param>
    public TradingSessions(IReadOnlyList<(Timestamp Open, Timestamp Close)> sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        _opens = new Timestamp[sessions.Count];
        _closes = new Timestamp[sessions.Count];
        for (int i = 0; i < sessions.Count; i++)
        {
            (_opens[i], _closes[i]) = sessions[i];
            if (_opens[i] >= _closes[i]) throw new ArgumentException($"Session {i} opens at {_opens[i]} and closes at {_closes[i]}; it must open first.");
            if (i > 0 && _opens[i] < _closes[i - 1]) throw new ArgumentException($"Session {i} opens at {_opens[i]}, before session {i - 1} closes.");
        }
    }

    public int Count => _opens.Length;

    public (Timestamp Open, Timestamp Close) this[int index] => (_opens[index], _closes[index]);

    public bool IsOpen(Timestamp time)
    {
        int i = LastOpenedBy(time);
        return i >= 0 && time < _closes[i];
    }

    /// <summary>The close of the session that holds <paramref name="time"/>, or of the next one; "never" after the last.</summary>
    public Timestamp NextClose(Timestamp time)
    {
        int i = LastOpenedBy(time);
        if (i >= 0 && time < _closes[i]) return _closes[i];
        return i + 1 < _closes.Length ? _closes[i + 1] : Timestamp.MaxValue;
    }

    /// <summary>The next opening, at this instant or later; "never" after the last.</summary>
    public Timestamp NextOpen(Timestamp time)
    {
        int i = Array.BinarySearch(_opens, time);
        if (i < 0) i = ~i;
        return i < _opens.Length ? _opens[i] : Timestamp.MaxValue;
    }

    /// <summary>The opening of the session that is open, or was the last to open; the smallest instant before the first.</summary>
    public Timestamp LastOpen(Timestamp time)
    {
        int i = LastOpenedBy(time);
        return i >= 0 ? _opens[i] : Timestamp.MinValue;
    }

    /// <summary>
    /// The session that holds a time, or the break between two of them, as [from, to). Whoever asks for many times in a row asks again when one
    /// lies outside.
    /// </summary>
    public (bool IsOpen, Timestamp From, Timestamp To) StretchAt(Timestamp time)
    {
        int i = LastOpenedBy(time);
        if (i >= 0 && time < _closes[i]) return (true, _opens[i], _closes[i]);
        return (false, i >= 0 ? _closes[i] : Timestamp.MinValue, i + 1 < _opens.Length ? _opens[i + 1] : Timestamp.MaxValue);
    }

    /// <summary>
    /// Other sessions for [<paramref name="from"/>, <paramref name="to"/>): what has a part in that time, or in one of the new
    /// sessions, gives way to them; the rest stays.
    /// </summary>
    public TradingSessions With(Timestamp from, Timestamp to, TradingSessions inside)
    {
        ArgumentNullException.ThrowIfNull(inside);
        if (inside.Count > 0) (from, to) = (Timestamp.Min(from, inside._opens[0]), Timestamp.Max(to, inside._closes[^1]));
        List<(Timestamp, Timestamp)> all = [];
        for (int i = 0; i < Count; i++)
        {
            if (_closes[i] <= from) all.Add(this[i]);
        }

        for (int i = 0; i < inside.Count; i++) all.Add(inside[i]);
        for (int i = 0; i < Count; i++)
        {
            if (_opens[i] >= to) all.Add(this[i]);
        }

        return new TradingSessions(all);
    }

    private int LastOpenedBy(Timestamp time)
    {
        int i = Array.BinarySearch(_opens, time);
        return i >= 0 ? i : ~i - 1;
    }
}
