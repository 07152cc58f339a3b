using System.Globalization;
using System.Text;
using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// A market drawn in text, the highest price first: what it shows, what of that is used up, and where our orders stand. For
/// people and scenarios; never on the hot path.
/// </summary>
internal static class BookPicture
{
    private const int Levels = 10;

    public static string Draw(Market market, OrderPool pool)
    {
        SortedDictionary<long, List<string>> rows = new(Comparer<long>.Create((a, b) => b.CompareTo(a)));
        if (market.Book is { } book)
        {
            AddLevels(rows, "ask", book, OrderSide.Sell);
            AddLevels(rows, "bid", book, OrderSide.Buy);
        }
        else
        {
            AddTouch(rows, "ask", market.Ask);
            AddTouch(rows, "bid", market.Bid);
        }

        AddTouch(rows, "last", market.Last);
        AddOrders(rows, market, pool, market.Sells, o => o.Limit);
        AddOrders(rows, market, pool, market.Buys, o => o.Limit);
        AddOrders(rows, market, pool, market.BuyStops, o => o.Stop);
        AddOrders(rows, market, pool, market.SellStops, o => o.Stop);
        AddOrders(rows, market, pool, market.BuyTouches, o => o.Stop);
        AddOrders(rows, market, pool, market.SellTouches, o => o.Stop);
        AddOrders(rows, market, pool, market.Trails, o => o.Stop);
        StringBuilder text = new();
        AddApart(text, "waiting", market, pool, market.Waiting);
        AddApart(text, "auction", market, pool, market.Auctions);
        AddApart(text, "held", market, pool, market.Held);
        foreach ((long price, List<string> cells) in rows)
            text.Append(CultureInfo.InvariantCulture, $"{new Price(price),8}  {string.Join("  ", cells)}\n");
        return text.Length == 0 ? "nothing\n" : text.ToString();
    }

    private static void AddTouch(SortedDictionary<long, List<string>> rows, string name, in Touch touch)
    {
        if (touch.Size == 0) return;
        string used = touch.Depth > 0 ? $" (used up, takers at level {touch.Depth})" : touch.Consumed > 0 ? $" ({new Quantity(touch.Consumed)} used)" : "";
        Row(rows, touch.Price).Add($"{name} {new Quantity(touch.Size)}{used}");
    }

    private static void AddLevels(SortedDictionary<long, List<string>> rows, string name, MarketBook book, OrderSide side)
    {
        for (int i = 0; i < Math.Min(Levels, book.Depth.LevelCount(side)); i++)
        {
            BookLevel level = book.Depth.LevelAt(side, i);
            string orders = book.Orders is { } queue ? $" in {queue.OrderCountAt(side, level.Price)}" : "";
            long used = book.UsedOf(side).At(level.Price.Raw);
            Row(rows, level.Price.Raw).Add($"{name} {level.Size}{orders}{(used > 0 ? $" ({new Quantity(used)} used)" : "")}");
        }
    }

    private static void AddOrders(SortedDictionary<long, List<string>> rows, Market market, OrderPool pool, OrderList orders, Func<WorkingOrder, long> price)
    {
        for (int i = orders.Head; i != OrderPool.None; i = pool[i].Next) Row(rows, price(pool[i])).Add($"[{Describe(market, pool[i])}]");
    }

    private static void AddApart(StringBuilder text, string name, Market market, OrderPool pool, OrderList orders)
    {
        for (int i = orders.Head; i != OrderPool.None; i = pool[i].Next) text.Append(CultureInfo.InvariantCulture, $"{name}  {Describe(market, pool[i])}\n");
    }

    private static List<string> Row(SortedDictionary<long, List<string>> rows, long price)
    {
        if (!rows.TryGetValue(price, out List<string>? cells)) rows[price] = cells = [];
        return cells;
    }

    private static string Describe(Market market, in WorkingOrder order)
    {
        long ahead = Floor.AheadOf(market, order);
        string side = order.Side == OrderSide.Buy ? "buy" : "sell";
        string queue = order.Place != OrderPlace.Book ? "" : ahead == QueueModel.UnknownAhead ? ", ahead unknown" : $", ahead {new Quantity(ahead)}";
        string stop = order.Trails ? " trailing" : order.IsTouch ? " touch" : order.IsStop ? " stop" : order.IsPegged ? " pegged" : "";
        string shown = order.Display > 0 ? $" ({new Quantity(order.Visible)} shown)" : order.IsHidden ? " (hidden)" : "";
        string held = order.Held > 0 ? $" ({new Quantity(order.Held)} held)" : "";
        return $"#{order.Id} {side}{stop} {new Quantity(order.Rest)}{held}{shown}{queue}";
    }
}
