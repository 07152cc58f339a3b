using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Scenarios;

/// <summary>
/// Reads changes of a book: <c>level X bid 10.00x500</c>, <c>add X @7 ask 10.02x300</c>, <c>modify X @7 10.02x200</c>,
/// <c>execute X @7 100</c>, <c>delete X @7</c>, <c>clear X</c>; each may end with <c>partial</c> and <c>snapshot</c>.
/// </summary>
internal static class BookReader
{
    public static MarketEvent Delta(Timestamp time, string verb, string[] words, InstrumentTable table)
    {
        MarketEvent e = default;
        e.Header.VenueTime = e.Header.ReceivedTime = time;
        e.Header.Flags = EventFlags.ForBoth;
        e.Header.Instrument = table.Find(words[0]);
        e.Header.Kind = EventKind.BookDelta;
        e.BookDelta.Action = verb switch
        {
            "add" => BookAction.Add,
            "delete" => BookAction.Delete,
            "execute" => BookAction.Execute,
            "clear" => BookAction.Clear,
            _ => BookAction.Modify,
        };
        foreach (string word in words[1..])
        {
            if (word is "bid" or "ask") e.BookDelta.Side = word == "bid" ? OrderSide.Buy : OrderSide.Sell;
            else if (word == "partial") e.Header.Flags |= EventFlags.Partial;
            else if (word == "snapshot") e.Header.Flags |= EventFlags.Snapshot;
            else if (word[0] == '@') e.BookDelta.OrderId = long.Parse(word.AsSpan(1), CultureInfo.InvariantCulture);
            else if (word.Contains('x', StringComparison.Ordinal)) (e.BookDelta.Price, e.BookDelta.Size) = (Price.Parse(word.Split('x')[0]), Quantity.Parse(word.Split('x')[1]));
            else e.BookDelta.Size = Quantity.Parse(word);
        }

        return e;
    }
}
