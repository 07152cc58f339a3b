namespace MiniTrader.Feeds;

/// <summary>
/// The top of one generated instrument's book and the value behind it. Owned by one <see cref="GeneratedFeed"/>.
/// Prices are in ticks, sizes in shares.
/// </summary>
internal struct GeneratedBook
{
    /// <summary>Price at the start, in ticks.</summary>
    public double BaseTicks;

    /// <summary>How much of the common factor's move this instrument follows.</summary>
    public double Beta;

    /// <summary>The instrument's own relative deviation from what the factor says; it reverts to zero, so pairs come back.</summary>
    public double Own;

    public long BidTicks;
    public int SpreadTicks;
    public int BidSize;
    public int AskSize;

    /// <summary>Number of events so far.</summary>
    public long Sequence;
    public long Trades;

    /// <summary>False before the day's first quote and when a trade took a whole level: a quote must come before a trade.</summary>
    public bool IsQuoted;
}
