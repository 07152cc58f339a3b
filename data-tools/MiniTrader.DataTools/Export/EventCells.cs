using System.Globalization;
using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>
/// The columns of an exported series, named as the importers find them, and the text of each cell. A side that nobody quotes has
/// empty cells. A bar's time is its end, and its column says so.
/// </summary>
public sealed class EventCells
{
    private readonly List<(string Name, Func<MarketEvent, string> Text)> _columns = [];

    /// <param name="kind">Every kind but signals.</param>
    /// <param name="present">Which optional columns the files have.</param>
    /// <param name="symbol">The instrument's symbol; null leaves the column out.</param>
    /// <param name="isUnixTime">Times as nanoseconds since 1970 instead of ISO 8601.</param>
    public EventCells(TickKind kind, TickColumns present, string? symbol, bool isUnixTime = false)
    {
        Func<Timestamp, string> time = isUnixTime ? t => t.Nanoseconds.ToString(CultureInfo.InvariantCulture) : t => t.ToString();
        if (symbol is not null) _columns.Add(("symbol", _ => symbol));
        _columns.Add((kind.Event == EventKind.Bar ? "end_time" : "time", e => time(e.Header.VenueTime)));
        if ((present & TickColumns.ReceivedTime) != 0) _columns.Add(("received", e => time(e.Header.ReceivedTime)));
        switch (kind.Event)
        {
            case EventKind.Quote: AddQuote(); break;
            case EventKind.Trade: AddTrade((present & TickColumns.TradeId) != 0, (present & TickColumns.Condition) != 0); break;
            case EventKind.Bar: AddBar(); break;
            case EventKind.BookDelta: AddBook((present & TickColumns.Flags) != 0); break;
            case EventKind.Status: _columns.Add(("status", e => e.Status.Status.ToString().ToLowerInvariant())); break;
            case EventKind.CorporateAction: AddAction(); break;
            default: throw new ImportException($"Series of kind '{kind}' cannot be shown as a table; quotes, trades, bars, book, status and actions can.");
        }

        // The sequence stands at one place in quotes, trades and book deltas.
        if ((present & TickColumns.Sequence) != 0) _columns.Add(("sequence", e => Whole(e.Quote.Sequence)));
    }

    public IReadOnlyList<string> Names => [.. _columns.Select(c => c.Name)];

    public IReadOnlyList<string> Of(MarketEvent e) => [.. _columns.Select(c => c.Text(e))];

    private void AddQuote()
    {
        _columns.Add(("bid", e => IsUnquoted(e.Quote.Bid, e.Quote.BidSize) ? "" : e.Quote.Bid.ToString()));
        _columns.Add(("bid_size", e => IsUnquoted(e.Quote.Bid, e.Quote.BidSize) ? "" : e.Quote.BidSize.ToString()));
        _columns.Add(("ask", e => IsUnquoted(e.Quote.Ask, e.Quote.AskSize) ? "" : e.Quote.Ask.ToString()));
        _columns.Add(("ask_size", e => IsUnquoted(e.Quote.Ask, e.Quote.AskSize) ? "" : e.Quote.AskSize.ToString()));
    }

    private void AddTrade(bool hasId, bool hasCondition)
    {
        _columns.Add(("price", e => e.Trade.Price.ToString()));
        _columns.Add(("size", e => e.Trade.Size.ToString()));
        _columns.Add(("side", e => e.Trade.Aggressor switch { AggressorSide.Buyer => "buy", AggressorSide.Seller => "sell", _ => "" }));
        if (hasId) _columns.Add(("id", e => Whole(e.Trade.TradeId)));
        if (hasCondition) _columns.Add(("condition", e => ConditionText.Of(e.Trade.Condition)));
    }

    private void AddBar()
    {
        _columns.Add(("open", e => e.Bar.Open.ToString()));
        _columns.Add(("high", e => e.Bar.High.ToString()));
        _columns.Add(("low", e => e.Bar.Low.ToString()));
        _columns.Add(("close", e => e.Bar.Close.ToString()));
        _columns.Add(("volume", e => e.Bar.Volume.ToString()));
    }

    private void AddBook(bool hasFlags)
    {
        _columns.Add(("action", e => e.BookDelta.Action.ToString().ToLowerInvariant()));
        _columns.Add(("side", e => SideText.Of(e.BookDelta.Side)));
        _columns.Add(("price", e => e.BookDelta.Price.ToString()));
        _columns.Add(("size", e => e.BookDelta.Size.ToString()));
        _columns.Add(("order_id", e => Whole(e.BookDelta.OrderId)));
        if (hasFlags) _columns.Add(("flags", e => SideText.Of(e.Header.Flags)));
    }

    private void AddAction()
    {
        _columns.Add(("action", e => e.Action.Kind.ToString().ToLowerInvariant()));
        _columns.Add(("amount", e => e.Action.Amount.ToString()));
        _columns.Add(("price", e => e.Action.Price.ToString()));
        _columns.Add(("new_units", e => Whole(e.Action.NewUnits)));
        _columns.Add(("old_units", e => Whole(e.Action.OldUnits)));
    }

    private static bool IsUnquoted(Price price, Quantity size) => price.IsZero && size.IsZero;

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
