using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.Sessions;

/// <summary>Looks into a series of book deltas for its sort, so that a session takes a book's memory before its first event.</summary>
internal static class BookPeek
{
    private const int Rows = 256;

    /// <summary>Whether the first rows speak of single orders or of levels; null when they do not say.</summary>
    public static bool? IsByOrder(TickCatalog catalog, TickSeries series)
    {
        using CatalogFeed feed = CatalogFeed.Open(catalog, new InstrumentTable([series.Instrument]), new FeedRequest { Kinds = [TickKind.Book] });
        MarketEvent[] events = new MarketEvent[Rows];
        int count = feed.Fill(events);
        for (int i = 0; i < count; i++)
        {
            if (MarketBooks.IsByOrder(events[i].BookDelta) is { } isByOrder) return isByOrder;
        }

        return null;
    }
}
