namespace MiniTrader.DataTools;

/// <summary>Hours of one weekday in which a market is open, by its wall clock.</summary>
/// <param name="From">Since the day's midnight; below 24 hours.</param>
/// <param name="To">Since the same midnight; beyond 24 hours where they end on the next day.</param>
/// <param name="IsRegular">False before and after the regular market.</param>
public readonly record struct OpenHours(TimeSpan From, TimeSpan To, bool IsRegular = true)
{
    private static readonly TimeSpan _noon = TimeSpan.FromHours(12), _midnight = TimeSpan.FromHours(24);

    /// <summary>
    /// The next date's hours: those that begin in the afternoon and run over midnight, because exchanges count a night session to the day that it leads into.
    /// A market that opens in the morning and closes after midnight is that morning's.
    /// </summary>
    public bool IsOfNextDate => From >= _noon && To > _midnight;
}
