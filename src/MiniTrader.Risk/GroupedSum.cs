namespace MiniTrader.Risk;

/// <summary>
/// A sum in which a group of orders counts once, as its largest. The orders of a group stand one after another where they are walked, because they
/// were sent so; any that do not count again, which is too much and never too little. The group of the order that is judged is known wherever its orders stand.
/// </summary>
/// <param name="ownGroup">The judged order's group; zero for none.</param>
/// <param name="own">The judged order's own amount.</param>
internal struct GroupedSum(long ownGroup, decimal own)
{
    private decimal _own = own;
    private decimal _others;
    private decimal _largest;
    private long _group;

    public readonly decimal Total => _own + _others;

    /// <param name="group">Zero for an order that stands alone.</param>
    /// <param name="amount">Not below zero.</param>
    public void Add(long group, decimal amount)
    {
        if (group != 0 && group == ownGroup)
        {
            _own = Math.Max(_own, amount);
            return;
        }

        bool isNext = group != 0 && group == _group;
        decimal counted = isNext ? _largest : 0m;
        _largest = Math.Max(counted, amount);
        _group = group;
        _others += _largest - counted;
    }
}
