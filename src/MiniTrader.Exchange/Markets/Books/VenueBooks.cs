using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Opens a market's book when the first delta of its data says what kind it is; from then on nothing is allocated for it. All books of orders
/// share one store.
/// </summary>
internal sealed class VenueBooks(VenueOptions options, MarketBooks books)
{
    /// <summary>The book for data that begins with this delta, or null when orders are not matched against such data.</summary>
    public MarketBook? Open(Market market, in BookDelta delta)
    {
        // An empty book of either kind looks the same: wait for what tells them apart.
        return MarketBooks.IsByOrder(delta) is { } isByOrder ? Open(market, isByOrder) : null;
    }

    /// <summary>The book of that sort, or null when orders are not matched against such data.</summary>
    public MarketBook? Open(Market market, bool isByOrder)
    {
        if (market.Book is not null) return market.Book;
        MatchSource source = isByOrder ? MatchSource.Orders : MatchSource.Levels;
        if (options.Match is not MatchSource.Auto && options.Match != source) return null;
        return market.Open(new MarketBook(books.Open(market.Id, isByOrder)), source);
    }
}
