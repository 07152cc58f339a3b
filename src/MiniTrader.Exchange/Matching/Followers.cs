namespace MiniTrader.Exchange;

/// <summary>All that follows a market's prices, after its resting orders have had what came: orders that waited, triggers, trails, pegs.</summary>
internal sealed class Followers(Floor floor, TakerMatching takers)
{
    private readonly TriggerMatching _triggers = new(floor, takers);
    private readonly PegMatching _pegs = new(floor, takers);

    /// <summary>The best bid or ask is new; the market is open.</summary>
    public void OnQuotes(Market market)
    {
        takers.ExecuteWaiting(market);
        _triggers.OnQuotes(market);
        _pegs.OnQuotes(market);
    }

    /// <summary>A trade was seen; the market is open.</summary>
    public void OnTrade(Market market)
    {
        if (market.Driver == MatchSource.Trades) takers.ExecuteWaiting(market);
        _triggers.OnTrade(market);
    }

    /// <summary>An order with a trigger begins to work.</summary>
    public void Arrive(Market market, int index) => _triggers.Arrive(market, index);
}
