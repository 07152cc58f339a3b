using MiniTrader.Books;

namespace MiniTrader.Sessions;

/// <summary>
/// The steps from one side of a book as it was shown to the same side as it is, best price first, taken with <see cref="MoveNext"/>: both are sorted, so one
/// walk along both finds them.
/// </summary>
internal ref struct LevelChanges(ReadOnlySpan<BookLevel> before, ReadOnlySpan<BookLevel> now, bool isBid)
{
    /// <summary>MDUpdateAction (279).</summary>
    public const char New = '0', Change = '1', Delete = '2';

    private readonly ReadOnlySpan<BookLevel> _before = before;
    private readonly ReadOnlySpan<BookLevel> _now = now;
    private readonly bool _isBid = isBid;
    private int _old;
    private int _new;

    public char Action { get; private set; }

    public BookLevel Level { get; private set; }

    public bool MoveNext()
    {
        while (_old < _before.Length || _new < _now.Length)
        {
            int order = Compare();
            if (order < 0) return Found(Delete, _before[_old++]);
            if (order > 0) return Found(New, _now[_new++]);
            bool isSame = _before[_old++].Size == _now[_new].Size;
            BookLevel level = _now[_new++];
            if (!isSame) return Found(Change, level);
        }

        return false;
    }

    /// <summary>How many steps are left.</summary>
    public readonly int Count()
    {
        LevelChanges rest = this;
        int count = 0;
        while (rest.MoveNext()) count++;
        return count;
    }

    /// <summary>Below zero where the next price is one that was, above where it is one that is, zero where it is both.</summary>
    private readonly int Compare()
    {
        if (_old == _before.Length) return 1;
        if (_new == _now.Length) return -1;
        int order = _before[_old].Price.Raw.CompareTo(_now[_new].Price.Raw);
        return _isBid ? -order : order;
    }

    private bool Found(char action, BookLevel level)
    {
        (Action, Level) = (action, level);
        return true;
    }
}
