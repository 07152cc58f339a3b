using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Says in sentences what these options assume where this data is silent, so that nobody takes an assumption for a fact. Cold: asked
/// once, before a session starts.
/// </summary>
internal static class VenueApproximations
{
    public static IReadOnlyList<string> Of(VenueOptions options, IEnumerable<EventKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        HashSet<EventKind> has = [.. kinds];
        MatchSource driver = options.Match != MatchSource.Auto ? options.Match
            : has.Contains(EventKind.BookDelta) ? MatchSource.Levels
            : has.Contains(EventKind.Quote) ? MatchSource.Quotes
            : has.Contains(EventKind.Trade) ? MatchSource.Trades
            : has.Contains(EventKind.Bar) ? MatchSource.Bars
            : MatchSource.Auto;
        List<string> said = [];
        switch (driver)
        {
            case MatchSource.Orders or MatchSource.Levels when has.Contains(EventKind.BookDelta):
                said.Add("Orders are matched against the book in the data: takers walk its levels, and what they take is there again when the level's size changes.");
                said.Add("Where the book has single orders, ours stand among them and nothing is estimated, but nobody would have acted differently because of ours.");
                said.Add($"Where the book has levels only, the place in a queue is estimated (queue={options.Queue}): all that is displayed when an order comes stands ahead of it.");
                if (options.Queue.Kind == QueueKind.Fifo) said.Add("queue=fifo says nothing of books of levels: there only trades and a smaller display move an order forward.");
                if (!has.Contains(EventKind.Trade)) said.Add("The data has no trades: on a book of levels a resting order fills only when the other side comes to its price.");
                break;
            case MatchSource.Quotes when has.Contains(EventKind.Quote):
                said.Add(Depth(options, "the best price", "displays"));
                said.Add(has.Contains(EventKind.Trade)
                    ? $"Nobody's place in a queue is in the data: it is estimated (queue={options.Queue}), and all that is displayed when an order comes stands ahead of it."
                    : "The data has no trades: a resting order fills only when the opposite quote comes to its price.");
                break;
            case MatchSource.Trades when has.Contains(EventKind.Trade):
                said.Add("The data has no quotes: an order takes at the last trade's price, without a spread.");
                said.Add(Depth(options, "the last trade", "had"));
                said.Add(options.UnknownQueue is { } ahead
                    ? $"Without quotes the queue is unknown: {ahead} are assumed ahead of each resting order (queue-unknown)."
                    : "Without quotes the queue is unknown: a resting order fills only when a trade prints through its price, never at it, unless queue-unknown says how much is ahead.");
                break;
            case MatchSource.Bars when has.Contains(EventKind.Bar):
                said.Add(options.BarPath == BarPath.Adaptive
                    ? "The inside of a bar is assumed to go from the open to the nearer extreme, to the other one, to the close (bar-path=adaptive)."
                    : "The inside of a bar is assumed to go open, high, low, close (bar-path=ohlc).");
                said.Add(options.BarFill switch
                {
                    BarFill.ThisClose => "A market order fills at the close of the bar on which it was sent, a price that is already history (bar-fill=this-close).",
                    BarFill.NextClose => "A market order fills at the close of the first bar that ends after it arrived (bar-fill=next-close).",
                    _ => "A market order fills at the open of the first bar that opens after it was sent (bar-fill=next-open).",
                });
                said.Add("A resting order fills as soon as the path touches its price; nobody is assumed ahead of it, and a quarter of the bar's volume is there at each point.");
                break;
            case MatchSource.Auto:
                said.Add("The data has no quotes, trades or bars: no order can fill.");
                break;
            default:
                said.Add($"match={driver.ToString().ToLowerInvariant()}, but the data has none: no order can fill.");
                break;
        }

        if (driver > MatchSource.Auto) said.Add(Auctions(options, driver));
        if (driver is > MatchSource.Auto and < MatchSource.Bars)
            said.Add("The data has no mark price: triggers on it listen to the mid of the best quotes, or where there are none to the last trade.");
        if (has.Contains(EventKind.BookDelta) && driver > MatchSource.Levels) said.Add("Changes of the book are in the data but not matched.");
        if (!options.ConsumeLiquidity) said.Add("What our fills take is there again at once (consume=off): the same unit fills again and again.");
        return said;
    }

    private static string Auctions(VenueOptions options, MatchSource driver) => (options.Auctions, driver) switch
    {
        (AuctionSource.Print, MatchSource.Bars) => "Bars show no auction: at-open and at-close orders expire (auctions=print).",
        (AuctionSource.Print, _) => "At-open and at-close orders trade in the data's auction prints only, and expire where it has none (auctions=print).",
        (_, MatchSource.Bars) => "At-open and at-close orders fill at the open of the session's first and the close of its last bar, which stand for the auctions (auctions=approximate).",
        _ => "At-open and at-close orders trade in the data's auction prints; where it has shown none, whole at the price of the session's first and last trade (auctions=approximate).",
    };

    private static string Depth(VenueOptions options, string price, string size) => options.Depth switch
    {
        DepthModel.Top => $"Any quantity takes at {price}, however much that {size} (depth=top).",
        DepthModel.Displayed => $"An order takes no more than {price} {size} (depth=displayed).",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"What lies behind {price} is unknown: up to {options.DepthLevels} levels are assumed, each one tick worse and holding as much as that {size} (depth=ladder)."),
    };
}
