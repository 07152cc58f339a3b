using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// The one place that says what a market's best bid, best ask, last trade, mid and mark are now, whatever kind of data shows them; for triggers,
/// trails and pegs. Bars are no market that stands: their prices come with the walk along the bar.
/// </summary>
internal sealed class ReferencePrices(Floor floor)
{
    private readonly long _staleAfter = floor.Options.StaleAfterNanoseconds;

    /// <summary>What a trigger listens to where its order does not say: the opposite quote, or where there are none the last trade.</summary>
    public static TriggerSource Resolve(Market market, TriggerSource source) =>
        source != TriggerSource.Default ? source : market.Driver == MatchSource.Trades ? TriggerSource.Last : TriggerSource.BidAsk;

    /// <summary>True where data of this kind can show such a price; before any data has come everything may yet.</summary>
    public static bool CanShow(Market market, TriggerSource source) => source switch
    {
        TriggerSource.Default => true,
        TriggerSource.BidAsk or TriggerSource.Mid => market.Driver <= MatchSource.Quotes,
        TriggerSource.Last or TriggerSource.DoubleLast or TriggerSource.Mark => market.Driver != MatchSource.Bars,
        _ => false,
    };

    /// <summary>The best quote of a side, or false when nobody quotes it or it is stale.</summary>
    public bool TryQuote(Market market, OrderSide quoted, out long price)
    {
        price = quoted == OrderSide.Buy ? market.Bid.Price : market.Ask.Price;
        return market.Driver <= MatchSource.Quotes && market.HasTouch(quoted.Opposite(), floor.Now, _staleAfter);
    }

    /// <summary>Half-way between the two quotes, rounded down to 1e-9.</summary>
    public bool TryMid(Market market, out long price)
    {
        price = 0;
        if (!TryQuote(market, OrderSide.Buy, out long bid) || !TryQuote(market, OrderSide.Sell, out long ask)) return false;
        price = bid + ((ask - bid) >> 1);
        return true;
    }

    /// <summary>The last trade of this session.</summary>
    public bool TryLast(Market market, out long price)
    {
        price = market.Last.Price;
        return IsNow(market, market.TradeTime);
    }

    /// <summary>The price that triggers an order now, from its own side: of the two last trades the one that reaches less far.</summary>
    /// <param name="market">Where the order works.</param>
    /// <param name="source">What it listens to; the default is resolved.</param>
    /// <param name="side">The order's.</param>
    /// <param name="triggerSign">+1 when a rising price triggers it.</param>
    /// <param name="price">In raw units.</param>
    public bool TryGet(Market market, TriggerSource source, OrderSide side, int triggerSign, out long price)
    {
        switch (Resolve(market, source))
        {
            case TriggerSource.BidAsk: return TryQuote(market, side.Opposite(), out price);
            case TriggerSource.Last: return TryLast(market, out price);
            case TriggerSource.Mid: return TryMid(market, out price);
            case TriggerSource.Mark: return TryMid(market, out price) || TryLast(market, out price);
            default:
                price = triggerSign > 0 ? Math.Min(market.Last.Price, market.PreviousLast) : Math.Max(market.Last.Price, market.PreviousLast);
                return IsNow(market, market.PreviousTradeTime);
        }
    }

    private bool IsNow(Market market, Timestamp seen) =>
        market.Hours.IsTrading(floor.Now) && seen != Timestamp.MinValue && seen >= market.Hours.FreshSince(floor.Now);
}
